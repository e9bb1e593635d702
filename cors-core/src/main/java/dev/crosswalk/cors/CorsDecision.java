package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.syntax.TokenList;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What to do with one request: {@link Proceed} or {@link Respond}, nothing else.
 *
 * <p>A decision is an immutable value, and is often shared between requests. It is not yet a
 * response, because some frameworks have none when the decision is made. {@link #writeTo} may be
 * called more than once for the same response: the result is the same.
 */
public abstract sealed class CorsDecision {

  /** What kind of request this was, in the terms of the Fetch standard. */
  public enum Kind {
    /**
     * No {@code Origin}: not a <a href="https://fetch.spec.whatwg.org/#cors-request">CORS
     * request</a>.
     */
    NOT_CORS,
    /** A CORS request that is not a preflight. */
    ACTUAL,
    /**
     * A <a href="https://fetch.spec.whatwg.org/#cors-preflight-request">CORS-preflight request</a>.
     */
    PREFLIGHT
  }

  /**
   * Why a decision was made. A small, fixed set of values, which is safe as a label of a metric: no
   * value contains what a client sent.
   */
  public enum Outcome {
    /** No policy covers the request, so nothing is allowed and nothing is refused. */
    NO_POLICY,
    /** The request has no {@code Origin}, so there is nothing to allow or to refuse. */
    NOT_CORS,
    /**
     * The policy allows it: the browser will let the script read the response, or send the request.
     */
    ALLOWED,
    /**
     * The policy does not allow the origin, and does not need to: it is the server's own, according
     * to the browser (<a href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">{@code
     * Sec-Fetch-Site}</a>) or, if the browser says nothing, according to {@code Host}. Browsers
     * send {@code Origin} to the page's own server with every POST, and some of them with the
     * page's own {@code crossorigin} scripts, styles and fonts.
     */
    SAME_ORIGIN,
    /** The origin is well-formed and the policy does not allow it. */
    ORIGIN_NOT_ALLOWED,
    /** The origin is {@code null} (opaque), and the policy does not allow that. */
    ORIGIN_NULL,
    /** There are several origins, in one field line or in more. */
    ORIGIN_SEVERAL,
    /**
     * The value is not a serialized origin. Browsers rarely send such a value: a host that ends in
     * a dot, and in Chromium a label that begins or ends with a hyphen, such as {@code
     * foo-.example.com}.
     */
    ORIGIN_MALFORMED,
    /** A preflight asks for a method that the policy does not allow. */
    METHOD_NOT_ALLOWED,
    /** A preflight asks for a method that Fetch forbids to scripts. */
    METHOD_FORBIDDEN,
    /** A preflight asks for something that is not a method, or for more than one method. */
    METHOD_MALFORMED,
    /** A preflight asks for a request header that the policy does not allow. */
    HEADER_NOT_ALLOWED,
    /** A preflight asks for a request header that Fetch forbids to scripts. */
    HEADER_FORBIDDEN,
    /** A preflight's list of request headers has a member that is not a header name. */
    HEADER_MALFORMED,
    /** A preflight's list of request headers is too long to come from a browser. */
    HEADERS_TOO_LONG,
    /** {@link CrossOriginGuard}: the browser says that a page of another site wants to write. */
    WRITE_FROM_CROSS_SITE,
    /**
     * {@link CrossOriginGuard}: the browser says that a page of the same site, but of another
     * origin, wants to write. It has another port of the host, or another host of the site.
     */
    WRITE_FROM_SAME_SITE,
    /** {@link CrossOriginGuard}: {@code Sec-Fetch-Site} has an unknown value. */
    WRITE_FROM_UNKNOWN_SITE,
    /**
     * {@link CrossOriginGuard}: there is no {@code Sec-Fetch-Site}, for example because the
     * connection is not encrypted, and the {@code Origin} is not the server's own.
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

    /** {@return whether a {@link CrossOriginGuard} refused, and no policy} */
    public boolean isWriteRefusal() {
      return switch (this) {
        case WRITE_FROM_CROSS_SITE,
            WRITE_FROM_SAME_SITE,
            WRITE_FROM_UNKNOWN_SITE,
            WRITE_FROM_OTHER_ORIGIN ->
            true;
        default -> false;
      };
    }

    /** Returns whether the refusal is about the origin, so that no header may grant anything. */
    boolean isOriginRefusal() {
      return switch (this) {
        case ORIGIN_NOT_ALLOWED, ORIGIN_NULL, ORIGIN_SEVERAL, ORIGIN_MALFORMED -> true;
        default -> false;
      };
    }
  }

  private static final ResponseWriter<Map<String, String>> INTO_A_MAP =
      new ResponseWriter<>() {
        @Override
        public @Nullable String get(Map<String, String> response, String name) {
          return response.get(name);
        }

        @Override
        public void set(Map<String, String> response, String name, String value) {
          response.put(name, value);
        }

        @Override
        public void remove(Map<String, String> response, String name) {
          response.remove(name);
        }
      };

  final @Nullable Protocol protocol;
  final @Nullable String allowOrigin;
  final Outcome outcome;
  final @Nullable TokenList varying;

  /**
   * @param protocol what the policy says; null if there is no policy
   * @param allowOrigin the value of {@code Access-Control-Allow-Origin}; null if not shared
   * @param varying the names of request headers by which the policy was chosen; null if none
   */
  private CorsDecision(
      @Nullable Protocol protocol,
      @Nullable String allowOrigin,
      Outcome outcome,
      @Nullable TokenList varying) {
    this.protocol = protocol;
    this.allowOrigin = allowOrigin;
    this.outcome = outcome;
    this.varying = varying;
  }

  /** {@return what kind of request this was} */
  public abstract Kind kind();

  /** Returns why no policy covers the request; null if one does. */
  @Nullable NoPolicy noPolicy() {
    return null;
  }

  /** {@return why the decision was made; for logs and metrics, not for control flow} */
  public final Outcome outcome() {
    return outcome;
  }

  /**
   * Returns the reason in one sentence. It contains nothing from the request, so it is safe to log.
   *
   * @return the sentence, never null
   */
  public final String explanation() {
    return Explanation.of(this);
  }

  /**
   * Explains the decision to a person. Names the request's origin, method or header, what in the
   * policy is similar to it, and the change to the policy that would allow it, if that change is
   * safe. The text is made when this is called, not when the decision is made.
   *
   * <p>It contains text from the client, which is quoted, escaped and cut to a length that is safe
   * to log.
   *
   * @param request the request that was decided about; a decision does not keep it
   * @param reader how to read it
   * @param <Q> the framework's type of a request
   * @return some sentences
   */
  public final <Q> String explanation(Q request, RequestReader<? super Q> reader) {
    return Explanation.of(this, request, Argument.reader(reader));
  }

  /**
   * Writes the decision's headers to a response. Members are added to {@code Vary}. The other
   * headers that the policy owns on a response of this kind are set, or removed if the decision has
   * no value for them: the policy replaces an application's own {@code
   * Access-Control-Allow-Origin}.
   *
   * <p>Call this on every response but the 101 that opens a WebSocket, as the last step before it
   * is committed: what an application sets later is sent. Where there is no such step, call it at
   * once, and again as late as possible. The second call only repairs what has changed since; for
   * the first one see {@link ResponseWriter#withoutVary()}.
   *
   * @param response the response to write to
   * @param writer how to write to it
   * @param <S> the framework's type of a response
   */
  public abstract <S> void writeTo(S response, ResponseWriter<? super S> writer);

  /**
   * Writes as {@link #writeTo} does, to a response that the adapter has not written to yet. What is
   * there already is from a layer before the adapter, even if the policy has the same values. The
   * policy does not warn of it: the adapter knows what may come before it, and says so.
   *
   * @param response the response to write to
   * @param writer how to write to it
   * @param <S> the framework's type of a response
   * @return whether the response had a header by which such a layer shares responses
   */
  public final <S> boolean writeFirst(S response, ResponseWriter<? super S> writer) {
    boolean isOver = protocol != null && PolicyHeaders.removeShared(response, writer);
    writeTo(response, writer);
    return isOver;
  }

  /**
   * Returns the headers of {@link #writeTo}, as a response gets them that has none yet: to test a
   * policy without a server.
   *
   * @return the value of each header, by its name in any case; a copy
   */
  public final Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    writeTo(headers, INTO_A_MAP);
    return headers;
  }

  /**
   * Returns whether the policy owns a response header: {@link #writeTo} replaces or removes
   * whatever the application sets there. So a response wrapper may drop what the application sets,
   * and report it with {@link #overrule}.
   *
   * @param name the header's name, in any case
   * @return whether only the policy sets the header; false for {@code Vary}
   */
  public final boolean owns(String name) {
    return protocol != null && protocol.headers().owns(name);
  }

  /**
   * Returns whether the policy shares a response header with the application: {@link #writeTo} must
   * be called again after the application has changed it.
   *
   * @param name the header's name, in any case
   * @return whether the policy adds to the application's value, as it does to {@code Vary}
   */
  public final boolean merges(String name) {
    return varying != null && name.equalsIgnoreCase("Vary")
        || protocol != null && protocol.headers().merges(name);
  }

  /**
   * Reports that something other than the policy tried to set a header that the policy owns, and
   * that the value was dropped. If the value differs from the policy's own, there is probably a
   * second CORS layer, and a warning is logged once.
   *
   * @param name the header's name, in any case
   * @param value the value that was dropped; null if the header was to be removed
   */
  public final void overrule(String name, @Nullable String value) {
    if (protocol != null && value != null) {
      protocol.headers().overrule(allowOrigin, name, value);
    }
  }

  /**
   * Let the application handle the request, and write the headers to whatever response it gives.
   */
  public static final class Proceed extends CorsDecision {

    /** Null if there is a policy. The kind is in it, so that a decision has one field less. */
    private final @Nullable NoPolicy noPolicy;

    // Filled as needed and without a lock: decisions are immutable, and equal if made twice.
    private @Nullable Respond allowedPreflight;
    private @Nullable Respond @Nullable [] refusedPreflights;

    /** Without a policy, nothing is touched. */
    Proceed(NoPolicy noPolicy) {
      super(null, null, Outcome.NO_POLICY, null);
      this.noPolicy = noPolicy;
    }

    Proceed(Protocol protocol, @Nullable String allowOrigin, Outcome outcome) {
      super(protocol, allowOrigin, outcome, null);
      this.noPolicy = null;
    }

    Proceed(Proceed chosen, TokenList varying) {
      super(chosen.protocol, chosen.allowOrigin, chosen.outcome, varying);
      this.noPolicy = chosen.noPolicy;
    }

    @Override
    @Nullable NoPolicy noPolicy() {
      return noPolicy;
    }

    /**
     * Returns the answer to a preflight of the same origin, with the policy's own lists.
     *
     * @param policy the one that made this decision
     */
    Respond preflight(Outcome ofPreflight, Protocol policy) {
      if (ofPreflight == Outcome.ALLOWED) {
        Respond allowed = allowedPreflight;
        if (allowed == null) {
          allowed = policy.answer(allowOrigin, ofPreflight);
          allowedPreflight = allowed;
        }
        return allowed;
      }
      @Nullable Respond[] known = refusedPreflights;
      if (known == null) {
        known = new Respond[Outcome.values().length];
        refusedPreflights = known;
      }
      Respond refused = known[ofPreflight.ordinal()];
      if (refused == null) {
        refused = policy.answer(allowOrigin, ofPreflight);
        known[ofPreflight.ordinal()] = refused;
      }
      return refused;
    }

    @Override
    public Kind kind() {
      if (noPolicy != null) {
        return noPolicy.kind();
      }
      return outcome == Outcome.NOT_CORS ? Kind.NOT_CORS : Kind.ACTUAL;
    }

    @Override
    public <S> void writeTo(S response, ResponseWriter<? super S> writer) {
      if (protocol != null) {
        protocol.headers().writeActual(response, Argument.writer(writer), allowOrigin);
      }
      PolicyHeaders.addVary(response, Argument.writer(writer), varying);
    }

    @Override
    public String toString() {
      return "Proceed[" + kind() + ", " + outcome + "]";
    }
  }

  /**
   * Answer at once, with {@link #status()}, the headers of {@link #writeTo} and no content. The
   * application does not see the request.
   */
  public static final class Respond extends CorsDecision {

    private final Kind kind;
    private final @Nullable String allowMethods;
    private final @Nullable String allowHeaders;

    /** Answers a preflight. */
    Respond(
        @Nullable Protocol protocol,
        @Nullable String allowOrigin,
        Outcome outcome,
        @Nullable String allowMethods,
        @Nullable String allowHeaders) {
      super(protocol, allowOrigin, outcome, null);
      this.kind = Kind.PREFLIGHT;
      this.allowMethods = allowMethods;
      this.allowHeaders = allowHeaders;
    }

    /** Answers instead of the application, with the headers that its response would have had. */
    Respond(Proceed instead, Outcome outcome) {
      super(instead.protocol, instead.allowOrigin, outcome, instead.varying);
      this.kind = instead.kind();
      this.allowMethods = null;
      this.allowHeaders = null;
    }

    Respond(Respond chosen, TokenList varying) {
      super(chosen.protocol, chosen.allowOrigin, chosen.outcome, varying);
      this.kind = chosen.kind;
      this.allowMethods = chosen.allowMethods;
      this.allowHeaders = chosen.allowHeaders;
    }

    /**
     * Returns the status code: 204 if the origin is allowed, even if the method or a header is not,
     * and 403 if the origin is not allowed (<a
     * href="https://fetch.spec.whatwg.org/#http-responses">Fetch</a> asks for an ok status and
     * suggests both).
     *
     * <p>A refused method or header does not change the status: with an ok status and the true
     * lists, every browser names the method or the header in its console instead of a missing
     * {@code Access-Control-Allow-Origin}.
     *
     * <p>If a {@link CrossOriginGuard} refuses the request, the status is 403.
     *
     * @return 204 or 403
     */
    public int status() {
      return outcome.isOriginRefusal() || outcome.isWriteRefusal() ? 403 : 204;
    }

    @Override
    public Kind kind() {
      return kind;
    }

    @Override
    public <S> void writeTo(S response, ResponseWriter<? super S> writer) {
      PolicyHeaders.addVary(response, Argument.writer(writer), varying);
      if (protocol == null) {
        return;
      }
      PolicyHeaders headers = protocol.headers();
      if (outcome.isWriteRefusal()) {
        headers.writeActual(response, writer, allowOrigin);
      } else {
        boolean granted = !outcome.isOriginRefusal();
        headers.writePreflight(response, writer, allowOrigin, granted, allowMethods, allowHeaders);
      }
    }

    @Override
    public String toString() {
      return "Respond[" + status() + ", " + outcome + "]";
    }
  }
}
