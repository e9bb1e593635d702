package broken.kit_points_down.dev.crosswalk.cors.tck.rules;

import broken.kit_points_down.dev.crosswalk.cors.tck.Kit;

public final class BreaksFromTheTop {
  Kit kit;
}
