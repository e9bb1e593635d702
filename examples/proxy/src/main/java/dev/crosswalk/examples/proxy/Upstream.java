package dev.crosswalk.examples.proxy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An API that the proxy is in front of, and the path at which pages find it.
 *
 * @param prefix that path; it covers itself and what is below it, by whole segments
 * @param base what replaces the prefix in the API's own URLs, without a slash at its end
 * @param secret what the proxy adds to each request; null if there is nothing
 */
record Upstream(String prefix, URI base, @Nullable Secret secret) {

  /**
   * A header that the API wants and the page must not know.
   *
   * @param name the header's name
   * @param value its value
   */
  record Secret(String name, String value) {

    /** Without the value, which belongs in no log. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** Only paths with a single spelling (RFC 3986 §6.2.2.2). */
  private static final Pattern PREFIX = Pattern.compile("(/(?!\\.\\.?(/|$))[\\w.~-]+)+");

  /**
   * What a path has that servers read in more than one way: a character that has to be encoded (RFC
   * 3986 §3.3), a parameter, an empty segment before the last, a dot segment, a percent sign
   * without an octet; and of octets the control characters, those that need no encoding (§6.2.2.2),
   * and the four whose meaning depends on when a server decodes them: percent sign, slash,
   * backslash and semicolon.
   */
  private static final Pattern NOT_NORMAL =
      Pattern.compile(
          "[^\\w.~!$&'()*+,=:@/%-]"
              + "|//|/\\.\\.?(/|$)"
              + "|%(?!\\p{XDigit}{2})"
              + "|%([01]\\p{XDigit}|2[5def]|3[0-9b]|4[1-9a-f]|5[0-9acf]|6[1-9a-f]|7[0-9aef])",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern IP_ADDRESS =
      Pattern.compile("\\[[0-9a-fA-F:.]+]|\\d{1,3}(\\.\\d{1,3}){3}");

  /**
   * Reads {@code /weather=https://api.example.org/v1}.
   *
   * @throws IllegalArgumentException if it is wrong; the message is a sentence for a person
   */
  static Upstream parse(String option) {
    int equals = option.indexOf('=');
    String prefix = option.substring(0, Math.max(0, equals));
    if (!PREFIX.matcher(prefix).matches()) {
      throw wrong(option, "it does not begin with a path such as /weather and an equals sign");
    }
    String url = option.substring(equals + 1);
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw wrong(option, "its URL has no scheme; write https:// or, if it must be, http://");
    }
    URI base;
    try {
      base = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    } catch (URISyntaxException e) {
      throw wrong(option, "what is behind the equals sign is not a URL: " + e.getReason());
    }
    if (base.getHost() == null || base.getPort() == 0 || base.getPort() > 65_535) {
      throw wrong(option, "its URL has no host, or none in ASCII, or an impossible port");
    }
    if (base.getRawUserInfo() != null) {
      throw wrong(option, "its URL has a user; say --secret-header with Authorization instead");
    }
    if (base.getRawQuery() != null || base.getRawFragment() != null) {
      throw wrong(option, "its URL has a query or a fragment; end it with the path");
    }
    if (!base.getRawPath().isEmpty() && !isNormal(base.getRawPath())) {
      throw wrong(option, "its URL's path is not in normal form; write it without //, .. and ;");
    }
    return new Upstream(prefix, base, null);
  }

  private static IllegalArgumentException wrong(String option, String reason) {
    String shown = option.replaceFirst("//[^/]*@", "//…@"); // There may be a password.
    return new IllegalArgumentException("--upstream " + shown + ": " + reason + ".");
  }

  Upstream with(Secret added) {
    return new Upstream(prefix, base, added);
  }

  boolean isSecure() {
    return base.getScheme().equals("https");
  }

  String host() {
    String host = base.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether the URL has the address itself, and not a name that leads to one. */
  boolean namesAddress() {
    return isAddress(base.getHost());
  }

  /** Whether the host of a URL, or of {@code Host}, is an address. */
  static boolean isAddress(String host) {
    return IP_ADDRESS.matcher(host).matches();
  }

  int port() {
    return port(base);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equals(uri.getScheme()) ? 443 : 80;
  }

  boolean covers(String path) {
    return covers(prefix, path);
  }

  private static boolean covers(String parent, String path) {
    return path.startsWith(parent)
        && (path.length() == parent.length() || path.charAt(parent.length()) == '/');
  }

  /**
   * Returns what to ask the API for.
   *
   * @param path a path in normal form that this covers
   * @param query with its question mark; or empty
   */
  String target(String path, String query) {
    String target = base.getRawPath() + path.substring(prefix.length());
    return (target.isEmpty() ? "/" : target) + query;
  }

  /**
   * Returns where to send a browser that the API sends elsewhere: a URL below the base is the
   * proxy's, every other one is absolute, so that it is not taken for the proxy's.
   *
   * @param location the value of the API's {@code Location} (RFC 9110 §10.2.2)
   * @param target what the API was asked for
   */
  String location(String location, String target) {
    URI to;
    try {
      // What URI.resolve makes of a query alone is that of RFC 2396, which RFC 3986 §5.2.2 changed.
      String path = target.substring(0, (target + "?").indexOf('?'));
      to = base.resolve(target).resolve(location.startsWith("?") ? path + location : location);
    } catch (IllegalArgumentException e) {
      return location; // Not a URL: browsers have their own ways with it.
    }
    boolean isBelow =
        base.getScheme().equals(to.getScheme())
            && base.getHost().equalsIgnoreCase(to.getHost())
            && port() == port(to)
            && isNormal(to.getRawPath())
            && covers(base.getRawPath(), to.getRawPath());
    if (!isBelow) {
      return to.toString();
    }
    return prefix
        + to.getRawPath().substring(base.getRawPath().length())
        + (to.getRawQuery() == null ? "" : '?' + to.getRawQuery())
        + (to.getRawFragment() == null ? "" : '#' + to.getRawFragment());
  }

  /** Whether a path means the same to the proxy and to every server behind it. */
  static boolean isNormal(String path) {
    return path.startsWith("/") && !NOT_NORMAL.matcher(path).find();
  }
}
