package broken.core_has_no_knot.dev.crosswalk.cors;

/** Beside the four: they name no more of it than a list of words. */
final class KeepsE {
  KeepsA next;

  enum Word {
    ONE
  }
}
