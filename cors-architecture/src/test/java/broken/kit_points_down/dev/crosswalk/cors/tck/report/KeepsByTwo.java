package broken.kit_points_down.dev.crosswalk.cors.tck.report;

import broken.kit_points_down.dev.crosswalk.cors.tck.browser.Page;

public final class KeepsByTwo {
  Page page;
}
