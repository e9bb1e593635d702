package broken.core_has_no_knot.dev.crosswalk.cors;

/** One of four, which are few enough. */
final class KeepsB {
  KeepsC next;
  BreaksA below;
}
