package broken.modules_beside_core_are_strangers.dev.crosswalk.cors.quarkus;

import broken.modules_beside_core_are_strangers.dev.crosswalk.cors.vertx.Handler;

final class KeepsOnVertx {
  Handler handler;
}
