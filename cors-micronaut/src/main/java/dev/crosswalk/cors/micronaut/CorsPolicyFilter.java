package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsDecision.Respond;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.ResponseWriter;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.annotation.PreMatching;
import io.micronaut.http.server.cors.CorsFilter;
import jakarta.inject.Inject;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Applies a policy to every request of a Micronaut server. You do not register anything: with this
 * artifact on the class path, a policy in {@code application.yml} is enough,
 *
 * <pre>{@code
 * cors:
 *   allowed-origins: https://app.example.com
 *   allowed-methods: [PUT, DELETE]
 * }</pre>
 *
 * <p>with the names that {@link dev.crosswalk.cors.CorsPolicy#toString()} shows, per environment
 * like all of Micronaut's configuration. More policies go under {@code cors.policies.<name>}, as in
 * {@link dev.crosswalk.cors.CorsConfiguration}. In the environments {@code prod} and {@code
 * production} the rules for production apply. Alternatively, define a bean that is a {@link Cors}.
 * Both at once are an error.
 *
 * <pre>{@code
 * @Factory
 * class CrossOrigin {
 *   @Singleton
 *   Cors policy() {
 *     return CorsPolicy.builder().allowOrigins("https://app.example.com").build();
 *   }
 * }
 * }</pre>
 *
 * <p>It replaces Micronaut's own filter, which even without configuration answers 403 to every
 * cross-origin request for {@code localhost}. So {@code micronaut.server.cors} and {@code
 * CrossOrigin} have no effect, and a warning says so if {@code micronaut.server.cors} is enabled.
 * Without a policy nothing is replaced.
 *
 * <p>Preflights are answered before any other filter, so before Micronaut Security, and before
 * routing. All other responses get their headers after every other filter, including those outside
 * {@code micronaut.server.context-path}.
 *
 * <p>Known limits: Micronaut does not ask filters about its answer to a body that cannot be written
 * as JSON, to a stream that fails before its first item is written, to a filter that returns an
 * empty publisher, to a request that several routes match, or to what it refuses before there is a
 * request, such as headers that are too large, or a query such as {@code ?a=%zz}. If a filter of
 * the application also has the highest precedence, it may come before this one, and its answers
 * then lack the headers: give it {@code Ordered.HIGHEST_PRECEDENCE + 1}. The response that opens a
 * WebSocket has the headers, too, because filters cannot tell it from others. No browser reads them
 * there.
 */
@Context // Otherwise it is made for the first request, and a wrong policy does not stop the start.
@ServerFilter(value = ServerFilter.MATCH_ALL_PATTERN, appendContextPath = false)
@Replaces(CorsFilter.class)
@Requires(beans = Cors.class)
public final class CorsPolicyFilter implements Ordered {

  private static final RequestReader<HttpRequest<?>> READER = new Reader();
  private static final ResponseWriter<MutableHttpResponse<?>> WRITER = new Writer();

  /** The attribute of a request that has the decision about what the client sent. */
  private static final String DECISION = CorsDecision.class.getName();

  private final Cors cors;

  /**
   * Makes a filter, and logs the warnings of its policy. Micronaut calls this.
   *
   * @param cors the policy, or what chooses one
   */
  public CorsPolicyFilter(Cors cors) {
    this.cors = CorsAdapter.requirePolicy(cors, "CorsPolicyFilter");
    cors.logWarnings();
  }

  /** Nothing else would say that these settings have no effect. */
  @Inject
  void warnOf(HttpServerConfiguration.CorsConfiguration replaced) {
    if (replaced.isEnabled()) {
      CorsAdapter.warn(
          "micronaut.server.cors is enabled, but has no effect beside this policy, which"
              + " replaces Micronaut's own filter: remove those settings.");
    }
  }

  @Inject
  void warnOf(HttpServerConfiguration server) {
    CorsAdapter.warnOfMissingContextPath(cors, server.getContextPath());
  }

  /** {@return the highest precedence: first to see a request, last to see its response} */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  /** Answers a preflight. No response filter of this bean runs after that. */
  @PreMatching
  @RequestFilter
  @Nullable HttpResponse<?> respond(HttpRequest<?> request) {
    CorsDecision decision = cors.decide(request, READER);
    // Another filter may hand on another request, with another path. It shares the attributes.
    request.setAttribute(DECISION, decision);
    if (decision instanceof Respond respond) {
      MutableHttpResponse<?> response = HttpResponse.status(HttpStatus.valueOf(respond.status()));
      respond.writeTo(response, WRITER);
      return response;
    }
    return null;
  }

  /**
   * Answers the opening handshake of a WebSocket that a guard refuses. Micronaut looks for its
   * route first, and asks no filter before that.
   */
  @RequestFilter
  @Nullable HttpResponse<?> respondToHandshake(HttpRequest<?> request) {
    return has(request, "Upgrade", "websocket") && has(request, "Connection", "upgrade")
        ? respond(request)
        : null;
  }

  /** Recognizes a handshake as Micronaut does, so that no other request is decided about twice. */
  private static boolean has(HttpRequest<?> request, String name, String member) {
    String value = READER.header(request, name);
    return value != null
        && Stream.of(value.split(",")).anyMatch(each -> each.strip().equalsIgnoreCase(member));
  }

  /** Writes the headers to a response that another filter gave before routing. */
  @PreMatching
  @ResponseFilter
  MutableHttpResponse<?> writeBeforeMatching(HttpRequest<?> request, HttpResponse<?> response) {
    return write(request, response);
  }

  /**
   * Writes the headers to every other response. A filter of the application may answer with one
   * that cannot be changed, such as that of an HTTP client: then to a copy.
   */
  @ResponseFilter
  MutableHttpResponse<?> write(HttpRequest<?> request, HttpResponse<?> response) {
    MutableHttpResponse<?> own = FirstUse.response(request, response.toMutableResponse());
    request
        .getAttribute(DECISION, CorsDecision.class)
        .orElseGet(() -> cors.decideAgain(request, READER))
        .writeTo(own, WRITER);
    return own;
  }

  private static final class Reader implements RequestReader<HttpRequest<?>> {
    @Override
    public String method(HttpRequest<?> request) {
      return request.getMethodName();
    }

    // Not getUri(), which reads a path with two leading slashes as a host.
    @Override
    public String path(HttpRequest<?> request) {
      return request.getPath();
    }

    // getAll makes a list even if it is empty.
    @Override
    public @Nullable String header(HttpRequest<?> request, String name) {
      return request.getHeaders().get(name) == null
          ? null
          : RequestReader.combine(request.getHeaders().getAll(name));
    }
  }

  private static final class Writer implements ResponseWriter<MutableHttpResponse<?>> {
    @Override
    public @Nullable String get(MutableHttpResponse<?> response, String name) {
      return response.getHeaders().get(name) == null
          ? null
          : RequestReader.combine(response.getHeaders().getAll(name));
    }

    @Override
    public void set(MutableHttpResponse<?> response, String name, String value) {
      response.getHeaders().set(name, value);
    }

    @Override
    public void remove(MutableHttpResponse<?> response, String name) {
      response.getHeaders().remove(name);
    }
  }

  /**
   * For which request a response object was first returned, and what it had then of the headers
   * that core writes. An application may keep a response in a constant and return it for every
   * request: headers written into that would reach the next request's page, and requests at the
   * same time would mix theirs. So each further request gets a copy.
   *
   * @param request weak, because a constant lives on
   */
  private record FirstUse(
      WeakReference<HttpRequest<?>> request, Map<String, List<String>> headers) {

    private static final String ATTRIBUTE = FirstUse.class.getName();

    /** The response to write to: this one, or a copy if it belongs to another request. */
    static MutableHttpResponse<?> response(
        HttpRequest<?> request, MutableHttpResponse<?> response) {
      FirstUse first;
      synchronized (response) {
        first = response.getAttribute(ATTRIBUTE, FirstUse.class).orElse(null);
        if (first == null) {
          response.setAttribute(ATTRIBUTE, of(request, response));
          return response;
        }
      }
      return first.request.get() == request ? response : first.copy(request, response);
    }

    private static FirstUse of(HttpRequest<?> request, MutableHttpResponse<?> response) {
      Map<String, List<String>> headers = new HashMap<>();
      for (String name : CorsAdapter.responseHeaders()) {
        if (response.getHeaders().contains(name)) {
          headers.put(name, response.getHeaders().getAll(name));
        }
      }
      return new FirstUse(new WeakReference<>(request), headers);
    }

    private MutableHttpResponse<?> copy(HttpRequest<?> now, MutableHttpResponse<?> response) {
      MutableHttpResponse<Object> copy = HttpResponse.status(response.code(), response.reason());
      response.getHeaders().forEachValue((name, value) -> copy.header(name, value));
      for (String name : CorsAdapter.responseHeaders()) {
        copy.getHeaders().remove(name);
        headers.getOrDefault(name, List.of()).forEach(value -> copy.header(name, value));
      }
      response.getAttributes().forEach((name, value) -> copy.setAttribute(name, value));
      copy.setAttribute(ATTRIBUTE, new FirstUse(new WeakReference<>(now), headers));
      return copy.body(response.body());
    }
  }
}
