package broken.modules_beside_core_are_strangers.dev.crosswalk.cors.micronaut;

import broken.modules_beside_core_are_strangers.dev.crosswalk.cors.javalin.Adapter;

final class BreaksToo {
  Adapter adapter;
}
