package dev.crosswalk.examples.micronaut;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/** Notes on Micronaut. Pages of other origins may read and write them. */
@Factory
public final class NotesServer {

  /**
   * What pages of other origins may do. That this bean is there is all that Crosswalk needs.
   *
   * @return the policy, unless the launcher of the examples has brought one
   */
  @Singleton
  @Requires(missingBeans = Cors.class)
  Cors cors() {
    return CorsPolicy.builder()
        .allowOrigins("https://app.example.com", "http://localhost:*")
        .allowMethods("PUT", "DELETE")
        .allowRequestHeaders("Authorization", "Content-Type")
        .exposeResponseHeaders("Location")
        .allowCredentials()
        .maxAge(Duration.ofHours(1))
        .build();
  }

  /**
   * Starts the server on port 8083.
   *
   * @param arguments settings, as Micronaut has them
   */
  public static void main(String[] arguments) {
    Micronaut.run(NotesServer.class, arguments);
  }

  /**
   * Starts the server.
   *
   * @param port 0 for any that is free
   * @param cors what pages of other origins may do
   * @return the running server
   */
  public static EmbeddedServer start(int port, Cors cors) {
    return ApplicationContext.builder()
        .singletons(cors)
        .properties(Map.of("micronaut.server.port", port))
        .run(EmbeddedServer.class);
  }
}
