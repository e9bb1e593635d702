package broken.packages_have_no_cycle.dev.crosswalk.cors;

import broken.packages_have_no_cycle.dev.crosswalk.cors.tck.BreaksBelow;

public final class Breaks {
  BreaksBelow below;
}
