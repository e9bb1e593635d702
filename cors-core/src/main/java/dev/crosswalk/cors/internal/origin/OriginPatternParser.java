package dev.crosswalk.cors.internal.origin;

import dev.crosswalk.cors.internal.origin.OriginPattern.Leftmost;
import dev.crosswalk.cors.internal.syntax.Text;
import dev.crosswalk.cors.internal.syntax.Token;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses one origin pattern as a person wrote it, and says what is wrong with it. It is strict,
 * because a pattern that differs from what browsers send silently matches nothing.
 */
public final class OriginPatternParser {

  private static final Set<String> OPAQUE_SCHEMES =
      Set.of("about", "blob", "data", "file", "filesystem", "javascript");

  /** The hosts of their origins are ids, for which a * is allowed. */
  private static final Set<String> EXTENSIONS =
      Set.of("chrome-extension", "moz-extension", "safari-web-extension");

  /** What has a meaning in other libraries. */
  private static final Map<String, OriginFlaw> WORDS =
      Map.ofEntries(
          Map.entry("self", OriginFlaw.SELF),
          Map.entry("'self'", OriginFlaw.SELF),
          Map.entry("same-origin", OriginFlaw.SELF),
          Map.entry("all", OriginFlaw.WORD_ALL),
          Map.entry("any", OriginFlaw.WORD_ALL),
          Map.entry("true", OriginFlaw.WORD_TRUE),
          Map.entry("reflect", OriginFlaw.WORD_TRUE),
          Map.entry("+", OriginFlaw.WORD_PLUS),
          Map.entry("false", OriginFlaw.WORD_NONE),
          Map.entry("none", OriginFlaw.WORD_NONE),
          Map.entry("undefined", OriginFlaw.PLACEHOLDER));

  /** An array, or its first or last member. */
  private static final Pattern JSON =
      Pattern.compile(
          "\\s*\\[\\s*([\"']|[A-Za-z]+://).*|.*[\"']\\s*]\\s*|[^\\[]*://[^\\[]*]\\s*",
          Pattern.DOTALL);

  /** {@code [*]}, and a list of ports, or its first or last member. */
  private static final Pattern BRACKETS =
      Pattern.compile(".*\\[\\*].*|.*:\\[[0-9, ]*]?|[0-9]+]", Pattern.DOTALL);

  /** {@code 10.0.0.0/8} or {@code fd00::/8}, with or without a scheme. */
  private static final Pattern NETWORK =
      Pattern.compile(
          "(https?://)?([0-9.*]*[0-9][0-9.*]*|\\[?[0-9a-fA-F]*:[0-9a-fA-F:]*]?)/[0-9]{1,3}");

  /** {@code 192.168.*.*}: labels of digits and wildcards. */
  private static final Pattern NUMBERS = Pattern.compile("(?=.*[0-9])[0-9*]+(\\.[0-9*]+)*");

  static final String QUOTES = "\"'`\u201c\u201d\u2018\u2019";

  private final String value;
  private OriginFlaw flaw = OriginFlaw.EMPTY;
  private List<String> arguments = List.of();

  public OriginPatternParser(String value) {
    this.value = value;
  }

  /** Returns what is wrong, once {@link #parse()} has returned null. */
  public OriginFlaw flaw() {
    return flaw;
  }

  /** Returns the arguments for the sentence about the flaw, in their order. */
  public List<String> arguments() {
    return arguments;
  }

  /** Returns the origins or patterns to write instead, which allow no more; empty if unknown. */
  public List<String> suggestions() {
    return OriginSuggestion.of(value, flaw);
  }

  /** Returns the same over https, if the scheme looks like a typo for it; empty otherwise. */
  public static List<String> ofMisspeltHttps(OriginPattern pattern) {
    String scheme = pattern.scheme();
    if (isScheme(scheme)
        || Text.distance(scheme, "https") != 1 && Text.distance(scheme, "http") != 1) {
      return List.of();
    }
    String https = "https" + pattern.toString().substring(scheme.length());
    OriginPatternParser parser = new OriginPatternParser(https);
    return parser.parse() == null ? parser.suggestions() : List.of(https);
  }

  /** Returns the pattern; or null, and then {@link #flaw()} and the others say why. */
  public @Nullable OriginPattern parse() {
    if (value.isBlank()) {
      return flaw(OriginFlaw.EMPTY);
    }
    OriginFlaw word = !value.contains(":") ? WORDS.get(lower(value)) : null;
    if (word != null) {
      return flaw(word, Text.quote(value));
    }
    if (Placeholder.isIn(value)) {
      return flaw(OriginFlaw.PLACEHOLDER);
    }
    if (value.contains("[") || value.contains("]")) {
      if (JSON.matcher(value).matches()) {
        return flaw(OriginFlaw.JSON);
      }
      if (BRACKETS.matcher(value).matches()) {
        return flaw(OriginFlaw.BRACKETS);
      }
    }
    boolean isExpression =
        value.length() <= Origin.MAX_LENGTH
            && any(value, c -> "^$(\\{".indexOf(c) != -1)
            && !any(value, c -> QUOTES.indexOf(c) != -1 || c <= ' ')
            && RegularExpression.isMeant(value);
    if (isExpression) {
      return regularExpression();
    }
    if (value.contains(",") || value.indexOf("://") != value.lastIndexOf("://")) {
      return flaw(OriginFlaw.LIST);
    }
    if (any(value, c -> QUOTES.indexOf(c) != -1)) {
      return flaw(OriginFlaw.QUOTED);
    }
    if (any(value, c -> c <= ' ' || c == 0x7F)) {
      return flaw(OriginFlaw.WHITESPACE);
    }
    if (value.length() > Origin.MAX_LENGTH) {
      return flaw(OriginFlaw.TOO_LONG, Origin.MAX_LENGTH);
    }
    if (RegularExpression.isMeant(value)) {
      return regularExpression();
    }
    if (value.lastIndexOf('/') > value.indexOf("://") + 2 && NETWORK.matcher(value).matches()) {
      return flaw(OriginFlaw.NETWORK, IpAddress.kindOfNetwork(value));
    }
    int schemeEnd = value.indexOf("://");
    String scheme = value.substring(0, Math.max(0, schemeEnd));
    String lowerScheme = lower(value.substring(0, Math.max(0, value.indexOf(':'))));
    if (OPAQUE_SCHEMES.contains(lowerScheme)) {
      return flaw(OriginFlaw.SCHEME_OPAQUE, lowerScheme);
    }
    if (schemeEnd <= 0) {
      return flaw(isScheme(lowerScheme) ? OriginFlaw.SCHEME_SEPARATOR : OriginFlaw.SCHEME_MISSING);
    }
    if (scheme.contains("*")) {
      return flaw(OriginFlaw.SCHEME_WILDCARD);
    }
    if (lowerScheme.equals("ws") || lowerScheme.equals("wss")) {
      return flaw(OriginFlaw.SCHEME_WEBSOCKET, lowerScheme);
    }
    if (lowerScheme.equals("ftp")) {
      return flaw(OriginFlaw.SCHEME_WITHOUT_PAGES, lowerScheme);
    }
    if (!lower(scheme).equals(scheme)) {
      return flaw(OriginFlaw.UPPER_CASE);
    }
    if (Origin.schemeEnd(value) < 0) {
      return flaw(OriginFlaw.SCHEME_INVALID, Text.quote(scheme));
    }
    return parseAuthority(scheme, value.substring(schemeEnd + "://".length()));
  }

  /**
   * Not a stream, because this runs for each of 100 000 origins, and a stream makes ten objects.
   */
  static boolean any(String text, IntPredicate predicate) {
    for (int i = 0; i < text.length(); i++) {
      if (predicate.test(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private @Nullable OriginPattern regularExpression() {
    RegularExpression expression = RegularExpression.of(value);
    String witness = expression == null ? null : expression.witness();
    if (expression != null && expression.isEverything()) {
      return flaw(OriginFlaw.REGULAR_EXPRESSION_ANY);
    }
    if (witness != null) {
      return flaw(OriginFlaw.REGULAR_EXPRESSION_WIDER, Text.quote(witness));
    }
    if (expression == null || expression.patterns().isEmpty()) {
      return flaw(OriginFlaw.REGULAR_EXPRESSION_ONLY);
    }
    if (expression.isOneLabel()) {
      return flaw(OriginFlaw.REGULAR_EXPRESSION_LABEL, Text.quote(expression.deeper()));
    }
    List<String> beyond = expression.beyond();
    if (!beyond.isEmpty()) {
      String origin = Text.quote(beyond.get(1));
      return flaw(OriginFlaw.REGULAR_EXPRESSION_PART, Text.quote(beyond.get(0)), origin);
    }
    return flaw(OriginFlaw.REGULAR_EXPRESSION);
  }

  static boolean isScheme(String text) {
    return text.equals("http") || text.equals("https");
  }

  private @Nullable OriginPattern parseAuthority(String scheme, String rest) {
    int end = authorityEnd(rest);
    if (end < rest.length()) {
      char delimiter = rest.charAt(end);
      if (delimiter == '?') {
        return flaw(OriginFlaw.QUERY);
      }
      if (delimiter == '#') {
        return flaw(OriginFlaw.FRAGMENT);
      }
      return end == rest.length() - 1 ? flaw(OriginFlaw.TRAILING_SLASH) : flaw(OriginFlaw.PATH);
    }
    if (rest.contains("@")) {
      return flaw(OriginFlaw.USERINFO);
    }
    // https://url.spec.whatwg.org/#host-parsing leaves the case of such hosts alone, and Safari
    // gives them in upper case.
    if (!lower(rest).equals(rest) && !scheme.equals("safari-web-extension")) {
      return flaw(OriginFlaw.UPPER_CASE);
    }
    if (rest.indexOf(':') != rest.lastIndexOf(':')
        && IpAddress.canonicalV6("[" + rest + "]") != null) {
      return flaw(OriginFlaw.IPV6_BRACKETS);
    }
    int hostEnd = Origin.hostEnd(rest, 0);
    String host = rest.substring(0, hostEnd);
    String port = rest.substring(hostEnd);
    if (host.isEmpty()) {
      return flaw(OriginFlaw.HOST_MISSING, scheme);
    }
    if (EXTENSIONS.contains(scheme)) {
      return parseExtension(scheme, host, port);
    }
    if (host.contains("[")) {
      return isV6(host) ? parsePort(scheme, Leftmost.NOTHING, "", "", host, port) : null;
    }
    return parseHost(scheme, host, port);
  }

  /**
   * The id of an extension. It has no port, and some browsers make a new id for each installation.
   */
  private @Nullable OriginPattern parseExtension(String scheme, String host, String port) {
    if (!port.isEmpty()) {
      return flaw(OriginFlaw.PORT_NEVER, scheme);
    }
    if (host.equals("*")) {
      return new OriginPattern(scheme, Leftmost.HOST, "", "", "", false, "");
    }
    return host.contains(".") || !Origin.isSerialized(scheme + "://" + host)
        ? flaw(OriginFlaw.EXTENSION, scheme)
        : new OriginPattern(scheme, Leftmost.NOTHING, "", "", host, false, "");
  }

  static int authorityEnd(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if ("/?#".indexOf(rest.charAt(i)) != -1) {
        return i;
      }
    }
    return rest.length();
  }

  private boolean isV6(String host) {
    if (host.contains("*")) {
      flaw(OriginFlaw.WILDCARD_IP);
      return false;
    }
    if (host.contains("%")) {
      flaw(OriginFlaw.IPV6_ZONE);
      return false;
    }
    String canonical = IpAddress.canonicalV6(host);
    if (canonical == null) {
      flaw(OriginFlaw.IPV6_INVALID);
      return false;
    }
    if (!canonical.equals(host)) {
      flaw(OriginFlaw.IPV6_NOT_CANONICAL, canonical);
      return false;
    }
    return true;
  }

  private @Nullable OriginPattern parseHost(String scheme, String host, String port) {
    int star = host.indexOf('*');
    // Apps name their own pages app://. and app://-, which are not names on a network.
    if ((host.equals(".") || host.equals("-")) && !isScheme(scheme)) {
      return port.isEmpty()
          ? new OriginPattern(scheme, Leftmost.NOTHING, "", "", host, false, "")
          : flaw(OriginFlaw.PORT_NEVER, scheme);
    }
    if (star != -1 && NUMBERS.matcher(host).matches()) {
      return flaw(OriginFlaw.NETWORK, IpAddress.kindOfNetwork(host));
    }
    if (star == -1) {
      return isDomain(host) ? parsePort(scheme, Leftmost.NOTHING, "", "", host, port) : null;
    }
    if (host.equals("*") || host.equals("*.")) {
      return flaw(OriginFlaw.WILDCARD_HOST);
    }
    if (host.indexOf('*', star + 1) != -1) {
      return flaw(OriginFlaw.WILDCARD_SEVERAL);
    }
    int dot = host.indexOf('.');
    if (dot != -1 && dot < star) {
      return flaw(OriginFlaw.WILDCARD_POSITION);
    }
    String label = dot == -1 ? host : host.substring(0, dot);
    String prefix = label.substring(0, star);
    String suffix = label.substring(star + 1);
    if (!prefix.isEmpty() && !prefix.endsWith("-")
        || !suffix.isEmpty() && !suffix.startsWith("-")) {
      return flaw(OriginFlaw.WILDCARD_TOUCHES, Text.quote(value.replace("*", "evil")));
    }
    if (Punycode.isEncoded(label)) {
      return flaw(OriginFlaw.WILDCARD_PUNYCODE);
    }
    if (dot == -1) {
      return flaw(OriginFlaw.WILDCARD_TOP_LEVEL, scheme);
    }
    String rest = host.substring(dot + 1);
    if (IpAddress.endsInNumber(rest)) {
      return flaw(OriginFlaw.WILDCARD_IP);
    }
    if (!isDomain(rest) || !isDomain(prefix + "a" + suffix + "." + rest)) {
      return null;
    }
    Leftmost leftmost = label.length() == 1 ? Leftmost.SUBDOMAINS : Leftmost.LABEL;
    return parsePort(scheme, leftmost, prefix, suffix, rest, port);
  }

  private boolean isDomain(String host) {
    if (any(host, c -> c >= 128)) {
      flaw(OriginFlaw.HOST_NOT_ASCII);
      return false;
    }
    if (host.endsWith(".") && !host.endsWith("..") && host.length() > 1) {
      flaw(OriginFlaw.TRAILING_DOT);
      return false;
    }
    if (host.length() > Origin.MAX_HOST_LENGTH) {
      flaw(OriginFlaw.HOST_TOO_LONG, Origin.MAX_HOST_LENGTH);
      return false;
    }
    int from = 0;
    for (int to = host.indexOf('.'); from <= host.length(); to = host.indexOf('.', from)) {
      int labelEnd = to < 0 ? host.length() : to;
      if (!isLabel(host.substring(from, labelEnd))) {
        return false;
      }
      from = labelEnd + 1;
    }
    if (IpAddress.endsInNumber(host) && !host.equals(IpAddress.canonicalV4(host))) {
      flaw(OriginFlaw.IPV4_NOT_CANONICAL);
      return false;
    }
    return true;
  }

  private boolean isLabel(String label) {
    if (label.isEmpty()) {
      flaw(OriginFlaw.LABEL_EMPTY);
    } else if (label.length() > Origin.MAX_LABEL_LENGTH) {
      flaw(OriginFlaw.LABEL_TOO_LONG, Origin.MAX_LABEL_LENGTH);
    } else if (any(label, c -> !Origin.isLabelCharacter(Token.lower((char) c)))) {
      flaw(OriginFlaw.HOST_INVALID);
    } else if (label.startsWith("-") || label.endsWith("-")) {
      flaw(OriginFlaw.LABEL_HYPHEN);
    } else {
      return true;
    }
    return false;
  }

  private @Nullable OriginPattern parsePort(
      String scheme, Leftmost leftmost, String prefix, String suffix, String host, String port) {
    if (port.isEmpty()) {
      return new OriginPattern(scheme, leftmost, prefix, suffix, host, false, "");
    }
    String digits = port.substring(1);
    if (digits.equals("*")) {
      return new OriginPattern(scheme, leftmost, prefix, suffix, host, true, "");
    }
    if (digits.isEmpty()) {
      return flaw(OriginFlaw.PORT_MISSING);
    }
    if (digits.contains("*")) {
      return flaw(OriginFlaw.PORT_WILDCARD);
    }
    if (any(digits, c -> !Origin.isDigit((char) c))) {
      return flaw(OriginFlaw.PORT_INVALID);
    }
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      return flaw(OriginFlaw.PORT_LEADING_ZERO);
    }
    if (digits.length() > 5 || Integer.parseInt(digits) > 65_535 || digits.equals("0")) {
      return flaw(OriginFlaw.PORT_OUT_OF_RANGE);
    }
    if (Integer.parseInt(digits) == Origin.defaultPort(scheme, scheme.length())) {
      return flaw(OriginFlaw.PORT_DEFAULT, scheme);
    }
    return new OriginPattern(scheme, leftmost, prefix, suffix, host, false, port);
  }

  private @Nullable OriginPattern flaw(OriginFlaw found, Object... named) {
    flaw = found;
    arguments = Arrays.stream(named).map(Object::toString).toList();
    return null;
  }

  /** ASCII only: other letters need punycode. */
  static String lower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      lower.append(Token.lower(text.charAt(i)));
    }
    return lower.toString();
  }

  public static boolean isNull(String value) {
    return value.toLowerCase(Locale.ROOT).equals("null");
  }
}
