package dev.crosswalk.examples.jaxrs;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.jaxrs.CorsPolicyFilter;
import dev.crosswalk.cors.jaxrs.UnmappedExceptionMapper;
import jakarta.ws.rs.SeBootstrap;
import java.time.Duration;
import org.glassfish.jersey.server.ResourceConfig;

/** Notes on JAX-RS. Pages of other origins may read and write them. */
public final class NotesServer {

  /** What pages of other origins may do. */
  public static final CorsPolicy CORS =
      CorsPolicy.builder()
          .allowOrigins("https://app.example.com", "http://localhost:*")
          .allowMethods("PUT", "DELETE")
          .allowRequestHeaders("Authorization", "Content-Type")
          .exposeResponseHeaders("Location")
          .allowCredentials()
          .maxAge(Duration.ofHours(1))
          .build();

  /**
   * The application: its resources, its login, and its policy.
   *
   * @param cors what pages of other origins may do
   * @return the configuration of Jersey
   */
  static ResourceConfig application(Cors cors) {
    return new ResourceConfig()
        .register(new CorsPolicyFilter(cors))
        .register(new UnmappedExceptionMapper()) // Jersey writes no header on a 500 without it.
        .register(NotesResource.class)
        .register(OtherResource.class)
        .register(Login.class);
  }

  /**
   * Starts the server.
   *
   * @param port 0 for any that is free
   * @param cors what pages of other origins may do
   * @return the running server
   */
  public static SeBootstrap.Instance start(int port, Cors cors) {
    SeBootstrap.Configuration configuration =
        SeBootstrap.Configuration.builder().host("localhost").port(port).build();
    return SeBootstrap.start(application(cors), configuration).toCompletableFuture().join();
  }

  /**
   * Starts the server on port 8081.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    start(8081, CORS);
  }

  private NotesServer() {}
}
