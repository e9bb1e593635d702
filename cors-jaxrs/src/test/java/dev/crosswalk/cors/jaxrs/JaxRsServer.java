package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.SeBootstrap;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A server that runs. Nothing here, or in the tests that use it, is of Jersey, RESTEasy or CXF.
 *
 * @param port where it listens, at 127.0.0.1
 * @param stop stops it
 */
record JaxRsServer(int port, AutoCloseable stop) {

  static {
    // The implementations log every failure that a test asks for.
    Logger.getLogger("").setLevel(Level.OFF);
  }

  /**
   * Jersey draws its port from all of them, and no browser connects to some of those up to this
   * one.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#bad-port">Fetch: bad ports</a>
   */
  private static final int HIGHEST_BAD_PORT = 10_080;

  /** Starts a server of whichever implementation is on the class path. */
  static JaxRsServer start(String contextPath, Application application) {
    SeBootstrap.Instance instance = started(contextPath, application);
    while (instance.configuration().port() <= HIGHEST_BAD_PORT) {
      stop(instance);
      instance = started(contextPath, application);
    }
    SeBootstrap.Instance running = instance;
    return new JaxRsServer(running.configuration().port(), () -> stop(running));
  }

  private static void stop(SeBootstrap.Instance instance) {
    instance.stop().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static SeBootstrap.Instance started(String contextPath, Application application) {
    SeBootstrap.Configuration configuration =
        SeBootstrap.Configuration.builder()
            .host("127.0.0.1")
            .port(SeBootstrap.Configuration.FREE_PORT)
            .rootPath(contextPath.isEmpty() ? "/" : contextPath)
            .build();
    return SeBootstrap.start(application, configuration)
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  /** Where an application is mounted, for servers that do not look; the empty string if nowhere. */
  static String path(Application application) {
    ApplicationPath path = application.getClass().getAnnotation(ApplicationPath.class);
    return path == null ? "" : path.value();
  }

  static Application application(Object... singletons) {
    return new Application() {
      @Override
      @SuppressWarnings("deprecation") // The one portable way to register an instance.
      public Set<Object> getSingletons() {
        return Set.of(singletons);
      }
    };
  }
}
