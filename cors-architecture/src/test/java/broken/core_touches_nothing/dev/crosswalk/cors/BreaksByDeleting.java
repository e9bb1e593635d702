package broken.core_touches_nothing.dev.crosswalk.cors;

import java.io.File;

final class BreaksByDeleting {
  boolean delete(String file) {
    return new File(file).delete();
  }
}
