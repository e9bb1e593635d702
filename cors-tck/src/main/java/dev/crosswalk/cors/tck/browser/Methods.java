package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.url.Bytes;

/**
 * Fetch on methods, which are case-sensitive.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-method">Fetch: method</a>
 */
public final class Methods {

  private Methods() {}

  /**
   * {@code https://fetch.spec.whatwg.org/#concept-method-normalize}. PATCH is not among them:
   * {@code patch} is sent as it is written, and is another method.
   */
  public static String normalize(String method) {
    return switch (Bytes.lowerCase(method)) {
      case "delete" -> "DELETE";
      case "get" -> "GET";
      case "head" -> "HEAD";
      case "options" -> "OPTIONS";
      case "post" -> "POST";
      case "put" -> "PUT";
      default -> method;
    };
  }

  /** {@code https://fetch.spec.whatwg.org/#cors-safelisted-method}. */
  public static boolean isSafelisted(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("POST");
  }

  /** {@code https://fetch.spec.whatwg.org/#forbidden-method}, compared byte-case-insensitively. */
  public static boolean isForbidden(String method) {
    return switch (Bytes.lowerCase(method)) {
      case "connect", "trace", "track" -> true;
      default -> false;
    };
  }
}
