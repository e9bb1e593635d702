package broken.kit_points_down.dev.crosswalk.cors.tck.wire;

import broken.kit_points_down.dev.crosswalk.cors.tck.browser.Page;

public final class BreaksByOne {
  Page page;
}
