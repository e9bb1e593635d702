package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.CorsDecision.Respond;
import dev.crosswalk.cors.internal.origin.Origin;
import dev.crosswalk.cors.internal.origin.OriginPattern;
import dev.crosswalk.cors.internal.origin.OriginPatterns;
import dev.crosswalk.cors.internal.origin.PublicSuffixes;
import dev.crosswalk.cors.internal.syntax.HeaderNames;
import dev.crosswalk.cors.internal.syntax.Methods;
import dev.crosswalk.cors.internal.syntax.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a server lets other origins do. Immutable and validated: build it once, share it with every
 * request.
 *
 * <pre>{@code
 * CorsPolicy policy =
 *     CorsPolicy.builder()
 *         .allowOrigins("https://app.example.com", "https://*.example.org")
 *         .allowMethods("PUT", "DELETE")
 *         .allowRequestHeaders("Authorization", "Content-Type")
 *         .allowCredentials()
 *         .maxAge(Duration.ofHours(1))
 *         .build();
 * }</pre>
 *
 * <p>There is no default policy: what is not allowed is refused. A policy keeps scripts of other
 * origins from <em>reading</em> responses. It does not keep requests from arriving, and it is no
 * access control.
 */
public final class CorsPolicy implements Cors {

  /**
   * The longest list of requested header names that is read, in characters. Browsers send every
   * name once; servers in use take 8 to 16 KiB for all the headers of a request.
   */
  static final int MAX_REQUESTED_NAMES_LENGTH = 16_384;

  /**
   * The longest list of requested header names that is repeated in an answer, in characters. Some
   * servers have 8 KiB for all the headers of a response and fail beyond.
   */
  static final int MAX_REPEATED_NAMES_LENGTH = 4_096;

  /**
   * The longest method that is repeated in an answer; the longest registered one has 17 characters.
   */
  static final int MAX_REPEATED_METHOD_LENGTH = 64;

  /** The longest list of requested header names that is kept to compare the next one with. */
  private static final int MAX_KEPT_NAMES_LENGTH = 1_024;

  /** So many such lists are kept; a power of two. */
  private static final int ALLOWED_NAMES = 16;

  static final String ANY = "*";
  static final String NULL = "null";
  static final String NOBODY = "none";

  private final Settings settings;
  private final List<PolicyProblem> warnings;

  // What the decisions write, computed once.
  final @Nullable String allowCredentials;
  final @Nullable String exposeHeaders;
  final @Nullable String maxAge;
  final boolean exposesTiming;
  final boolean allowsEmbedding;
  final @Nullable String allowMethods;
  final @Nullable String allowHeaders;

  final boolean allowsSomeone;

  /** Whether {@code Access-Control-Allow-Origin} depends on the request's origin. */
  final boolean varies;

  /** Shared by the responses of all requests. */
  final SecondLayer secondLayer = new SecondLayer();

  private final boolean anyMethod;
  private final Set<String> methods;
  private final int longestMethod;
  private final boolean anyRequestHeader;
  private final HeaderNames requestHeaders;

  /**
   * Lists that were asked for not long ago, and allowed: the pages of a site ask for few. By their
   * length, so that none is hashed; without a lock, because a lost one is read once more.
   */
  private final @Nullable String[] allowedNames = new String[ALLOWED_NAMES];

  private final @Nullable Proceed everyone;
  private final Map<String, Proceed> exact;
  private final int longestExactOrigin;
  private final OriginPatterns patterns;
  private final RecentOrigins recent;

  private final Proceed notCors;
  private final Proceed[] notShared;
  private final Respond[] refused;

  private CorsPolicy(Settings settings, List<OriginPattern> parsed, List<PolicyProblem> warnings) {
    this.settings = settings;
    this.warnings = List.copyOf(warnings);
    allowCredentials = settings.credentials ? "true" : null;
    exposeHeaders = joined(settings.responseHeaders);
    maxAge = settings.maxAge == null ? null : Long.toString(settings.maxAge.toSeconds());
    exposesTiming = settings.timing;
    allowsEmbedding = settings.embedding;
    allowMethods = joined(settings.methods);
    allowHeaders = joined(settings.requestHeaders);
    anyMethod = settings.methods.contains(ANY);
    methods = new HashSet<>(settings.methods); // A look-up without the division of Set.copyOf.
    longestMethod =
        settings.methods.stream()
            .mapToInt(String::length)
            .reduce(MAX_REPEATED_METHOD_LENGTH, Math::max);
    anyRequestHeader = settings.requestHeaders.contains(ANY);
    requestHeaders = new HeaderNames(settings.requestHeaders);

    boolean anyOrigin = settings.origins.contains(ANY);
    everyone = anyOrigin ? new Proceed(this, ANY, Outcome.ALLOWED) : null;
    exact = new HashMap<>(parsed.size() * 2);
    List<OriginPattern> wild = new ArrayList<>();
    int longest = 0;
    for (int i = 0; i < parsed.size(); i++) {
      if (parsed.get(i).isExact()) {
        String origin = settings.origins.get(i);
        exact.put(origin, new Proceed(this, origin, Outcome.ALLOWED));
        longest = Math.max(longest, origin.length());
      } else {
        wild.add(parsed.get(i));
      }
    }
    if (settings.nullOrigin) {
      exact.put(NULL, new Proceed(this, NULL, Outcome.ALLOWED));
      longest = Math.max(longest, NULL.length());
    }
    longestExactOrigin = longest;
    patterns = new OriginPatterns(wild);

    // https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches: one answer for all needs no
    // Vary, and then every response must have it, also one to a request without an origin.
    boolean single = exact.size() == 1 && wild.isEmpty() && !settings.nullOrigin;
    String constant = anyOrigin ? ANY : single ? exact.keySet().iterator().next() : null;
    allowsSomeone = !settings.origins.isEmpty() || settings.nullOrigin;
    varies = constant == null && allowsSomeone;
    notCors = new Proceed(this, constant, Outcome.NOT_CORS);
    notShared = new Proceed[Outcome.values().length];
    refused = new Respond[Outcome.values().length];
    for (Outcome outcome : Outcome.values()) {
      notShared[outcome.ordinal()] = new Proceed(this, constant, outcome);
      refused[outcome.ordinal()] = new Respond(this, constant, outcome, null, null);
    }
    recent = new RecentOrigins(notShared[Outcome.ORIGIN_NOT_ALLOWED.ordinal()]);
  }

  private static @Nullable String joined(List<String> members) {
    return members.isEmpty() ? null : String.join(", ", members);
  }

  @Override
  public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
    String origin = reader.header(request, "Origin");
    if (origin == null) {
      return notCors;
    }
    // https://fetch.spec.whatwg.org/#cors-preflight-request: OPTIONS alone makes no preflight.
    String method = reader.method(request);
    if (method.equals("OPTIONS")) {
      String requested = reader.header(request, "Access-Control-Request-Method");
      if (requested != null && !requested.isEmpty()) {
        String names = reader.header(request, "Access-Control-Request-Headers");
        return preflight(origin, requested, names);
      }
    }
    return actual(origin, method, request, reader);
  }

  /**
   * A refused actual request proceeds all the same. It need not be cross-origin: browsers send an
   * {@code Origin} with every same-origin POST (https://fetch.spec.whatwg.org/#origin-header).
   */
  private <Q> Proceed actual(
      String origin, String method, Q request, RequestReader<? super Q> reader) {
    // What is recent comes before the list, because a refused origin is in none.
    Proceed decision = everyone == null ? recent.actual(origin) : everyone;
    if (decision == null) {
      decision = listed(origin);
    }
    if (decision == null) {
      Outcome outcome = decideOrigin(origin);
      decision =
          outcome == Outcome.ALLOWED
              ? recent.keep(origin, new Proceed(this, origin, outcome))
              : notShared[outcome.ordinal()];
    }
    // With GET and HEAD no browser sends an Origin to the page's own server.
    boolean own =
        decision.outcome() == Outcome.ORIGIN_NOT_ALLOWED
            && !method.equals("GET")
            && !method.equals("HEAD")
            && isOwn(origin, request, reader);
    return own ? notShared[Outcome.SAME_ORIGIN.ordinal()] : decision;
  }

  /**
   * Whether an origin is the server's own, by what the browser says or by the request's {@code
   * Host}. Makes a difference for reports, and none for the response.
   */
  static <Q> boolean isOwn(String origin, Q request, RequestReader<? super Q> reader) {
    String site = reader.header(request, "Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String host = reader.header(request, "Host");
    return host != null && Origin.isOfHost(origin, host);
  }

  private Respond preflight(String origin, String method, @Nullable String names) {
    Proceed decided = everyone == null ? recent.actual(origin) : null;
    Proceed listed = decided == null ? listed(origin) : null;
    Respond known = listed == null && !patterns.isEmpty() ? recent.preflight(origin) : null;
    if (listed == null && known == null) {
      Outcome ofOrigin = decided == null ? decideOrigin(origin) : decided.outcome();
      if (ofOrigin != Outcome.ALLOWED) {
        return refused[ofOrigin.ordinal()];
      }
    }
    Outcome ofMethod = decideMethod(method);
    Outcome ofNames = decideNames(names);
    Outcome outcome = ofMethod == Outcome.ALLOWED ? ofNames : ofMethod;
    String methodsToAllow = methodsToAllow(method, ofMethod);
    String headersToAllow = headersToAllow(names, ofNames);
    if (methodsToAllow != allowMethods || headersToAllow != allowHeaders) {
      String shared = listed == null ? origin : listed.allowOrigin();
      return new Respond(this, shared, outcome, methodsToAllow, headersToAllow);
    }
    if (listed != null) {
      return listed.preflight(this, outcome);
    }
    if (known != null && known.outcome() == outcome) {
      return known;
    }
    return recent.keep(origin, new Respond(this, origin, outcome, allowMethods, allowHeaders));
  }

  /** Returns the decision to share with an origin that the policy lists; null if it does not. */
  private @Nullable Proceed listed(String origin) {
    if (everyone != null) {
      return everyone;
    }
    // Not hashed if it is longer than anything it could equal.
    return origin.length() <= longestExactOrigin ? exact.get(origin) : null;
  }

  /** About an origin that is neither recent nor listed as it stands: a pattern may denote it. */
  private Outcome decideOrigin(String origin) {
    if (Origin.isSerialized(origin)) {
      return patterns.denote(origin) ? Outcome.ALLOWED : recent.keepNotAllowed(origin);
    }
    if (origin.equals(NULL)) {
      return Outcome.ORIGIN_NULL;
    }
    return Origin.isSeveral(origin) ? Outcome.ORIGIN_SEVERAL : Outcome.ORIGIN_MALFORMED;
  }

  /** https://fetch.spec.whatwg.org/#cors-preflight-fetch, the step about methods. */
  private Outcome decideMethod(String method) {
    if (method.length() > longestMethod) {
      return Outcome.METHOD_NOT_ALLOWED; // Not read any further.
    }
    if (methods.contains(method) || Methods.isSafelisted(method)) {
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

  /**
   * With credentials a * is no wildcard, so that any method is the one that was asked for. A method
   * that is not allowed is answered with a list in any case: where there is none, a request with an
   * upload listener passes (https://fetch.spec.whatwg.org/#cors-preflight-fetch, the step about the
   * use-CORS-preflight flag).
   */
  private @Nullable String methodsToAllow(String method, Outcome outcome) {
    if (!anyMethod) {
      return allowMethods == null && outcome != Outcome.ALLOWED ? Methods.SAFELISTED : allowMethods;
    }
    if (outcome != Outcome.ALLOWED) {
      return null;
    }
    return settings.credentials ? method : allowMethods;
  }

  /**
   * https://fetch.spec.whatwg.org/#cors-preflight-fetch, the steps about request headers. Browsers
   * send the names in lower case, sorted, once each, in one line. Others need not: any order and
   * case, empty members and white space are a list, too (RFC 9110 §5.6.1.2).
   */
  Outcome decideNames(@Nullable String names) {
    if (names == null || names.isEmpty()) {
      return Outcome.ALLOWED;
    }
    if (names.equals(allowedNames[names.length() & ALLOWED_NAMES - 1])) {
      return Outcome.ALLOWED;
    }
    boolean repeated = anyRequestHeader && settings.credentials;
    if (names.length() > (repeated ? MAX_REPEATED_NAMES_LENGTH : MAX_REQUESTED_NAMES_LENGTH)) {
      return Outcome.HEADERS_TOO_LONG;
    }
    int refused = firstRefusedName(names);
    if (refused >= 0) {
      return decideMember(names, refused);
    }
    if (names.length() <= MAX_KEPT_NAMES_LENGTH) {
      allowedNames[names.length() & ALLOWED_NAMES - 1] = names;
    }
    return Outcome.ALLOWED;
  }

  /** Returns where the first member of the list begins that is not allowed, or -1 if all are. */
  int firstRefusedName(String names) {
    int from = 0;
    while (from < names.length()) {
      char c = names.charAt(from);
      if (c == ',' || Vary.isOptionalWhitespace(c)) {
        from++;
        continue;
      }
      if (decideMember(names, from) != Outcome.ALLOWED) {
        return from;
      }
      from = endOfToken(names, from);
    }
    return -1;
  }

  private Outcome decideMember(String names, int from) {
    int to = endOfToken(names, from);
    int next = to;
    while (next < names.length() && Vary.isOptionalWhitespace(names.charAt(next))) {
      next++;
    }
    return to == from || next < names.length() && names.charAt(next) != ','
        ? Outcome.HEADER_MALFORMED
        : decideName(names, from, to);
  }

  private static int endOfToken(String names, int from) {
    int to = from;
    while (to < names.length() && Token.isTchar(names.charAt(to))) {
      to++;
    }
    return to;
  }

  private Outcome decideName(String names, int from, int to) {
    if (requestHeaders.contains(names, from, to)) {
      return Outcome.ALLOWED;
    }
    if (!anyRequestHeader) {
      return Outcome.HEADER_NOT_ALLOWED;
    }
    if (HeaderNames.isForbiddenInRequests(names, from, to)) {
      return Outcome.HEADER_FORBIDDEN;
    }
    return !settings.credentials && HeaderNames.isNonWildcard(names, from, to)
        ? Outcome.HEADER_NOT_ALLOWED
        : Outcome.ALLOWED;
  }

  private @Nullable String headersToAllow(@Nullable String names, Outcome outcome) {
    if (!anyRequestHeader || outcome == Outcome.HEADER_NOT_ALLOWED) {
      return allowHeaders;
    }
    if (outcome != Outcome.ALLOWED) {
      return null;
    }
    return settings.credentials ? lowerCaseMembers(names) : allowHeaders;
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

  boolean allows(String origin) {
    return listed(origin) != null || patterns.match(origin);
  }

  boolean allowsAnyOrigin() {
    return everyone != null;
  }

  boolean allowsAnyRequestHeader() {
    return anyRequestHeader;
  }

  /** Returns the origin that every response is shared with, whoever asks; null if it varies. */
  @Nullable String constantOrigin() {
    return notCors.allowOrigin();
  }

  Settings settings() {
    return settings;
  }

  /** Whether the policy allows an origin, and not just everyone. */
  boolean names(String origin) {
    return everyone == null && allows(origin);
  }

  /** {@return a policy that allows nobody anything, said aloud} Its responses do not vary. */
  public static CorsPolicy none() {
    return NONE;
  }

  private static final CorsPolicy NONE = new CorsPolicy(Settings.EMPTY, List.of(), List.of());

  /**
   * Returns the date of the <a href="https://publicsuffix.org/list/">Public Suffix List</a> by
   * which wildcards of policies with credentials are judged, such as {@code 2026-10-07}. It ships
   * with this library: what has become a public suffix since is not known.
   *
   * @return the date, by ISO 8601
   */
  public static String publicSuffixListVersion() {
    return PublicSuffixes.version();
  }

  /** {@return a builder without any setting} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder with the settings of this policy, to build one that differs a little} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.origins.addAll(allowsSomeone ? settings.origins : List.of(NOBODY));
    builder.nullOrigin = settings.nullOrigin;
    builder.insecureOrigins = settings.insecureOrigins;
    builder.publicSuffixes = settings.publicSuffixes;
    builder.credentials = settings.credentials;
    builder.methods.addAll(settings.methods);
    builder.requestHeaders.addAll(settings.requestHeaders);
    builder.responseHeaders.addAll(settings.responseHeaders);
    builder.maxAge = settings.maxAge;
    builder.timing = settings.timing;
    builder.embedding = settings.embedding;
    return builder;
  }

  /**
   * Returns what is doubtful about this policy, though not wrong enough to refuse it: redundant
   * origins, {@code patch} in lower case, a max-age that no browser keeps.
   */
  @Override
  public List<PolicyProblem> warnings() {
    return warnings;
  }

  /** Two policies are equal if they have the same settings, as written and in the same order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CorsPolicy policy && settings.equals(policy.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  /** Returns the settings, one in a line, by the names that they have in a configuration file. */
  @Override
  public String toString() {
    return settings.toString();
  }

  /** What was written, and passed. */
  record Settings(
      List<String> origins,
      boolean nullOrigin,
      boolean insecureOrigins,
      boolean publicSuffixes,
      boolean credentials,
      List<String> methods,
      List<String> requestHeaders,
      List<String> responseHeaders,
      @Nullable Duration maxAge,
      boolean timing,
      boolean embedding) {

    static final Settings EMPTY =
        new Builder().settings(List.of(), List.of(), List.of(), List.of());

    @Override
    public String toString() {
      List<String> lines = new ArrayList<>();
      String nobody = nullOrigin ? NULL : NOBODY;
      lines.add(
          "cors.allowed-origins=" + (origins.isEmpty() ? nobody : String.join(", ", origins)));
      if (credentials) {
        lines.add("cors.allow-credentials=true");
      }
      if (!methods.isEmpty()) {
        lines.add("cors.allowed-methods=" + String.join(", ", methods));
      }
      if (!requestHeaders.isEmpty()) {
        lines.add("cors.allowed-request-headers=" + String.join(", ", requestHeaders));
      }
      if (!responseHeaders.isEmpty()) {
        lines.add("cors.exposed-response-headers=" + String.join(", ", responseHeaders));
      }
      if (maxAge != null) {
        lines.add("cors.max-age=" + maxAge);
      }
      if (timing) {
        lines.add("cors.expose-timing=true");
      }
      if (embedding) {
        lines.add("cors.allow-embedding=true");
      }
      if (insecureOrigins) {
        lines.add("cors.dangerously-allow-insecure-origins=true");
      }
      if (publicSuffixes) {
        lines.add("cors.dangerously-allow-public-suffixes=true");
      }
      if (nullOrigin) {
        lines.add("cors.dangerously-allow-null-origin=true");
      }
      return String.join("\n", lines);
    }
  }

  /**
   * Collects the settings of a policy. Calling a method twice adds to what the first call said. Not
   * safe for use by several threads.
   */
  public static final class Builder {

    final List<@Nullable String> origins = new ArrayList<>();
    boolean nullOrigin;
    boolean insecureOrigins;
    boolean publicSuffixes;
    boolean credentials;
    final List<@Nullable String> methods = new ArrayList<>();
    final List<@Nullable String> requestHeaders = new ArrayList<>();
    final List<@Nullable String> responseHeaders = new ArrayList<>();
    @Nullable Duration maxAge;
    boolean maxAgeIsNull;
    boolean timing;
    boolean embedding;

    // Set for a policy that comes from configuration, so that its problems can say where.
    String prefix = "";
    BiFunction<String, Integer, @Nullable String> sources = (setting, index) -> null;
    boolean production;
    @Nullable String maxAgeAsWritten;

    Builder() {}

    /** A null array is a null value, so that {@link #build()} can say which setting is wrong. */
    static void addAll(List<@Nullable String> values, @Nullable String @Nullable [] more) {
      if (more == null) {
        values.add(null);
      } else {
        values.addAll(Arrays.asList(more));
      }
    }

    /**
     * Allows origins. Each is an origin as browsers send it, or a pattern:
     *
     * <ul>
     *   <li>{@code https://app.example.com}: this one, and {@code https://app.example.com:8443} is
     *       another;
     *   <li>{@code https://*.example.com}: all hosts below {@code example.com}, at any depth,
     *       without {@code example.com} itself;
     *   <li>{@code https://app-*-team.example.com}: a wildcard inside the leftmost label, set off
     *       by hyphens, which stands for at least one character and never crosses a dot;
     *   <li>{@code http://localhost:*}: any port, also none;
     *   <li>{@code capacitor://localhost}, {@code chrome-extension://id}: schemes of other
     *       programs.
     * </ul>
     *
     * <p>Lower case; ASCII, with punycode beyond it; no path, no slash at the end, no default port.
     * A single {@code "*"} is {@link #allowAnyOrigin()}, a single {@code "none"} allows no one.
     * There are no regular expressions.
     *
     * @param origins the origins and patterns
     * @return this builder
     */
    public Builder allowOrigins(String... origins) {
      addAll(this.origins, origins);
      return this;
    }

    /**
     * Allows origins, as {@link #allowOrigins(String...)} does.
     *
     * @param origins the origins and patterns, in an order of their own
     * @return this builder
     */
    public Builder allowOrigins(Collection<String> origins) {
      addAll(this.origins, origins == null ? null : origins.toArray(new String[0]));
      return this;
    }

    /**
     * Allows every origin, {@code null} included. That is right for public data and cannot be
     * combined with credentials; there is no switch for it.
     *
     * @return this builder
     */
    public Builder allowAnyOrigin() {
      origins.add(ANY);
      return this;
    }

    /**
     * Allows the origin {@code null}. Every website can take it on, by a sandboxed frame, so that
     * this is hardly better than any origin. It cannot be combined with credentials.
     *
     * @return this builder
     */
    public Builder dangerouslyAllowNullOrigin() {
      nullOrigin = true;
      return this;
    }

    /**
     * Allows credentials (cookies, client certificates, HTTP authentication) for origins whose
     * scheme is {@code http}, though anybody on the network can forge their pages. Loopback origins
     * such as {@code http://localhost:3000} do not need it.
     *
     * @return this builder
     */
    public Builder dangerouslyAllowInsecureOrigins() {
      insecureOrigins = true;
      return this;
    }

    /**
     * Allows credentials for wildcards that cover names which anybody can get: {@code
     * https://*.github.io} and {@code https://app-*.vercel.app}, because of the <a
     * href="https://publicsuffix.org/list/">public suffixes</a> {@code github.io} and {@code
     * vercel.app}, and {@code https://*.amazonaws.com}, because there are public suffixes below it.
     * Without credentials such patterns do not need it.
     *
     * @return this builder
     */
    public Builder dangerouslyAllowPublicSuffixes() {
      publicSuffixes = true;
      return this;
    }

    /**
     * Allows <a href="https://fetch.spec.whatwg.org/#credentials">credentials</a>: scripts of the
     * allowed origins may read what the server shows to the user who is logged in. An {@code
     * Authorization} header that a script sets itself is a request header and needs this not.
     *
     * @return this builder
     */
    public Builder allowCredentials() {
      credentials = true;
      return this;
    }

    /**
     * Allows methods. GET, HEAD and POST need nobody's permission and pass always. Methods are
     * case-sensitive: {@code PATCH} is not {@code patch}.
     *
     * @param methods the methods; a single {@code "*"} is {@link #allowAnyMethod()}
     * @return this builder
     */
    public Builder allowMethods(String... methods) {
      addAll(this.methods, methods);
      return this;
    }

    /**
     * Allows every method, but those that Fetch <a
     * href="https://fetch.spec.whatwg.org/#forbidden-method">forbids</a>.
     *
     * @return this builder
     */
    public Builder allowAnyMethod() {
      methods.add(ANY);
      return this;
    }

    /**
     * Allows request headers that scripts set, such as {@code Authorization}, or {@code
     * Content-Type} for JSON.
     *
     * @param names the headers' names, in any case; a single {@code "*"} is {@link
     *     #allowAnyRequestHeader()}
     * @return this builder
     */
    public Builder allowRequestHeaders(String... names) {
      addAll(requestHeaders, names);
      return this;
    }

    /**
     * Allows every request header. Without credentials this leaves {@code Authorization} out, as <a
     * href="https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name">Fetch</a> does:
     * allow it by name in addition.
     *
     * @return this builder
     */
    public Builder allowAnyRequestHeader() {
      requestHeaders.add(ANY);
      return this;
    }

    /**
     * Lets scripts read response headers beyond the <a
     * href="https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name">few</a> that they
     * may always read.
     *
     * @param names the headers' names, in any case; a single {@code "*"} is {@link
     *     #exposeAnyResponseHeader()}
     * @return this builder
     */
    public Builder exposeResponseHeaders(String... names) {
      addAll(responseHeaders, names);
      return this;
    }

    /**
     * Lets scripts read every response header, but {@code Set-Cookie}. Cannot be combined with
     * credentials, where browsers know no wildcard.
     *
     * @return this builder
     */
    public Builder exposeAnyResponseHeader() {
      responseHeaders.add(ANY);
      return this;
    }

    /**
     * Lets browsers keep the answer to a preflight for a while. Without this setting they keep it
     * for 5 seconds.
     *
     * @param maxAge from 0, which is never, to 24 hours; whole seconds. Chromium keeps no answer
     *     for longer than 2 hours, Safari for no longer than 10 minutes
     * @return this builder
     */
    public Builder maxAge(Duration maxAge) {
      this.maxAge = maxAge;
      maxAgeIsNull = maxAge == null;
      return this;
    }

    /**
     * Lets scripts that may read a response see in detail how long it took, in <a
     * href="https://www.w3.org/TR/resource-timing/#sec-timing-allow-origin">Resource Timing</a>:
     * {@code Timing-Allow-Origin} gets the value of {@code Access-Control-Allow-Origin}. What the
     * application sets there yields to the policy. How long an answer took can tell what is in it.
     *
     * @return this builder
     */
    public Builder exposeTiming() {
      timing = true;
      return this;
    }

    /**
     * Lets pages of every origin embed the responses without CORS, as images, scripts, styles and
     * media, also pages that are <a
     * href="https://html.spec.whatwg.org/#coep-require-corp">isolated</a>: every response gets <a
     * href="https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header">{@code
     * Cross-Origin-Resource-Policy: cross-origin}</a>, unless the application sets another value.
     * It does not depend on the allowed origins, because browsers embed without telling the origin.
     *
     * @return this builder
     */
    public Builder allowEmbedding() {
      embedding = true;
      return this;
    }

    Settings settings(
        List<String> origins,
        List<String> methods,
        List<String> requestHeaders,
        List<String> responseHeaders) {
      return new Settings(
          List.copyOf(origins),
          nullOrigin,
          insecureOrigins,
          publicSuffixes,
          credentials,
          List.copyOf(methods),
          List.copyOf(requestHeaders),
          List.copyOf(responseHeaders),
          maxAge,
          timing,
          embedding);
    }

    /**
     * Builds the policy.
     *
     * @return the policy
     * @throws InvalidCorsPolicyException if anything is wrong; it lists all problems with their
     *     remedies
     */
    public CorsPolicy build() {
      PolicyValidation validation = new PolicyValidation(this);
      return new CorsPolicy(validation.settings(), validation.patterns(), validation.warnings());
    }
  }
}
