package broken.core_has_no_knot.dev.crosswalk.cors;

final class BreaksB {
  BreaksC next;
}
