package dev.crosswalk.cors.javalin;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
import dev.crosswalk.cors.servlet.CorsPolicyFilter;
import io.javalin.config.EventConfig;
import io.javalin.config.JettyConfig;
import io.javalin.event.HandlerMetaInfo;
import jakarta.servlet.ServletContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Applies a {@link Cors}, usually a policy, to a Javalin application:
 *
 * <pre>{@code
 * Javalin.create(config -> config.registerPlugin(new CorsPolicyPlugin(policy)));
 * }</pre>
 *
 * <p>A policy from {@code cors.properties} or the environment is {@link
 * dev.crosswalk.cors.CorsConfiguration#load()}.
 *
 * <p>Its place in the configuration does not matter: a {@link CorsPolicyFilter} in front of Javalin
 * applies the policy. It answers preflights before any {@code before} handler. Every other response
 * gets the policy's headers, including errors, static files and streams. The response that opens a
 * WebSocket gets none of them.
 *
 * <p>Works with Javalin 6 and 7 and their own server. If another container mounts the application
 * with {@code javalinServlet()}, register the {@link CorsPolicyFilter} in that container instead of
 * this plugin.
 *
 * <p>Known limits: it does not cover what Jetty answers itself: a malformed request, a path outside
 * the application's context path, and that path without the trailing slash. Jetty redirects {@code
 * /shop} to {@code /shop/}, and browsers do not follow a redirect of a preflight, so let the page
 * call {@code /shop/}. Jetty removes {@code Vary} from its page for {@code
 * HttpServletResponse.sendError}, which no cache may store.
 */
public final class CorsPolicyPlugin extends PluginOfJavalin6Or7 {

  private final Cors cors;
  private final AtomicBoolean warnedOfOwnPlugin = new AtomicBoolean();

  /**
   * Makes a plugin. The warnings of its policy are logged when the server starts.
   *
   * @param cors the policy, or what chooses one
   * @throws NullPointerException if {@code cors} is null
   * @throws IllegalStateException if this is neither Javalin 6 nor 7
   */
  public CorsPolicyPlugin(Cors cors) {
    // The filter that the server gets logs the warnings.
    this.cors = CorsAdapter.requirePolicy(cors, "CorsPolicyPlugin");
  }

  /** Javalin reports every handler that is added, including those of its own CORS plugin. */
  @Override
  void watch(EventConfig events) {
    events.handlerAdded(this::warnOfOwnPlugin);
  }

  private void warnOfOwnPlugin(HandlerMetaInfo added) {
    if (added.getHandler().getClass().getName().startsWith("io.javalin.plugin.bundled.CorsPlugin")
        && !warnedOfOwnPlugin.getAndSet(true)) {
      CorsAdapter.warnOfLayer(
          cors,
          "Javalin's own CORS plugin is enabled beside CorsPolicyPlugin. It answers 400 to"
              + " origins that it does not know, whatever the policy allows. Remove"
              + " bundledPlugins.enableCors(…) from the configuration.");
    }
  }

  /**
   * ServletContextHandler is in a different package in the Jetty of Javalin 6. So no type of Jetty
   * may appear here, which is why there is a raw type, and reflection.
   */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  void install(JettyConfig jetty) {
    Consumer modification = handler -> CorsPolicyFilter.register(servletContext(handler), cors);
    jetty.modifyServletContextHandler(modification);
  }

  private static ServletContext servletContext(Object servletContextHandler) {
    try {
      return (ServletContext)
          servletContextHandler
              .getClass()
              .getMethod("getServletContext")
              .invoke(servletContextHandler);
    } catch (ReflectiveOperationException e) {
      throw unsupported(e);
    }
  }
}
