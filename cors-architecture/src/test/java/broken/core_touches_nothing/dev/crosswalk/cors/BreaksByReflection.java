package broken.core_touches_nothing.dev.crosswalk.cors;

final class BreaksByReflection {
  Object load(String name) throws ReflectiveOperationException {
    return Class.forName(name);
  }
}
