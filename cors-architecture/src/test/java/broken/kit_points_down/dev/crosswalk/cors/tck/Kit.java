package broken.kit_points_down.dev.crosswalk.cors.tck;

public final class Kit {}
