package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.ResponseWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Applies a {@link Cors}, usually a policy, to every request of a WebFlux application. In Spring
 * Boot {@link CorsPolicyAutoConfiguration} registers it for you. Elsewhere, make it a bean. In a
 * test without an application, use
 *
 * <pre>{@code
 * WebTestClient.bindToController(new Hello()).webFilter(new CorsPolicyWebFilter(policy)).build();
 * }</pre>
 *
 * <p>It comes before every other filter, so before Spring Security. Preflights are answered at
 * once. Every other response gets its headers when it is committed: the policy owns {@code
 * Access-Control-Allow-Origin}, {@code -Allow-Credentials} and {@code -Expose-Headers}, even if the
 * application, a header writer of Spring Security or {@code @CrossOrigin} sets them. The response
 * that opens a WebSocket gets none of them.
 *
 * <p>Known limits: what the server refuses before it has a request, such as a path with a malformed
 * {@code %}, has no headers. With {@code server.forward-headers-strategy=framework} WebFlux has put
 * {@code X-Forwarded-Prefix} before the path when this filter sees it: let the proxy set that
 * header, and {@link Cors#byPath} have the paths with it.
 */
public final class CorsPolicyWebFilter implements WebFilter, PriorityOrdered {

  private static final RequestReader<ServerHttpRequest> READER = new Reader();
  static final ResponseWriter<HttpHeaders> WRITER = new Writer();

  /** For what is written at once: {@code Vary} is set by some only where there is none. */
  private static final ResponseWriter<HttpHeaders> WRITER_WITHOUT_VARY = WRITER.withoutVary();

  private final Cors cors;
  private final AtomicBoolean warnedOfSecond = new AtomicBoolean();

  /**
   * Makes a filter, and logs the warnings of its policy.
   *
   * @param cors the policy, or what chooses one
   * @throws NullPointerException if {@code cors} is null
   */
  public CorsPolicyWebFilter(Cors cors) {
    this.cors = CorsAdapter.requirePolicy(cors, "CorsPolicyWebFilter");
    cors.logWarnings();
  }

  /**
   * {@return the highest precedence: Spring Security's filter comes later, and so does a filter of
   * the application with the same order}
   */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  /**
   * Answers a preflight, or what a guard refuses, or lets the next filter handle the request.
   *
   * @param exchange the request and its response
   * @param chain the filters after this one
   * @return completes when the response does
   */
  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    ServerHttpResponse response = exchange.getResponse();
    boolean isSecond = PolicyServerHttpResponse.isAround(response);
    if (isSecond) {
      warnOfSecond();
    }
    CorsDecision decision = cors.decide(request, READER);
    if (decision instanceof CorsDecision.Respond respond) {
      response.setStatusCode(HttpStatusCode.valueOf(respond.status()));
      if (!isSecond) {
        decision.writeTo(response.getHeaders(), WRITER);
      }
      // Reactor Netty 1.2 never answers a later request of a connection on which it has left a body
      // unread, even an empty one.
      return request
          .getBody()
          .doOnNext(DataBufferUtils::release)
          .then(Mono.defer(response::setComplete));
    }
    if (isSecond) {
      return chain.filter(exchange); // The response has the headers of the other filter's policy.
    }
    boolean isHandshake = CorsAdapter.opensWebSocket(request, READER);
    // At once, because Spring's own CORS skips a response that already allows an origin, and
    // answers other requests with an Origin with 403.
    if (decision.kind() != CorsDecision.Kind.NOT_CORS && !isHandshake) {
      decision.writeTo(response.getHeaders(), WRITER_WITHOUT_VARY);
    }
    ServerHttpResponse wrapped = PolicyServerHttpResponse.of(response, decision, isHandshake);
    return chain.filter(exchange.mutate().response(wrapped).build());
  }

  private void warnOfSecond() {
    if (!warnedOfSecond.getAndSet(true)) {
      CorsAdapter.warnOfSecond("CorsPolicyWebFilter");
    }
  }

  // HttpHeaders is a Map in Spring 6 and is not in Spring 7. What is called here has the same
  // signature in both; get, remove and containsKey do not.

  /**
   * {@code HttpHeaders.get}, which takes an object in Spring 6 and a string in Spring 7; null if
   * neither is found, as in a native image that does not name it. Without it every look-up goes
   * through all headers, for which Netty's are copied.
   */
  private static final @Nullable MethodHandle GET =
      Stream.of(String.class, Object.class)
          .map(CorsPolicyWebFilter::get)
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);

  private static @Nullable MethodHandle get(Class<?> parameter) {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(HttpHeaders.class, "get", MethodType.methodType(List.class, parameter))
          .asType(MethodType.methodType(List.class, HttpHeaders.class, String.class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static @Nullable String combined(HttpHeaders headers, String name) {
    String first = headers.getFirst(name);
    if (first == null) {
      return null;
    }
    return GET == null ? RequestReader.combine(lines(headers, name)) : combined(GET, headers, name);
  }

  @SuppressWarnings("unchecked")
  private static @Nullable String combined(MethodHandle get, HttpHeaders headers, String name) {
    try {
      return RequestReader.combine((List<String>) get.invokeExact(headers, name));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // It declares none.
    }
  }

  /** As {@link #GET} does, and in each version. */
  static List<String> lines(HttpHeaders headers, String name) {
    return headers.headerSet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .toList();
  }

  private static final class Reader implements RequestReader<ServerHttpRequest> {

    @Override
    public String method(ServerHttpRequest request) {
      return request.getMethod().name();
    }

    /** The target {@code http://api.example} has an empty path, which is {@code /}. */
    @Override
    public String path(ServerHttpRequest request) {
      String path = request.getPath().value();
      return path.isEmpty() ? "/" : path; // RFC 9110 §4.2.3
    }

    @Override
    public @Nullable String header(ServerHttpRequest request, String name) {
      return combined(request.getHeaders(), name);
    }

    /** Tomcat and Jetty make no header of it. */
    @Override
    public @Nullable String authority(ServerHttpRequest request) {
      return request.getURI().getRawAuthority();
    }
  }

  private static final class Writer implements ResponseWriter<HttpHeaders> {

    @Override
    public @Nullable String get(HttpHeaders headers, String name) {
      return combined(headers, name);
    }

    @Override
    public void set(HttpHeaders headers, String name, String value) {
      headers.set(name, value);
    }

    @Override
    public void remove(HttpHeaders headers, String name) {
      headers.headerSet().removeIf(header -> header.getKey().equalsIgnoreCase(name));
    }
  }
}
