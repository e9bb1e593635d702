package broken.core_touches_nothing.dev.crosswalk.cors;

final class KeepsAsException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
