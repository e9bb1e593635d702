package broken.core_touches_nothing.dev.crosswalk.cors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class BreaksByWriting {
  void write(Path file) throws IOException {
    Files.writeString(file, "cors.allowed-origins=*");
  }
}
