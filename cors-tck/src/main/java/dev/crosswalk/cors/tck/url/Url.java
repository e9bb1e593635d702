package dev.crosswalk.cors.tck.url;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL as browsers parse it, which is not as {@code java.net.URI} does: they repair what is not
 * too broken, and canonicalize the host.
 *
 * @param scheme lower case, without the colon
 * @param username percent-encoded; empty if there is none
 * @param password percent-encoded; empty if there is none
 * @param host canonical; null if the URL has none
 * @param port -1 if the URL states none, or the default of its scheme
 * @param path with its leading slash; opaque for {@code data:} and the like
 * @param query without the question mark; null if there is none
 * @param fragment without the number sign; null if there is none
 * @see <a href="https://url.spec.whatwg.org/#url-parsing">URL: URL parsing</a>
 */
public record Url(
    String scheme,
    String username,
    String password,
    @Nullable String host,
    int port,
    String path,
    @Nullable String query,
    @Nullable String fragment) {

  private static final String FRAGMENT_SET = " \"<>`";
  private static final String QUERY_SET = " \"#<>";
  private static final String SPECIAL_QUERY_SET = QUERY_SET + "'";
  private static final String PATH_SET = QUERY_SET + "?^`{}";
  private static final String USERINFO_SET = PATH_SET + "/:;=@[\\]|";

  /** At the end it starts where such characters do, so that many are read once. */
  private static final Pattern IGNORED =
      Pattern.compile("^[\\x00-\\x20]++|(?<![\\x00-\\x20])[\\x00-\\x20]++$|[\\t\\n\\r]");

  /** Parses an absolute URL; empty on failure. */
  public static Optional<Url> parse(String input) {
    return parse(input, null);
  }

  /** Parses a URL that we were given rather than sent. */
  public static Url of(String input) {
    return parse(input)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "not an absolute URL, which looks like https://api.example/path: " + input));
  }

  /** Parses a reference against this URL, as for {@code Location}; empty on failure. */
  public Optional<Url> resolve(String reference) {
    return parse(reference, this);
  }

  private static Optional<Url> parse(String raw, @Nullable Url base) {
    String input = IGNORED.matcher(raw).replaceAll("");
    int colon = schemeLength(input);
    if (colon < 0) {
      return base == null ? Optional.empty() : relative(input, base);
    }
    String scheme = Bytes.lowerCase(input.substring(0, colon));
    String rest = input.substring(colon + 1);
    if (scheme.equals("file")) {
      return Optional.of(file(rest));
    }
    if (isSpecial(scheme)) {
      if (base != null && base.scheme.equals(scheme) && !startsWithTwoSlashes(rest, true)) {
        return relative(rest, base);
      }
      int slashes = 0;
      while (slashes < rest.length() && isSlash(rest.charAt(slashes), true)) {
        slashes++;
      }
      return authority(scheme, rest.substring(slashes));
    }
    if (rest.startsWith("//")) {
      return authority(scheme, rest.substring(2));
    }
    Tail tail = Tail.of(rest, false);
    String path =
        rest.startsWith("/") ? path(tail.path, List.of(), false) : encodeOpaque(tail.path);
    return Optional.of(new Url(scheme, "", "", null, -1, path, tail.query, tail.fragment));
  }

  /** The length of {@code scheme} in {@code scheme:rest}; -1 if the input has no scheme. */
  private static int schemeLength(String input) {
    int colon = input.indexOf(':');
    if (colon < 1 || !Bytes.isAlpha(input.charAt(0))) {
      return -1;
    }
    boolean isScheme =
        input
            .substring(0, colon)
            .chars()
            .allMatch(c -> Bytes.isAlphanumeric(c) || "+-.".indexOf(c) >= 0);
    return isScheme ? colon : -1;
  }

  // A file has no origin that CORS could know, so its host and drive letters are left as they are.
  private static Url file(String rest) {
    Tail tail = Tail.of(rest, true);
    return new Url("file", "", "", "", -1, encodeOpaque(tail.path), tail.query, tail.fragment);
  }

  private static Optional<Url> relative(String input, Url base) {
    if (base.hasOpaquePath()) {
      return input.startsWith("#")
          ? Optional.of(base.withFragment(encodeFragment(input.substring(1))))
          : Optional.empty();
    }
    boolean file = base.scheme.equals("file");
    boolean special = file || base.isSpecial();
    if (startsWithTwoSlashes(input, special)) {
      if (file) {
        return Optional.of(file(input));
      }
      int slashes = 2;
      while (special && slashes < input.length() && isSlash(input.charAt(slashes), true)) {
        slashes++;
      }
      return authority(base.scheme, input.substring(slashes));
    }
    Tail tail = Tail.of(input, special);
    String query = tail.query;
    String path;
    if (tail.path.isEmpty()) {
      path = base.path;
      query = query == null ? base.query : query;
    } else if (isSlash(tail.path.charAt(0), special)) {
      path = path(tail.path, List.of(), special);
    } else {
      List<String> segments = Arrays.asList(base.path.split("/", -1));
      List<String> parents =
          segments.subList(Math.min(1, segments.size() - 1), segments.size() - 1);
      path = path("/" + tail.path, parents, special);
    }
    return Optional.of(
        new Url(
            base.scheme,
            base.username,
            base.password,
            base.host,
            base.port,
            path,
            query,
            tail.fragment));
  }

  private static Optional<Url> authority(String scheme, String input) {
    boolean special = isSpecial(scheme);
    int end = 0;
    while (end < input.length()
        && !isSlash(input.charAt(end), special)
        && "?#".indexOf(input.charAt(end)) < 0) {
      end++;
    }
    String authority = input.substring(0, end);
    int at = authority.lastIndexOf('@');
    String userinfo = at < 0 ? "" : authority.substring(0, at);
    String hostAndPort = authority.substring(at + 1);
    int colon = hostAndPort.indexOf(':', Math.max(0, hostAndPort.indexOf(']')));
    String hostText = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    String portText = colon < 0 ? "" : hostAndPort.substring(colon + 1);
    if (hostText.isEmpty() && (special || at >= 0 || colon >= 0)) {
      return Optional.empty();
    }
    Optional<String> host = hostText.isEmpty() ? Optional.of("") : Host.parse(hostText, special);
    if (host.isEmpty() || !isPort(portText)) {
      return Optional.empty();
    }
    int port = portText.isEmpty() ? -1 : Integer.parseInt(portText);
    if (port == defaultPort(scheme)) {
      port = -1;
    }
    int passwordAt = userinfo.indexOf(':');
    String username = passwordAt < 0 ? userinfo : userinfo.substring(0, passwordAt);
    String password = passwordAt < 0 ? "" : userinfo.substring(passwordAt + 1);
    Tail tail = Tail.of(input.substring(end), special);
    String path = tail.path.isEmpty() && !special ? "" : path(tail.path, List.of(), special);
    return Optional.of(
        new Url(
            scheme,
            PercentEncoding.encode(username, USERINFO_SET),
            PercentEncoding.encode(password, USERINFO_SET),
            host.get(),
            port,
            path,
            tail.query,
            tail.fragment));
  }

  private static boolean isPort(String text) {
    if (text.isEmpty()) {
      return true;
    }
    String digits = text.replaceFirst("^0+(?=.)", "");
    return Bytes.isDigits(text) && digits.length() <= 5 && Integer.parseInt(digits) <= 0xFFFF;
  }

  /** {@code https://url.spec.whatwg.org/#path-state}: dots resolved, unsafe bytes encoded. */
  private static String path(String input, List<String> parents, boolean special) {
    List<String> segments = new ArrayList<>(parents);
    String[] parts = (special ? input.replace('\\', '/') : input).split("/", -1);
    for (int i = input.isEmpty() ? 0 : 1; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      String dots = parts[i].replaceAll("%2[eE]", ".");
      if (dots.equals("..")) {
        if (!segments.isEmpty()) {
          segments.remove(segments.size() - 1);
        }
        if (last) {
          segments.add("");
        }
      } else if (dots.equals(".")) {
        if (last) {
          segments.add("");
        }
      } else {
        segments.add(PercentEncoding.encode(parts[i], PATH_SET));
      }
    }
    return "/" + String.join("/", segments);
  }

  private static String encodeOpaque(String path) {
    return PercentEncoding.encode(path, "");
  }

  private static String encodeFragment(String fragment) {
    return PercentEncoding.encode(fragment, FRAGMENT_SET);
  }

  private static boolean startsWithTwoSlashes(String input, boolean special) {
    return input.length() >= 2
        && isSlash(input.charAt(0), special)
        && isSlash(input.charAt(1), special);
  }

  private static boolean isSlash(char c, boolean special) {
    return c == '/' || (special && c == '\\');
  }

  /** What follows the authority. */
  private record Tail(String path, @Nullable String query, @Nullable String fragment) {

    public static Tail of(String input, boolean special) {
      int hash = input.indexOf('#');
      String beforeHash = hash < 0 ? input : input.substring(0, hash);
      int mark = beforeHash.indexOf('?');
      return new Tail(
          mark < 0 ? beforeHash : beforeHash.substring(0, mark),
          mark < 0
              ? null
              : PercentEncoding.encode(
                  beforeHash.substring(mark + 1), special ? SPECIAL_QUERY_SET : QUERY_SET),
          hash < 0 ? null : encodeFragment(input.substring(hash + 1)));
    }
  }

  // https://url.spec.whatwg.org/#special-scheme, but for "file": see above.
  private static boolean isSpecial(String scheme) {
    return defaultPort(scheme) > 0;
  }

  private boolean isSpecial() {
    return isSpecial(scheme);
  }

  /** The default port of a special scheme; -2, which no port equals, if it has none. */
  static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> 80;
      case "https", "wss" -> 443;
      case "ftp" -> 21;
      default -> -2;
    };
  }

  private boolean hasOpaquePath() {
    return host == null && !path.startsWith("/");
  }

  /** {@code https://fetch.spec.whatwg.org/#http-scheme}. */
  public boolean isHttp() {
    return scheme.equals("http") || scheme.equals("https");
  }

  /** {@code https://url.spec.whatwg.org/#include-credentials}. */
  public boolean includesCredentials() {
    return !username.isEmpty() || !password.isEmpty();
  }

  /** {@code https://url.spec.whatwg.org/#concept-url-origin}. */
  public Origin origin() {
    if (scheme.equals("blob")) {
      return parse(path).filter(Url::isHttp).map(Url::origin).orElseGet(Origin::opaque);
    }
    if (host == null || !isSpecial()) {
      return Origin.opaque();
    }
    return new Origin.Tuple(scheme, host, port);
  }

  /** The port to connect to. */
  public int effectivePort() {
    return port >= 0 ? port : defaultPort(scheme);
  }

  /** What the {@code Host} header says. */
  public String authority() {
    return port < 0 ? String.valueOf(host) : host + ":" + port;
  }

  /** The origin-form of the request target (RFC 9112, section 3.2.1). */
  public String target() {
    return query == null ? path : path + "?" + query;
  }

  public Url withScheme(String newScheme) {
    return new Url(newScheme, username, password, host, port, path, query, fragment);
  }

  public Url withFragment(@Nullable String newFragment) {
    return new Url(scheme, username, password, host, port, path, query, newFragment);
  }

  /** {@code https://url.spec.whatwg.org/#concept-url-serializer}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(scheme).append(':');
    // The path of a file is all that follows its scheme.
    if (host != null && !scheme.equals("file")) {
      text.append("//");
      if (includesCredentials()) {
        text.append(username).append(password.isEmpty() ? "" : ":" + password).append('@');
      }
      text.append(authority());
    }
    // What follows would be taken for an authority.
    if (host == null && path.startsWith("//")) {
      text.append("/.");
    }
    text.append(target());
    return fragment == null ? text.toString() : text.append('#').append(fragment).toString();
  }
}
