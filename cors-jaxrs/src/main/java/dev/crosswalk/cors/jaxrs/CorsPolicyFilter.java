package dev.crosswalk.cors.jaxrs;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
import dev.crosswalk.cors.CorsAdapter.OtherFilter;
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
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * <p>Preflights are answered before any other filter, so before authentication, and before resource
 * matching. All other responses get their headers after every other filter.
 *
 * <p>Register it without a priority: it has its own, and Jersey ignores a priority that is not
 * positive.
 *
 * <p>For a policy per resource, give the filter a {@link Cors#byPath(java.util.Map) Cors.byPath}.
 * Its paths are complete: they include the context path and {@code @ApplicationPath}. Name binding
 * and {@code DynamicFeature} cannot bind a filter to a resource instead, because a preflight is
 * answered before resource matching. Each application needs its own filter.
 *
 * <p>Known limits:
 *
 * <ul>
 *   <li>On Quarkus use {@code cors-quarkus}: its security runs before JAX-RS filters.
 *   <li>Jersey and CXF run no response filter if an exception has no mapper. The answer 500 then
 *       lacks the headers, and a browser shows a CORS error instead of it. Register an {@link
 *       UnmappedExceptionMapper}, too.
 *   <li>JAX-RS does not see what its container answers on its own: requests that are not valid
 *       HTTP, constraints in a {@code web.xml}, WebSockets, on Grizzly, Undertow and CXF a query
 *       such as {@code ?a=%zz}, on RESTEasy an {@code Accept} or a {@code Content-Type} that is no
 *       media type, and such a {@code Content-Type} on Jersey in a servlet container. Exempt the
 *       method {@code OPTIONS} from container-managed security.
 *   <li>If a response filter of the application throws, the response loses the headers, in every
 *       implementation, because response filters run only once. Let that filter catch its
 *       exceptions.
 *   <li>A {@code WriterInterceptor} or a {@code MessageBodyWriter} of the application comes after
 *       every filter. What it writes into {@code Access-Control-Allow-Origin} is sent, for pages of
 *       every origin, and {@code Vary} loses {@code Origin} if it sets that header. It must not set
 *       CORS headers, and must add to {@code Vary}.
 *   <li>Register only one filter. Of two, an implementation keeps one. The log says so at the first
 *       request, if the implementation injects a {@code Configuration}, and the other filter was
 *       made before the application started.
 *   <li>Do not return one {@code Response} object for several requests, such as a {@code static
 *       final Response}. A response filter writes into that object, so requests at the same time
 *       mix their headers, and the next request finds those of the last. JAX-RS lets no filter
 *       answer with a copy. Keep the {@code ResponseBuilder}, and call {@code clone().build()}.
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

        /** On RESTEasy, that of the target {@code http://api.example} is empty. */
        @Override
        public String path(ContainerRequestContext request) {
          String path = request.getUriInfo().getRequestUri().getRawPath();
          return path.isEmpty() ? "/" : path; // RFC 9110 §4.2.3
        }

        @Override
        public @Nullable String header(ContainerRequestContext request, String name) {
          return RequestReader.combine(request.getHeaders().get(name));
        }

        /**
         * HTTP/2 has an authority instead of Host. RESTEasy on Vert.x does not turn it into a
         * header.
         */
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

  private static final AtomicInteger FILTERS = new AtomicInteger();

  /**
   * What is decided about a request as the client sent it. Other filters may change its path and
   * its method before the response.
   *
   * @param headers those of the request, which tell it from others
   */
  private record Kept(CorsDecision decision, Object headers) {

    /**
     * Whether it is about this request. On the JDK's server, RESTEasy shares properties between
     * requests, and each request has one object for its headers. CXF makes a new one whenever it is
     * asked, and shares nothing.
     */
    boolean isAbout(ContainerRequestContext request) {
      Object asked = request.getHeaders();
      boolean isNewEachTime = asked != request.getHeaders();
      return headers == asked || isNewEachTime;
    }
  }

  /**
   * Made, and not asked yet. Of two, an implementation drops one and asks it nothing: it is weak,
   * so that it does not stay for ever.
   */
  private static final Set<CorsPolicyFilter> UNASKED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final int number = FILTERS.incrementAndGet();

  /** The key of what is kept in a request's properties. Each filter has its own. */
  private final String property = CorsDecision.class.getName() + '#' + number;

  private final Cors cors;
  private final AtomicBoolean isAsked = new AtomicBoolean();

  /** The number of the first filter that was made when this one was registered already. */
  private volatile int nextApplication = Integer.MAX_VALUE;

  /** The implementation's, of each filter that it has registered; null if it injects nothing. */
  @Context private @Nullable Configuration configuration;

  /**
   * Makes a filter with the policy of {@link dev.crosswalk.cors.CorsConfiguration#load()}. An
   * implementation calls this for {@code register(CorsPolicyFilter.class)}, for {@code
   * getClasses()} and for a list of class names.
   *
   * @throws dev.crosswalk.cors.InvalidCorsPolicyException if nothing is configured, or the
   *     configuration is wrong; it lists all problems
   */
  public CorsPolicyFilter() {
    this(CorsConfiguration.load());
  }

  /**
   * Makes a filter that applies a policy, and logs the policy's warnings.
   *
   * @param cors the policy, or what chooses one
   * @throws NullPointerException if the policy is null
   * @throws IllegalStateException if there is no implementation of {@code jakarta.ws.rs}; one of
   *     {@code javax.ws.rs} would never call the filter
   */
  public CorsPolicyFilter(Cors cors) {
    this.cors = CorsAdapter.requirePolicy(cors, "CorsPolicyFilter");
    cors.logWarnings();
    requireImplementation();
    for (CorsPolicyFilter earlier : unasked()) {
      if (earlier.configuration != null) {
        earlier.nextApplication = Math.min(earlier.nextApplication, number);
      }
    }
    UNASKED.add(this);
  }

  private static List<CorsPolicyFilter> unasked() {
    synchronized (UNASKED) {
      return List.copyOf(UNASKED);
    }
  }

  /** Says at the first request what else there is for CORS, which may refuse, or be dropped. */
  private void lookAround() {
    UNASKED.remove(this);
    if (configuration == null) {
      return;
    }
    List<? extends Class<?>> filters =
        Stream.concat(
                configuration.getClasses().stream(),
                configuration.getInstances().stream().map(Object::getClass))
            .filter(type -> type != CorsPolicyFilter.class && isFilter(type))
            .toList();
    Set<String> named =
        CorsAdapter.warnOfOtherFilters(
                cors,
                "CorsPolicyFilter",
                filters.stream()
                    .map(type -> new OtherFilter(type.getName(), mayComeFirst(type)))
                    .toList())
            .stream()
            .map(OtherFilter::className)
            .collect(Collectors.toSet());
    filters.stream()
        .filter(type -> hasSamePriority(type) && !named.contains(type.getName()))
        .forEach(CorsPolicyFilter::warnOfSamePriority);
    List<CorsPolicyFilter> unregistered =
        unasked().stream()
            .filter(other -> other.configuration == null && other.number < nextApplication)
            .toList();
    unregistered.forEach(UNASKED::remove);
    // Helidon asks an application twice for its filters, and then both have the same policy.
    if (unregistered.stream().anyMatch(other -> !other.cors.equals(cors))) {
      CorsAdapter.warn(
          "A second CorsPolicyFilter was made before the application started, and is not"
              + " registered: an application registers only one of two. If it is not for another"
              + " application, remove one, or give one filter a policy for each path, with"
              + " Cors.byPath(…).");
    }
  }

  private static boolean hasSamePriority(Class<?> type) {
    Priority priority = type.getAnnotation(Priority.class);
    return priority != null && priority.value() == Integer.MIN_VALUE;
  }

  /** Whether it may answer a preflight before the policy is asked. */
  private static boolean mayComeFirst(Class<?> type) {
    return hasSamePriority(type)
        && type.isAnnotationPresent(PreMatching.class)
        && ContainerRequestFilter.class.isAssignableFrom(type);
  }

  /** Of two with one priority, either may see a request first, or write to a response last. */
  private static void warnOfSamePriority(Class<?> filter) {
    boolean mayComeLast = ContainerResponseFilter.class.isAssignableFrom(filter);
    String before = mayComeFirst(filter) ? "answer preflights before the policy" : "";
    String after =
        before.isEmpty() ? "write headers after the policy" : ", and write headers after it";
    if (mayComeLast || !before.isEmpty()) {
      CorsAdapter.warn(
          filter.getName()
              + " has the same priority as CorsPolicyFilter, Integer.MIN_VALUE, so it may "
              + before
              + (mayComeLast ? after : "")
              + ". Give it a higher number.");
    }
  }

  private static boolean isFilter(Class<?> type) {
    return ContainerRequestFilter.class.isAssignableFrom(type)
        || ContainerResponseFilter.class.isAssignableFrom(type);
  }

  /** Every answer to a preflight needs an implementation. It is better to fail now. */
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
   * Answers a preflight, and keeps what is decided about any request. Response filters run for the
   * answer to a preflight, too.
   *
   * @param request the request
   */
  @Override
  public void filter(ContainerRequestContext request) {
    if (!isAsked.get() && !isAsked.getAndSet(true)) {
      lookAround();
    }
    CorsDecision decision = cors.decide(request, READER);
    request.setProperty(property, new Kept(decision, request.getHeaders()));
    if (decision instanceof Respond respond) {
      request.abortWith(Response.status(respond.status()).build());
    }
  }

  /**
   * Writes the headers to any response.
   *
   * @param request the request
   * @param response the response to it
   */
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    CorsDecision decision =
        request.getProperty(property) instanceof Kept kept && kept.isAbout(request)
            ? kept.decision()
            : cors.decideAgain(request, READER);
    decision.writeTo(response, WRITER);
  }
}
