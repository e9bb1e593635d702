package broken.kit_points_down.dev.crosswalk.cors.tck.rules;

public final class Family {}
