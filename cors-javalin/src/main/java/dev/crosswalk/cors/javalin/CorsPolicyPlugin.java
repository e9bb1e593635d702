package dev.crosswalk.cors.javalin;

import dev.crosswalk.cors.Cors;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JavalinState;
import io.javalin.config.JettyConfig;
import io.javalin.plugin.Plugin;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
 * <p>Works with Javalin 6 and 7. Known limits: only Javalin's own server has such a filter, so that
 * an application that is mounted in another container by {@code javalinServlet()} is not covered.
 * Nor is what Jetty answers before or instead of the application: a malformed request, a path
 * outside the application's context path. Jetty takes {@code Vary} from the page it makes for
 * {@code HttpServletResponse.sendError}, which no cache may store anyway.
 */
public final class CorsPolicyPlugin extends Plugin<Void> {

  private final Cors cors;

  /**
   * Makes a plugin, and logs the warnings of its policy.
   *
   * @param cors what decides
   * @throws NullPointerException if {@code cors} is null
   * @throws IllegalStateException if this is neither Javalin 6 nor 7
   */
  public CorsPolicyPlugin(Cors cors) {
    super(null, null);
    requireSupported(Plugin.class);
    this.cors =
        Objects.requireNonNull(
            cors, "The policy is null: give CorsPolicyPlugin one, or CorsPolicy.none()");
    cors.logWarnings();
  }

  /** A later Javalin might call neither method below, and nobody would notice that. */
  static void requireSupported(Class<?> plugin) {
    boolean supported =
        Arrays.stream(plugin.getMethods())
            .filter(method -> method.getName().equals("onStart") && method.getParameterCount() == 1)
            .map(method -> method.getParameterTypes()[0].getName())
            .anyMatch(
                type ->
                    type.equals("io.javalin.config.JavalinState")
                        || type.equals("io.javalin.config.JavalinConfig"));
    if (!supported) {
      throw unsupported(null);
    }
  }

  private static IllegalStateException unsupported(@Nullable Exception cause) {
    return new IllegalStateException(
        "CorsPolicyPlugin supports Javalin 6 and 7, and this is another version: use a version of"
            + " cors-javalin that supports it",
        cause);
  }

  /**
   * Installs the filter in Javalin 7.
   *
   * @param state Javalin's configuration
   */
  @Override
  public void onStart(JavalinState state) {
    install(state.jetty);
  }

  /**
   * Installs the filter in Javalin 6, whose plugins start with this method instead.
   *
   * @param config Javalin's configuration
   */
  public void onStart(JavalinConfig config) {
    install(config.jetty);
  }

  /**
   * ServletContextHandler is in another package in the Jetty of Javalin 6, so that no type of
   * Jetty's may appear here: hence the raw type, and reflection in {@link #addFilter}.
   */
  @SuppressWarnings({"rawtypes", "unchecked"})
  private void install(JettyConfig jetty) {
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
        context.addFilter(CorsPolicyPlugin.class.getName(), new PolicyFilter(cors));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
        false, // ahead of the filters that are there already
        "/*");
  }
}
