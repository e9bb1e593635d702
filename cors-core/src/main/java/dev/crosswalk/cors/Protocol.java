package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.CorsDecision.Respond;
import dev.crosswalk.cors.internal.origin.GrantedOrigins;
import dev.crosswalk.cors.internal.origin.Origin;
import dev.crosswalk.cors.internal.origin.OriginPattern;
import dev.crosswalk.cors.internal.syntax.FieldList;
import dev.crosswalk.cors.internal.syntax.HeaderNames;
import dev.crosswalk.cors.internal.syntax.Methods;
import dev.crosswalk.cors.internal.syntax.Token;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server's half of the CORS protocol for one policy: strings of a request in, a decision out.
 * In the order of a request: is it CORS, whose origin is it, may that origin read; and for a
 * preflight, may it use the method and set the request headers.
 */
final class Protocol {

  /**
   * The longest list of requested header names that is read, in characters. Browsers send every
   * name once; common servers accept 8 to 16 KiB for all headers of a request.
   */
  private static final int MAX_REQUESTED_NAMES_LENGTH = 16_384;

  /**
   * The longest list of requested header names that is repeated in an answer, in characters. Some
   * servers have 8 KiB for all headers of a response, and fail if there is more.
   */
  static final int MAX_REPEATED_NAMES_LENGTH = 4_096;

  /**
   * The longest method that is repeated in an answer; the longest registered one has 17 characters.
   */
  static final int MAX_REPEATED_METHOD_LENGTH = 64;

  /** The longest list of requested header names that is kept to compare the next one with. */
  private static final int MAX_KEPT_NAMES_LENGTH = 1_024;

  /** How many such lists are kept; a power of two. */
  private static final int KEPT_NAMES = 16;

  private final Grants grants;
  private final String prefix;
  private final PolicyHeaders headers;
  private final boolean allowsSomeone;
  private final @Nullable String constantOrigin;
  private final boolean credentials;

  private final boolean anyMethod;

  /** Compared one by one: a policy lists few, and to hash a new string takes longer. */
  private final String[] methods;

  private final int longestMethod;
  private final @Nullable String allowMethods;

  private final boolean anyRequestHeader;
  private final HeaderNames requestHeaders;
  private final @Nullable String allowHeaders;

  /**
   * Lists that were requested recently, and allowed: the pages of a site send few different ones.
   * The place of a list is its length, so no list is hashed. There is no lock: a list that a race
   * loses is parsed again.
   */
  private final @Nullable String[] keptNames = new String[KEPT_NAMES];

  private final GrantedOrigins<Proceed> origins;

  /** Those that no gate lets in; null if that is all of them. */
  private final @Nullable GrantedOrigins<Boolean> safeOrigins;

  // Decisions come last, so that a thread that gets one, even by a data race, sees all fields
  // above (JLS §17.5). Those about granted origins are made when they are asked for.
  private final @Nullable Proceed any;
  private final Proceed notCors;
  private final Proceed sameOrigin;

  /** By the ordinal of why an origin is refused. Nothing else is in them. */
  private final Proceed[] notShared;

  private final Respond[] refused;

  /**
   * @param prefix what the keys of the policy begin with; empty if code states it
   */
  Protocol(Grants grants, String prefix) {
    this.grants = grants;
    this.prefix = prefix;
    List<OriginPattern> named = grants.namedOrigins();
    boolean single = named.size() == 1 && named.get(0).isExact() && !named.get(0).isNull();
    // https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches: an answer that is the same for
    // everyone needs no Vary. Then every response must have it, even if the request has no origin.
    constantOrigin = grants.anyOrigin() ? Setting.ANY : single ? named.get(0).toString() : null;
    allowsSomeone = grants.anyOrigin() || !named.isEmpty();
    headers = new PolicyHeaders(grants, constantOrigin, allowsSomeone);
    credentials = grants.credentials();

    anyMethod = grants.methods().hasAny();
    methods = grants.methods().members().toArray(new String[0]);
    longestMethod =
        Stream.of(methods).mapToInt(String::length).reduce(MAX_REPEATED_METHOD_LENGTH, Math::max);
    allowMethods = grants.methods().headerValue();

    anyRequestHeader = grants.requestHeaders().hasAny();
    requestHeaders = new HeaderNames(grants.requestHeaders().members());
    allowHeaders = grants.requestHeaders().headerValue();

    origins =
        new GrantedOrigins<>(
            named,
            origin -> new Proceed(this, origin, Outcome.ALLOWED),
            decision -> decision.allowOrigin);
    safeOrigins =
        grants.dangerousOrigins().isEmpty()
            ? null
            : new GrantedOrigins<>(grants.origins(), origin -> true, safely -> null);

    any = grants.anyOrigin() ? new Proceed(this, Setting.ANY, Outcome.ALLOWED) : null;
    notCors = new Proceed(this, constantOrigin, Outcome.NOT_CORS);
    sameOrigin = new Proceed(this, constantOrigin, Outcome.SAME_ORIGIN);
    notShared = new Proceed[Outcome.values().length];
    refused = new Respond[Outcome.values().length];
    for (Outcome outcome : Outcome.values()) {
      if (outcome.isOriginRefusal()) {
        notShared[outcome.ordinal()] = new Proceed(this, constantOrigin, outcome);
        refused[outcome.ordinal()] = new Respond(this, constantOrigin, outcome, null, null);
      }
    }
  }

  // ------------------------------------------------------------------------------- the decisions

  /**
   * Returns the method that a CORS request asks for, if it is a preflight; null if it is none.
   * {@code OPTIONS} alone does not make one: https://fetch.spec.whatwg.org/#cors-preflight-request
   */
  static <Q> @Nullable String requestedMethod(Q request, RequestReader<? super Q> reader) {
    String requested =
        reader.method(request).equals("OPTIONS")
            ? reader.header(request, "Access-Control-Request-Method")
            : null;
    return requested == null || requested.isEmpty() ? null : requested;
  }

  /** A request without {@code Origin}: https://fetch.spec.whatwg.org/#cors-request */
  Proceed notCors() {
    return notCors;
  }

  /**
   * A CORS request that is not a preflight. It proceeds even if it is refused. It may be
   * same-origin: browsers send an {@code Origin} with every same-origin POST
   * (https://fetch.spec.whatwg.org/#origin-header).
   */
  Proceed actual(String origin) {
    Proceed decision = decisionOn(origin);
    return decision != null ? decision : notShared[whyNoOrigin(origin).ordinal()];
  }

  /** A request that the policy does not allow, but whose origin is the server's own. */
  Proceed sameOrigin() {
    return sameOrigin;
  }

  /**
   * A preflight: https://fetch.spec.whatwg.org/#cors-preflight-request
   *
   * @param method the value of {@code Access-Control-Request-Method}
   * @param names the value of {@code Access-Control-Request-Headers}; null if it is absent
   */
  Respond preflight(String origin, String method, @Nullable String names) {
    Proceed decision = decisionOn(origin);
    if (decision == null) {
      return refused[whyNoOrigin(origin).ordinal()];
    }
    if (decision.outcome() != Outcome.ALLOWED) {
      return refused[decision.outcome().ordinal()];
    }
    Outcome ofMethod = outcomeOfMethod(method);
    Outcome ofNames = outcomeOfNames(names);
    Outcome outcome = ofMethod == Outcome.ALLOWED ? ofNames : ofMethod;
    String methodsToAllow = methodsToAllow(method, ofMethod);
    String headersToAllow = headersToAllow(names, ofNames);
    // The same objects: one that is made for a request may be equal, and is not kept.
    return methodsToAllow == allowMethods && headersToAllow == allowHeaders
        ? decision.preflight(outcome, this)
        : new Respond(this, decision.allowOrigin, outcome, methodsToAllow, headersToAllow);
  }

  /** Makes an answer to a preflight, with the lists that do not depend on the request. */
  Respond answer(@Nullable String allowOrigin, Outcome outcome) {
    return new Respond(this, allowOrigin, outcome, allowMethods, allowHeaders);
  }

  // ---------------------------------------------------------------------------------- the origin

  /** What is decided about an origin; null if the value is not a serialized origin. */
  private @Nullable Proceed decisionOn(String origin) {
    return any != null ? any : origins.of(origin, notShared[Outcome.ORIGIN_NOT_ALLOWED.ordinal()]);
  }

  /** Why a value of {@code Origin} that is not a serialized origin is not allowed. */
  private static Outcome whyNoOrigin(String origin) {
    if (origin.equals(Setting.NULL)) {
      return Outcome.ORIGIN_NULL;
    }
    return Origin.isSeveral(origin) ? Outcome.ORIGIN_SEVERAL : Outcome.ORIGIN_MALFORMED;
  }

  // ---------------------------------------------------------------------------------- the method

  /** https://fetch.spec.whatwg.org/#cors-preflight-fetch, the step about methods. */
  private Outcome outcomeOfMethod(String method) {
    if (method.length() > longestMethod) {
      return Outcome.METHOD_NOT_ALLOWED; // Not read any further.
    }
    if (isListed(method) || Methods.isSafelisted(method)) {
      return Outcome.ALLOWED;
    }
    if (!Token.isToken(method)) {
      return Outcome.METHOD_MALFORMED;
    }
    if (Methods.isForbidden(method)) {
      return Outcome.METHOD_FORBIDDEN;
    }
    return anyMethod && method.length() <= MAX_REPEATED_METHOD_LENGTH
        ? Outcome.ALLOWED
        : Outcome.METHOD_NOT_ALLOWED;
  }

  private boolean isListed(String method) {
    for (String listed : methods) {
      if (listed.equals(method)) {
        return true;
      }
    }
    return false;
  }

  /**
   * With credentials a * is not a wildcard, so the answer repeats the requested method. The answer
   * to a method that is not allowed always has a list: without one, a request with an upload
   * listener passes (https://fetch.spec.whatwg.org/#cors-preflight-fetch, the step about the
   * use-CORS-preflight flag).
   */
  private @Nullable String methodsToAllow(String method, Outcome outcome) {
    if (outcome != Outcome.ALLOWED) {
      return anyMethod || allowMethods == null ? Methods.SAFELISTED : allowMethods;
    }
    return anyMethod && credentials ? method : allowMethods;
  }

  // --------------------------------------------------------------------------------- the headers

  /**
   * https://fetch.spec.whatwg.org/#cors-preflight-fetch, the steps about request headers. Browsers
   * send the names in lower case, sorted, once each, in one line. Other clients may send any order
   * and case, empty members and white space (RFC 9110 §5.6.1.2).
   */
  Outcome outcomeOfNames(@Nullable String names) {
    if (names == null || names.equals(keptNames[names.length() & KEPT_NAMES - 1])) {
      return Outcome.ALLOWED;
    }
    boolean repeated = anyRequestHeader && credentials;
    if (names.length() > (repeated ? MAX_REPEATED_NAMES_LENGTH : MAX_REQUESTED_NAMES_LENGTH)) {
      return Outcome.HEADERS_TOO_LONG;
    }
    int refused = firstRefusedName(names);
    if (refused >= 0) {
      return outcomeOfMember(names, refused);
    }
    if (names.length() <= MAX_KEPT_NAMES_LENGTH) {
      keptNames[names.length() & KEPT_NAMES - 1] = names;
    }
    return Outcome.ALLOWED;
  }

  /** Returns where the first member of the list begins that is not allowed, or -1 if all are. */
  int firstRefusedName(String names) {
    int from = 0;
    while (from < names.length()) {
      char c = names.charAt(from);
      if (c == ',' || FieldList.isOptionalWhitespace(c)) {
        from++;
        continue;
      }
      if (outcomeOfMember(names, from) != Outcome.ALLOWED) {
        return from;
      }
      from = endOfToken(names, from);
    }
    return -1;
  }

  private Outcome outcomeOfMember(String names, int from) {
    int to = endOfToken(names, from);
    int next = to;
    while (next < names.length() && FieldList.isOptionalWhitespace(names.charAt(next))) {
      next++;
    }
    return to == from || next < names.length() && names.charAt(next) != ','
        ? Outcome.HEADER_MALFORMED
        : outcomeOfName(names, from, to);
  }

  private static int endOfToken(String names, int from) {
    int to = from;
    while (to < names.length() && Token.isTchar(names.charAt(to))) {
      to++;
    }
    return to;
  }

  private Outcome outcomeOfName(String names, int from, int to) {
    if (requestHeaders.contains(names, from, to)) {
      return Outcome.ALLOWED;
    }
    if (!anyRequestHeader) {
      return Outcome.HEADER_NOT_ALLOWED;
    }
    if (HeaderNames.isForbiddenInRequests(names, from, to)) {
      return Outcome.HEADER_FORBIDDEN;
    }
    return !credentials && HeaderNames.isNonWildcard(names, from, to)
        ? Outcome.HEADER_NOT_ALLOWED
        : Outcome.ALLOWED;
  }

  /**
   * Browsers take a * for Authorization, too, which Fetch does not. So the answer to a preflight
   * that asks for it, where it is not listed, has the names in front of it and no *, not even that
   * of a header with this name. What a browser has kept of an earlier * does not help: Chromium 156
   * asks again for Authorization, and Firefox 153 for any name.
   */
  private @Nullable String headersToAllow(@Nullable String names, Outcome outcome) {
    if (!anyRequestHeader) {
      return allowHeaders;
    }
    if (outcome == Outcome.HEADER_NOT_ALLOWED && names != null) {
      int refused = firstRefusedName(names);
      boolean isLong = refused > MAX_REPEATED_NAMES_LENGTH;
      String before = isLong ? null : lowerCaseMembers(names.substring(0, Math.max(0, refused)));
      return before == null || FieldList.hasMember(before, Setting.ANY) ? null : before;
    }
    if (outcome != Outcome.ALLOWED) {
      return null;
    }
    return credentials ? lowerCaseMembers(names) : allowHeaders;
  }

  private static @Nullable String lowerCaseMembers(@Nullable String names) {
    if (names == null) {
      return null;
    }
    StringBuilder members = new StringBuilder(names.length());
    for (int i = 0; i < names.length(); i++) {
      char c = names.charAt(i);
      if (Token.isTchar(c)) {
        members.append(Token.lower(c));
      } else if (c == ',' && !members.isEmpty() && members.charAt(members.length() - 1) != ',') {
        members.append(c);
      }
    }
    if (!members.isEmpty() && members.charAt(members.length() - 1) == ',') {
      members.setLength(members.length() - 1);
    }
    return members.isEmpty() ? null : members.toString();
  }

  // --------------------------------------------------- for decisions and their explanations

  PolicyHeaders headers() {
    return headers;
  }

  Grants grants() {
    return grants;
  }

  /** Returns what the keys of the policy begin with; empty if code states it. */
  String prefix() {
    return prefix;
  }

  boolean allowsSomeone() {
    return allowsSomeone;
  }

  /**
   * Returns the origin that every response is shared with, whatever the request; null if it varies.
   */
  @Nullable String constantOrigin() {
    return constantOrigin;
  }

  boolean allowsAnyRequestHeader() {
    return anyRequestHeader;
  }

  boolean allows(String origin) {
    Proceed decision = decisionOn(origin);
    return decision != null && decision.outcome() == Outcome.ALLOWED;
  }

  /** Returns whether the policy allows an origin with credentials, and not by a gate alone. */
  boolean trusts(String origin) {
    return credentials
        && allows(origin)
        && (safeOrigins == null || Boolean.TRUE.equals(safeOrigins.of(origin, false)));
  }

  /**
   * Returns whether the policy allows an origin by name or pattern, not just because it allows
   * every origin.
   */
  boolean names(String origin) {
    return !grants.anyOrigin() && allows(origin);
  }
}
