package broken.core_touches_nothing.dev.crosswalk.cors;

import java.io.IOException;
import java.net.Socket;

final class BreaksBySocket {
  void connect() throws IOException {
    new Socket("localhost", 80).close();
  }
}
