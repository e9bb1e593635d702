package dev.crosswalk.cors;

import dev.crosswalk.cors.PolicyProblem.Code;
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
  private final List<String> methods = new ArrayList<>();
  private final List<String> requestHeaders = new ArrayList<>();
  private final List<String> responseHeaders = new ArrayList<>();

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
    methods();
    requestHeaders();
    responseHeaders();
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
      problem(
          Code.ORIGIN_MISSING,
          Setting.ALLOWED_ORIGINS,
          null,
          -1,
          "it allows no origin, and there is no default",
          "name the origins of your pages, as in \"https://app.example.com\", or say "
              + (written.prefix.isEmpty()
                  ? "CorsPolicy.none()"
                  : written.nameOf(Setting.ALLOWED_ORIGINS) + "=none")
              + " to allow no one");
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
        problem(
            Code.ORIGIN_DUPLICATE,
            Setting.ALLOWED_ORIGINS,
            origin,
            i,
            "it stands there twice",
            "drop one");
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
    if (insecureOrigins && !(insecure && (credentials || written.production))) {
      unused(
          Setting.DANGEROUSLY_ALLOW_INSECURE_ORIGINS,
          "no origin is insecure, or there are no credentials");
    }
    if (publicSuffixes && !publicSuffix) {
      unused(
          Setting.DANGEROUSLY_ALLOW_PUBLIC_SUFFIXES,
          "no wildcard covers names that anybody can get, with credentials");
    }
  }

  /** With credentials: what makes a wildcard dangerous, or null. */
  private @Nullable String publicSuffix(OriginPattern pattern) {
    return credentials ? pattern.publicSuffix() : null;
  }

  private void nobody() {
    for (int i = 0; i < written.written(Setting.ALLOWED_ORIGINS).size(); i++) {
      if (!Protocol.NOBODY.equals(written.written(Setting.ALLOWED_ORIGINS).get(i))
          || written.written(Setting.ALLOWED_ORIGINS).size() > 1) {
        problem(
            Code.ORIGIN_NONE_MIXED,
            Setting.ALLOWED_ORIGINS,
            written.written(Setting.ALLOWED_ORIGINS).get(i),
            i,
            "none allows no origin, and others stand beside it",
            "drop either");
        return;
      }
    }
    if (nullOrigin) {
      problem(
          Code.ORIGIN_NONE_MIXED,
          Setting.DANGEROUSLY_ALLOW_NULL_ORIGIN,
          null,
          -1,
          "none allows no origin, and null is one",
          "drop either");
    }
    if (insecureOrigins) {
      unused(Setting.DANGEROUSLY_ALLOW_INSECURE_ORIGINS, "no origin is allowed");
    }
    if (publicSuffixes) {
      unused(Setting.DANGEROUSLY_ALLOW_PUBLIC_SUFFIXES, "no origin is allowed");
    }
  }

  private void anyOrigin() {
    for (int i = 0; i < written.written(Setting.ALLOWED_ORIGINS).size(); i++) {
      String origin = written.written(Setting.ALLOWED_ORIGINS).get(i);
      if (!Protocol.ANY.equals(origin)) {
        problem(
            Code.ORIGIN_ANY_MIXED,
            Setting.ALLOWED_ORIGINS,
            origin,
            i,
            "it stands beside *, which allows every origin",
            "drop it, or drop the *");
      } else if (origins.isEmpty()) {
        origins.add(origin);
      } else {
        problem(
            Code.ORIGIN_DUPLICATE,
            Setting.ALLOWED_ORIGINS,
            origin,
            i,
            "it stands there twice",
            "drop one");
      }
    }
    if (nullOrigin) {
      unused(Setting.DANGEROUSLY_ALLOW_NULL_ORIGIN, "any origin is allowed already");
    }
    if (insecureOrigins) {
      unused(Setting.DANGEROUSLY_ALLOW_INSECURE_ORIGINS, "any origin is allowed already");
    }
    if (publicSuffixes) {
      unused(Setting.DANGEROUSLY_ALLOW_PUBLIC_SUFFIXES, "any origin is allowed already");
    }
  }

  private @Nullable OriginPattern origin(@Nullable String origin, int index) {
    if (origin == null) {
      problem(
          Code.ORIGIN_EMPTY, Setting.ALLOWED_ORIGINS, null, index, "it is null", "write an origin");
      return null;
    }
    if (OriginPatternParser.isNull(origin)) {
      problem(
          Code.ORIGIN_NULL,
          Setting.ALLOWED_ORIGINS,
          origin,
          index,
          "every website can take on the origin null, by a sandboxed frame",
          "serve the page from an origin of its own"
              + (credentials
                  ? ""
                  : "; if it must be, say " + gate(Setting.DANGEROUSLY_ALLOW_NULL_ORIGIN)));
      return null;
    }
    OriginPatternParser parser = new OriginPatternParser(origin);
    OriginPattern pattern = parser.parse();
    if (pattern == null) {
      problem(
          Code.of(parser.flaw()),
          Setting.ALLOWED_ORIGINS,
          origin,
          index,
          parser.reason(),
          parser.remedy());
    } else {
      doubtfulOrigin(origin, pattern, index);
    }
    return pattern;
  }

  private void doubtfulOrigin(String origin, OriginPattern pattern, int index) {
    String scheme = pattern.scheme();
    if (!publicSuffixes) {
      ofAnybody(origin, pattern, index);
    }
    if (written.production && pattern.isLoopback()) {
      problem(
          Code.ORIGIN_LOOPBACK_IN_PRODUCTION,
          Setting.ALLOWED_ORIGINS,
          origin,
          index,
          "in production no page is on the user's own machine",
          "drop it here, and allow it in the profile for development");
    } else if (pattern.isInsecure() && !insecureOrigins) {
      if (credentials) {
        problem(
            Code.ORIGIN_INSECURE,
            Setting.ALLOWED_ORIGINS,
            origin,
            index,
            "with credentials it lets anybody on the network read what the user may read",
            "write "
                + Text.quote(pattern.secured())
                + "; if it must be, say "
                + gate(Setting.DANGEROUSLY_ALLOW_INSECURE_ORIGINS));
      } else if (written.production) {
        problem(
            Code.ORIGIN_INSECURE_IN_PRODUCTION,
            Setting.ALLOWED_ORIGINS,
            origin,
            index,
            "in production anybody on the network can forge its pages",
            "write "
                + Text.quote(pattern.secured())
                + "; if it must be, say "
                + gate(Setting.DANGEROUSLY_ALLOW_INSECURE_ORIGINS));
      }
    } else if (!scheme.equals("https")
        && !scheme.equals("http")
        && (Text.distance(scheme, "https") == 1 || Text.distance(scheme, "http") == 1)) {
      problem(
          Code.ORIGIN_SCHEME_DOUBTFUL,
          Setting.ALLOWED_ORIGINS,
          origin,
          index,
          Text.quote(scheme) + " looks like a slip of the pen for https",
          "write " + Text.quote("https" + origin.substring(scheme.length())));
    }
  }

  private void ofAnybody(String origin, OriginPattern pattern, int index) {
    String suffix = publicSuffix(pattern);
    if (suffix == null) {
      return;
    }
    String whose = "anybody can get a name below " + Text.quote(suffix);
    String danger = " and read, with credentials, what the user may read";
    String gate = "; if it must be, say " + gate(Setting.DANGEROUSLY_ALLOW_PUBLIC_SUFFIXES);
    if (!suffix.equals(pattern.host())) {
      problem(
          Code.ORIGIN_PUBLIC_SUFFIX_PARENT,
          Setting.ALLOWED_ORIGINS,
          origin,
          index,
          whose + ", which it covers," + danger,
          "name the domains below it that are yours" + gate);
    } else if (pattern.leftmost() == OriginPattern.Leftmost.SUBDOMAINS) {
      problem(
          Code.ORIGIN_PUBLIC_SUFFIX,
          Setting.ALLOWED_ORIGINS,
          origin,
          index,
          whose + danger,
          "name the domain below it that is yours" + gate);
    } else {
      problem(
          Code.ORIGIN_PUBLIC_SUFFIX,
          Setting.ALLOWED_ORIGINS,
          origin,
          index,
          whose + " that fits the pattern," + danger,
          "name each origin, or serve them from a domain that is yours" + gate);
    }
  }

  private void redundantOrigins() {
    OriginPatterns wild = new OriginPatterns(patterns.stream().filter(p -> !p.isExact()).toList());
    for (int i = 0; i < origins.size(); i++) {
      OriginPattern wider = wild.wider(patterns.get(i));
      if (wider != null) {
        problem(
            Code.ORIGIN_REDUNDANT,
            Setting.ALLOWED_ORIGINS,
            origins.get(i),
            indexes.get(i),
            Text.quote(wider.toString()) + " covers it",
            "drop it");
      }
    }
  }

  private void credentials() {
    if (!credentials) {
      return;
    }
    if (written.written(Setting.ALLOWED_ORIGINS).contains(Protocol.ANY)) {
      problem(
          Code.CREDENTIALS_ANY_ORIGIN,
          Setting.ALLOW_CREDENTIALS,
          null,
          -1,
          "with any origin, every website could read what the user may read, and browsers refuse it",
          "name the origins that may, or do without credentials");
    }
    if (nullOrigin) {
      problem(
          Code.CREDENTIALS_NULL_ORIGIN,
          Setting.ALLOW_CREDENTIALS,
          null,
          -1,
          "with the origin null, every website could read what the user may read",
          "do without one of the two");
    }
  }

  private void methods() {
    Set<String> seen = new HashSet<>();
    boolean any = written.written(Setting.ALLOWED_METHODS).contains(Protocol.ANY);
    for (int i = 0; i < written.written(Setting.ALLOWED_METHODS).size(); i++) {
      String method = written.written(Setting.ALLOWED_METHODS).get(i);
      if (method == null || method.isEmpty()) {
        problem(
            Code.METHOD_EMPTY,
            Setting.ALLOWED_METHODS,
            method,
            i,
            "it is empty",
            "write a method such as \"PUT\"");
      } else if (!Token.isToken(method)) {
        problem(
            Code.METHOD_INVALID,
            Setting.ALLOWED_METHODS,
            method,
            i,
            "it is no method (RFC 9110 §9.1)",
            oneByOne(method, "write one method, without spaces or commas"));
      } else if (Methods.isForbidden(method)) {
        problem(
            Code.METHOD_FORBIDDEN,
            Setting.ALLOWED_METHODS,
            method,
            i,
            "Fetch forbids it to every script",
            "drop it");
      } else if (!Methods.normalize(method).equals(method)) {
        problem(
            Code.METHOD_NOT_NORMALIZED,
            Setting.ALLOWED_METHODS,
            method,
            i,
            "browsers send it in upper case",
            "write " + Text.quote(Methods.normalize(method)));
      } else if (isPartlyWild(method)) {
        problem(
            Code.METHOD_WILDCARD,
            Setting.ALLOWED_METHODS,
            method,
            i,
            "a wildcard stands for every method or for none",
            "name the methods, or write \"*\"");
      } else if (any && !method.equals(Protocol.ANY)) {
        problem(
            Code.METHOD_ANY_MIXED,
            Setting.ALLOWED_METHODS,
            method,
            i,
            "it stands beside *, which allows every method",
            "drop it, or drop the *");
      } else if (!seen.add(method)) {
        problem(
            Code.METHOD_DUPLICATE,
            Setting.ALLOWED_METHODS,
            method,
            i,
            "it stands there twice",
            "drop one");
      } else {
        methods.add(method);
        doubtfulMethod(method, i);
      }
    }
  }

  private void doubtfulMethod(String method, int index) {
    if (method.equals("OPTIONS")) {
      problem(
          Code.METHOD_OPTIONS,
          Setting.ALLOWED_METHODS,
          method,
          index,
          "preflights need no permission to be OPTIONS",
          "drop it, unless scripts send OPTIONS themselves");
    } else if (method.equalsIgnoreCase("ALL") || method.equalsIgnoreCase("ANY")) {
      problem(
          Code.METHOD_DOUBTFUL,
          Setting.ALLOWED_METHODS,
          method,
          index,
          "it allows a method of this name and no other",
          "write \"*\" for every method");
    } else if (!method.toUpperCase(Locale.ROOT).equals(method)) {
      String upper = Text.quote(method.toUpperCase(Locale.ROOT));
      problem(
          Code.METHOD_CASE,
          Setting.ALLOWED_METHODS,
          method,
          index,
          "methods are case-sensitive, and those in use are in upper case",
          "write " + upper + ", and have the page do so, too");
    }
  }

  private static boolean isPartlyWild(String token) {
    return token.indexOf('*') >= 0 && !token.equals(Protocol.ANY);
  }

  /** The remedy where several tokens stand in one value, or a header with its value. */
  private static String oneByOne(String value, String otherwise) {
    int colon = value.indexOf(':');
    if (colon > 0 && Token.isToken(value.substring(0, colon).strip())) {
      return "write " + Text.quote(value.substring(0, colon).strip());
    }
    List<String> tokens = new ArrayList<>();
    StringTokenizer parts = new StringTokenizer(value, " \t\r\n,;|\"'[]");
    while (parts.hasMoreTokens()) {
      String token = parts.nextToken();
      if (!Token.isToken(token) || value.length() > Text.MAX_SHOWN) {
        return otherwise;
      }
      tokens.add(Text.quote(token));
    }
    return tokens.isEmpty() ? otherwise : "write " + String.join(", ", tokens);
  }

  private void requestHeaders() {
    Set<String> seen = new HashSet<>();
    boolean any = written.written(Setting.ALLOWED_REQUEST_HEADERS).contains(Protocol.ANY);
    for (int i = 0; i < written.written(Setting.ALLOWED_REQUEST_HEADERS).size(); i++) {
      String name = written.written(Setting.ALLOWED_REQUEST_HEADERS).get(i);
      if (name == null || name.isEmpty()) {
        problem(
            Code.REQUEST_HEADER_EMPTY,
            Setting.ALLOWED_REQUEST_HEADERS,
            name,
            i,
            "it is empty",
            "write a header's name such as \"Content-Type\"");
      } else if (!Token.isToken(name)) {
        problem(
            Code.REQUEST_HEADER_INVALID,
            Setting.ALLOWED_REQUEST_HEADERS,
            name,
            i,
            "it is no header name (RFC 9110 §5.1)",
            oneByOne(name, "write one name, without a colon, spaces or commas"));
      } else if (HeaderNames.isOfTheProtocol(name)) {
        problem(
            Code.REQUEST_HEADER_DIRECTION,
            Setting.ALLOWED_REQUEST_HEADERS,
            name,
            i,
            "it is a header of responses",
            "drop it: the policy writes it");
      } else if (HeaderNames.isOfResponsesOnly(name)) {
        problem(
            Code.REQUEST_HEADER_DIRECTION,
            Setting.ALLOWED_REQUEST_HEADERS,
            name,
            i,
            "it is a header of responses",
            "expose it instead, if scripts read it");
      } else if (HeaderNames.isForbiddenInRequests(name)) {
        problem(
            Code.REQUEST_HEADER_FORBIDDEN,
            Setting.ALLOWED_REQUEST_HEADERS,
            name,
            i,
            "Fetch forbids it to every script, and browsers ask no permission for it",
            name.equalsIgnoreCase("cookie") && !credentials
                ? "drop it, and allow credentials"
                : "drop it");
      } else if (isPartlyWild(name)) {
        problem(
            Code.REQUEST_HEADER_WILDCARD,
            Setting.ALLOWED_REQUEST_HEADERS,
            name,
            i,
            "a wildcard stands for every name or for none",
            "name the headers, or write \"*\"");
      } else if (any && !name.equals(Protocol.ANY) && !name.equalsIgnoreCase("Authorization")) {
        problem(
            Code.REQUEST_HEADER_ANY_MIXED,
            Setting.ALLOWED_REQUEST_HEADERS,
            name,
            i,
            "it stands beside *, which allows every name but Authorization",
            "drop it, or drop the *");
      } else if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        problem(
            Code.REQUEST_HEADER_DUPLICATE,
            Setting.ALLOWED_REQUEST_HEADERS,
            name,
            i,
            "it stands there twice",
            "drop one");
      } else {
        requestHeaders.add(name);
        if (HeaderNames.isSafelistedInRequests(name)) {
          problem(
              Code.REQUEST_HEADER_SAFELISTED,
              Setting.ALLOWED_REQUEST_HEADERS,
              name,
              i,
              "browsers ask no permission for it, but for unusual values",
              "drop it, unless scripts send such values");
        }
      }
    }
  }

  private void responseHeaders() {
    Set<String> seen = new HashSet<>();
    boolean any = written.written(Setting.EXPOSED_RESPONSE_HEADERS).contains(Protocol.ANY);
    if (any && credentials) {
      problem(
          Code.CREDENTIALS_ANY_RESPONSE_HEADER,
          Setting.EXPOSED_RESPONSE_HEADERS,
          Protocol.ANY,
          written.written(Setting.EXPOSED_RESPONSE_HEADERS).indexOf(Protocol.ANY),
          "with credentials browsers take * for the name of a header",
          "name the headers that scripts read");
    }
    for (int i = 0; i < written.written(Setting.EXPOSED_RESPONSE_HEADERS).size(); i++) {
      String name = written.written(Setting.EXPOSED_RESPONSE_HEADERS).get(i);
      if (name == null || name.isEmpty()) {
        problem(
            Code.RESPONSE_HEADER_EMPTY,
            Setting.EXPOSED_RESPONSE_HEADERS,
            name,
            i,
            "it is empty",
            "write a header's name such as \"ETag\"");
      } else if (!Token.isToken(name)) {
        problem(
            Code.RESPONSE_HEADER_INVALID,
            Setting.EXPOSED_RESPONSE_HEADERS,
            name,
            i,
            "it is no header name (RFC 9110 §5.1)",
            oneByOne(name, "write one name, without a colon, spaces or commas"));
      } else if (HeaderNames.isForbiddenInResponses(name)) {
        problem(
            Code.RESPONSE_HEADER_FORBIDDEN,
            Setting.EXPOSED_RESPONSE_HEADERS,
            name,
            i,
            "Fetch hides it from every script",
            "drop it");
      } else if (HeaderNames.isOfTheProtocol(name)) {
        problem(
            Code.RESPONSE_HEADER_DIRECTION,
            Setting.EXPOSED_RESPONSE_HEADERS,
            name,
            i,
            "it speaks to browsers, and no script needs to read it",
            "drop it");
      } else if (HeaderNames.isOfRequestsOnly(name)) {
        problem(
            Code.RESPONSE_HEADER_DIRECTION,
            Setting.EXPOSED_RESPONSE_HEADERS,
            name,
            i,
            "it is a header of requests",
            "allow it instead, if scripts send it");
      } else if (isPartlyWild(name)) {
        problem(
            Code.RESPONSE_HEADER_WILDCARD,
            Setting.EXPOSED_RESPONSE_HEADERS,
            name,
            i,
            "a wildcard stands for every name or for none",
            credentials
                ? "name the headers that scripts read"
                : "name the headers, or write \"*\"");
      } else if (any && !name.equals(Protocol.ANY)) {
        problem(
            Code.RESPONSE_HEADER_ANY_MIXED,
            Setting.EXPOSED_RESPONSE_HEADERS,
            name,
            i,
            "it stands beside *, which exposes every header",
            "drop it, or drop the *");
      } else if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        problem(
            Code.RESPONSE_HEADER_DUPLICATE,
            Setting.EXPOSED_RESPONSE_HEADERS,
            name,
            i,
            "it stands there twice",
            "drop one");
      } else {
        responseHeaders.add(name);
        if (HeaderNames.isSafelistedInResponses(name)) {
          problem(
              Code.RESPONSE_HEADER_SAFELISTED,
              Setting.EXPOSED_RESPONSE_HEADERS,
              name,
              i,
              "every script that may read the response may read it",
              "drop it");
        }
      }
    }
  }

  private void maxAge() {
    if (!written.isSet(Setting.MAX_AGE)) {
      return;
    }
    String value = written.text(Setting.MAX_AGE);
    if (value == null) {
      problem(
          Code.MAX_AGE_MISSING,
          Setting.MAX_AGE,
          null,
          -1,
          "it is null",
          "leave the setting out, and browsers take 5 seconds");
      return;
    }
    Duration maxAge = written.duration(Setting.MAX_AGE);
    if (maxAge == null) {
      problem(
          Code.CONFIGURATION_DURATION,
          Setting.MAX_AGE,
          value.strip(),
          -1,
          "it is no duration",
          "write \"1h\", \"60m\", \"3600s\", \"3600\" or \"PT1H\"");
      return;
    }
    if (maxAge.isNegative()) {
      problem(
          Code.MAX_AGE_NEGATIVE,
          Setting.MAX_AGE,
          value,
          -1,
          "it is below zero",
          "write 0, so that browsers keep no answer");
    } else if (maxAge.compareTo(LONGEST_MAX_AGE) > 0) {
      problem(
          Code.MAX_AGE_TOO_LONG,
          Setting.MAX_AGE,
          value,
          -1,
          "no browser keeps an answer for longer than a day",
          "write 24 hours or less");
    } else if (maxAge.getNano() != 0) {
      problem(
          Code.MAX_AGE_FRACTION,
          Setting.MAX_AGE,
          value,
          -1,
          "it has a fraction of a second",
          "write whole seconds, as in " + Duration.ofSeconds(maxAge.toSeconds() + 1));
    } else if (maxAge.compareTo(CHROMIUM_MAX_AGE) > 0) {
      problem(
          Code.MAX_AGE_CAPPED,
          Setting.MAX_AGE,
          value,
          -1,
          "Chromium keeps an answer for 2 hours at most, Safari for 10 minutes",
          "write 2 hours or less, unless it is for Firefox");
    }
  }

  private void unused(Setting setting, String why) {
    problem(Code.DANGER_UNUSED, setting, null, -1, "nothing needs it: " + why, "drop it");
  }

  /** What was meant, so that the other problems are found, too. */
  private boolean flag(Setting setting) {
    String text = written.text(setting);
    boolean isTrue = written.isTrue(setting);
    if (text != null && !text.strip().equals("true") && !text.strip().equals("false")) {
      boolean isFalse = Boolean.FALSE.equals(Setting.flag(text));
      problem(
          Code.CONFIGURATION_BOOLEAN,
          setting,
          text.strip(),
          -1,
          "it is neither true nor false",
          isTrue ? "write true" : isFalse ? "write false" : "write true or false");
    }
    return isTrue;
  }

  private void problem(
      Code code, Setting setting, @Nullable String value, int index, String reason, String remedy) {
    (code.severity() == Severity.ERROR ? errors : warnings)
        .add(
            new PolicyProblem(
                code,
                written.nameOf(setting),
                value,
                index,
                reason,
                remedy,
                written.place(setting, index)));
  }

  /** How to say the setting where the others are: in configuration, or in code. */
  private String gate(Setting setting) {
    return written.prefix.isEmpty()
        ? setting.camelCase() + "()"
        : written.nameOf(setting) + "=true";
  }
}
