package dev.crosswalk.cors.internal.syntax;

import java.util.Locale;
import java.util.Set;

/** What <a href="https://fetch.spec.whatwg.org/#methods">Fetch</a> says about methods. */
public final class Methods {

  /** The methods of {@link #isSafelisted}, as a list. */
  public static final String SAFELISTED = "GET, HEAD, POST";

  private static final Set<String> FORBIDDEN = Set.of("CONNECT", "TRACE", "TRACK");

  private static final Set<String> NORMALIZED =
      Set.of("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT");

  /**
   * The length of the longest forbidden method. Longer ones need not be converted to upper case.
   */
  private static final int LONGEST_FORBIDDEN = "CONNECT".length();

  private Methods() {}

  /**
   * A <a href="https://fetch.spec.whatwg.org/#cors-safelisted-method">CORS-safelisted method</a>
   * needs no permission: browsers let it pass whether a server lists it or not.
   */
  public static boolean isSafelisted(String method) {
    return method.equals("GET") || method.equals("POST") || method.equals("HEAD");
  }

  /**
   * A <a href="https://fetch.spec.whatwg.org/#forbidden-method">forbidden method</a> never comes
   * from a script, in any case.
   */
  public static boolean isForbidden(String method) {
    return method.length() <= LONGEST_FORBIDDEN
        && FORBIDDEN.contains(method.toUpperCase(Locale.ROOT));
  }

  /**
   * Browsers <a href="https://fetch.spec.whatwg.org/#concept-method-normalize">normalize</a> six
   * methods to upper case, and no others: {@code patch} stays as it is.
   */
  public static String normalize(String method) {
    String upper = method.toUpperCase(Locale.ROOT);
    return NORMALIZED.contains(upper) ? upper : method;
  }
}
