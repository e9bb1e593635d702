package dev.crosswalk.cors.servlet;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
import dev.crosswalk.cors.CorsAdapter.OtherFilter;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Applies a {@link Cors}, usually a policy, to a web application, in any container of Servlet 5.0
 * to 6.1. Register it before the application starts, in one of three ways.
 *
 * <p>In code, for example in a {@code ServletContextListener} with {@code @WebListener}:
 *
 * <pre>{@code
 * public void contextInitialized(ServletContextEvent event) {
 *   CorsPolicyFilter.register(event.getServletContext(), policy);
 * }
 * }</pre>
 *
 * <p>In {@code web.xml}, as the first filter; the init-params are the settings of {@link
 * dev.crosswalk.cors.CorsConfiguration#load()}:
 *
 * <pre>{@code
 * <filter>
 *   <filter-name>cors</filter-name>
 *   <filter-class>dev.crosswalk.cors.servlet.CorsPolicyFilter</filter-class>
 *   <async-supported>true</async-supported>
 *   <init-param>
 *     <param-name>cors.allowed-origins</param-name>
 *     <param-value>https://app.example.com</param-value>
 *   </init-param>
 * </filter>
 * <filter-mapping>
 *   <filter-name>cors</filter-name>
 *   <url-pattern>/*</url-pattern>
 *   <dispatcher>REQUEST</dispatcher>
 *   <dispatcher>ASYNC</dispatcher>
 *   <dispatcher>ERROR</dispatcher>
 * </filter-mapping>
 * }</pre>
 *
 * <p>Without an init-param it takes what {@link dev.crosswalk.cors.CorsConfiguration#load()} finds:
 * {@code cors.properties} in {@code WEB-INF/classes}, the environment, system properties. The
 * init-param {@code file} names another file: a path of the server, or one of the application that
 * begins with {@code /WEB-INF/}.
 *
 * <p>Or in the way in which your framework registers filters: {@code new CorsPolicyFilter(policy)},
 * for all paths, with support for asynchronous requests, for the dispatcher types REQUEST, ASYNC
 * and ERROR, and before every other filter.
 *
 * <p>Preflights are answered before the other filters and the servlets. Every other response has
 * the policy's headers from the beginning: those of errors, of static files and of streams, and
 * those that another thread completes. What the application adds to {@code Vary} is kept; what it
 * writes into a header that the policy owns is not.
 *
 * <p>Known limits are those of the containers. A container's own security, such as a constraint in
 * {@code web.xml}, comes before every filter and refuses preflights: exempt the method {@code
 * OPTIONS} there. So does what the container refuses on its own: malformed requests, {@code OPTIONS
 * *}. Undertow and Payara remove all headers when an exception reaches them: add an error page.
 * Jetty removes {@code Vary} from the error pages that it makes itself, which no cache may store. A
 * guard that is to refuse WebSockets needs {@link #register}: Jetty opens them before the filters
 * of {@code web.xml}, and Tomcat before those that are mapped behind them.
 */
public final class CorsPolicyFilter implements Filter {

  private static final String NAME = "CorsPolicyFilter";
  private static final AtomicInteger FILTERS = new AtomicInteger();

  private final AtomicBoolean warnedOfSecond = new AtomicBoolean();
  private final AtomicBoolean warnedOfOuter = new AtomicBoolean();
  private final AtomicBoolean warnedOfEarlier = new AtomicBoolean();

  /** The key of the decision in a request's attributes. Each filter has its own. */
  private final String attribute = CorsDecision.class.getName() + '#' + FILTERS.incrementAndGet();

  private @Nullable Cors cors;

  /** The names of the filters that may come before this one; null if each may. */
  private @Nullable Set<String> earlier;

  private final AtomicBoolean isInitialized = new AtomicBoolean();

  /** For {@code web.xml}: {@link #init} loads the policy. */
  public CorsPolicyFilter() {}

  /**
   * Makes a filter, and logs the warnings of its policy.
   *
   * @param cors the policy, or what chooses one
   * @throws NullPointerException if {@code cors} is null
   */
  public CorsPolicyFilter(Cors cors) {
    this.cors = CorsAdapter.requirePolicy(cors, NAME);
    cors.logWarnings();
  }

  /**
   * Makes a filter for whoever registers it before every other one, as Spring Boot does with the
   * highest precedence. It is like any other, but does not say that another filter may come first,
   * which no container tells.
   *
   * @param cors the policy, or what chooses one
   * @return the filter
   * @throws NullPointerException if {@code cors} is null
   */
  public static CorsPolicyFilter placedFirst(Cors cors) {
    CorsPolicyFilter filter = new CorsPolicyFilter(cors);
    filter.earlier = Set.of();
    return filter;
  }

  /**
   * Registers a filter for all paths of a web application, before the filters of {@code web.xml}.
   * Filters that code has registered in this way earlier stay before it.
   *
   * @param context the web application, which is starting
   * @param cors the policy, or what chooses one; its warnings are logged
   * @throws NullPointerException if an argument is null
   * @throws IllegalStateException if the application has such a filter already, has started, or in
   *     Tomcat has not begun to start
   */
  public static void register(ServletContext context, Cors cors) {
    Objects.requireNonNull(context, "The servlet context is null: give the web application's");
    CorsPolicyFilter filter = new CorsPolicyFilter(cors);
    FilterRegistration.@Nullable Dynamic registration;
    try {
      boolean isSecond =
          context.getFilterRegistrations().values().stream()
              .anyMatch(other -> CorsPolicyFilter.class.getName().equals(other.getClassName()));
      filter.earlier = Set.copyOf(context.getFilterRegistrations().keySet());
      registration = isSecond ? null : context.addFilter(CorsPolicyFilter.class.getName(), filter);
    } catch (IllegalStateException | UnsupportedOperationException e) {
      throw new IllegalStateException(
          "CorsPolicyFilter has to be registered while the web application starts, not before and"
              + " not after: register it in a ServletContainerInitializer, or in contextInitialized"
              + " of a listener that has @WebListener, is declared in web.xml, or is added to the"
              + " context of an embedded server",
          e);
    }
    if (registration == null) {
      throw new IllegalStateException(
          "The web application has a CorsPolicyFilter already: remove one of the two, or give one"
              + " filter a policy for each path, with Cors.byPath(…)");
    }
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
        false, // before the filters of web.xml
        "/*");
  }

  /**
   * Loads the policy, unless the filter has one from code.
   *
   * @param config the init-params
   * @throws InvalidCorsPolicyException if the policy is wrong; it lists all problems
   * @throws IllegalArgumentException if an init-param has another name, or there are two policies
   */
  @Override
  public void init(FilterConfig config) {
    InitParameters parameters = InitParameters.of(config);
    if (cors == null) {
      cors = parameters.load();
      cors.logWarnings();
    } else {
      parameters.requireNone();
    }
    warnOfOthers(cors, config.getServletContext());
    // A second context is that of Spring Boot's actuator on its own port, which has other paths.
    if (!isInitialized.getAndSet(true)) {
      CorsAdapter.warnOfMissingContextPath(cors, config.getServletContext().getContextPath());
    }
  }

  /** A filter of somebody else's may refuse what the policy allows, and answer preflights. */
  private void warnOfOthers(Cors cors, ServletContext context) {
    List<OtherFilter> others = new ArrayList<>();
    context
        .getFilterRegistrations()
        .forEach(
            (name, registration) -> {
              String type = registration.getClassName();
              if (type != null && !type.equals(CorsPolicyFilter.class.getName())) {
                others.add(new OtherFilter(type, mayComeFirst(name, registration)));
              }
            });
    // Nor is such a filter told of again, by what it writes.
    if (CorsAdapter.warnOfOtherFilters(cors, NAME, others).stream()
        .anyMatch(OtherFilter::mayComeFirst)) {
      warnedOfOuter.set(true);
    }
  }

  /** No container tells the order of filters. Those for paths come before those for servlets. */
  private boolean mayComeFirst(String name, FilterRegistration registration) {
    return (earlier == null || earlier.contains(name))
        && !registration.getUrlPatternMappings().isEmpty();
  }

  /**
   * Answers a preflight, and passes another request on with a response that has the policy's
   * headers.
   *
   * @param request the request
   * @param response the response to it
   * @param chain what comes after this filter
   */
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    filter((HttpServletRequest) request, (HttpServletResponse) response, chain);
  }

  private void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    // A dispatch to an error page or to another path is about the request that the client sent.
    CorsDecision known = (CorsDecision) request.getAttribute(attribute);
    CorsDecision decision = known == null ? decide(request) : known;
    if (PolicyResponse.isOfAnother(response, this)) {
      warnOfSecond();
      filterBehindAnother(request, response, chain, decision);
    } else if (decision instanceof CorsDecision.Respond respond) {
      if (request.getDispatcherType() != DispatcherType.ERROR) {
        PolicyResponse wrapped = new PolicyResponse(response, decision, this);
        warnOfOuter(wrapped, known);
        wrapped.setStatus(respond.status());
        return;
      }
      // Another component has already answered, and this dispatch is for that answer's page.
      if (known == null) {
        warnOfEarlier(response);
      }
      chain.doFilter(request, response);
    } else if (CorsAdapter.opensWebSocket(request, ServletRequestReader.INSTANCE)) {
      PolicyResponse wrapped = PolicyResponse.toHandshake(response, decision, this);
      try {
        chain.doFilter(new PolicyRequest(request, wrapped), wrapped);
      } finally {
        wrapped.stopWaiting();
        warnOfOuter(wrapped, known);
      }
    } else {
      PolicyResponse wrapped = new PolicyResponse(response, decision, this);
      warnOfOuter(wrapped, known);
      chain.doFilter(new PolicyRequest(request, wrapped), wrapped);
    }
  }

  /** The response has the headers of the other filter's policy. This one can only refuse. */
  private static void filterBehindAnother(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      CorsDecision decision)
      throws IOException, ServletException {
    if (decision instanceof CorsDecision.Respond respond
        && request.getDispatcherType() != DispatcherType.ERROR) {
      response.setStatus(respond.status());
    } else {
      chain.doFilter(request, response);
    }
  }

  private CorsDecision decide(HttpServletRequest request) {
    CorsDecision decision =
        Objects.requireNonNull(cors, "The container has not initialized CorsPolicyFilter")
            .decide(request, ServletRequestReader.INSTANCE);
    request.setAttribute(attribute, decision);
    return decision;
  }

  private void warnOfSecond() {
    if (!warnedOfSecond.getAndSet(true)) {
      CorsAdapter.warnOfSecond(NAME);
    }
  }

  /**
   * Its values may be those of the policy, and still it answers preflights by its own lists. On a
   * later dispatch the headers are those that this filter has written before.
   */
  private void warnOfOuter(PolicyResponse written, @Nullable CorsDecision known) {
    if (known == null && written.hadHeaders() && !warnedOfOuter.getAndSet(true)) {
      CorsAdapter.warn(
          "Something before CorsPolicyFilter writes CORS headers. It may answer preflights, so that"
              + " the policy is never asked. Look for a second CORS layer, such as a filter, a"
              + " valve, or Jetty's CrossOriginHandler, and remove it. This is logged once.");
    }
  }

  private void warnOfEarlier(HttpServletResponse response) {
    if (!warnedOfEarlier.getAndSet(true)) {
      CorsAdapter.warn(
          "A preflight was answered with "
              + response.getStatus()
              + " before it reached CorsPolicyFilter. "
              + (response.getStatus() == HttpServletResponse.SC_NOT_FOUND
                  ? "Tomcat asks no filter about a path that has no servlet: map one to \"/\", or"
                      + " let the page call another path."
                  : "Let the filter come before all others, and exempt the method OPTIONS from the"
                      + " container's security constraints.")
              + " This is logged once.");
    }
  }
}
