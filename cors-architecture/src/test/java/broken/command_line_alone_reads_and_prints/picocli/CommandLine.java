package broken.command_line_alone_reads_and_prints.picocli;

public final class CommandLine {}
