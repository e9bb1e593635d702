package broken.kit_points_down.dev.crosswalk.cors.tck.browser;

public final class Page {}
