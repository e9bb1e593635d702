package broken.core_touches_nothing.dev.crosswalk.cors;

import java.io.IOException;
import java.net.URL;

final class BreaksByUrl {
  void connect(URL url) throws IOException {
    url.openConnection();
  }
}
