package broken.core_touches_nothing.dev.crosswalk.cors;

final class BreaksByMethod {
  int count(Class<?> type) {
    return type.getDeclaredMethods().length;
  }
}
