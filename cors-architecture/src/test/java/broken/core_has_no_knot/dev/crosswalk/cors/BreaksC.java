package broken.core_has_no_knot.dev.crosswalk.cors;

final class BreaksC {
  static final class Nested {
    BreaksD next;
  }
}
