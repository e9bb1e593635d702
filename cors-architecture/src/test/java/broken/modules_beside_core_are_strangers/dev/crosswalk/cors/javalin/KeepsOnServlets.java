package broken.modules_beside_core_are_strangers.dev.crosswalk.cors.javalin;

import broken.modules_beside_core_are_strangers.dev.crosswalk.cors.servlet.Filter;

final class KeepsOnServlets {
  Filter filter;
}
