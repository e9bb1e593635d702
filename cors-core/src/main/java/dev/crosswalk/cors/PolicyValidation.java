package dev.crosswalk.cors;

import dev.crosswalk.cors.PolicyProblem.Severity;
import dev.crosswalk.cors.internal.origin.OriginPattern;
import dev.crosswalk.cors.internal.origin.OriginPatternParser;
import dev.crosswalk.cors.internal.origin.OriginPatterns;
import dev.crosswalk.cors.internal.syntax.HeaderNames;
import dev.crosswalk.cors.internal.syntax.Methods;
import dev.crosswalk.cors.internal.syntax.Text;
import dev.crosswalk.cors.internal.syntax.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with the settings of a policy, in the order written. */
final class PolicyValidation {

  /** What Firefox keeps at most, the longest of all browsers. */
  private static final Duration LONGEST_MAX_AGE = Duration.ofDays(1);

  /** What Chromium keeps at most. */
  private static final Duration CHROMIUM_MAX_AGE = Duration.ofHours(2);

  private final Setting.Values written;
  private final boolean credentials;
  private final boolean nullOrigin;
  private final boolean insecureOrigins;
  private final boolean publicSuffixes;
  private final List<PolicyProblem> errors = new ArrayList<>();
  private final List<PolicyProblem> warnings = new ArrayList<>();

  private final List<String> origins = new ArrayList<>();
  private final List<OriginPattern> patterns = new ArrayList<>();
  private final List<Integer> indexes = new ArrayList<>();
  private final List<String> methods;
  private final List<String> requestHeaders;
  private final List<String> responseHeaders;

  PolicyValidation(Setting.Values written) {
    this.written = written;
    credentials = flag(Setting.ALLOW_CREDENTIALS);
    nullOrigin = flag(Setting.DANGEROUSLY_ALLOW_NULL_ORIGIN);
    insecureOrigins = flag(Setting.DANGEROUSLY_ALLOW_INSECURE_ORIGINS);
    publicSuffixes = flag(Setting.DANGEROUSLY_ALLOW_PUBLIC_SUFFIXES);
    flag(Setting.EXPOSE_TIMING);
    flag(Setting.ALLOW_EMBEDDING);
    origins();
    credentials();
    methods = tokens(METHODS);
    requestHeaders = tokens(REQUEST_HEADERS);
    responseHeaders = tokens(RESPONSE_HEADERS);
    maxAge();
  }

  /** Returns everything that is wrong, and must not be; empty if the settings are right. */
  List<PolicyProblem> errors() {
    return errors;
  }

  /**
   * Returns the settings that are right, in one spelling.
   *
   * @throws InvalidCorsPolicyException if anything is wrong
   */
  Setting.Values checked() {
    if (!errors.isEmpty()) {
      throw new InvalidCorsPolicyException(errors);
    }
    Setting.Values checked = new Setting.Values();
    String nobody = nullOrigin ? Protocol.NULL : Protocol.NOBODY;
    list(checked, Setting.ALLOWED_ORIGINS, origins.isEmpty() ? List.of(nobody) : origins);
    list(checked, Setting.ALLOWED_METHODS, methods);
    list(checked, Setting.ALLOWED_REQUEST_HEADERS, requestHeaders);
    list(checked, Setting.EXPOSED_RESPONSE_HEADERS, responseHeaders);
    for (Setting setting : Setting.of(Setting.Scope.POLICY)) {
      if (setting.kind() == Setting.Kind.FLAG && written.isTrue(setting)) {
        checked.set(setting, "true");
      }
    }
    Duration maxAge = written.duration(Setting.MAX_AGE);
    if (maxAge != null) {
      checked.set(Setting.MAX_AGE, maxAge.toString());
    }
    return checked;
  }

  private static void list(Setting.Values checked, Setting setting, List<String> members) {
    if (!members.isEmpty()) {
      checked.add(setting, members.toArray(new String[0]));
    }
  }

  /** Returns a pattern for each origin of the settings, but {@code *}. */
  List<OriginPattern> patterns() {
    return patterns;
  }

  List<PolicyProblem> warnings() {
    return warnings;
  }

  private void origins() {
    if (written.written(Setting.ALLOWED_ORIGINS).isEmpty() && !nullOrigin) {
      String none =
          written.prefix.isEmpty()
              ? "CorsPolicy.none()"
              : written.nameOf(Setting.ALLOWED_ORIGINS) + "=none";
      problem(ProblemCode.ORIGIN_MISSING, Setting.ALLOWED_ORIGINS, -1, none);
    }
    if (written.written(Setting.ALLOWED_ORIGINS).contains(Protocol.ANY)) {
      anyOrigin();
      return;
    }
    if (written.written(Setting.ALLOWED_ORIGINS).contains(Protocol.NOBODY)) {
      nobody();
      return;
    }
    int settled = warnings.size();
    Set<String> seen = new HashSet<>();
    boolean insecure = false;
    boolean publicSuffix = false;
    for (int i = 0; i < written.written(Setting.ALLOWED_ORIGINS).size(); i++) {
      String origin = written.written(Setting.ALLOWED_ORIGINS).get(i);
      if (nullOrigin && Protocol.NULL.equals(origin)) {
        continue; // Said twice: here, and by the setting that this needs.
      }
      OriginPattern pattern = origin(origin, i);
      if (origin == null || pattern == null) {
        continue;
      }
      if (!seen.add(origin)) {
        problem(ProblemCode.ORIGIN_DUPLICATE, Setting.ALLOWED_ORIGINS, i);
        continue;
      }
      insecure = insecure || pattern.isInsecure();
      publicSuffix = publicSuffix || publicSuffixes && publicSuffix(pattern) != null;
      origins.add(origin);
      patterns.add(pattern);
      indexes.add(i);
    }
    redundantOrigins();
    warnings.subList(settled, warnings.size()).sort(Comparator.comparing(PolicyProblem::index));
    unused(
        Setting.DANGEROUSLY_ALLOW_INSECURE_ORIGINS,
        insecureOrigins && !(insecure && (credentials || written.production)));
    unused(Setting.DANGEROUSLY_ALLOW_PUBLIC_SUFFIXES, publicSuffixes && !publicSuffix);
  }

  /** With credentials: what makes a wildcard dangerous, or null. */
  private @Nullable String publicSuffix(OriginPattern pattern) {
    return credentials ? pattern.publicSuffix() : null;
  }

  private void nobody() {
    List<@Nullable String> all = written.written(Setting.ALLOWED_ORIGINS);
    if (all.size() > 1) {
      problem(ProblemCode.ORIGIN_NONE_MIXED, Setting.ALLOWED_ORIGINS, all.indexOf(Protocol.NOBODY));
    }
    if (nullOrigin) {
      problem(ProblemCode.ORIGIN_NONE_MIXED, Setting.DANGEROUSLY_ALLOW_NULL_ORIGIN, -1);
    }
    unused(Setting.DANGEROUSLY_ALLOW_INSECURE_ORIGINS, insecureOrigins);
    unused(Setting.DANGEROUSLY_ALLOW_PUBLIC_SUFFIXES, publicSuffixes);
  }

  private void anyOrigin() {
    for (int i = 0; i < written.written(Setting.ALLOWED_ORIGINS).size(); i++) {
      if (!Protocol.ANY.equals(written.written(Setting.ALLOWED_ORIGINS).get(i))) {
        problem(ProblemCode.ORIGIN_ANY_MIXED, Setting.ALLOWED_ORIGINS, i);
      } else if (origins.isEmpty()) {
        origins.add(Protocol.ANY);
      } else {
        problem(ProblemCode.ORIGIN_DUPLICATE, Setting.ALLOWED_ORIGINS, i);
      }
    }
    unused(Setting.DANGEROUSLY_ALLOW_NULL_ORIGIN, nullOrigin);
    unused(Setting.DANGEROUSLY_ALLOW_INSECURE_ORIGINS, insecureOrigins);
    unused(Setting.DANGEROUSLY_ALLOW_PUBLIC_SUFFIXES, publicSuffixes);
  }

  private @Nullable OriginPattern origin(@Nullable String origin, int index) {
    if (origin == null) {
      problem(ProblemCode.ORIGIN_EMPTY, Setting.ALLOWED_ORIGINS, index);
      return null;
    }
    if (OriginPatternParser.isNull(origin)) {
      problem(
          credentials ? ProblemCode.CREDENTIALS_NULL_ORIGIN : ProblemCode.ORIGIN_NULL,
          Setting.ALLOWED_ORIGINS,
          index,
          gate(Setting.DANGEROUSLY_ALLOW_NULL_ORIGIN));
      return null;
    }
    OriginPatternParser parser = new OriginPatternParser(origin);
    OriginPattern pattern = parser.parse();
    if (pattern != null) {
      doubtfulOrigin(origin, pattern, index);
      return pattern;
    }
    ProblemCode code = ProblemCode.of(parser.flaw());
    Object[] arguments = parser.arguments().toArray();
    if (code == ProblemCode.ORIGIN_PLACEHOLDER && !written.prefix.isEmpty()) {
      code = ProblemCode.ORIGIN_PLACEHOLDER_CONFIGURED;
      arguments = new Object[] {written.variableOf(Setting.ALLOWED_ORIGINS)};
    }
    add(at(code, Setting.ALLOWED_ORIGINS, index, arguments).instead(parser.suggestions()));
    return null;
  }

  private void doubtfulOrigin(String origin, OriginPattern pattern, int index) {
    String scheme = pattern.scheme();
    String suffix = publicSuffixes ? null : publicSuffix(pattern);
    if (suffix != null) {
      problem(
          suffix.equals(pattern.host())
              ? ProblemCode.ORIGIN_PUBLIC_SUFFIX
              : ProblemCode.ORIGIN_PUBLIC_SUFFIX_PARENT,
          Setting.ALLOWED_ORIGINS,
          index,
          Text.quote(suffix),
          gate(Setting.DANGEROUSLY_ALLOW_PUBLIC_SUFFIXES));
    }
    if (written.production && pattern.isLoopback()) {
      problem(ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION, Setting.ALLOWED_ORIGINS, index);
    } else if (pattern.isInsecure()) {
      if (!insecureOrigins && (credentials || written.production)) {
        problem(
            credentials ? ProblemCode.ORIGIN_INSECURE : ProblemCode.ORIGIN_INSECURE_IN_PRODUCTION,
            Setting.ALLOWED_ORIGINS,
            index,
            Text.quote(pattern.secured()),
            gate(Setting.DANGEROUSLY_ALLOW_INSECURE_ORIGINS));
      }
    } else if (!scheme.equals("https")
        && !scheme.equals("http")
        && (Text.distance(scheme, "https") == 1 || Text.distance(scheme, "http") == 1)) {
      String https = "https" + origin.substring(scheme.length());
      problem(
          ProblemCode.ORIGIN_SCHEME_DOUBTFUL,
          Setting.ALLOWED_ORIGINS,
          index,
          Text.quote(scheme),
          Text.quote(https));
    }
  }

  private void redundantOrigins() {
    OriginPatterns wild = new OriginPatterns(patterns.stream().filter(p -> !p.isExact()).toList());
    for (int i = 0; i < origins.size(); i++) {
      OriginPattern wider = wild.wider(patterns.get(i));
      if (wider != null) {
        String quoted = Text.quote(wider.toString());
        problem(ProblemCode.ORIGIN_REDUNDANT, Setting.ALLOWED_ORIGINS, indexes.get(i), quoted);
      }
    }
  }

  private void credentials() {
    if (credentials && written.written(Setting.ALLOWED_ORIGINS).contains(Protocol.ANY)) {
      problem(ProblemCode.CREDENTIALS_ANY_ORIGIN, Setting.ALLOW_CREDENTIALS, -1);
    }
    if (credentials && nullOrigin) {
      problem(ProblemCode.CREDENTIALS_NULL_ORIGIN, Setting.ALLOW_CREDENTIALS, -1);
    }
    if (credentials && written.contains(Setting.EXPOSED_RESPONSE_HEADERS, Protocol.ANY)) {
      problem(
          ProblemCode.CREDENTIALS_ANY_RESPONSE_HEADER,
          Setting.EXPOSED_RESPONSE_HEADERS,
          written.written(Setting.EXPOSED_RESPONSE_HEADERS).indexOf(Protocol.ANY));
    }
  }

  // ------------------------------------------------------- methods, request and response headers

  /**
   * Something that can be wrong with one member of a list.
   *
   * @param instead what to write instead; empty if that is not certain
   */
  private record Check(
      ProblemCode code, Predicate<String> isWrong, Function<String, List<String>> instead) {

    Check(ProblemCode code, Predicate<String> isWrong) {
      this(code, isWrong, member -> List.of());
    }
  }

  /**
   * A list of tokens, which may be a single {@code *}.
   *
   * @param key what is equal where two members are the same
   * @param besideAny what may be listed beside the {@code *}
   * @param checks the first one that finds something is the one that is stated
   */
  private record Tokens(
      Setting setting,
      UnaryOperator<String> key,
      Predicate<String> besideAny,
      ProblemCode mixed,
      ProblemCode duplicate,
      List<Check> checks) {}

  private static final Tokens METHODS =
      new Tokens(
          Setting.ALLOWED_METHODS,
          method -> method,
          method -> false,
          ProblemCode.METHOD_ANY_MIXED,
          ProblemCode.METHOD_DUPLICATE,
          List.of(
              new Check(ProblemCode.METHOD_EMPTY, String::isEmpty),
              new Check(
                  ProblemCode.METHOD_INVALID,
                  method -> !Token.isToken(method),
                  PolicyValidation::tokens),
              new Check(ProblemCode.METHOD_FORBIDDEN, Methods::isForbidden),
              new Check(
                  ProblemCode.METHOD_NOT_NORMALIZED,
                  method -> !Methods.normalize(method).equals(method),
                  method -> List.of(Methods.normalize(method))),
              new Check(ProblemCode.METHOD_WILDCARD, PolicyValidation::isPartlyWild),
              new Check(ProblemCode.METHOD_OPTIONS, method -> method.equals("OPTIONS")),
              new Check(
                  ProblemCode.METHOD_DOUBTFUL,
                  method -> method.equalsIgnoreCase("ALL") || method.equalsIgnoreCase("ANY")),
              new Check(
                  ProblemCode.METHOD_CASE,
                  method -> !method.toUpperCase(Locale.ROOT).equals(method))));

  private static final Tokens REQUEST_HEADERS =
      new Tokens(
          Setting.ALLOWED_REQUEST_HEADERS,
          name -> name.toLowerCase(Locale.ROOT),
          HeaderNames.AUTHORIZATION::equalsIgnoreCase,
          ProblemCode.REQUEST_HEADER_ANY_MIXED,
          ProblemCode.REQUEST_HEADER_DUPLICATE,
          List.of(
              new Check(ProblemCode.REQUEST_HEADER_EMPTY, String::isEmpty),
              new Check(
                  ProblemCode.REQUEST_HEADER_INVALID,
                  name -> !Token.isToken(name),
                  PolicyValidation::tokens),
              new Check(ProblemCode.REQUEST_HEADER_OF_POLICY, HeaderNames::isOfTheProtocol),
              new Check(ProblemCode.REQUEST_HEADER_DIRECTION, HeaderNames::isOfResponsesOnly),
              new Check(ProblemCode.REQUEST_HEADER_FORBIDDEN, HeaderNames::isForbiddenInRequests),
              new Check(ProblemCode.REQUEST_HEADER_WILDCARD, PolicyValidation::isPartlyWild),
              new Check(
                  ProblemCode.REQUEST_HEADER_SAFELISTED, HeaderNames::isSafelistedInRequests)));

  private static final Tokens RESPONSE_HEADERS =
      new Tokens(
          Setting.EXPOSED_RESPONSE_HEADERS,
          name -> name.toLowerCase(Locale.ROOT),
          name -> false,
          ProblemCode.RESPONSE_HEADER_ANY_MIXED,
          ProblemCode.RESPONSE_HEADER_DUPLICATE,
          List.of(
              new Check(ProblemCode.RESPONSE_HEADER_EMPTY, String::isEmpty),
              new Check(
                  ProblemCode.RESPONSE_HEADER_INVALID,
                  name -> !Token.isToken(name),
                  PolicyValidation::tokens),
              new Check(ProblemCode.RESPONSE_HEADER_FORBIDDEN, HeaderNames::isForbiddenInResponses),
              new Check(ProblemCode.RESPONSE_HEADER_OF_POLICY, HeaderNames::isOfTheProtocol),
              new Check(ProblemCode.RESPONSE_HEADER_DIRECTION, HeaderNames::isOfRequestsOnly),
              new Check(ProblemCode.RESPONSE_HEADER_WILDCARD, PolicyValidation::isPartlyWild),
              new Check(
                  ProblemCode.RESPONSE_HEADER_SAFELISTED, HeaderNames::isSafelistedInResponses)));

  /** Returns the members that are right. */
  private List<String> tokens(Tokens tokens) {
    List<@Nullable String> members = written.written(tokens.setting());
    boolean any = members.contains(Protocol.ANY);
    List<String> right = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < members.size(); i++) {
      String member = members.get(i) == null ? "" : members.get(i);
      Check check = first(tokens.checks(), member);
      PolicyProblem problem =
          check == null
              ? null
              : at(check.code(), tokens.setting(), i, argument(check, member))
                  .instead(check.instead().apply(member));
      if (problem != null && problem.severity() == Severity.ERROR) {
        add(problem);
      } else if (any && !member.equals(Protocol.ANY) && !tokens.besideAny().test(member)) {
        problem(tokens.mixed(), tokens.setting(), i);
      } else if (!seen.add(tokens.key().apply(member))) {
        problem(tokens.duplicate(), tokens.setting(), i);
      } else {
        right.add(member);
        if (problem != null) {
          add(problem);
        }
      }
    }
    return right;
  }

  private static @Nullable Check first(List<Check> checks, String member) {
    for (Check check : checks) {
      if (check.isWrong().test(member)) {
        return check;
      }
    }
    return null;
  }

  /** What the sentence names, if anything: the list where the name belongs, the usual spelling. */
  private String argument(Check check, String member) {
    return switch (check.code()) {
      case REQUEST_HEADER_DIRECTION -> written.nameOf(Setting.EXPOSED_RESPONSE_HEADERS);
      case RESPONSE_HEADER_DIRECTION -> written.nameOf(Setting.ALLOWED_REQUEST_HEADERS);
      case METHOD_CASE -> Text.quote(member.toUpperCase(Locale.ROOT));
      default -> "";
    };
  }

  private static boolean isPartlyWild(String token) {
    return token.indexOf('*') >= 0 && !token.equals(Protocol.ANY);
  }

  /** Returns the tokens of a value that holds several, or a header with its value. */
  private static List<String> tokens(String value) {
    int colon = value.indexOf(':');
    if (colon > 0 && Token.isToken(value.substring(0, colon).strip())) {
      return List.of(value.substring(0, colon).strip());
    }
    List<String> tokens = new ArrayList<>();
    StringTokenizer parts = new StringTokenizer(value, " \t\r\n,;|\"'[]");
    while (parts.hasMoreTokens()) {
      String token = parts.nextToken();
      if (!Token.isToken(token) || value.length() > Text.MAX_SHOWN) {
        return List.of();
      }
      tokens.add(token);
    }
    return tokens;
  }

  private void maxAge() {
    if (!written.isSet(Setting.MAX_AGE)) {
      return;
    }
    Duration maxAge = written.duration(Setting.MAX_AGE);
    if (written.text(Setting.MAX_AGE) == null) {
      problem(ProblemCode.MAX_AGE_MISSING, Setting.MAX_AGE, -1);
    } else if (maxAge == null) {
      problem(ProblemCode.CONFIGURATION_DURATION, Setting.MAX_AGE, -1);
    } else if (maxAge.isNegative()) {
      problem(ProblemCode.MAX_AGE_NEGATIVE, Setting.MAX_AGE, -1);
    } else if (maxAge.compareTo(LONGEST_MAX_AGE) > 0) {
      problem(ProblemCode.MAX_AGE_TOO_LONG, Setting.MAX_AGE, -1);
    } else if (maxAge.getNano() != 0) {
      Duration whole = Duration.ofSeconds(maxAge.toSeconds() + 1);
      problem(ProblemCode.MAX_AGE_FRACTION, Setting.MAX_AGE, -1, whole);
    } else if (maxAge.compareTo(CHROMIUM_MAX_AGE) > 0) {
      problem(ProblemCode.MAX_AGE_CAPPED, Setting.MAX_AGE, -1);
    }
  }

  private void unused(Setting setting, boolean isUnused) {
    if (isUnused) {
      problem(ProblemCode.DANGER_UNUSED, setting, -1);
    }
  }

  /** What was meant, so that the other problems are found, too. */
  private boolean flag(Setting setting) {
    String text = written.text(setting);
    boolean isTrue = written.isTrue(setting);
    if (text != null && !text.strip().equals("true") && !text.strip().equals("false")) {
      Boolean meant = Setting.flag(text);
      String instead = meant == null ? "true or false" : meant.toString();
      problem(ProblemCode.CONFIGURATION_BOOLEAN, setting, -1, instead);
    }
    return isTrue;
  }

  private void problem(ProblemCode code, Setting setting, int index, Object... arguments) {
    add(at(code, setting, index, arguments));
  }

  private void add(PolicyProblem problem) {
    (problem.severity() == Severity.ERROR ? errors : warnings).add(problem);
  }

  /** States a problem of a member, or of the whole setting if the index is -1. */
  private PolicyProblem at(ProblemCode code, Setting setting, int index, Object... arguments) {
    String value =
        setting.kind() != Setting.Kind.LIST
            ? written.text(setting)
            : index < 0 ? null : written.written(setting).get(index);
    String shown = value == null || setting.kind() == Setting.Kind.LIST ? value : value.strip();
    return code.at(written.nameOf(setting), shown, index, written.place(setting, index), arguments);
  }

  /** How to say the setting where the others are: in configuration, or in code. */
  private String gate(Setting setting) {
    return written.prefix.isEmpty()
        ? setting.camelCase() + "()"
        : written.nameOf(setting) + "=true";
  }
}
