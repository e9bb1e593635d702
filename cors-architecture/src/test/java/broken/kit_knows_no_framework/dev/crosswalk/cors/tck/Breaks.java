package broken.kit_knows_no_framework.dev.crosswalk.cors.tck;

import broken.kit_knows_no_framework.Framework;

final class Breaks {
  Framework framework;
}
