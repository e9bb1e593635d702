package broken.command_line_alone_reads_and_prints.dev.crosswalk.cors.cli;

import broken.command_line_alone_reads_and_prints.picocli.CommandLine;

public final class Keeps {
  CommandLine command;
}
