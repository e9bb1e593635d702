package dev.crosswalk.cors.javalin;

import dev.crosswalk.cors.Cors;
import io.javalin.config.JettyConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Applies a {@link Cors}, most often a policy, to a Javalin application:
 *
 * <pre>{@code
 * Javalin.create(config -> config.registerPlugin(new CorsPolicyPlugin(policy)));
 * }</pre>
 *
 * <p>A policy from {@code cors.properties} or the environment is {@link Cors#fromConfiguration()}.
 *
 * <p>Where in the configuration this stands does not matter: the policy is applied by a servlet
 * filter in front of Javalin. Preflights are answered there, before any {@code before} handler, and
 * every response has the policy's headers, also those of errors, of static files and of handlers
 * that stream. What handlers set themselves in {@code Vary} is kept; {@code
 * Access-Control-Allow-Origin}, {@code -Allow-Credentials} and {@code -Expose-Headers} are the
 * policy's. The response that opens a WebSocket has none of them.
 *
 * <p>Works with Javalin 6 and 7, and their own server; an application that another container mounts
 * by {@code javalinServlet()} takes {@link #filter} instead. Known limits: it does not cover what
 * Jetty answers before or instead of the application: a malformed request, a path outside the
 * application's context path. Jetty removes {@code Vary} from the page it makes for {@code
 * HttpServletResponse.sendError}, which no cache may store anyway.
 */
public final class CorsPolicyPlugin extends PluginOfJavalin6Or7 {

  private final Cors cors;

  /**
   * Makes a plugin, and logs the warnings of its policy.
   *
   * @param cors what decides
   * @throws NullPointerException if {@code cors} is null
   * @throws IllegalStateException if this is neither Javalin 6 nor 7
   */
  public CorsPolicyPlugin(Cors cors) {
    this.cors = requirePolicy(cors);
  }

  /**
   * Makes the servlet filter that applies a policy, for an application without Javalin's own
   * server: one whose {@code javalinServlet()} another container mounts. It takes the plugin's
   * place. Let it come first, for all paths, and support asynchronous requests:
   *
   * <pre>{@code
   * FilterRegistration.Dynamic cors =
   *     servletContext.addFilter("cors", CorsPolicyPlugin.filter(policy));
   * cors.setAsyncSupported(true);
   * cors.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
   * }</pre>
   *
   * @param cors what decides; its warnings are logged
   * @return a filter for any container of Servlet 5 or later
   * @throws NullPointerException if {@code cors} is null
   */
  public static Filter filter(Cors cors) {
    return new PolicyFilter(requirePolicy(cors), false);
  }

  private static Cors requirePolicy(Cors cors) {
    Objects.requireNonNull(
        cors, "The policy is null: give CorsPolicyPlugin one, or CorsPolicy.none()");
    cors.logWarnings();
    return cors;
  }

  /**
   * ServletContextHandler is in another package in the Jetty of Javalin 6, so that no type of
   * Jetty's may appear here: hence the raw type, and reflection in {@link #addFilter}.
   */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  void install(JettyConfig jetty) {
    Consumer modification = this::addFilter;
    jetty.modifyServletContextHandler(modification);
  }

  private void addFilter(Object servletContextHandler) {
    ServletContext context;
    try {
      context =
          (ServletContext)
              servletContextHandler
                  .getClass()
                  .getMethod("getServletContext")
                  .invoke(servletContextHandler);
    } catch (ReflectiveOperationException e) {
      throw unsupported(e);
    }
    FilterRegistration.Dynamic filter =
        context.addFilter(CorsPolicyPlugin.class.getName(), new PolicyFilter(cors, true));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
        false, // ahead of the filters that are there already
        "/*");
  }
}
