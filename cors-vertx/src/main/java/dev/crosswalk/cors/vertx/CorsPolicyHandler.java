package dev.crosswalk.cors.vertx;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.ResponseWriter;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Applies a {@link Cors}, usually a policy, to the routes of a Vert.x Web router. Put it first:
 *
 * <pre>{@code
 * router.route().handler(new CorsPolicyHandler(policy));
 * }</pre>
 *
 * <p>A policy from {@code cors.properties} or the environment is {@link
 * dev.crosswalk.cors.CorsConfiguration#load()}.
 *
 * <p>If the router already has routes, for example from OpenAPI, put it before them: {@code
 * router.route().order(Integer.MIN_VALUE).handler(new CorsPolicyHandler(policy))}. A route with a
 * path, {@code router.route("/api/*")}, limits the policy to that path.
 *
 * <p>Preflights are answered at once, before authentication, body handlers and the routes'
 * handlers. Every other response gets the headers twice: at once, so that failures have them, and
 * just before they are sent, because the application may have written its own. The policy owns
 * {@code Access-Control-Allow-Origin}, {@code -Allow-Credentials} and {@code -Expose-Headers}, even
 * if SockJS sets them. The response that opens a WebSocket gets none of them.
 *
 * <p>Known limits: a request that the router refuses before its first route ({@code OPTIONS *}, no
 * {@code Host}), and one that the HTTP server refuses before the router, gets no headers of the
 * policy. {@code response().headersEndHandler(…)} replaces the router's handlers, and with them the
 * second writing, and {@code Vary} where the request has an {@code Accept-Encoding}: use {@code
 * context.addHeadersEndHandler(…)} instead. A {@code server.webSocketHandler(…)} takes every
 * WebSocket before the router, so a {@code CrossOriginGuard} does not see it: open WebSockets in a
 * route, with {@code toWebSocket()}. Vert.x 4.4, early releases of 4.5 and the first of 5.0 have no
 * {@code HttpServerRequest.authority(boolean)}. There a {@code CrossOriginGuard} uses the host that
 * {@code router.allowForward(…)} takes from an HTTP/2 request.
 */
public final class CorsPolicyHandler implements SecurityPolicyHandler {

  private static final RequestReader<HttpServerRequest> READER = new Reader();
  private static final ResponseWriter<HttpServerResponse> WRITER = new Writer();

  /**
   * For the first writing, if the request has an {@code Accept-Encoding}: then a {@code
   * StaticHandler} adds that to {@code Vary}, but only where there is no {@code Vary} yet.
   */
  private static final ResponseWriter<HttpServerResponse> WRITER_WITHOUT_VARY =
      WRITER.withoutVary();

  /**
   * Texts that core reads and writes, as Vert.x wants them: it hashes a name at each look-up, and
   * encodes a text letter by letter, unless it is optimized, and a preflight has a dozen. A
   * HashMap, because the JDK's unmodifiable maps divide at each look-up, which takes longer than
   * the rest.
   */
  private static final Map<String, CharSequence> OPTIMIZED =
      new HashMap<>(
          Stream.of(
                  CorsAdapter.requestHeaders(),
                  CorsAdapter.responseHeaders(),
                  CorsAdapter.frequentValues())
              .flatMap(List::stream)
              .distinct()
              .collect(Collectors.toMap(Function.identity(), HttpHeaders::createOptimized)));

  /** The status that opens a WebSocket (RFC 6455 §4.2.2). */
  private static final int SWITCHING_PROTOCOLS = 101;

  private static final AtomicInteger HANDLERS = new AtomicInteger();

  private final Cors cors;
  private final RouterWarnings warnings;

  /** The key of the decision in the data of a context. Each handler has its own. */
  private final String key = RouterWarnings.KEYS + '#' + HANDLERS.incrementAndGet();

  /**
   * Makes a handler, and logs the warnings of its policy.
   *
   * @param cors the policy, or what chooses one
   * @throws NullPointerException if {@code cors} is null
   * @throws IllegalStateException if this is a Vert.x that is not supported
   */
  public CorsPolicyHandler(Cors cors) {
    this(cors, true);
  }

  private CorsPolicyHandler(Cors cors, boolean looksAtRoutes) {
    requireSupported();
    this.cors = CorsAdapter.requirePolicy(cors, "CorsPolicyHandler");
    cors.logWarnings();
    warnings = new RouterWarnings(cors, looksAtRoutes);
  }

  /**
   * Makes a handler that stands where it is meant to, such as behind a route for health checks. It
   * is like any other, but says nothing of its route, and of what is before it only that there is
   * Vert.x's own {@code CorsHandler}. On Quarkus, where nobody can move it, the adapter calls this.
   *
   * @param cors the policy, or what chooses one
   * @return the handler
   * @throws NullPointerException if {@code cors} is null
   * @throws IllegalStateException if this is a Vert.x that is not supported
   */
  public static CorsPolicyHandler placedOnPurpose(Cors cors) {
    return new CorsPolicyHandler(cors, false);
  }

  /**
   * Otherwise the first HTTP/2 request would fail. Before 4.3 the JVM itself refuses this class.
   */
  private static void requireSupported() {
    try {
      HttpServerRequest.class.getMethod("authority");
    } catch (NoSuchMethodException e) {
      throw CorsAdapter.unsupported("CorsPolicyHandler", "Vert.x 4.4, 4.5 and 5", e);
    }
  }

  /**
   * Answers a preflight, or lets the next handler handle the request.
   *
   * @param context the request and its response
   */
  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    boolean isSeen = warnings.look(context, key);
    if (isSeen && RouterWarnings.isOfAnother(context, key)) {
      handleBehindAnother(context);
      return;
    }
    CorsDecision decision = decide(context, key);
    if (decision instanceof CorsDecision.Respond respond) {
      writeFirst(decision, response, WRITER, isSeen);
      response.setStatusCode(respond.status()).end();
      return;
    }
    // The 101 that opens a WebSocket takes all headers that are set. CORS does not apply to it:
    // https://fetch.spec.whatwg.org/#websocket-opening-handshake
    // Vert.x writes it past the handlers below. Others, such as Undertow in Quarkus, end a
    // response.
    boolean isHandshake = CorsAdapter.opensWebSocket(request, READER);
    if (!isHandshake) {
      boolean isEncoded = request.headers().contains(HttpHeaders.ACCEPT_ENCODING);
      writeFirst(decision, response, isEncoded ? WRITER_WITHOUT_VARY : WRITER, isSeen);
    }
    // These handlers run in reverse order: the one that was added first runs last.
    context.addHeadersEndHandler(
        ended -> {
          warnings.lookBack(context);
          if (!isHandshake) {
            decision.writeTo(response, WRITER);
          } else if (response.getStatusCode() != SWITCHING_PROTOCOLS) {
            decision.writeFirst(response, WRITER);
          }
        });
    context.next();
  }

  /** A response has lost its headers if the request was rerouted, so this is always the first. */
  private void writeFirst(
      CorsDecision decision,
      HttpServerResponse response,
      ResponseWriter<HttpServerResponse> writer,
      boolean isSeen) {
    if (response.headers().isEmpty() || !warnings.knowsWhatIsBefore()) {
      decision.writeTo(response, writer);
    } else if (decision.writeFirst(response, writer) && !isSeen) {
      warnings.warnOfWriterBefore();
    }
  }

  /** The response has the headers of the other handler's policy. This one can only refuse. */
  private void handleBehindAnother(RoutingContext context) {
    warnings.warnOfSecond();
    if (decide(context, "second " + key) instanceof CorsDecision.Respond respond) {
      context.response().setStatusCode(respond.status()).end();
    } else {
      context.next();
    }
  }

  /** A rerouted request comes here again, and its response has lost its headers. */
  private CorsDecision decide(RoutingContext context, String key) {
    CorsDecision known = context.get(key);
    if (known != null) {
      return known;
    }
    CorsDecision decision = cors.decide(context.request(), READER);
    if (decision instanceof CorsDecision.Proceed) {
      context.put(key, decision);
    }
    return decision;
  }

  /** Makes no list if the header is absent. */
  private static @Nullable String combined(MultiMap headers, CharSequence name) {
    String first = headers.get(name);
    return first == null ? null : RequestReader.combine(headers.getAll(name));
  }

  private static CharSequence optimized(String text) {
    CharSequence optimized = OPTIMIZED.get(text);
    return optimized == null ? text : optimized;
  }

  private static final class Reader implements RequestReader<HttpServerRequest> {

    @Override
    public String method(HttpServerRequest request) {
      return request.method().name();
    }

    @Override
    public String path(HttpServerRequest request) {
      return Objects.requireNonNull(request.path(), "The router refuses a request without a path");
    }

    @Override
    public @Nullable String header(HttpServerRequest request, String name) {
      return combined(request.headers(), optimized(name));
    }

    /**
     * The connection's own authority, not the one that {@code router.allowForward(…)} takes from a
     * header.
     */
    @Override
    public @Nullable String authority(HttpServerRequest request) {
      HostAndPort authority;
      try {
        authority = request.authority(true);
      } catch (NoSuchMethodError e) {
        authority = request.authority(); // early in 4.5 and in 5.0 there is no other
      }
      return authority == null ? null : authority.toString();
    }
  }

  private static final class Writer implements ResponseWriter<HttpServerResponse> {

    @Override
    public @Nullable String get(HttpServerResponse response, String name) {
      return combined(response.headers(), optimized(name));
    }

    @Override
    public void set(HttpServerResponse response, String name, String value) {
      response.headers().set(optimized(name), optimized(value));
    }

    @Override
    public void remove(HttpServerResponse response, String name) {
      response.headers().remove(optimized(name));
    }
  }
}
