package broken.core_touches_nothing.dev.crosswalk.cors;

import java.io.IOException;

final class BreaksByProcess {
  void start() throws IOException {
    new ProcessBuilder("true").start();
  }
}
