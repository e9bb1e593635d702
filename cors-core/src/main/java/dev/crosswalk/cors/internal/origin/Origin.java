package dev.crosswalk.cors.internal.origin;

import dev.crosswalk.cors.internal.syntax.Token;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The <a href="https://fetch.spec.whatwg.org/#origin-header">serialized origin</a>: {@code
 * scheme://host[:port]}, as browsers send it.
 *
 * <p>One deviation from the grammar: browsers send hosts with an underscore, so they are accepted.
 */
public final class Origin {

  /** More than twice the longest scheme in use. Nobody registers longer ones. */
  public static final int MAX_SCHEME_LENGTH = 64;

  /** Of an absolute domain name without its last dot (RFC 1035 §2.3.4). */
  public static final int MAX_HOST_LENGTH = 253;

  /** Of one label of a domain name (RFC 1035 §2.3.4). */
  public static final int MAX_LABEL_LENGTH = 63;

  private static final int MAX_PORT = 65_535;

  /** As many as the digits of {@link #MAX_PORT}. */
  static final int MAX_PORT_DIGITS = 5;

  /** A longer value is not an origin, and is not read. */
  public static final int MAX_LENGTH =
      MAX_SCHEME_LENGTH + "://".length() + MAX_HOST_LENGTH + ":65535".length();

  private static final boolean[] IS_LABEL_CHARACTER = new boolean[128];

  static {
    for (char c : "abcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
      IS_LABEL_CHARACTER[c] = true;
    }
  }

  private Origin() {}

  public static boolean isSerialized(String value) {
    if (value.length() > MAX_LENGTH) {
      return false;
    }
    int schemeEnd = schemeEnd(value);
    if (schemeEnd == -1) {
      return false;
    }
    int host = schemeEnd + "://".length();
    int hostEnd = hostEnd(value, host);
    return (isHost(value, host, hostEnd) || isSafariExtension(value, host, hostEnd))
        && isPortPart(value, schemeEnd, hostEnd);
  }

  /**
   * Whether a value is more than one origin: from several field lines, which readers join with a
   * comma, or a list by RFC 6454 §7.1, which browsers no longer send.
   */
  public static boolean isSeveral(String value) {
    if (schemeEnd(value) == -1 && !value.startsWith("null")) {
      return false;
    }
    for (int i = 0; i < Math.min(value.length(), MAX_LENGTH + 1); i++) {
      if (value.charAt(i) == ',' || value.charAt(i) == ' ') {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns where the scheme ends, or -1 if the value does not begin with a scheme and {@code ://}.
   */
  public static int schemeEnd(String value) {
    int end = 0;
    while (end < value.length() && end < MAX_SCHEME_LENGTH && value.charAt(end) != ':') {
      end++;
    }
    return value.startsWith("://", end) && isScheme(value, end) ? end : -1;
  }

  public static boolean isScheme(String value, int end) {
    if (!isLowerAlpha(value.charAt(0))) {
      return false;
    }
    for (int i = 1; i < end; i++) {
      char c = value.charAt(i);
      if (!isLowerAlpha(c) && !isDigit(c) && c != '+' && c != '-' && c != '.') {
        return false;
      }
    }
    return true;
  }

  /** Returns where the host ends: at the port's colon, or at the end. */
  public static int hostEnd(String value, int host) {
    int from = host;
    if (from < value.length() && value.charAt(from) == '[') {
      from = Math.max(from, value.indexOf(']', from));
    }
    int colon = value.indexOf(':', from);
    return colon == -1 ? value.length() : colon;
  }

  private static boolean isHost(String value, int from, int to) {
    if (from >= to || to - from > MAX_HOST_LENGTH) {
      return false;
    }
    if (value.charAt(from) == '[') {
      return IpAddress.isCanonicalV6(value, from, to);
    }
    return isDomain(value, from, to);
  }

  /**
   * https://url.spec.whatwg.org/#host-parsing leaves the case of hosts of other schemes alone, and
   * Safari names its extensions by UUIDs (RFC 9562 §4) in upper case.
   */
  private static boolean isSafariExtension(String value, int from, int to) {
    if (to - from != "00000000-0000-0000-0000-000000000000".length()
        || !value.startsWith("safari-web-extension://")) {
      return false;
    }
    for (int i = 0; i < to - from; i++) {
      char c = value.charAt(from + i);
      boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
      if (hyphen ? c != '-' : !HexFormat.isHexDigit(c)) {
        return false;
      }
    }
    return true;
  }

  /** Reads every character once, because this is most of the cost of a refusal. */
  static boolean isDomain(String value, int from, int to) {
    int label = from;
    char previous = '.';
    for (int i = from; i < to; i++) {
      char c = value.charAt(i);
      if (c == '.') {
        if (previous == '.' || previous == '-' || i - label > MAX_LABEL_LENGTH) {
          return false;
        }
        label = i + 1;
      } else if (!isLabelCharacter(c) || c == '-' && previous == '.') {
        return false;
      }
      previous = c;
    }
    return label < to && previous != '-' && to - label <= MAX_LABEL_LENGTH;
  }

  /**
   * Whether a value is a serialized origin except that a label starts or ends with a hyphen.
   * Chromium 156 sends such origins. {@link #isSerialized} does not accept them.
   */
  public static boolean hasHyphenAtEdge(String value) {
    if (value.length() > MAX_LENGTH || isSerialized(value)) {
      return false;
    }
    // A letter instead of each hyphen leaves everything else as it is.
    int host = Math.max(0, schemeEnd(value));
    return isSerialized(value.substring(0, host) + value.substring(host).replace('-', 'y'));
  }

  static boolean isLabelCharacter(char c) {
    return c < 128 && IS_LABEL_CHARACTER[c];
  }

  /** Whether each character is a digit, which is also so if there is none. */
  static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a text is a port as browsers write it: 1 to 65535, with no zero in front. */
  static boolean isPort(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_PORT_DIGITS
        && text.charAt(0) != '0'
        && isDigits(text)
        && Integer.parseInt(text) <= MAX_PORT;
  }

  /** Whether nothing follows the host, or a colon and a port as browsers write it. */
  static boolean isPortPart(String value, int schemeEnd, int hostEnd) {
    if (hostEnd == value.length()) {
      return true;
    }
    int from = hostEnd + 1;
    if (value.charAt(hostEnd) != ':' || from == value.length() || value.charAt(from) == '0') {
      return false;
    }
    if (value.length() - from > MAX_PORT_DIGITS) {
      return false;
    }
    int port = 0;
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isDigit(c)) {
        return false;
      }
      port = 10 * port + (c - '0');
    }
    return port <= MAX_PORT && port != defaultPort(value, schemeEnd);
  }

  /**
   * Returns whether an origin has the host and port of a {@code Host} (RFC 9110 §7.2), which may
   * name the port that an origin leaves out. It does not name the scheme; a server speaks http or
   * https. A page at a host that ends in a dot has an origin with this dot, which no policy can
   * name.
   */
  public static boolean isOfHost(String origin, @Nullable String host) {
    return host != null
        && origin.length() <= MAX_LENGTH + ".".length()
        && hasHost(origin, host)
        && (isSerialized(origin) || isSerialized(withoutLastDot(origin)));
  }

  private static String withoutLastDot(String origin) {
    int colon = origin.lastIndexOf(':');
    int end = colon > origin.indexOf(':') ? colon : origin.length();
    return origin.charAt(end - 1) == '.'
        ? origin.substring(0, end - 1) + origin.substring(end)
        : origin;
  }

  private static boolean hasHost(String origin, String host) {
    boolean https = origin.startsWith("https://");
    int from = https ? "https://".length() : "http://".length();
    int length = origin.length() - from;
    if (host.length() < length || !https && !origin.startsWith("http://")) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (Token.lower(host.charAt(i)) != origin.charAt(from + i)) {
        return false;
      }
    }
    String port = https ? ":443" : ":80";
    return host.length() == length
        || host.length() == length + port.length()
            && host.endsWith(port)
            && hostEnd(origin, from) == origin.length();
  }

  /**
   * Returns the default port of a scheme, which browsers leave out of an origin; -1 if it has none.
   */
  public static int defaultPort(String value, int schemeEnd) {
    if (schemeEnd == 5 && value.startsWith("https")) {
      return 443;
    }
    return schemeEnd == 4 && value.startsWith("http") ? 80 : -1;
  }

  private static boolean isLowerAlpha(char c) {
    return c >= 'a' && c <= 'z';
  }

  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
