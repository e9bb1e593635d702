package broken.core_depends_on_the_jdk_alone.dev.crosswalk.cors;

import java.net.Socket;

final class BreaksWithSockets {
  Socket socket;
}
