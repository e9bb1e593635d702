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

  /** Starts a server of whichever implementation is on the class path. */
  static JaxRsServer start(String contextPath, Application application) {
    SeBootstrap.Configuration configuration =
        SeBootstrap.Configuration.builder()
            .host("127.0.0.1")
            .port(SeBootstrap.Configuration.FREE_PORT)
            .rootPath(contextPath.isEmpty() ? "/" : contextPath)
            .build();
    SeBootstrap.Instance instance =
        SeBootstrap.start(application, configuration)
            .toCompletableFuture()
            .orTimeout(30, TimeUnit.SECONDS)
            .join();
    return new JaxRsServer(
        instance.configuration().port(),
        () -> instance.stop().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join());
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
