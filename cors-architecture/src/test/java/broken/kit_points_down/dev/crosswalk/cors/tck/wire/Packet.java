package broken.kit_points_down.dev.crosswalk.cors.tck.wire;

public final class Packet {}
