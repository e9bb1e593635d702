package broken.command_line_alone_reads_and_prints.dev.crosswalk.cors.tck.report;

import broken.command_line_alone_reads_and_prints.picocli.CommandLine;

public final class Breaks {
  CommandLine command;
}
