package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsPolicy.Builder;
import dev.crosswalk.cors.CorsPolicy.Settings;
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

  static final String ORIGINS = "allowed-origins";
  static final String CREDENTIALS = "allow-credentials";
  static final String METHODS = "allowed-methods";
  static final String REQUEST_HEADERS = "allowed-request-headers";
  static final String RESPONSE_HEADERS = "exposed-response-headers";
  static final String MAX_AGE = "max-age";
  static final String TIMING = "expose-timing";
  static final String EMBEDDING = "allow-embedding";
  static final String INSECURE = "dangerously-allow-insecure-origins";
  static final String PUBLIC_SUFFIXES = "dangerously-allow-public-suffixes";
  static final String NULL_ORIGIN = "dangerously-allow-null-origin";

  /** What Firefox keeps at most, the longest of all browsers. */
  private static final Duration LONGEST_MAX_AGE = Duration.ofDays(1);

  /** What Chromium keeps at most. */
  private static final Duration CHROMIUM_MAX_AGE = Duration.ofHours(2);

  private final Builder builder;
  private final List<PolicyProblem> errors = new ArrayList<>();
  private final List<PolicyProblem> warnings = new ArrayList<>();

  private final List<String> origins = new ArrayList<>();
  private final List<OriginPattern> patterns = new ArrayList<>();
  private final List<Integer> indexes = new ArrayList<>();
  private final List<String> methods = new ArrayList<>();
  private final List<String> requestHeaders = new ArrayList<>();
  private final List<String> responseHeaders = new ArrayList<>();

  PolicyValidation(Builder builder) {
    this.builder = builder;
    origins();
    credentials();
    methods();
    requestHeaders();
    responseHeaders();
    maxAge();
  }

  /**
   * Returns the settings.
   *
   * @throws InvalidCorsPolicyException if anything is wrong
   */
  Settings settings() {
    if (!errors.isEmpty()) {
      throw new InvalidCorsPolicyException(errors);
    }
    return builder.settings(origins, methods, requestHeaders, responseHeaders);
  }

  /** Returns a pattern for each origin of the settings, but {@code *}. */
  List<OriginPattern> patterns() {
    return patterns;
  }

  List<PolicyProblem> warnings() {
    return warnings;
  }

  private void origins() {
    if (builder.origins.isEmpty() && !builder.nullOrigin) {
      problem(
          Code.ORIGIN_MISSING,
          ORIGINS,
          null,
          -1,
          "it allows no origin, and there is no default",
          "name the origins of your pages, as in \"https://app.example.com\", or say "
              + (builder.prefix.isEmpty()
                  ? "CorsPolicy.none()"
                  : builder.prefix + ORIGINS + "=none")
              + " to allow no one");
    }
    if (builder.origins.contains(CorsPolicy.ANY)) {
      anyOrigin();
      return;
    }
    if (builder.origins.contains(CorsPolicy.NOBODY)) {
      nobody();
      return;
    }
    int settled = warnings.size();
    Set<String> seen = new HashSet<>();
    boolean insecure = false;
    boolean publicSuffix = false;
    for (int i = 0; i < builder.origins.size(); i++) {
      String origin = builder.origins.get(i);
      if (builder.nullOrigin && CorsPolicy.NULL.equals(origin)) {
        continue; // Said twice: here, and by the setting that this needs.
      }
      OriginPattern pattern = origin(origin, i);
      if (origin == null || pattern == null) {
        continue;
      }
      if (!seen.add(origin)) {
        problem(Code.ORIGIN_DUPLICATE, ORIGINS, origin, i, "it stands there twice", "drop one");
        continue;
      }
      insecure = insecure || pattern.isInsecure();
      publicSuffix = publicSuffix || builder.publicSuffixes && publicSuffix(pattern) != null;
      origins.add(origin);
      patterns.add(pattern);
      indexes.add(i);
    }
    redundantOrigins();
    warnings.subList(settled, warnings.size()).sort(Comparator.comparing(PolicyProblem::index));
    if (builder.insecureOrigins && !(insecure && (builder.credentials || builder.production))) {
      unused(INSECURE, "no origin is insecure, or there are no credentials");
    }
    if (builder.publicSuffixes && !publicSuffix) {
      unused(PUBLIC_SUFFIXES, "no wildcard covers names that anybody can get, with credentials");
    }
  }

  /** With credentials: what makes a wildcard dangerous, or null. */
  private @Nullable String publicSuffix(OriginPattern pattern) {
    return builder.credentials ? pattern.publicSuffix() : null;
  }

  private void nobody() {
    for (int i = 0; i < builder.origins.size(); i++) {
      if (!CorsPolicy.NOBODY.equals(builder.origins.get(i)) || builder.origins.size() > 1) {
        problem(
            Code.ORIGIN_NONE_MIXED,
            ORIGINS,
            builder.origins.get(i),
            i,
            "none allows no origin, and others stand beside it",
            "drop either");
        return;
      }
    }
    if (builder.nullOrigin) {
      problem(
          Code.ORIGIN_NONE_MIXED,
          NULL_ORIGIN,
          null,
          -1,
          "none allows no origin, and null is one",
          "drop either");
    }
    if (builder.insecureOrigins) {
      unused(INSECURE, "no origin is allowed");
    }
    if (builder.publicSuffixes) {
      unused(PUBLIC_SUFFIXES, "no origin is allowed");
    }
  }

  private void anyOrigin() {
    for (int i = 0; i < builder.origins.size(); i++) {
      String origin = builder.origins.get(i);
      if (!CorsPolicy.ANY.equals(origin)) {
        problem(
            Code.ORIGIN_ANY_MIXED,
            ORIGINS,
            origin,
            i,
            "it stands beside *, which allows every origin",
            "drop it, or drop the *");
      } else if (origins.isEmpty()) {
        origins.add(origin);
      } else {
        problem(Code.ORIGIN_DUPLICATE, ORIGINS, origin, i, "it stands there twice", "drop one");
      }
    }
    if (builder.nullOrigin) {
      unused(NULL_ORIGIN, "any origin is allowed already");
    }
    if (builder.insecureOrigins) {
      unused(INSECURE, "any origin is allowed already");
    }
    if (builder.publicSuffixes) {
      unused(PUBLIC_SUFFIXES, "any origin is allowed already");
    }
  }

  private @Nullable OriginPattern origin(@Nullable String origin, int index) {
    if (origin == null) {
      problem(Code.ORIGIN_EMPTY, ORIGINS, null, index, "it is null", "write an origin");
      return null;
    }
    if (OriginPatternParser.isNull(origin)) {
      problem(
          Code.ORIGIN_NULL,
          ORIGINS,
          origin,
          index,
          "every website can take on the origin null, by a sandboxed frame",
          "serve the page from an origin of its own"
              + (builder.credentials ? "" : "; if it must be, say " + gate(NULL_ORIGIN)));
      return null;
    }
    OriginPatternParser parser = new OriginPatternParser(origin);
    OriginPattern pattern = parser.parse();
    if (pattern == null) {
      problem(Code.of(parser.flaw()), ORIGINS, origin, index, parser.reason(), parser.remedy());
    } else {
      doubtfulOrigin(origin, pattern, index);
    }
    return pattern;
  }

  private void doubtfulOrigin(String origin, OriginPattern pattern, int index) {
    String scheme = pattern.scheme();
    if (!builder.publicSuffixes) {
      ofAnybody(origin, pattern, index);
    }
    if (builder.production && pattern.isLoopback()) {
      problem(
          Code.ORIGIN_LOOPBACK_IN_PRODUCTION,
          ORIGINS,
          origin,
          index,
          "in production no page is on the user's own machine",
          "drop it here, and allow it in the profile for development");
    } else if (pattern.isInsecure() && !builder.insecureOrigins) {
      if (builder.credentials) {
        problem(
            Code.ORIGIN_INSECURE,
            ORIGINS,
            origin,
            index,
            "with credentials it lets anybody on the network read what the user may read",
            "write " + Text.quote(pattern.secured()) + "; if it must be, say " + gate(INSECURE));
      } else if (builder.production) {
        problem(
            Code.ORIGIN_INSECURE_IN_PRODUCTION,
            ORIGINS,
            origin,
            index,
            "in production anybody on the network can forge its pages",
            "write " + Text.quote(pattern.secured()) + "; if it must be, say " + gate(INSECURE));
      }
    } else if (!scheme.equals("https")
        && !scheme.equals("http")
        && (Text.distance(scheme, "https") == 1 || Text.distance(scheme, "http") == 1)) {
      problem(
          Code.ORIGIN_SCHEME_DOUBTFUL,
          ORIGINS,
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
    String gate = "; if it must be, say " + gate(PUBLIC_SUFFIXES);
    if (!suffix.equals(pattern.host())) {
      problem(
          Code.ORIGIN_PUBLIC_SUFFIX_PARENT,
          ORIGINS,
          origin,
          index,
          whose + ", which it covers," + danger,
          "name the domains below it that are yours" + gate);
    } else if (pattern.leftmost() == OriginPattern.Leftmost.SUBDOMAINS) {
      problem(
          Code.ORIGIN_PUBLIC_SUFFIX,
          ORIGINS,
          origin,
          index,
          whose + danger,
          "name the domain below it that is yours" + gate);
    } else {
      problem(
          Code.ORIGIN_PUBLIC_SUFFIX,
          ORIGINS,
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
            ORIGINS,
            origins.get(i),
            indexes.get(i),
            Text.quote(wider.toString()) + " covers it",
            "drop it");
      }
    }
  }

  private void credentials() {
    if (!builder.credentials) {
      return;
    }
    if (builder.origins.contains(CorsPolicy.ANY)) {
      problem(
          Code.CREDENTIALS_ANY_ORIGIN,
          CREDENTIALS,
          null,
          -1,
          "with any origin, every website could read what the user may read, and browsers refuse it",
          "name the origins that may, or do without credentials");
    }
    if (builder.nullOrigin) {
      problem(
          Code.CREDENTIALS_NULL_ORIGIN,
          CREDENTIALS,
          null,
          -1,
          "with the origin null, every website could read what the user may read",
          "do without one of the two");
    }
  }

  private void methods() {
    Set<String> seen = new HashSet<>();
    boolean any = builder.methods.contains(CorsPolicy.ANY);
    for (int i = 0; i < builder.methods.size(); i++) {
      String method = builder.methods.get(i);
      if (method == null || method.isEmpty()) {
        problem(
            Code.METHOD_EMPTY, METHODS, method, i, "it is empty", "write a method such as \"PUT\"");
      } else if (!Token.isToken(method)) {
        problem(
            Code.METHOD_INVALID,
            METHODS,
            method,
            i,
            "it is no method (RFC 9110 §9.1)",
            oneByOne(method, "write one method, without spaces or commas"));
      } else if (Methods.isForbidden(method)) {
        problem(
            Code.METHOD_FORBIDDEN,
            METHODS,
            method,
            i,
            "Fetch forbids it to every script",
            "drop it");
      } else if (!Methods.normalize(method).equals(method)) {
        problem(
            Code.METHOD_NOT_NORMALIZED,
            METHODS,
            method,
            i,
            "browsers send it in upper case",
            "write " + Text.quote(Methods.normalize(method)));
      } else if (isPartlyWild(method)) {
        problem(
            Code.METHOD_WILDCARD,
            METHODS,
            method,
            i,
            "a wildcard stands for every method or for none",
            "name the methods, or write \"*\"");
      } else if (any && !method.equals(CorsPolicy.ANY)) {
        problem(
            Code.METHOD_ANY_MIXED,
            METHODS,
            method,
            i,
            "it stands beside *, which allows every method",
            "drop it, or drop the *");
      } else if (!seen.add(method)) {
        problem(Code.METHOD_DUPLICATE, METHODS, method, i, "it stands there twice", "drop one");
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
          METHODS,
          method,
          index,
          "preflights need no permission to be OPTIONS",
          "drop it, unless scripts send OPTIONS themselves");
    } else if (method.equalsIgnoreCase("ALL") || method.equalsIgnoreCase("ANY")) {
      problem(
          Code.METHOD_DOUBTFUL,
          METHODS,
          method,
          index,
          "it allows a method of this name and no other",
          "write \"*\" for every method");
    } else if (!method.toUpperCase(Locale.ROOT).equals(method)) {
      String upper = Text.quote(method.toUpperCase(Locale.ROOT));
      problem(
          Code.METHOD_CASE,
          METHODS,
          method,
          index,
          "methods are case-sensitive, and those in use are in upper case",
          "write " + upper + ", and have the page do so, too");
    }
  }

  private static boolean isPartlyWild(String token) {
    return token.indexOf('*') >= 0 && !token.equals(CorsPolicy.ANY);
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
    boolean any = builder.requestHeaders.contains(CorsPolicy.ANY);
    for (int i = 0; i < builder.requestHeaders.size(); i++) {
      String name = builder.requestHeaders.get(i);
      if (name == null || name.isEmpty()) {
        problem(
            Code.REQUEST_HEADER_EMPTY,
            REQUEST_HEADERS,
            name,
            i,
            "it is empty",
            "write a header's name such as \"Content-Type\"");
      } else if (!Token.isToken(name)) {
        problem(
            Code.REQUEST_HEADER_INVALID,
            REQUEST_HEADERS,
            name,
            i,
            "it is no header name (RFC 9110 §5.1)",
            oneByOne(name, "write one name, without a colon, spaces or commas"));
      } else if (HeaderNames.isOfTheProtocol(name)) {
        problem(
            Code.REQUEST_HEADER_DIRECTION,
            REQUEST_HEADERS,
            name,
            i,
            "it is a header of responses",
            "drop it: the policy writes it");
      } else if (HeaderNames.isOfResponsesOnly(name)) {
        problem(
            Code.REQUEST_HEADER_DIRECTION,
            REQUEST_HEADERS,
            name,
            i,
            "it is a header of responses",
            "expose it instead, if scripts read it");
      } else if (HeaderNames.isForbiddenInRequests(name)) {
        problem(
            Code.REQUEST_HEADER_FORBIDDEN,
            REQUEST_HEADERS,
            name,
            i,
            "Fetch forbids it to every script, and browsers ask no permission for it",
            name.equalsIgnoreCase("cookie") && !builder.credentials
                ? "drop it, and allow credentials"
                : "drop it");
      } else if (isPartlyWild(name)) {
        problem(
            Code.REQUEST_HEADER_WILDCARD,
            REQUEST_HEADERS,
            name,
            i,
            "a wildcard stands for every name or for none",
            "name the headers, or write \"*\"");
      } else if (any && !name.equals(CorsPolicy.ANY) && !name.equalsIgnoreCase("Authorization")) {
        problem(
            Code.REQUEST_HEADER_ANY_MIXED,
            REQUEST_HEADERS,
            name,
            i,
            "it stands beside *, which allows every name but Authorization",
            "drop it, or drop the *");
      } else if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        problem(
            Code.REQUEST_HEADER_DUPLICATE,
            REQUEST_HEADERS,
            name,
            i,
            "it stands there twice",
            "drop one");
      } else {
        requestHeaders.add(name);
        if (HeaderNames.isSafelistedInRequests(name)) {
          problem(
              Code.REQUEST_HEADER_SAFELISTED,
              REQUEST_HEADERS,
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
    boolean any = builder.responseHeaders.contains(CorsPolicy.ANY);
    if (any && builder.credentials) {
      problem(
          Code.CREDENTIALS_ANY_RESPONSE_HEADER,
          RESPONSE_HEADERS,
          CorsPolicy.ANY,
          builder.responseHeaders.indexOf(CorsPolicy.ANY),
          "with credentials browsers take * for the name of a header",
          "name the headers that scripts read");
    }
    for (int i = 0; i < builder.responseHeaders.size(); i++) {
      String name = builder.responseHeaders.get(i);
      if (name == null || name.isEmpty()) {
        problem(
            Code.RESPONSE_HEADER_EMPTY,
            RESPONSE_HEADERS,
            name,
            i,
            "it is empty",
            "write a header's name such as \"ETag\"");
      } else if (!Token.isToken(name)) {
        problem(
            Code.RESPONSE_HEADER_INVALID,
            RESPONSE_HEADERS,
            name,
            i,
            "it is no header name (RFC 9110 §5.1)",
            oneByOne(name, "write one name, without a colon, spaces or commas"));
      } else if (HeaderNames.isForbiddenInResponses(name)) {
        problem(
            Code.RESPONSE_HEADER_FORBIDDEN,
            RESPONSE_HEADERS,
            name,
            i,
            "Fetch hides it from every script",
            "drop it");
      } else if (HeaderNames.isOfTheProtocol(name)) {
        problem(
            Code.RESPONSE_HEADER_DIRECTION,
            RESPONSE_HEADERS,
            name,
            i,
            "it speaks to browsers, and no script needs to read it",
            "drop it");
      } else if (HeaderNames.isOfRequestsOnly(name)) {
        problem(
            Code.RESPONSE_HEADER_DIRECTION,
            RESPONSE_HEADERS,
            name,
            i,
            "it is a header of requests",
            "allow it instead, if scripts send it");
      } else if (isPartlyWild(name)) {
        problem(
            Code.RESPONSE_HEADER_WILDCARD,
            RESPONSE_HEADERS,
            name,
            i,
            "a wildcard stands for every name or for none",
            builder.credentials
                ? "name the headers that scripts read"
                : "name the headers, or write \"*\"");
      } else if (any && !name.equals(CorsPolicy.ANY)) {
        problem(
            Code.RESPONSE_HEADER_ANY_MIXED,
            RESPONSE_HEADERS,
            name,
            i,
            "it stands beside *, which exposes every header",
            "drop it, or drop the *");
      } else if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        problem(
            Code.RESPONSE_HEADER_DUPLICATE,
            RESPONSE_HEADERS,
            name,
            i,
            "it stands there twice",
            "drop one");
      } else {
        responseHeaders.add(name);
        if (HeaderNames.isSafelistedInResponses(name)) {
          problem(
              Code.RESPONSE_HEADER_SAFELISTED,
              RESPONSE_HEADERS,
              name,
              i,
              "every script that may read the response may read it",
              "drop it");
        }
      }
    }
  }

  private void maxAge() {
    Duration maxAge = builder.maxAge;
    if (maxAge == null) {
      if (builder.maxAgeIsNull) {
        problem(
            Code.MAX_AGE_MISSING,
            MAX_AGE,
            null,
            -1,
            "it is null",
            "leave the setting out, and browsers take 5 seconds");
      }
      return;
    }
    String value = builder.maxAgeAsWritten == null ? maxAge.toString() : builder.maxAgeAsWritten;
    if (maxAge.isNegative()) {
      problem(
          Code.MAX_AGE_NEGATIVE,
          MAX_AGE,
          value,
          -1,
          "it is below zero",
          "write 0, so that browsers keep no answer");
    } else if (maxAge.compareTo(LONGEST_MAX_AGE) > 0) {
      problem(
          Code.MAX_AGE_TOO_LONG,
          MAX_AGE,
          value,
          -1,
          "no browser keeps an answer for longer than a day",
          "write 24 hours or less");
    } else if (maxAge.getNano() != 0) {
      problem(
          Code.MAX_AGE_FRACTION,
          MAX_AGE,
          value,
          -1,
          "it has a fraction of a second",
          "write whole seconds, as in " + Duration.ofSeconds(maxAge.toSeconds() + 1));
    } else if (maxAge.compareTo(CHROMIUM_MAX_AGE) > 0) {
      problem(
          Code.MAX_AGE_CAPPED,
          MAX_AGE,
          value,
          -1,
          "Chromium keeps an answer for 2 hours at most, Safari for 10 minutes",
          "write 2 hours or less, unless it is for Firefox");
    }
  }

  private void unused(String setting, String why) {
    problem(Code.DANGER_UNUSED, setting, null, -1, "nothing needs it: " + why, "drop it");
  }

  private void problem(
      Code code, String setting, @Nullable String value, int index, String reason, String remedy) {
    (code.severity() == Severity.ERROR ? errors : warnings)
        .add(
            new PolicyProblem(
                code,
                builder.prefix + setting,
                value,
                index,
                reason,
                remedy,
                builder.sources.apply(setting, index)));
  }

  /** How to say the setting where the others stand: in configuration, or in code. */
  private String gate(String setting) {
    if (!builder.prefix.isEmpty()) {
      return builder.prefix + setting + "=true";
    }
    StringBuilder method = new StringBuilder();
    for (String word : setting.split("-", -1)) {
      method.append(method.isEmpty() ? word.charAt(0) : Character.toUpperCase(word.charAt(0)));
      method.append(word, 1, word.length());
    }
    return method.append("()").toString();
  }
}
