package broken.core_has_no_knot.dev.crosswalk.cors;

/** One of four, which are few enough. */
final class KeepsD {
  KeepsA next;
  BreaksA below;
  KeepsE.Word word;
}
