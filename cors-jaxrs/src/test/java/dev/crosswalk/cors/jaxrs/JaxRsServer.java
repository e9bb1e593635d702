package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.SeBootstrap;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A server of whichever implementation is on the class path. Nothing here, or in the tests that use
 * it, is of Jersey, RESTEasy or CXF.
 */
final class JaxRsServer implements AutoCloseable {

  private final SeBootstrap.Instance instance;

  private JaxRsServer(SeBootstrap.Instance instance) {
    this.instance = instance;
  }

  static JaxRsServer start(Object... singletons) throws Exception {
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
            .get(30, TimeUnit.SECONDS));
  }

  int port() {
    return instance.configuration().port();
  }

  @Override
  public void close() throws Exception {
    instance.stop().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
