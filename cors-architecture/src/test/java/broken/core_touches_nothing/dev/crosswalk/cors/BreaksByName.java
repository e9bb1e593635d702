package broken.core_touches_nothing.dev.crosswalk.cors;

import java.io.IOException;
import java.net.InetAddress;

final class BreaksByName {
  boolean ask(InetAddress address) throws IOException {
    return address.isReachable(1);
  }
}
