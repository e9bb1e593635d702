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
   * Writes a method as a browser sends it. PATCH is not among those that change: {@code patch} is
   * sent as it is written, and is another method.
   *
   * @param method a token
   * @return it in upper case, if it is one of six; otherwise the same
   * @see <a href="https://fetch.spec.whatwg.org/#concept-method-normalize">Fetch: normalize</a>
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

  /**
   * Refuses what {@code fetch()} refuses by a TypeError.
   *
   * @param method as a script writes it
   * @return it, normalized
   * @throws IllegalArgumentException if it is not a token or is forbidden
   */
  static String requireAllowed(String method) {
    if (!Bytes.isToken(method)) {
      throw new IllegalArgumentException(
          "a method is a token (RFC 9110 §9.1), and this is not one: " + method);
    }
    if (isForbidden(method)) {
      throw new IllegalArgumentException(
          "browsers let no script send %s: fetch() refuses it, whatever the server allows"
              .formatted(method));
    }
    return normalize(method);
  }

  /**
   * Whether no preflight has to ask for a method.
   *
   * @param method normalized
   * @return whether it is GET, HEAD or POST
   * @see <a href="https://fetch.spec.whatwg.org/#cors-safelisted-method">Fetch: CORS-safelisted
   *     method</a>
   */
  public static boolean isSafelisted(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("POST");
  }

  /**
   * Whether a browser lets no script send a method.
   *
   * @param method in any case
   * @return whether it is CONNECT, TRACE or TRACK
   * @see <a href="https://fetch.spec.whatwg.org/#forbidden-method">Fetch: forbidden method</a>
   */
  public static boolean isForbidden(String method) {
    return switch (Bytes.lowerCase(method)) {
      case "connect", "trace", "track" -> true;
      default -> false;
    };
  }
}
