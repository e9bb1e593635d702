package broken.core_touches_nothing.dev.crosswalk.cors;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;

final class BreaksBySerializing {
  Object read(InputStream stream) throws IOException, ClassNotFoundException {
    return new ObjectInputStream(stream).readObject();
  }
}
