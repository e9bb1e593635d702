package broken.core_has_no_knot.dev.crosswalk.cors;

final class BreaksA {
  BreaksB next;
}
