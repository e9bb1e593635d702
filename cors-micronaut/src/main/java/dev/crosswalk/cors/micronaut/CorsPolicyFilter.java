package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision.Respond;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.ResponseWriter;
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
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Applies a policy to every request of a Micronaut server. Nothing is to be registered: with this
 * artifact on the class path, a policy in {@code application.yml} is enough,
 *
 * <pre>{@code
 * cors:
 *   allowed-origins: https://app.example.com
 *   allowed-methods: [PUT, DELETE]
 * }</pre>
 *
 * <p>with the names that {@link dev.crosswalk.cors.CorsPolicy#toString()} shows, per environment as
 * everything in Micronaut, and with more policies under {@code cors.policies.<name>} as {@link
 * dev.crosswalk.cors.CorsConfiguration#load()} has them; in the environment {@code prod} the rules
 * for production hold. Or a bean that is a {@link Cors}; both at once are an error.
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
 * <p>It takes the place of Micronaut's own filter, which without any configuration answers 403 to
 * every cross-origin request for {@code localhost}. So {@code micronaut.server.cors} and {@code
 * CrossOrigin} have no effect then, of which a warning tells where the former is enabled. Without a
 * policy all of that is as it was.
 *
 * <p>Preflights are answered before any other filter, so before Micronaut Security, and before a
 * route is looked for; all other responses get their headers after every other filter, also outside
 * of {@code micronaut.server.context-path}.
 *
 * <p>Known limits: a stream that fails before its first item is answered by Micronaut without
 * asking filters. So is the request on which a filter of the application answers nothing, an empty
 * publisher. So is what it refuses before it has a request, such as headers that are too large, or
 * a query such as {@code ?a=%zz}. A filter of the application that has the highest precedence, too,
 * may come before this one, and its answers then lack the headers: give it the next, {@code
 * Ordered.HIGHEST_PRECEDENCE + 1}. The response that opens a WebSocket has the headers, too, where
 * nobody looks at them: filters cannot tell it from others.
 */
@ServerFilter(value = ServerFilter.MATCH_ALL_PATTERN, appendContextPath = false)
@Replaces(CorsFilter.class)
@Requires(beans = Cors.class)
public final class CorsPolicyFilter implements Ordered {

  private static final RequestReader<HttpRequest<?>> READER =
      new RequestReader<>() {
        @Override
        public String method(HttpRequest<?> request) {
          return request.getMethodName();
        }

        // Not getUri(): there a path with two leading slashes is a host.
        @Override
        public String path(HttpRequest<?> request) {
          return request.getPath();
        }

        // getAll makes a list even if there is nothing to put into it.
        @Override
        public @Nullable String header(HttpRequest<?> request, String name) {
          return request.getHeaders().get(name) == null
              ? null
              : RequestReader.combine(request.getHeaders().getAll(name));
        }
      };

  private static final ResponseWriter<MutableHttpResponse<?>> WRITER =
      new ResponseWriter<>() {
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
      };

  private final Cors cors;

  /**
   * Makes a filter that applies a policy, and logs the policy's warnings. Micronaut calls this.
   *
   * @param cors the policy
   */
  public CorsPolicyFilter(Cors cors) {
    this.cors =
        Objects.requireNonNull(
            cors, "CorsPolicyFilter needs a policy, and got null: pass CorsPolicy.none() for none");
    cors.logWarnings();
  }

  /** Nobody else says that settings have no effect. */
  @Inject
  void warnOf(HttpServerConfiguration.CorsConfiguration replaced) {
    if (replaced.isEnabled()) {
      System.getLogger("dev.crosswalk.cors")
          .log(
              System.Logger.Level.WARNING,
              "micronaut.server.cors is enabled, and has no effect beside this policy, which takes"
                  + " the place of Micronaut's own filter: remove those settings.");
    }
  }

  /** {@return the highest precedence: first to see a request, last to see its response} */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  /** Answers a preflight, whole: no response filter of this bean follows. */
  @PreMatching
  @RequestFilter
  @Nullable HttpResponse<?> respond(HttpRequest<?> request) {
    if (cors.decide(request, READER) instanceof Respond respond) {
      MutableHttpResponse<?> response = HttpResponse.status(HttpStatus.valueOf(respond.status()));
      respond.writeTo(response, WRITER);
      return response;
    }
    return null;
  }

  /**
   * Answers the opening of a WebSocket that a guard refuses. Micronaut looks for its route first,
   * and asks no filter before that.
   */
  @RequestFilter
  @Nullable HttpResponse<?> respondToHandshake(HttpRequest<?> request) {
    return has(request, "Upgrade", "websocket") && has(request, "Connection", "upgrade")
        ? respond(request)
        : null;
  }

  /** As Micronaut tells a handshake, so that no other request is decided about twice. */
  private static boolean has(HttpRequest<?> request, String name, String member) {
    String value = READER.header(request, name);
    return value != null
        && Stream.of(value.split(",")).anyMatch(each -> each.strip().equalsIgnoreCase(member));
  }

  /** Writes the headers to what another filter answered before a route was looked for. */
  @PreMatching
  @ResponseFilter
  void writeBeforeMatching(HttpRequest<?> request, MutableHttpResponse<?> response) {
    write(request, response);
  }

  /** Writes the headers to every other response. */
  @ResponseFilter
  void write(HttpRequest<?> request, MutableHttpResponse<?> response) {
    cors.decideAgain(request, READER).writeTo(response, WRITER);
  }
}
