package broken.command_line_alone_reads_and_prints.dev.crosswalk.cors.vertx;

import broken.command_line_alone_reads_and_prints.tools.jackson.JsonMapper;

public final class BreaksToo {
  JsonMapper json;
}
