package broken.kit_points_down.dev.crosswalk.cors.tck.browser;

import broken.kit_points_down.dev.crosswalk.cors.tck.wire.Packet;

public final class Keeps {
  Packet packet;
}
