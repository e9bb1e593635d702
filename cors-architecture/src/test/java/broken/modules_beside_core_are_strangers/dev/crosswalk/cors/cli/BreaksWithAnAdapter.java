package broken.modules_beside_core_are_strangers.dev.crosswalk.cors.cli;

import broken.modules_beside_core_are_strangers.dev.crosswalk.cors.javalin.Adapter;

public final class BreaksWithAnAdapter {
  Adapter adapter;
}
