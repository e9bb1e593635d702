package broken.packages_have_no_cycle.dev.crosswalk.cors.vertx;

import broken.packages_have_no_cycle.dev.crosswalk.cors.Breaks;

final class Keeps {
  Breaks above;
}
