package dev.crosswalk.cors;

import org.jspecify.annotations.Nullable;

/**
 * What to do with one request: {@link Proceed} or {@link Respond}, nothing else.
 *
 * <p>A decision is an immutable value, often shared between requests. It is no answer yet, because
 * some frameworks have no response when the decision falls. {@link #writeTo} may be called more
 * than once for the same response: the result is the same.
 */
public sealed interface CorsDecision {

  /** What kind of request this was, in the terms of the Fetch standard. */
  enum Kind {
    /**
     * No {@code Origin}: not a <a href="https://fetch.spec.whatwg.org/#cors-request">CORS
     * request</a>.
     */
    NOT_CORS,
    /** A CORS request that is no preflight. */
    ACTUAL,
    /**
     * A <a href="https://fetch.spec.whatwg.org/#cors-preflight-request">CORS-preflight request</a>.
     */
    PREFLIGHT
  }

  /**
   * Why a decision fell as it did. A fixed, small set of values, fit for a metric's label: none
   * depends on what a client sent.
   */
  enum Outcome {
    /** No policy covers the request's path, so that nothing is allowed and nothing refused. */
    NO_POLICY,
    /** The request has no {@code Origin}, so there is nothing to allow or to refuse. */
    NOT_CORS,
    /**
     * The policy allows it: the browser will let the script read the response, or send the request.
     */
    ALLOWED,
    /**
     * The policy does not allow the origin, and need not: it is the server's own, as the browser
     * says (<a href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">{@code
     * Sec-Fetch-Site}</a>) or, where it says nothing, the request's {@code Host}. Not said of GET
     * and HEAD, with which browsers send no {@code Origin} to the page's own server.
     */
    SAME_ORIGIN,
    /** The origin is well-formed and the policy does not allow it. */
    ORIGIN_NOT_ALLOWED,
    /** The origin is {@code null} (opaque), and the policy does not allow that. */
    ORIGIN_NULL,
    /** There are several origins, in one field line or in more. */
    ORIGIN_SEVERAL,
    /**
     * The value is no serialized origin. Browsers send none such, but for a dot behind the host.
     */
    ORIGIN_MALFORMED,
    /** A preflight asks for a method that the policy does not allow. */
    METHOD_NOT_ALLOWED,
    /** A preflight asks for a method that Fetch forbids to scripts. */
    METHOD_FORBIDDEN,
    /** A preflight asks for something that is no method, or for more than one. */
    METHOD_MALFORMED,
    /** A preflight asks for a request header that the policy does not allow. */
    HEADER_NOT_ALLOWED,
    /** A preflight asks for a request header that Fetch forbids to scripts. */
    HEADER_FORBIDDEN,
    /** A preflight's list of request headers has a member that is no header name. */
    HEADER_MALFORMED,
    /** A preflight's list of request headers is longer than any browser's. */
    HEADERS_TOO_LONG,
    /** {@link CrossOriginGuard}: the browser says that a page of another site wants to write. */
    WRITE_FROM_CROSS_SITE,
    /** {@link CrossOriginGuard}: a page of a sibling domain wants to write. */
    WRITE_FROM_SAME_SITE,
    /** {@link CrossOriginGuard}: {@code Sec-Fetch-Site} has a value that is not known. */
    WRITE_FROM_UNKNOWN_SITE,
    /**
     * {@link CrossOriginGuard}: there is no {@code Sec-Fetch-Site}, as where the connection is not
     * encrypted, and the {@code Origin} is not the server's own.
     */
    WRITE_FROM_OTHER_ORIGIN;

    /**
     * {@return whether a policy refused, so that the browser will keep the response, or the
     * request, from the script}
     */
    public boolean isRefusal() {
      return switch (this) {
        case NO_POLICY, NOT_CORS, ALLOWED, SAME_ORIGIN -> false;
        default -> true;
      };
    }

    /** Returns whether the guard refused, so that this is about no preflight. */
    boolean isWriteRefusal() {
      return switch (this) {
        case WRITE_FROM_CROSS_SITE,
            WRITE_FROM_SAME_SITE,
            WRITE_FROM_UNKNOWN_SITE,
            WRITE_FROM_OTHER_ORIGIN ->
            true;
        default -> false;
      };
    }

    /** Returns whether the refusal is about the origin, and no header may grant anything. */
    boolean isOriginRefusal() {
      return switch (this) {
        case ORIGIN_NOT_ALLOWED, ORIGIN_NULL, ORIGIN_SEVERAL, ORIGIN_MALFORMED -> true;
        default -> false;
      };
    }
  }

  /** {@return what kind of request this was} */
  Kind kind();

  /** {@return why the decision fell as it did; for logs and metrics, not for control flow} */
  Outcome outcome();

  /**
   * Returns the reason in one sentence for a person. It contains nothing of the request, so that it
   * may be logged.
   *
   * @return the sentence, never null
   */
  String explanation();

  /**
   * Explains the decision to a person, with what the request has: its origin, method or header,
   * what in the policy comes near it, and the change to the policy that would allow it, if that is
   * a safe one. Computed here and now, not when the decision falls.
   *
   * <p>It contains text of the client, quoted, escaped and cut to a length that is fit for a log.
   *
   * @param request the request that was decided about; a decision does not keep it
   * @param reader how to read it
   * @param <Q> the framework's type of a request
   * @return some sentences
   */
  <Q> String explanation(Q request, RequestReader<? super Q> reader);

  /**
   * Writes the decision's headers to a response. Members are added to {@code Vary}. The other
   * headers that the policy owns on a response of this kind are set, or removed if the decision has
   * no value for them: an application's own {@code Access-Control-Allow-Origin} yields to the
   * policy.
   *
   * @param response the response to write to
   * @param writer how to write to it
   * @param <S> the framework's type of a response
   */
  <S> void writeTo(S response, ResponseWriter<? super S> writer);

  /**
   * Returns whether the policy owns a response header: {@link #writeTo} replaces or removes
   * whatever the application sets there. A response wrapper may therefore drop what the application
   * sets, and tell of it by {@link #overrule}.
   *
   * @param name the header's name, in any case
   * @return whether the header's value is the policy's alone; false for {@code Vary}
   */
  boolean owns(String name);

  /**
   * Returns whether the policy shares a response header with the application: {@link #writeTo} must
   * be called again after the application has changed it.
   *
   * @param name the header's name, in any case
   * @return whether the policy adds to the application's value, as it does to {@code Vary}
   */
  boolean merges(String name);

  /**
   * Tells that something other than the policy tried to set a header that the policy owns, and was
   * overruled. If the value differs from the policy's own, this looks like a second CORS layer, and
   * is logged once.
   *
   * @param name the header's name, in any case
   * @param value the value that was dropped; null if the header was to be removed
   */
  void overrule(String name, @Nullable String value);

  /**
   * Let the application handle the request, and write the headers to whatever response it gives.
   */
  final class Proceed implements CorsDecision {

    private final @Nullable CorsPolicy policy;
    private final @Nullable String allowOrigin;
    private final Outcome outcome;
    private final Kind kind;
    // Filled as needed and without a lock: its elements are immutable, and equal if made twice.
    private @Nullable Respond @Nullable [] preflights;

    /** Without a policy, nothing is touched. */
    Proceed(Kind kind) {
      this.policy = null;
      this.allowOrigin = null;
      this.outcome = Outcome.NO_POLICY;
      this.kind = kind;
    }

    /**
     * @param allowOrigin the value of {@code Access-Control-Allow-Origin}; null if not shared
     */
    Proceed(CorsPolicy policy, @Nullable String allowOrigin, Outcome outcome) {
      this.policy = policy;
      this.allowOrigin = allowOrigin;
      this.outcome = outcome;
      this.kind = outcome == Outcome.NOT_CORS ? Kind.NOT_CORS : Kind.ACTUAL;
    }

    @Nullable CorsPolicy policy() {
      return policy;
    }

    @Nullable String allowOrigin() {
      return allowOrigin;
    }

    /**
     * Returns the answer to a preflight from the same origin, with the whole lists of the policy.
     */
    Respond preflight(CorsPolicy policy, Outcome outcome) {
      @Nullable Respond[] known = preflights;
      if (known == null) {
        known = new Respond[Outcome.values().length];
        preflights = known;
      }
      Respond respond = known[outcome.ordinal()];
      if (respond == null) {
        respond =
            new Respond(policy, allowOrigin, outcome, policy.allowMethods, policy.allowHeaders);
        known[outcome.ordinal()] = respond;
      }
      return respond;
    }

    @Override
    public Kind kind() {
      return kind;
    }

    @Override
    public Outcome outcome() {
      return outcome;
    }

    @Override
    public String explanation() {
      return Explanation.of(outcome, policy);
    }

    @Override
    public <Q> String explanation(Q request, RequestReader<? super Q> reader) {
      return Explanation.of(this, policy, request, reader);
    }

    @Override
    public <S> void writeTo(S response, ResponseWriter<? super S> writer) {
      writeActual(response, writer, policy, allowOrigin);
    }

    @Override
    public boolean owns(String name) {
      return CorsDecision.owns(policy, name);
    }

    @Override
    public boolean merges(String name) {
      return CorsDecision.merges(policy, name);
    }

    @Override
    public void overrule(String name, @Nullable String value) {
      CorsDecision.overrule(policy, allowOrigin, name, value);
    }

    @Override
    public String toString() {
      return "Proceed[" + kind() + ", " + outcome + "]";
    }
  }

  /**
   * Answer at once, with {@link #status()}, the headers of {@link #writeTo} and no content: the
   * application is not asked.
   */
  final class Respond implements CorsDecision {

    private static final String[] VARY = {
      "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"
    };
    private static final String VARY_JOINED = String.join(", ", VARY);
    private static final String[] VARY_OF_CONSTANT = {
      "Access-Control-Request-Method", "Access-Control-Request-Headers"
    };
    private static final String VARY_OF_CONSTANT_JOINED = String.join(", ", VARY_OF_CONSTANT);

    private final @Nullable CorsPolicy policy;
    private final @Nullable String allowOrigin;
    private final Outcome outcome;
    private final @Nullable String allowMethods;
    private final @Nullable String allowHeaders;

    Respond(
        CorsPolicy policy,
        @Nullable String allowOrigin,
        Outcome outcome,
        @Nullable String allowMethods,
        @Nullable String allowHeaders) {
      this.policy = policy;
      this.allowOrigin = allowOrigin;
      this.outcome = outcome;
      this.allowMethods = allowMethods;
      this.allowHeaders = allowHeaders;
    }

    /** Answers in place of the application, with the headers that its response would have had. */
    Respond(Proceed instead, Outcome outcome) {
      this.policy = instead.policy;
      this.allowOrigin = instead.allowOrigin;
      this.outcome = outcome;
      this.allowMethods = null;
      this.allowHeaders = null;
    }

    /**
     * Returns the status code: 204 where the origin may ask, whatever the answer is, and 403 where
     * it may not (<a href="https://fetch.spec.whatwg.org/#http-responses">Fetch</a> asks for an ok
     * status and suggests both).
     *
     * <p>A refused method or header is no reason for another status: with an ok status and the true
     * lists, every browser names the method or the header in its console instead of a missing
     * {@code Access-Control-Allow-Origin}.
     *
     * <p>What a {@link CrossOriginGuard} refuses is answered with 403.
     *
     * @return 204 or 403
     */
    public int status() {
      return outcome.isOriginRefusal() || outcome.isWriteRefusal() ? 403 : 204;
    }

    @Nullable String allowOrigin() {
      return allowOrigin;
    }

    @Override
    public Kind kind() {
      return outcome.isWriteRefusal() ? Kind.ACTUAL : Kind.PREFLIGHT;
    }

    @Override
    public Outcome outcome() {
      return outcome;
    }

    @Override
    public String explanation() {
      return Explanation.of(outcome, policy);
    }

    @Override
    public <Q> String explanation(Q request, RequestReader<? super Q> reader) {
      return Explanation.of(this, policy, request, reader);
    }

    @Override
    public <S> void writeTo(S response, ResponseWriter<? super S> writer) {
      if (policy == null || outcome.isWriteRefusal()) {
        writeActual(response, writer, policy, allowOrigin);
        return;
      }
      boolean granted = !outcome.isOriginRefusal();
      String allowCredentials = granted ? policy.allowCredentials : null;
      // Fetch gives Access-Control-Expose-Headers a meaning on other responses only.
      writeOwned(response, writer, policy, allowOrigin, allowCredentials, null);
      setOrRemove(response, writer, "Access-Control-Allow-Methods", allowMethods);
      setOrRemove(response, writer, "Access-Control-Allow-Headers", allowHeaders);
      setOrRemove(response, writer, "Access-Control-Max-Age", granted ? policy.maxAge : null);
      // RFC 9110 §9.3.7 keeps caches from storing answers to OPTIONS. Some store them all the same.
      if (policy.varies) {
        Vary.add(response, writer, VARY, VARY_JOINED);
      } else if (policy.allowsSomeone) {
        Vary.add(response, writer, VARY_OF_CONSTANT, VARY_OF_CONSTANT_JOINED);
      }
    }

    @Override
    public boolean owns(String name) {
      return CorsDecision.owns(policy, name);
    }

    @Override
    public boolean merges(String name) {
      return CorsDecision.merges(policy, name);
    }

    @Override
    public void overrule(String name, @Nullable String value) {
      CorsDecision.overrule(policy, allowOrigin, name, value);
    }

    @Override
    public String toString() {
      return "Respond[" + status() + ", " + outcome + "]";
    }
  }

  private static <S> void writeActual(
      S response,
      ResponseWriter<? super S> writer,
      @Nullable CorsPolicy policy,
      @Nullable String allowOrigin) {
    if (policy == null) {
      return;
    }
    boolean shared = allowOrigin != null;
    String allowCredentials = shared ? policy.allowCredentials : null;
    String exposeHeaders = shared ? policy.exposeHeaders : null;
    writeOwned(response, writer, policy, allowOrigin, allowCredentials, exposeHeaders);
    if (policy.exposesTiming) {
      setOrRemove(response, writer, "Timing-Allow-Origin", allowOrigin);
    }
    if (policy.allowsEmbedding) {
      allowEmbedding(response, writer);
    }
    if (policy.varies) {
      Vary.add(response, writer, Vary.ORIGIN, "Origin");
    }
  }

  /** An application that allows less of a response has its reason. */
  private static <S> void allowEmbedding(S response, ResponseWriter<? super S> writer) {
    String present = writer.get(response, "Cross-Origin-Resource-Policy");
    if (present == null) {
      writer.set(response, "Cross-Origin-Resource-Policy", "cross-origin");
    } else if (present.startsWith("cross-origin, ")) {
      // It added its value to what was written early; two of them allow everything.
      String added = present.substring("cross-origin, ".length());
      writer.set(response, "Cross-Origin-Resource-Policy", added);
    }
  }

  /** Writes the headers that another layer may have written as well, and tells of one that has. */
  private static <S> void writeOwned(
      S response,
      ResponseWriter<? super S> writer,
      CorsPolicy policy,
      @Nullable String allowOrigin,
      @Nullable String allowCredentials,
      @Nullable String exposeHeaders) {
    boolean credentials =
        replace(response, writer, "Access-Control-Allow-Credentials", allowCredentials);
    boolean origin = replace(response, writer, "Access-Control-Allow-Origin", allowOrigin);
    boolean headers = replace(response, writer, "Access-Control-Expose-Headers", exposeHeaders);
    if (origin || credentials || headers) {
      policy.secondLayer.found(origin, credentials, headers);
    }
  }

  /**
   * Writes a value, or none, where another one is: most responses are fresh, or have been written
   * to before, and to read is quicker than to write. Returns whether another value was there.
   */
  private static <S> boolean replace(
      S response, ResponseWriter<? super S> writer, String name, @Nullable String value) {
    String present = writer.get(response, name);
    if (present == null ? value == null : present.equals(value)) {
      return false;
    }
    setOrRemove(response, writer, name, value);
    return present != null;
  }

  private static <S> void setOrRemove(
      S response, ResponseWriter<? super S> writer, String name, @Nullable String value) {
    if (value == null) {
      writer.remove(response, name);
    } else {
      writer.set(response, name, value);
    }
  }

  private static boolean owns(@Nullable CorsPolicy policy, String name) {
    return policy != null
        && (name.equalsIgnoreCase("Access-Control-Allow-Origin")
            || name.equalsIgnoreCase("Access-Control-Allow-Credentials")
            || name.equalsIgnoreCase("Access-Control-Expose-Headers")
            || policy.exposesTiming && name.equalsIgnoreCase("Timing-Allow-Origin"));
  }

  private static boolean merges(@Nullable CorsPolicy policy, String name) {
    return policy != null
        && (policy.varies && name.equalsIgnoreCase("Vary")
            || policy.allowsEmbedding && name.equalsIgnoreCase("Cross-Origin-Resource-Policy"));
  }

  private static void overrule(
      @Nullable CorsPolicy policy,
      @Nullable String allowOrigin,
      String name,
      @Nullable String value) {
    if (policy == null || value == null) {
      return;
    }
    boolean origin =
        name.equalsIgnoreCase("Access-Control-Allow-Origin") && !value.equals(allowOrigin);
    boolean credentials =
        name.equalsIgnoreCase("Access-Control-Allow-Credentials")
            && !value.equals(policy.allowCredentials);
    boolean headers =
        name.equalsIgnoreCase("Access-Control-Expose-Headers")
            && !value.equals(policy.exposeHeaders);
    if (origin || credentials || headers) {
      policy.secondLayer.found(origin, credentials, headers);
    }
  }
}
