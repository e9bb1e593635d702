package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsPolicy.Builder;
import dev.crosswalk.cors.CorsPolicy.Settings;
import dev.crosswalk.cors.PolicyProblem.Code;
import dev.crosswalk.cors.PolicyProblem.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with the settings of a policy, in the order written. */
final class PolicyValidation {

  private static final String ORIGINS = "allowed-origins";
  private static final String CREDENTIALS = "allow-credentials";
  private static final String METHODS = "allowed-methods";
  private static final String REQUEST_HEADERS = "allowed-request-headers";
  private static final String RESPONSE_HEADERS = "exposed-response-headers";
  private static final String MAX_AGE = "max-age";
  private static final String INSECURE = "dangerously-allow-insecure-origins";
  private static final String NULL_ORIGIN = "dangerously-allow-null-origin";

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
    return new Settings(
        List.copyOf(origins),
        builder.nullOrigin,
        builder.insecureOrigins,
        builder.credentials,
        List.copyOf(methods),
        List.copyOf(requestHeaders),
        List.copyOf(responseHeaders),
        builder.maxAge);
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
          "name the origins of your pages, as in \"https://app.example.com\", or take the policy that"
              + " allows no one");
    }
    if (builder.origins.contains(CorsPolicy.ANY)) {
      anyOrigin();
      return;
    }
    Set<String> seen = new HashSet<>();
    boolean insecure = false;
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
      origins.add(origin);
      patterns.add(pattern);
      indexes.add(i);
    }
    redundantOrigins();
    if (builder.insecureOrigins && !(builder.credentials && insecure)) {
      unused(INSECURE, "no origin is insecure, or there are no credentials");
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
      }
    }
    origins.add(CorsPolicy.ANY);
    if (builder.nullOrigin) {
      unused(NULL_ORIGIN, "any origin is allowed already");
    }
    if (builder.insecureOrigins) {
      unused(INSECURE, "any origin is allowed already");
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
          "serve the page from an origin of its own; if it must be, dangerouslyAllowNullOrigin()");
      return null;
    }
    OriginPatternParser parser = new OriginPatternParser(origin);
    OriginPattern pattern = parser.parse();
    if (pattern == null) {
      problem(parser.code(), ORIGINS, origin, index, parser.reason(), parser.remedy());
    } else if (builder.credentials && !builder.insecureOrigins && pattern.isInsecure()) {
      problem(
          Code.ORIGIN_INSECURE,
          ORIGINS,
          origin,
          index,
          "with credentials it lets anybody on the network read what the user may read",
          "write "
              + Text.quote("https" + origin.substring("http".length()))
              + "; if it must be, dangerouslyAllowInsecureOrigins()");
    }
    return pattern;
  }

  private void redundantOrigins() {
    OriginPatterns wild = new OriginPatterns(patterns.stream().filter(p -> !p.isExact()).toList());
    for (int i = 0; i < origins.size(); i++) {
      if (patterns.get(i).isExact() && wild.match(origins.get(i))) {
        problem(
            Code.ORIGIN_REDUNDANT,
            ORIGINS,
            origins.get(i),
            indexes.get(i),
            "a pattern of the policy covers it",
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
            "write one method, without spaces or commas");
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
    } else if (!method.equals("PATCH") && method.equalsIgnoreCase("PATCH")) {
      problem(
          Code.METHOD_CASE,
          METHODS,
          method,
          index,
          "methods are case-sensitive, and the usual one is PATCH",
          "write \"PATCH\", and have the page do so, too");
    }
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
            "write one name, without a colon, spaces or commas");
      } else if (HeaderNames.isOfResponsesOnly(name)) {
        problem(
            Code.REQUEST_HEADER_DIRECTION,
            REQUEST_HEADERS,
            name,
            i,
            "it is a header of responses",
            "drop it: the policy writes it");
      } else if (HeaderNames.isForbiddenInRequests(name)) {
        problem(
            Code.REQUEST_HEADER_FORBIDDEN,
            REQUEST_HEADERS,
            name,
            i,
            "Fetch forbids it to every script, and browsers ask no permission for it",
            name.equalsIgnoreCase("cookie") ? "drop it, and allow credentials" : "drop it");
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
            "write one name, without a colon, spaces or commas");
      } else if (HeaderNames.isForbiddenInResponses(name)) {
        problem(
            Code.RESPONSE_HEADER_FORBIDDEN,
            RESPONSE_HEADERS,
            name,
            i,
            "Fetch hides it from every script",
            "drop it");
      } else if (HeaderNames.isOfRequestsOnly(name)) {
        problem(
            Code.RESPONSE_HEADER_DIRECTION,
            RESPONSE_HEADERS,
            name,
            i,
            "it is a header of requests",
            "drop it");
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
    String value = maxAge.toString();
    if (maxAge.isNegative()) {
      problem(
          Code.MAX_AGE_NEGATIVE,
          MAX_AGE,
          value,
          -1,
          "it is below zero",
          "write 0, so that browsers keep no answer");
    } else if (maxAge.getNano() != 0) {
      problem(
          Code.MAX_AGE_FRACTION,
          MAX_AGE,
          value,
          -1,
          "it has a fraction of a second",
          "write " + maxAge.toSeconds() + " seconds");
    } else if (maxAge.compareTo(LONGEST_MAX_AGE) > 0) {
      problem(
          Code.MAX_AGE_TOO_LONG,
          MAX_AGE,
          value,
          -1,
          "no browser keeps an answer for longer than a day",
          "write 24 hours or less");
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
        .add(new PolicyProblem(code, setting, value, index, reason, remedy));
  }
}
