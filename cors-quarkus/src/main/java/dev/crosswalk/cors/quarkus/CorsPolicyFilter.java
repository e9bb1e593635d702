package dev.crosswalk.cors.quarkus;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
import dev.crosswalk.cors.FrameworkSettings;
import dev.crosswalk.cors.vertx.CorsPolicyHandler;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Applies a policy to every request of a Quarkus application. There is nothing to register: with
 * this artifact as a dependency, a policy in {@code application.properties} is enough,
 *
 * <pre>{@code
 * cors.allowed-origins=https://app.example.com
 * cors.allowed-methods=PUT, DELETE
 * }</pre>
 *
 * <p>with the names that {@link dev.crosswalk.cors.CorsPolicy#toString()} shows, in every source of
 * Quarkus' configuration, per profile. In the profile {@code prod} the rules for production apply.
 * Or produce a bean of the type {@link Cors}; both at once are an error:
 *
 * <pre>{@code
 * @Produces
 * @Singleton
 * Cors policy() {
 *   return CorsPolicy.builder().allowOrigins("https://app.example.com").build();
 * }
 * }</pre>
 *
 * <p>Preflights are answered before everything else: before authentication and authorization,
 * before the application's own {@code @RouteFilter}s, and before Quarkus looks for a route. Every
 * other response has the headers, including REST resources, routes, static files, {@code /q/*},
 * 401, 403, 404, 405 and 500.
 *
 * <p>Quarkus' own CORS, {@code quarkus.http.cors.enabled}, refuses origins that this policy allows.
 * So an application with both does not start.
 *
 * <p>In development, the Dev UI keeps its own CORS, which lets no other page read it.
 *
 * <p>Known limits: Quarkus asks no filter about requests outside {@code quarkus.http.root-path}, on
 * the port of its management interface, or that its HTTP server refuses itself, such as {@code
 * OPTIONS *} or a malformed path. With {@code quarkus.http.proxy.enable-forwarded-host} or {@code
 * allow-forwarded} Quarkus replaces {@code Host} before any filter: let the proxy set {@code
 * X-Forwarded-Host} or {@code Forwarded}.
 */
@Singleton
public final class CorsPolicyFilter {

  /**
   * Above all that can answer: Quarkus' own filters (CORS 300, authentication 200), and the routes
   * of extensions, of which load shedding has the order -1,000,000,000. What comes before, such as
   * the access log, has the order of {@code Integer.MIN_VALUE}, which no priority reaches.
   */
  private static final int PRIORITY = Integer.MAX_VALUE;

  /** The beginning of the reason that Quarkus' own CORS gives for its 403. */
  private static final String REJECTED = "CORS Rejected";

  private final AtomicBoolean warnedOfOwn = new AtomicBoolean();

  CorsPolicyFilter() {}

  /** Quarkus calls this when the application starts. */
  void register(@Observes Filters filters, Config config, Instance<Cors> beans) {
    SmallRyeConfig settings = config.unwrap(SmallRyeConfig.class);
    Ignored.warn(settings);
    Cors cors = policy(settings, beans);
    if (cors == null) {
      FrameworkSettings.warnOfNoPolicy("cors-quarkus");
      return;
    }
    if (config.getOptionalValue("quarkus.http.cors.enabled", Boolean.class).orElse(false)) {
      throw new IllegalStateException(
          "quarkus.http.cors.enabled is true, and Quarkus' own CORS would refuse origins that the"
              + " policy of cors-quarkus allows: remove the settings quarkus.http.cors.*");
    }
    String outside = outside(config);
    if (outside != null) {
      CorsAdapter.warn(outside);
    }
    CorsAdapter.warnOfMissingContextPath(cors, root(config));
    CorsPolicyHandler handler = CorsPolicyHandler.placedOnPurpose(cors);
    String devUi = LaunchMode.current().isDev() ? pages(config) + "/dev-ui" : null;
    filters.register(
        context -> {
          if (devUi != null && isBelow(context.normalizedPath(), devUi)) {
            context.next();
            return;
          }
          // Quarkus refuses only what has an origin. No other request needs the handler.
          if (!warnedOfOwn.get() && context.request().headers().contains(HttpHeaders.ORIGIN)) {
            context.addHeadersEndHandler(ended -> warnOfOwn(cors, context.response()));
          }
          handler.handle(context);
        },
        PRIORITY);
  }

  /**
   * Returns what to say if Quarkus' own pages are where it asks no filter; null if they are not.
   */
  static @Nullable String outside(Config config) {
    String root = root(config);
    String pages = pages(config);
    return isBelow(pages, root)
        ? null
        : "The responses below "
            + (pages.isEmpty() ? "/" : pages)
            + " have no CORS headers, because Quarkus asks no filter outside of"
            + " quarkus.http.root-path, which is "
            + root
            + ". Set quarkus.http.non-application-root-path to a path without a slash at the"
            + " beginning, such as q.";
  }

  private static String root(Config config) {
    return withoutSlash(
        config.getOptionalValue("quarkus.http.root-path", String.class).orElse("/"));
  }

  /** Returns the path below which Quarkus has pages of its own. */
  private static String pages(Config config) {
    String pages =
        config.getOptionalValue("quarkus.http.non-application-root-path", String.class).orElse("q");
    return withoutSlash(pages.startsWith("/") ? pages : root(config) + "/" + pages);
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static boolean isBelow(String path, String parent) {
    return (path + "/").startsWith(parent + "/");
  }

  /**
   * Code can enable Quarkus' own CORS, too, with {@code HttpSecurity.cors(…)}. No setting shows
   * that.
   */
  private void warnOfOwn(Cors cors, HttpServerResponse response) {
    String reason = response.getStatusMessage();
    if (reason != null && reason.startsWith(REJECTED) && !warnedOfOwn.getAndSet(true)) {
      CorsAdapter.warnOfLayer(
          cors,
          "Quarkus' own CORS is beside the policy of cors-quarkus, and has refused a request. It"
              + " answers 403 to origins that it does not know, whatever the policy allows. Remove"
              + " HttpSecurity.cors(…). This is logged once.");
    }
  }

  private static @Nullable Cors policy(SmallRyeConfig config, Instance<Cors> beans) {
    if (beans.isUnsatisfied()) {
      return ConfiguredPolicy.of(config);
    }
    // Not whether it is a policy: beside a bean, a single setting is usually not.
    if (ConfiguredPolicy.isConfigured(config)) {
      throw new IllegalStateException(
          "There are two policies, a bean of the type Cors and what is configured under cors:"
              + " remove one of them.");
    }
    if (beans.isAmbiguous()) {
      throw new IllegalStateException(
          "There are several beans of the type Cors, and only one can be applied: remove the"
              + " others, or produce one bean that combines them by Cors.byPath.");
    }
    return CorsAdapter.requirePolicy(beans.get(), "cors-quarkus");
  }
}
