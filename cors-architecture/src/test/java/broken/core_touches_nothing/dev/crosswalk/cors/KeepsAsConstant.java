package broken.core_touches_nothing.dev.crosswalk.cors;

enum KeepsAsConstant {
  ONE
}
