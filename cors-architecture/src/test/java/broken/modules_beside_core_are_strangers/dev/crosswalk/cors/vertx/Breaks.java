package broken.modules_beside_core_are_strangers.dev.crosswalk.cors.vertx;

import broken.modules_beside_core_are_strangers.dev.crosswalk.cors.tck.Kit;

final class Breaks {
  Kit kit;
}
