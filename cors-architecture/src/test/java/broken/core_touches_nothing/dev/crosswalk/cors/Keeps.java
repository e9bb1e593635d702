package broken.core_touches_nothing.dev.crosswalk.cors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

final class Keeps {
  int read(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return stream.read();
    }
  }
}
