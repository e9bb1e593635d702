package broken.kit_points_down.dev.crosswalk.cors.tck;

import broken.kit_points_down.dev.crosswalk.cors.tck.rules.Family;

public final class KeepsOnTop {
  Family family;
}
