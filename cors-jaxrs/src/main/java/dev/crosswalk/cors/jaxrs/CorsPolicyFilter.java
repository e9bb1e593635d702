package dev.crosswalk.cors.jaxrs;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsDecision.Respond;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.ResponseWriter;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.RuntimeDelegate;
import org.jspecify.annotations.Nullable;

/**
 * Applies a policy to every request of a JAX-RS application. Register an instance of it:
 *
 * <pre>{@code
 * new ResourceConfig(Books.class).register(new CorsPolicyFilter(policy)); // Jersey
 *
 * public Set<Object> getSingletons() { // any Application
 *   return Set.of(new CorsPolicyFilter(policy));
 * }
 * }</pre>
 *
 * <p>{@code new CorsPolicyFilter(CorsConfiguration.load())} takes the policy from {@code
 * cors.properties} and the environment.
 *
 * <p>Preflights are answered before any other filter, so before authentication, and before a
 * resource is looked for. All other responses get their headers after every other filter.
 *
 * <p>Register it without a priority: it has its own, and Jersey ignores a registered one that is
 * not positive.
 *
 * <p>A policy for each resource is a policy for each path: give the filter a {@link
 * Cors#byPath(java.util.Map) Cors.byPath}. Its paths are whole, with that of the context and of
 * {@code @ApplicationPath}. No filter can be bound to a resource instead, by a name or by a {@code
 * DynamicFeature}: a preflight comes before any resource is looked for. Each application has a
 * filter of its own.
 *
 * <p>Known limits:
 *
 * <ul>
 *   <li>Jersey, CXF and Quarkus run no response filter if an exception has no mapper, so that the
 *       answer 500 lacks the headers and a browser shows a CORS error in place of it. Register an
 *       {@link UnmappedExceptionMapper} in addition.
 *   <li>JAX-RS does not see what its container answers on its own: requests that are no HTTP,
 *       constraints in a {@code web.xml}, WebSockets, and on Grizzly, Undertow and CXF a query such
 *       as {@code ?a=%zz}. Let container-managed security exempt the method {@code OPTIONS}.
 *   <li>An exception that a response filter of the application throws takes the headers away, in
 *       every implementation: response filters run once. Let that filter catch its exceptions.
 *   <li>Register one filter. Of two, an implementation keeps one, and most log that they drop the
 *       other.
 *   <li>Where another pre-matching filter changes the request's URI, the response is decided about
 *       by the changed one: state the same policy for both paths.
 * </ul>
 */
// The lowest number comes first among request filters, and last among response filters.
@PreMatching
@Priority(Integer.MIN_VALUE)
public final class CorsPolicyFilter implements ContainerRequestFilter, ContainerResponseFilter {

  private static final RequestReader<ContainerRequestContext> READER =
      new RequestReader<>() {
        @Override
        public String method(ContainerRequestContext request) {
          return request.getMethod();
        }

        @Override
        public String path(ContainerRequestContext request) {
          return request.getUriInfo().getRequestUri().getRawPath();
        }

        @Override
        public @Nullable String header(ContainerRequestContext request, String name) {
          return RequestReader.combine(request.getHeaders().get(name));
        }

        /** HTTP/2 has an authority in place of Host; RESTEasy on Vert.x makes no header of it. */
        @Override
        public @Nullable String authority(ContainerRequestContext request) {
          return request.getUriInfo().getRequestUri().getRawAuthority();
        }
      };

  // RESTEasy on Netty writes only the last of several lines: putSingle, never add.
  private static final ResponseWriter<ContainerResponseContext> WRITER =
      new ResponseWriter<>() {
        // Not getStringHeaders(): on Jersey its names are case-sensitive.
        @Override
        public @Nullable String get(ContainerResponseContext response, String name) {
          return response.getHeaderString(name);
        }

        @Override
        public void set(ContainerResponseContext response, String name, String value) {
          response.getHeaders().putSingle(name, value);
        }

        @Override
        public void remove(ContainerResponseContext response, String name) {
          response.getHeaders().remove(name);
        }
      };

  /**
   * Not a header that is ever sent: its value is a {@link Respond}, for the response filter. There
   * is no better pocket. A property of the request is shared between requests on one server, an
   * entity gets a type and a coding, and a field of this filter would be shared between requests.
   * Response filters between the two see the object; ours is the last, and removes it.
   */
  private static final String DECISION = "Crosswalk-Decision";

  private final Cors cors;

  /**
   * Makes a filter that applies what {@link dev.crosswalk.cors.CorsConfiguration#load()} finds.
   * This is what an implementation makes of {@code register(CorsPolicyFilter.class)}, of {@code
   * getClasses()} and of a list of class names.
   *
   * @throws dev.crosswalk.cors.InvalidCorsPolicyException if nothing is configured, or something is
   *     wrong; it lists all problems
   */
  public CorsPolicyFilter() {
    this(CorsConfiguration.load());
  }

  /**
   * Makes a filter that applies a policy, and logs the policy's warnings.
   *
   * @param cors the policy
   * @throws IllegalStateException if there is no implementation of {@code jakarta.ws.rs}; one of
   *     {@code javax.ws.rs} would never call the filter
   */
  public CorsPolicyFilter(Cors cors) {
    this.cors = CorsAdapter.requirePolicy(cors, "CorsPolicyFilter");
    requireImplementation();
  }

  /** Every answer to a preflight needs one: better to miss it now. */
  private static void requireImplementation() {
    try {
      RuntimeDelegate.getInstance();
    } catch (RuntimeException | LinkageError e) {
      throw CorsAdapter.unsupported(
          "CorsPolicyFilter",
          "Jakarta REST 3.0 to 4.0 (Jersey 3.0 to 4.0, RESTEasy 6.2 and 7.0, CXF 4.0 to 4.2), and"
              + " not the older javax.ws.rs",
          e);
    }
  }

  /**
   * Answers a preflight. Response filters run for that answer, too: the decision travels to the
   * other method as a header of the answer, so that status and headers are of one mind even if the
   * policy is reloaded in between.
   *
   * @param request the request
   */
  @Override
  public void filter(ContainerRequestContext request) {
    if (cors.decide(request, READER) instanceof Respond respond) {
      // Not as its entity: implementations choose a type and a coding for that.
      request.abortWith(Response.status(respond.status()).header(DECISION, respond).build());
    }
  }

  /**
   * Writes the headers to any response. It decides again, because a property of the request is no
   * place to keep the decision: one server shares properties between requests.
   *
   * @param request the request
   * @param response the response to it
   */
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    CorsDecision decision =
        response.getHeaders().getFirst(DECISION) instanceof Respond respond
            ? respond
            : cors.decideAgain(request, READER);
    response.getHeaders().remove(DECISION);
    decision.writeTo(response, WRITER);
  }
}
