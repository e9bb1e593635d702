package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.url.PercentEncoding;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Protection against cross-site request forgery by what browsers say of a request: the algorithm of
 * Go 1.25's {@code net/http.CrossOriginProtection}. It judges a server's guard as {@link UserAgent}
 * judges its CORS headers.
 *
 * @see <a href="https://pkg.go.dev/net/http#CrossOriginProtection">CrossOriginProtection</a>
 */
final class CrossOriginProtection {

  // As url.Parse of Go takes a URL apart: it repairs nothing, and a question mark or number sign
  // with nothing behind it counts for nothing.
  private static final Pattern URL =
      Pattern.compile(
          "(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?//(?:[\\w.:~!$&'()*+,;=%@-]*@)?"
              + "(?<host>(?:\\[[0-9A-Fa-f:.]*]|[\\w.~!$&'()*+,;=<>\"%\\x80-\\x{10FFFF}-]*)(?::[0-9]*)?)"
              + "(?<path>/[^?#\\p{Cntrl}]*)?(?:\\?(?<query>[^#\\p{Cntrl}]*))?"
              + "(?:#(?<fragment>\\P{Cntrl}*))?");

  // In a host, only what is not ASCII may be percent-encoded (RFC 3986, section 3.2.2).
  private static final Pattern BROKEN_HOST_ESCAPE = Pattern.compile("%(?![89A-Fa-f][0-9A-Fa-f])");

  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

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
    return parse(origin)
        .filter(url -> url.group("scheme") != null && !url.group("host").isEmpty())
        .filter(url -> part(url, "path").isEmpty())
        .filter(url -> part(url, "query").isEmpty() && part(url, "fragment").isEmpty())
        .isPresent();
  }

  /** Empty where Go fails, and where it finds no authority. */
  private static Optional<Matcher> parse(String text) {
    return Optional.of(URL.matcher(text))
        .filter(Matcher::matches)
        .filter(url -> !BROKEN_HOST_ESCAPE.matcher(url.group("host")).find())
        .filter(url -> !BROKEN_ESCAPE.matcher(part(url, "path") + part(url, "fragment")).find());
  }

  private static String part(Matcher url, String name) {
    String part = url.group(name);
    return part == null ? "" : part;
  }

  /** Whether a request may reach the application. */
  boolean allows(String method, String host, String path, Headers headers) {
    if (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS")) {
      return true;
    }
    String origin = first(headers, "Origin");
    switch (first(headers, "Sec-Fetch-Site")) {
      case "":
        // No browser of today. The scheme is ignored, as TLS may end before the server.
        if (origin.isEmpty()
            || parse(origin).filter(u -> u.group("host").equals(host)).isPresent()) {
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

  /** Whether a pattern matches a path as it is: one that would be redirected does not count. */
  private static boolean matches(String pattern, String method, String host, String path) {
    int space = pattern.indexOf(' ');
    String wantedMethod = space < 0 ? "" : pattern.substring(0, space);
    String rest = pattern.substring(space + 1).strip();
    int slash = rest.indexOf('/');
    String wantedHost = rest.substring(0, Math.max(0, slash));
    return (wantedMethod.isEmpty() || wantedMethod.equals(method))
        && (wantedHost.isEmpty() || wantedHost.equals(host.replaceFirst(":[0-9]*$", "")))
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
      if (!wildcard && !decode(pattern[i]).equals(decode(path[i]))) {
        return false;
      }
    }
    return path.length == pattern.length;
  }

  private static String decode(String segment) {
    return PercentEncoding.decode(segment).orElse(segment);
  }
}
