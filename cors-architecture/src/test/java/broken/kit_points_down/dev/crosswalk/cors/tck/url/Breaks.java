package broken.kit_points_down.dev.crosswalk.cors.tck.url;

import broken.kit_points_down.dev.crosswalk.cors.tck.wire.Packet;

public final class Breaks {
  Packet packet;
}
