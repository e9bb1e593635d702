package broken.core_has_no_knot.dev.crosswalk.cors;

final class BreaksE {
  BreaksA next;
}
