package broken.packages_have_no_cycle.dev.crosswalk.cors.tck;

import broken.packages_have_no_cycle.dev.crosswalk.cors.Breaks;

public final class BreaksBelow {
  Breaks above;
}
