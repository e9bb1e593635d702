package broken.modules_beside_core_are_strangers.dev.crosswalk.cors.cli;

import broken.modules_beside_core_are_strangers.dev.crosswalk.cors.tck.Kit;

public final class KeepsAboveTheKit {
  Kit kit;
}
