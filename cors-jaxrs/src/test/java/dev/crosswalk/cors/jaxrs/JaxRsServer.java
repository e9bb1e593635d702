package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.SeBootstrap;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A server of whichever implementation is on the class path. Nothing here, or in the tests that use
 * it, is of Jersey, RESTEasy or CXF.
 */
final class JaxRsServer implements AutoCloseable {

  static {
    // The implementations log every failure that a test asks for.
    Logger.getLogger("").setLevel(Level.OFF);
  }

  private final SeBootstrap.Instance instance;

  private JaxRsServer(SeBootstrap.Instance instance) {
    this.instance = instance;
  }

  static JaxRsServer start(Object... singletons) {
    Application application =
        new Application() {
          @Override
          @SuppressWarnings("deprecation") // The one portable way to register an instance.
          public Set<Object> getSingletons() {
            return Set.of(singletons);
          }
        };
    SeBootstrap.Configuration configuration =
        SeBootstrap.Configuration.builder()
            .host("127.0.0.1")
            .port(SeBootstrap.Configuration.FREE_PORT)
            .build();
    return new JaxRsServer(
        SeBootstrap.start(application, configuration)
            .toCompletableFuture()
            .orTimeout(30, TimeUnit.SECONDS)
            .join());
  }

  int port() {
    return instance.configuration().port();
  }

  @Override
  public void close() {
    instance.stop().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
