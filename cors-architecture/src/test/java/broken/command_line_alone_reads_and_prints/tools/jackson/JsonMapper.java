package broken.command_line_alone_reads_and_prints.tools.jackson;

public final class JsonMapper {}
