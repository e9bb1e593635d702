package dev.crosswalk.cors.spring;

/** Thrown when an application is not set up with exactly one policy. */
final class CorsSetupException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final String action;

  /**
   * @param description what is wrong
   * @param action what to change
   */
  CorsSetupException(String description, String action) {
    super(description);
    this.action = action;
  }

  String action() {
    return action;
  }
}
