package broken.modules_beside_core_are_strangers.dev.crosswalk.cors.jaxrs;

import broken.modules_beside_core_are_strangers.dev.crosswalk.cors.vertx.Handler;

final class BreaksOnVertx {
  Handler handler;
}
