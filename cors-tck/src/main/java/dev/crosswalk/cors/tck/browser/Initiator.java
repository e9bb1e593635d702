package dev.crosswalk.cors.tck.browser;

/** Who asks. It decides whether a preflight can be needed, and what the console says. */
public enum Initiator {
  /** {@code fetch()}. */
  FETCH("fetch"),
  /** {@code XMLHttpRequest}. */
  XHR("XMLHttpRequest"),
  /** An element such as {@code <script crossorigin>}, a font, an {@code EventSource}. */
  ELEMENT("resource");

  private final String inConsole;

  Initiator(String inConsole) {
    this.inConsole = inConsole;
  }

  /** What Chromium's console calls it. */
  String inConsole() {
    return inConsole;
  }

  /** {@code https://fetch.spec.whatwg.org/#unsafe-request-flag}: without it, no preflight. */
  boolean setsUnsafeRequestFlag() {
    return this != ELEMENT;
  }
}
