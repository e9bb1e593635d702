package broken.core_has_no_knot.dev.crosswalk.cors;

/** One of four, which are few enough. */
final class KeepsC {
  KeepsD next;
  BreaksA below;
}
