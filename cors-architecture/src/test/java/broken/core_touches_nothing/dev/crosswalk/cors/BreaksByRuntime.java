package broken.core_touches_nothing.dev.crosswalk.cors;

import java.io.IOException;

final class BreaksByRuntime {
  void start() throws IOException {
    Runtime.getRuntime().exec(new String[] {"true"});
  }
}
