package dev.crosswalk.cors.tck;

import java.util.List;

/**
 * Protection against cross-site request forgery by what browsers say of a request: the algorithm of
 * Go 1.25's {@code net/http.CrossOriginProtection}. It judges a server's guard as {@link UserAgent}
 * judges its CORS headers.
 *
 * @see <a href="https://pkg.go.dev/net/http#CrossOriginProtection">CrossOriginProtection</a>
 */
final class CrossOriginProtection {

  private final List<String> trustedOrigins;
  private final List<String> bypassPatterns;

  /**
   * A protection with exceptions.
   *
   * @param trustedOrigins compared byte for byte
   * @param bypassPatterns patterns of Go's {@code ServeMux}: {@code [METHOD ][host]/path}
   * @throws IllegalArgumentException if a trusted origin is none
   */
  CrossOriginProtection(List<String> trustedOrigins, List<String> bypassPatterns) {
    for (String origin : trustedOrigins) {
      if (!isTrustable(origin)) {
        throw new IllegalArgumentException(
            "not an origin, which looks like https://app.example: " + origin);
      }
    }
    this.trustedOrigins = List.copyOf(trustedOrigins);
    this.bypassPatterns = List.copyOf(bypassPatterns);
  }

  /** Whether a value has a scheme and a host, and no path, query or fragment. */
  static boolean isTrustable(String origin) {
    int colon = origin.indexOf(':');
    return colon > 0
        && Bytes.isAlpha(origin.charAt(0))
        && origin
            .substring(0, colon)
            .chars()
            .allMatch(c -> Bytes.isAlphanumeric(c) || "+-.".indexOf(c) >= 0)
        && origin.startsWith("//", colon + 1)
        && isHost(origin.substring(colon + 3));
  }

  private static boolean isHost(String host) {
    return !host.isEmpty()
        && host.chars().noneMatch(c -> c <= 0x20 || "/?#\\^`{|}%\177".indexOf(c) >= 0);
  }

  /** Whether a request may reach the application. */
  boolean allows(String method, String host, String path, Headers headers) {
    if (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS")) {
      return true;
    }
    String origin = first(headers, "Origin");
    switch (first(headers, "Sec-Fetch-Site")) {
      case "":
        // No browser of today. An origin without a scheme before it has no host to compare.
        if (origin.isEmpty() || host.equals(host(origin))) {
          return true;
        }
        break;
      case "same-origin", "none":
        return true;
      default:
        break;
    }
    return trustedOrigins.contains(origin)
        || bypassPatterns.stream().anyMatch(pattern -> matches(pattern, method, host, path));
  }

  private static String first(Headers headers, String name) {
    List<String> lines = headers.lines(name);
    return lines.isEmpty() ? "" : lines.get(0);
  }

  /** The host and port of an origin; the scheme is ignored, as TLS may end before the server. */
  private static String host(String origin) {
    int authority = origin.indexOf("://");
    return authority < 0 ? "" : origin.substring(authority + 3).split("[/?#]", 2)[0];
  }

  /** Whether a pattern matches a path as it stands: one that would be redirected does not count. */
  private static boolean matches(String pattern, String method, String host, String path) {
    int space = pattern.indexOf(' ');
    String wantedMethod = space < 0 ? "" : pattern.substring(0, space);
    String rest = pattern.substring(space + 1).strip();
    int slash = rest.indexOf('/');
    String wantedHost = rest.substring(0, Math.max(0, slash));
    return (wantedMethod.isEmpty() || wantedMethod.equals(method))
        && (wantedHost.isEmpty() || wantedHost.equals(host))
        && slash >= 0
        && path.startsWith("/")
        && isClean(path)
        && matches(rest.substring(slash + 1).split("/", -1), path.substring(1).split("/", -1));
  }

  private static boolean isClean(String path) {
    return !path.contains("//")
        && List.of(path.split("/", -1)).stream().noneMatch(s -> s.equals(".") || s.equals(".."));
  }

  private static boolean matches(String[] pattern, String[] path) {
    for (int i = 0; i < pattern.length; i++) {
      boolean last = i == pattern.length - 1;
      if (last && (pattern[i].isEmpty() || pattern[i].endsWith("...}"))) {
        return path.length > i;
      }
      if (last && pattern[i].equals("{$}")) {
        return path.length == i + 1 && path[i].isEmpty();
      }
      if (path.length <= i) {
        return false;
      }
      boolean wildcard = pattern[i].startsWith("{") && !path[i].isEmpty();
      if (!wildcard && !pattern[i].equals(path[i])) {
        return false;
      }
    }
    return path.length == pattern.length;
  }
}
