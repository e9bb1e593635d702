package dev.crosswalk.cors;

import dev.crosswalk.cors.FrameworkSettings.SettingKind;
import dev.crosswalk.cors.PolicyProblem.Severity;
import dev.crosswalk.cors.internal.origin.OriginPattern;
import dev.crosswalk.cors.internal.origin.OriginPattern.Leftmost;
import dev.crosswalk.cors.internal.origin.OriginPatternParser;
import dev.crosswalk.cors.internal.origin.OriginPatternParser.Flawed;
import dev.crosswalk.cors.internal.origin.OriginPatternParser.Parsed;
import dev.crosswalk.cors.internal.origin.OriginPatterns;
import dev.crosswalk.cors.internal.origin.Punycode;
import dev.crosswalk.cors.internal.origin.SharedHosts;
import dev.crosswalk.cors.internal.syntax.Text;
import dev.crosswalk.cors.internal.syntax.TokenList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with the settings of a policy, in the order written. */
final class PolicyValidation {

  /** The longest time that Firefox keeps an answer. No browser keeps it longer. */
  private static final Duration LONGEST_MAX_AGE = Duration.ofDays(1);

  /** The longest time that Chromium keeps an answer. */
  private static final Duration CHROMIUM_MAX_AGE = Duration.ofHours(2);

  private final Written written;
  private final boolean credentials;
  private final List<PolicyProblem> errors = new ArrayList<>();
  private final List<PolicyProblem> warnings = new ArrayList<>();

  private final List<Listed> origins = new ArrayList<>();
  private final TokenList methods;
  private final TokenList requestHeaders;
  private final TokenList responseHeaders;

  /** An origin or pattern that is valid, and where it is listed. */
  private record Listed(Setting setting, int index, OriginPattern pattern) {}

  PolicyValidation(Written written) {
    this.written = written;
    Setting.of(Setting.Scope.POLICY).forEach(this::checkFlag);
    credentials = written.isTrue(Setting.ALLOW_CREDENTIALS);
    checkOrigins();
    checkCredentials();
    methods = TokenValidation.METHODS.valid(written, this::add);
    requestHeaders = TokenValidation.REQUEST_HEADERS.valid(written, this::add);
    responseHeaders = TokenValidation.RESPONSE_HEADERS.valid(written, this::add);
    checkMaxAge();
  }

  List<PolicyProblem> errors() {
    return errors;
  }

  /**
   * Returns what the policy grants.
   *
   * @throws InvalidCorsPolicyException if anything is wrong
   */
  Grants valid() {
    if (!errors.isEmpty()) {
      throw new InvalidCorsPolicyException(errors);
    }
    return new Grants(
        written.members(Setting.ALLOWED_ORIGINS).contains(Setting.ANY),
        origins(Setting.ALLOWED_ORIGINS),
        origins(Setting.DANGEROUSLY_ALLOWED_ORIGINS),
        credentials,
        methods,
        requestHeaders,
        responseHeaders,
        written.duration(Setting.MAX_AGE),
        written.isTrue(Setting.EXPOSE_TIMING),
        written.isTrue(Setting.ALLOW_EMBEDDING));
  }

  private List<OriginPattern> origins(Setting setting) {
    return origins.stream()
        .filter(origin -> origin.setting() == setting)
        .map(Listed::pattern)
        .toList();
  }

  List<PolicyProblem> warnings() {
    return warnings;
  }

  private void checkOrigins() {
    List<@Nullable String> allowed = written.members(Setting.ALLOWED_ORIGINS);
    List<@Nullable String> dangerous = written.members(Setting.DANGEROUSLY_ALLOWED_ORIGINS);
    if (allowed.isEmpty() && dangerous.isEmpty()) {
      String none =
          written.isInCode()
              ? "CorsPolicy.none()"
              : written.nameOf(Setting.ALLOWED_ORIGINS) + "=none";
      problem(ProblemCode.ORIGIN_MISSING, Setting.ALLOWED_ORIGINS, -1, none);
    }
    if (allowed.contains(Setting.ANY)) {
      checkSingleWord(Setting.ANY, ProblemCode.ORIGIN_ANY_MIXED);
    } else if (allowed.contains(Setting.NOBODY)) {
      checkSingleWord(Setting.NOBODY, ProblemCode.ORIGIN_NONE_MIXED);
    } else {
      int settled = warnings.size();
      Set<String> seen = new HashSet<>();
      checkOrigins(Setting.ALLOWED_ORIGINS, seen);
      checkOrigins(Setting.DANGEROUSLY_ALLOWED_ORIGINS, seen);
      warnOfRedundant();
      warnings
          .subList(settled, warnings.size())
          .sort(Comparator.comparing(PolicyProblem::setting).thenComparing(PolicyProblem::index));
    }
  }

  private void checkSingleWord(String word, ProblemCode mixed) {
    List<@Nullable String> allowed = written.members(Setting.ALLOWED_ORIGINS);
    for (int i = 0; i < allowed.size(); i++) {
      if (!word.equals(allowed.get(i))) {
        problem(mixed, Setting.ALLOWED_ORIGINS, i);
      } else if (i > allowed.indexOf(word)) {
        problem(ProblemCode.ORIGIN_DUPLICATE, Setting.ALLOWED_ORIGINS, i);
      }
    }
    for (int i = 0; i < written.members(Setting.DANGEROUSLY_ALLOWED_ORIGINS).size(); i++) {
      problem(mixed, Setting.DANGEROUSLY_ALLOWED_ORIGINS, i);
    }
  }

  private void checkOrigins(Setting setting, Set<String> seen) {
    List<@Nullable String> members = written.members(setting);
    for (int i = 0; i < members.size(); i++) {
      String origin = members.get(i) == null ? "" : members.get(i);
      boolean isNull = OriginPatternParser.isNull(origin);
      OriginPattern pattern = isNull ? nullOrigin(origin, setting, i) : parsed(origin, setting, i);
      if (pattern == null) {
        continue;
      }
      if (!seen.add(origin)) {
        problem(ProblemCode.ORIGIN_DUPLICATE, setting, i);
        continue;
      }
      origins.add(new Listed(setting, i, pattern));
      if (!isNull) {
        checkPattern(origin, pattern, setting, i);
      }
    }
  }

  private @Nullable OriginPattern parsed(String origin, Setting setting, int index) {
    if (origin.equals(Setting.ANY) || origin.equals(Setting.NOBODY)) {
      problem(ProblemCode.DANGER_ANY_ORIGIN, setting, index);
      return null;
    }
    OriginPatternParser.Result result = OriginPatternParser.parse(origin);
    if (result instanceof Flawed flawed) {
      add(written.problem(flawed, setting, index));
    }
    return result instanceof Parsed parsed ? parsed.pattern() : null;
  }

  /** Returns null as an origin, if it may be allowed here. */
  private @Nullable OriginPattern nullOrigin(String origin, Setting setting, int index) {
    if (credentials) {
      problem(ProblemCode.CREDENTIALS_NULL_ORIGIN, setting, index);
    } else if (setting == Setting.ALLOWED_ORIGINS) {
      problem(
          ProblemCode.ORIGIN_NULL,
          setting,
          index,
          say(Setting.DANGEROUSLY_ALLOWED_ORIGINS, Setting.NULL));
    } else if (!origin.equals(Setting.NULL)) {
      instead(List.of(Setting.NULL), ProblemCode.ORIGIN_UPPER_CASE, setting, index);
    } else {
      return OriginPattern.NULL;
    }
    return null;
  }

  private void checkPattern(String origin, OriginPattern pattern, Setting setting, int index) {
    String suffix = pattern.publicSuffix();
    String dangerously = say(Setting.DANGEROUSLY_ALLOWED_ORIGINS, origin);
    boolean anyExtension = credentials && pattern.leftmost() == Leftmost.HOST;
    boolean insecure = pattern.isInsecure() && (credentials || written.isOfProduction());
    if (written.isOfProduction() && pattern.isLoopback()) {
      problem(ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION, setting, index);
    } else if (anyExtension) {
      problem(ProblemCode.ORIGIN_ANY_EXTENSION, setting, index);
    } else if (credentials && pattern.isOfAnyDomain()) {
      problem(ProblemCode.ORIGIN_ANY_DOMAIN, setting, index, Text.quote(pattern.host()));
    } else if (setting == Setting.DANGEROUSLY_ALLOWED_ORIGINS) {
      // A file applies to every profile, and one of them may be production.
      boolean mayBeInsecure = pattern.isInsecure() && !written.isInCode();
      boolean ofAnyone = credentials ? suffix != null : pattern.isOfAnyone();
      if (!ofAnyone && !insecure && !mayBeInsecure) {
        problem(ProblemCode.DANGER_UNUSED, setting, index, say(Setting.ALLOWED_ORIGINS, origin));
      }
    } else if (insecure) {
      ProblemCode code =
          credentials ? ProblemCode.ORIGIN_INSECURE : ProblemCode.ORIGIN_INSECURE_IN_PRODUCTION;
      problem(code, setting, index, Text.quote(pattern.secured()), dangerously);
    } else if (credentials && suffix != null) {
      ProblemCode code =
          suffix.equals(pattern.host())
              ? ProblemCode.ORIGIN_PUBLIC_SUFFIX
              : ProblemCode.ORIGIN_PUBLIC_SUFFIX_PARENT;
      problem(code, setting, index, SharedHosts.inWords(suffix), dangerously);
    } else if (pattern.isOfAnyDomain()) {
      problem(
          ProblemCode.ORIGIN_ANY_DOMAIN_WITHOUT_CREDENTIALS,
          setting,
          index,
          Text.quote(pattern.host()),
          dangerously);
    } else if (suffix != null && pattern.isOfAnyone()) {
      problem(
          ProblemCode.ORIGIN_PUBLIC_SUFFIX_WITHOUT_CREDENTIALS,
          setting,
          index,
          SharedHosts.inWords(suffix),
          dangerously);
    } else if (credentials && pattern.isLoopback() && written.mayBeOfProduction()) {
      problem(ProblemCode.ORIGIN_LOOPBACK_WITHOUT_PROFILE, setting, index);
    }
    misspelled(written, pattern, setting, index).forEach(this::add);
  }

  /** Returns warnings of an origin that is valid, and that no browser has. */
  static List<PolicyProblem> misspelled(
      Written written, OriginPattern pattern, Setting setting, int index) {
    List<PolicyProblem> warnings = new ArrayList<>();
    String label = Punycode.invalidLabel(pattern.host());
    if (label != null) {
      String quoted = Text.quote(label);
      warnings.add(written.problem(ProblemCode.ORIGIN_HOST_PUNYCODE, setting, index, quoted));
    }
    List<String> instead = OriginPatternParser.ofMisspelledHttps(pattern);
    if (!instead.isEmpty()) {
      String typo = Text.quote(pattern.scheme());
      warnings.add(
          written
              .problem(ProblemCode.ORIGIN_SCHEME_DOUBTFUL, setting, index, typo)
              .instead(instead));
    }
    return warnings;
  }

  /**
   * A dangerous pattern makes an origin redundant only if that origin is dangerous, too. A pattern
   * of anyone makes none so: the pattern is what has to go.
   */
  private void warnOfRedundant() {
    for (Setting setting : List.of(Setting.ALLOWED_ORIGINS, Setting.DANGEROUSLY_ALLOWED_ORIGINS)) {
      OriginPatterns wild =
          new OriginPatterns(
              origins.stream()
                  .filter(origin -> origin.setting() == setting && !origin.pattern().isExact())
                  .filter(
                      origin ->
                          setting == Setting.DANGEROUSLY_ALLOWED_ORIGINS
                              || !origin.pattern().isOfAnyone())
                  .map(Listed::pattern)
                  .toList());
      for (Listed origin : origins) {
        OriginPattern wider =
            setting.compareTo(origin.setting()) <= 0 ? wild.wider(origin.pattern()) : null;
        if (wider != null) {
          String quoted = Text.quote(wider.toString());
          problem(ProblemCode.ORIGIN_REDUNDANT, origin.setting(), origin.index(), quoted);
        }
      }
    }
  }

  private String say(Setting setting, String origin) {
    return written.isInCode()
        ? setting.method() + "(" + Text.quote(origin) + ")"
        : written.nameOf(setting) + "=" + origin;
  }

  private void checkCredentials() {
    if (credentials && written.members(Setting.ALLOWED_ORIGINS).contains(Setting.ANY)) {
      problem(ProblemCode.CREDENTIALS_ANY_ORIGIN, Setting.ALLOW_CREDENTIALS, -1);
    }
    if (credentials && written.members(Setting.EXPOSED_RESPONSE_HEADERS).contains(Setting.ANY)) {
      problem(
          ProblemCode.CREDENTIALS_ANY_RESPONSE_HEADER,
          Setting.EXPOSED_RESPONSE_HEADERS,
          written.members(Setting.EXPOSED_RESPONSE_HEADERS).indexOf(Setting.ANY));
    }
  }

  private void checkMaxAge() {
    if (!written.isSet(Setting.MAX_AGE)) {
      return;
    }
    Duration maxAge = written.duration(Setting.MAX_AGE);
    String text = written.text(Setting.MAX_AGE);
    if (text == null) {
      problem(ProblemCode.MAX_AGE_MISSING, Setting.MAX_AGE, -1);
    } else if (maxAge == null) {
      String lower = text.strip().toLowerCase(Locale.ROOT);
      String seconds =
          lower.endsWith("000ms")
              ? lower.substring(0, lower.length() - "000ms".length()) + "s"
              : lower;
      List<String> instead = Setting.duration(seconds) == null ? List.of() : List.of(seconds);
      instead(instead, ProblemCode.CONFIGURATION_DURATION, Setting.MAX_AGE, -1);
    } else if (maxAge.isNegative()) {
      problem(ProblemCode.MAX_AGE_NEGATIVE, Setting.MAX_AGE, -1);
    } else if (maxAge.compareTo(LONGEST_MAX_AGE) > 0) {
      problem(ProblemCode.MAX_AGE_TOO_LONG, Setting.MAX_AGE, -1);
    } else if (maxAge.getNano() != 0) {
      problem(
          ProblemCode.MAX_AGE_FRACTION, Setting.MAX_AGE, -1, maxAge.withNanos(0).plusSeconds(1));
    } else if (maxAge.compareTo(CHROMIUM_MAX_AGE) > 0) {
      problem(ProblemCode.MAX_AGE_CAPPED, Setting.MAX_AGE, -1);
    }
  }

  private void checkFlag(Setting setting) {
    PolicyProblem problem =
        setting.kind() == SettingKind.FLAG ? written.flagProblem(setting) : null;
    if (problem != null) {
      add(problem);
    }
  }

  private void problem(ProblemCode code, Setting setting, int index, Object... arguments) {
    instead(List.of(), code, setting, index, arguments);
  }

  private void instead(
      List<String> instead, ProblemCode code, Setting setting, int index, Object... arguments) {
    add(written.problem(code, setting, index, arguments).instead(instead));
  }

  private void add(PolicyProblem problem) {
    (problem.severity() == Severity.ERROR ? errors : warnings).add(problem);
  }
}
