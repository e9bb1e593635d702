package dev.crosswalk.cors.internal.origin;

import static dev.crosswalk.cors.internal.syntax.Text.any;

import dev.crosswalk.cors.internal.origin.OriginPattern.Leftmost;
import dev.crosswalk.cors.internal.syntax.Text;
import dev.crosswalk.cors.internal.syntax.Token;
import dev.crosswalk.cors.internal.syntax.Typo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses one origin pattern as a person wrote it, and says what is wrong with it. It is strict,
 * because a pattern that differs from what browsers send silently matches nothing.
 */
public final class OriginPatternParser {

  private static final Set<String> OPAQUE_SCHEMES = Set.of("data", "file");

  /** Their pages have the origin of the page that made them. */
  private static final Set<String> INHERITING_SCHEMES =
      Set.of("about", "blob", "filesystem", "javascript");

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
          "\\s*\\[\\s*([\"']|[A-Za-z]+://|\\*\\s*]).*|.*[\"']\\s*]\\s*|[^\\[]*://[^\\[]*]\\s*",
          Pattern.DOTALL);

  /** {@code [*]}, and a list of ports, or its first or last member. */
  private static final Pattern BRACKETS =
      Pattern.compile(".*\\[\\*].*|.*:\\[[0-9, ]*]?|[0-9]+]", Pattern.DOTALL);

  /** {@code http(s)://} and the like, for http as well as https. */
  private static final Pattern EITHER_SCHEME = Pattern.compile("http(\\(s\\)|\\[s]|\\?)://.*");

  /** {@code 10.0.0.0/8} or {@code fd00::/8}, with or without a scheme. */
  private static final Pattern NETWORK =
      Pattern.compile(
          "(https?://)?([0-9.*]*[0-9][0-9.*]*|\\[?[0-9a-fA-F]*:[0-9a-fA-F:]*]?)/[0-9]{1,3}");

  /** {@code 192.168.*.*}: labels of digits and wildcards. */
  private static final Pattern NUMBERS = Pattern.compile("(?=.*[0-9])[0-9*]+(\\.[0-9*]+)*");

  private static final Pattern PORT_RANGE = Pattern.compile("[0-9]+-[0-9]+");

  static final String QUOTES = "\"'`\u201c\u201d\u2018\u2019";

  /** What a text is: {@link Parsed} or {@link Flawed}. */
  public sealed interface Result {}

  /** An origin or a pattern. */
  public record Parsed(OriginPattern pattern) implements Result {}

  /**
   * Neither of them.
   *
   * @param arguments for the sentence about the flaw, in their order
   */
  public record Flawed(String text, OriginFlaw flaw, List<String> arguments) implements Result {

    /** Returns the origins or patterns to write instead, which allow no more; empty if unknown. */
    public List<String> suggestions() {
      return OriginSuggestion.of(text, flaw);
    }
  }

  private final String value;

  private OriginPatternParser(String value) {
    this.value = value;
  }

  /** Parses a text that is not {@link #isNull null}. */
  public static Result parse(String text) {
    try {
      return new Parsed(new OriginPatternParser(text).pattern());
    } catch (Stop e) {
      return e.flawed;
    }
  }

  /** Whether a text is an origin or a pattern. */
  public static boolean isRight(String text) {
    return parse(text) instanceof Parsed;
  }

  /** Returns the same over https, if the scheme looks like a typo for it; empty otherwise. */
  public static List<String> ofMisspelledHttps(OriginPattern pattern) {
    String scheme = pattern.scheme();
    if (isScheme(scheme)
        || Typo.distance(scheme, "https") != 1 && Typo.distance(scheme, "http") != 1) {
      return List.of();
    }
    String https = "https" + pattern.toString().substring(scheme.length());
    return parse(https) instanceof Flawed flawed ? flawed.suggestions() : List.of(https);
  }

  private OriginPattern pattern() {
    if (!any(value, c -> !Text.isUnseen(c))) {
      throw flaw(OriginFlaw.EMPTY);
    }
    OriginFlaw word = !value.contains(":") ? WORDS.get(Token.lower(value)) : null;
    if (word != null) {
      throw flaw(word, Text.quote(value));
    }
    if (Placeholder.isIn(value)) {
      throw flaw(OriginFlaw.PLACEHOLDER);
    }
    if (value.contains("[") || value.contains("]")) {
      if (JSON.matcher(value).matches()) {
        throw flaw(OriginFlaw.JSON);
      }
      if (BRACKETS.matcher(value).matches()) {
        throw flaw(OriginFlaw.BRACKETS);
      }
    }
    if (EITHER_SCHEME.matcher(value).matches()
        && !OriginSuggestion.of(value, OriginFlaw.SCHEME_WILDCARD).isEmpty()) {
      throw flaw(OriginFlaw.SCHEME_WILDCARD);
    }
    boolean isExpression =
        value.length() <= Origin.MAX_LENGTH
            && any(value, c -> "^$(\\{".indexOf(c) != -1)
            && !any(value, c -> QUOTES.indexOf(c) != -1 || Text.isUnseen(c))
            && RegularExpression.isMeant(value);
    if (isExpression) {
      throw regularExpression();
    }
    if (value.contains(",") || value.indexOf("://") != value.lastIndexOf("://")) {
      throw flaw(OriginFlaw.LIST);
    }
    if (any(value, c -> QUOTES.indexOf(c) != -1)) {
      throw flaw(OriginFlaw.QUOTED);
    }
    if (any(value, Text.unseenOf(value))) {
      throw flaw(OriginFlaw.WHITESPACE);
    }
    if (value.length() > Origin.MAX_LENGTH) {
      throw flaw(OriginFlaw.TOO_LONG, Origin.MAX_LENGTH);
    }
    if (RegularExpression.isMeant(value)) {
      throw regularExpression();
    }
    if (value.lastIndexOf('/') > value.indexOf("://") + 2 && NETWORK.matcher(value).matches()) {
      throw flaw(OriginFlaw.NETWORK, IpAddress.kindOfNetwork(value));
    }
    int schemeEnd = value.indexOf("://");
    String scheme = value.substring(0, Math.max(0, schemeEnd));
    String lowerScheme = Token.lower(value.substring(0, Math.max(0, value.indexOf(':'))));
    if (OPAQUE_SCHEMES.contains(lowerScheme)) {
      throw flaw(OriginFlaw.SCHEME_OPAQUE, lowerScheme);
    }
    if (INHERITING_SCHEMES.contains(lowerScheme)) {
      throw flaw(OriginFlaw.SCHEME_INHERITED, lowerScheme);
    }
    if (schemeEnd <= 0) {
      throw flaw(isScheme(lowerScheme) ? OriginFlaw.SCHEME_SEPARATOR : OriginFlaw.SCHEME_MISSING);
    }
    if (scheme.contains("*")) {
      throw flaw(OriginFlaw.SCHEME_WILDCARD);
    }
    if (lowerScheme.equals("ws") || lowerScheme.equals("wss")) {
      throw flaw(OriginFlaw.SCHEME_WEBSOCKET, lowerScheme);
    }
    if (lowerScheme.equals("ftp")) {
      throw flaw(OriginFlaw.SCHEME_WITHOUT_PAGES, lowerScheme);
    }
    if (!Token.lower(scheme).equals(scheme)) {
      throw flaw(OriginFlaw.UPPER_CASE);
    }
    if (Origin.schemeEnd(value) < 0) {
      throw flaw(OriginFlaw.SCHEME_INVALID, Text.quote(scheme));
    }
    return parseAuthority(scheme, value.substring(schemeEnd + "://".length()));
  }

  private Stop regularExpression() {
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

  private OriginPattern parseAuthority(String scheme, String rest) {
    int end = authorityEnd(rest);
    if (end < rest.length()) {
      char delimiter = rest.charAt(end);
      if (delimiter == '?') {
        throw flaw(OriginFlaw.QUERY);
      }
      if (delimiter == '#') {
        throw flaw(OriginFlaw.FRAGMENT);
      }
      throw flaw(end == rest.length() - 1 ? OriginFlaw.TRAILING_SLASH : OriginFlaw.PATH);
    }
    if (rest.contains("@")) {
      throw flaw(OriginFlaw.USERINFO);
    }
    // https://url.spec.whatwg.org/#host-parsing leaves the case of such hosts alone, and Safari
    // gives them in upper case.
    if (!Token.lower(rest).equals(rest) && !scheme.equals("safari-web-extension")) {
      throw flaw(OriginFlaw.UPPER_CASE);
    }
    if (IpAddress.isWithoutBrackets(rest)) {
      throw flaw(OriginFlaw.IPV6_BRACKETS);
    }
    int hostEnd = Origin.hostEnd(rest, 0);
    String host = rest.substring(0, hostEnd);
    String port = rest.substring(hostEnd);
    if (host.isEmpty()) {
      throw flaw(OriginFlaw.HOST_MISSING, scheme);
    }
    if (EXTENSIONS.contains(scheme)) {
      return parseExtension(scheme, host, port);
    }
    if (host.contains("[")) {
      checkV6(host);
      return withPort(OriginPattern.exact(scheme, host), port);
    }
    return parseHost(scheme, host, port);
  }

  /**
   * The id of an extension. It has no port, and some browsers make a new id for each installation.
   */
  private OriginPattern parseExtension(String scheme, String host, String port) {
    if (!port.isEmpty()) {
      throw flaw(OriginFlaw.PORT_NEVER, scheme);
    }
    if (host.equals("*")) {
      return OriginPattern.wild(scheme, Leftmost.HOST, "", "", "");
    }
    if (host.contains(".") || !Origin.isSerialized(scheme + "://" + host)) {
      throw flaw(OriginFlaw.EXTENSION, scheme);
    }
    return OriginPattern.exact(scheme, host);
  }

  static int authorityEnd(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if ("/?#".indexOf(rest.charAt(i)) != -1) {
        return i;
      }
    }
    return rest.length();
  }

  private void checkV6(String host) {
    if (host.contains("*")) {
      throw flaw(OriginFlaw.WILDCARD_IP);
    }
    if (host.contains("%")) {
      throw flaw(OriginFlaw.IPV6_ZONE);
    }
    String canonical = IpAddress.canonicalV6(host);
    if (canonical == null) {
      throw flaw(OriginFlaw.IPV6_INVALID);
    }
    if (!canonical.equals(host)) {
      throw flaw(OriginFlaw.IPV6_NOT_CANONICAL, canonical);
    }
  }

  private OriginPattern parseHost(String scheme, String host, String port) {
    int star = host.indexOf('*');
    // Apps name their own pages app://. and app://-, which are not names on a network.
    if ((host.equals(".") || host.equals("-")) && !isScheme(scheme)) {
      if (!port.isEmpty()) {
        throw flaw(OriginFlaw.PORT_NEVER, scheme);
      }
      return OriginPattern.exact(scheme, host);
    }
    if (star != -1 && NUMBERS.matcher(host).matches()) {
      throw flaw(OriginFlaw.NETWORK, IpAddress.kindOfNetwork(host));
    }
    if (star == -1) {
      checkDomain(host);
      return withPort(OriginPattern.exact(scheme, host), port);
    }
    if (host.equals("*") || host.equals("*.")) {
      throw flaw(OriginFlaw.WILDCARD_HOST);
    }
    if (host.indexOf('*', star + 1) != -1) {
      throw flaw(OriginFlaw.WILDCARD_SEVERAL);
    }
    int dot = host.indexOf('.');
    if (dot != -1 && dot < star) {
      throw flaw(OriginFlaw.WILDCARD_POSITION);
    }
    String label = dot == -1 ? host : host.substring(0, dot);
    String prefix = label.substring(0, star);
    String suffix = label.substring(star + 1);
    if (!prefix.isEmpty() && !prefix.endsWith("-")
        || !suffix.isEmpty() && !suffix.startsWith("-")) {
      throw flaw(OriginFlaw.WILDCARD_TOUCHES, Text.quote(value.replace("*", "evil")));
    }
    if (Punycode.isEncoded(label)) {
      throw flaw(OriginFlaw.WILDCARD_PUNYCODE);
    }
    if (dot == -1) {
      throw flaw(OriginFlaw.WILDCARD_TOP_LEVEL, scheme);
    }
    String rest = host.substring(dot + 1);
    if (IpAddress.endsInNumber(rest)) {
      throw flaw(OriginFlaw.WILDCARD_IP);
    }
    checkDomain(rest);
    checkDomain(prefix + "a" + suffix + "." + rest);
    Leftmost leftmost = label.length() == 1 ? Leftmost.SUBDOMAINS : Leftmost.LABEL;
    return withPort(OriginPattern.wild(scheme, leftmost, prefix, suffix, rest), port);
  }

  private void checkDomain(String host) {
    if (any(host, c -> c >= 128)) {
      throw flaw(OriginFlaw.HOST_NOT_ASCII);
    }
    if (host.endsWith(".") && !host.endsWith("..") && host.length() > 1) {
      throw flaw(OriginFlaw.TRAILING_DOT);
    }
    if (host.length() > Origin.MAX_HOST_LENGTH) {
      throw flaw(OriginFlaw.HOST_TOO_LONG, Origin.MAX_HOST_LENGTH);
    }
    int from = 0;
    for (int to = host.indexOf('.'); from <= host.length(); to = host.indexOf('.', from)) {
      int labelEnd = to < 0 ? host.length() : to;
      checkLabel(host.substring(from, labelEnd));
      from = labelEnd + 1;
    }
    if (IpAddress.endsInNumber(host) && !host.equals(IpAddress.canonicalV4(host))) {
      throw flaw(OriginFlaw.IPV4_NOT_CANONICAL);
    }
  }

  private void checkLabel(String label) {
    if (label.isEmpty()) {
      throw flaw(OriginFlaw.LABEL_EMPTY);
    }
    if (label.length() > Origin.MAX_LABEL_LENGTH) {
      throw flaw(OriginFlaw.LABEL_TOO_LONG, Origin.MAX_LABEL_LENGTH);
    }
    if (any(label, c -> !Origin.isLabelCharacter(Token.lower((char) c)))) {
      throw flaw(OriginFlaw.HOST_INVALID);
    }
    if (label.startsWith("-") || label.endsWith("-")) {
      throw flaw(OriginFlaw.LABEL_HYPHEN);
    }
  }

  private OriginPattern withPort(OriginPattern pattern, String port) {
    if (port.isEmpty()) {
      return pattern;
    }
    String digits = port.substring(1);
    if (digits.equals("*")) {
      return pattern.withAnyPort();
    }
    if (digits.isEmpty()) {
      throw flaw(OriginFlaw.PORT_MISSING);
    }
    if (digits.contains("*") || PORT_RANGE.matcher(digits).matches()) {
      // On the user's own machine any program can have any port, so that * opens nothing more.
      boolean isLoopback = IpAddress.isLoopback(pattern.host());
      throw flaw(OriginFlaw.PORT_WILDCARD, isLoopback ? "a number, or * for any port" : "a number");
    }
    if (!Origin.isDigits(digits)) {
      throw flaw(OriginFlaw.PORT_INVALID);
    }
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      throw flaw(OriginFlaw.PORT_LEADING_ZERO);
    }
    if (!Origin.isPort(digits)) {
      throw flaw(OriginFlaw.PORT_OUT_OF_RANGE);
    }
    String scheme = pattern.scheme();
    if (Integer.parseInt(digits) == Origin.defaultPort(scheme, scheme.length())) {
      throw flaw(OriginFlaw.PORT_DEFAULT, scheme);
    }
    return pattern.withPort(port);
  }

  private Stop flaw(OriginFlaw found, Object... arguments) {
    List<String> texts = Arrays.stream(arguments).map(Object::toString).toList();
    return new Stop(new Flawed(value, found, texts));
  }

  /** Ends the parsing. */
  private static final class Stop extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Flawed flawed;

    Stop(Flawed flawed) {
      super(null, null, false, false);
      this.flawed = flawed;
    }
  }

  public static boolean isNull(String value) {
    return value.toLowerCase(Locale.ROOT).equals("null");
  }
}
