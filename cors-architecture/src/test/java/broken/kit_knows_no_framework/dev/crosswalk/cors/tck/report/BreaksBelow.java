package broken.kit_knows_no_framework.dev.crosswalk.cors.tck.report;

import broken.kit_knows_no_framework.Framework;

final class BreaksBelow {
  Framework framework;
}
