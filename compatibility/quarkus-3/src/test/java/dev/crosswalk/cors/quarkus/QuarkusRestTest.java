package dev.crosswalk.cors.quarkus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.jaxrs.CorsPolicyFilter;
import dev.crosswalk.cors.jaxrs.UnmappedExceptionMapper;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.URL;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * Quarkus, whose implementation of JAX-RS is made when an application is built: one application, so
 * that there is no kit, which starts one for each policy.
 */
@QuarkusTest
class QuarkusRestTest {

  private static final String APP = "https://app.example.com";

  @TestHTTPResource("/")
  URL url;

  /** How an application of Quarkus registers an instance: it has no getSingletons. */
  @Provider
  public static class CorsFeature implements Feature {
    @Override
    public boolean configure(FeatureContext context) {
      CorsPolicy policy =
          CorsPolicy.builder()
              .allowOrigins(APP, "https://www.example.com")
              .allowMethods("PUT")
              .allowCredentials()
              .build();
      context.register(new CorsPolicyFilter(policy)).register(new UnmappedExceptionMapper());
      return true;
    }
  }

  /** Refuses whoever is not known, as early as an application can say. */
  @Provider
  @PreMatching
  @Priority(Integer.MIN_VALUE + 1)
  public static class Doorkeeper implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      if (request.getHeaderString("X-Stranger") != null || request.getMethod().equals("OPTIONS")) {
        request.abortWith(Response.status(401).build());
      }
    }
  }

  /** What an application might hold. */
  @Path("/books")
  public static class Books {
    @GET
    public Response read() {
      return Response.ok("a book").header("Vary", "Accept").build();
    }

    @PUT
    @Consumes("text/plain")
    public String write(String book) {
      return book;
    }

    @GET
    @Path("/later")
    public CompletionStage<String> readLater() {
      return CompletableFuture.supplyAsync(() -> "a book");
    }

    @GET
    @Path("/bug")
    public String bug() {
      throw new IllegalStateException("a bug");
    }
  }

  private WireResponse send(String method, String path, String... headers) throws Exception {
    try (WireClient client = new WireClient()) {
      return client.send(
          new WireRequest(method, "http://127.0.0.1:" + url.getPort() + path, Headers.of(headers)));
    }
  }

  private static void assertShared(WireResponse response, int status) {
    assertEquals(status, response.status(), response.head());
    assertEquals(List.of(APP), response.headers().lines("Access-Control-Allow-Origin"));
    assertEquals(List.of("true"), response.headers().lines("Access-Control-Allow-Credentials"));
  }

  @Test
  void a_preflight_comes_before_every_other_filter_and_before_routing() throws Exception {
    for (String path : List.of("/books", "/nowhere")) {
      WireResponse preflight =
          send("OPTIONS", path, "Origin", APP, "Access-Control-Request-Method", "PUT");
      assertShared(preflight, 204);
      assertEquals(List.of("PUT"), preflight.headers().lines("Access-Control-Allow-Methods"));
    }
    WireResponse refused =
        send(
            "OPTIONS",
            "/books",
            "Origin",
            "https://evil.example",
            "Access-Control-Request-Method",
            "PUT");
    assertEquals(403, refused.status());
    assertEquals(List.of(), refused.headers().lines("Access-Control-Allow-Origin"));
  }

  @Test
  void every_answer_is_shared() throws Exception {
    WireResponse response = send("GET", "/books", "Origin", APP);
    assertShared(response, 200);
    assertEquals(List.of("Accept, Origin"), response.headers().lines("Vary"));
    assertShared(send("GET", "/books/later", "Origin", APP), 200);
    assertShared(send("GET", "/books", "Origin", APP, "X-Stranger", "yes"), 401);
    assertShared(send("GET", "/nowhere", "Origin", APP), 404);
    assertShared(send("DELETE", "/books", "Origin", APP), 405);
    assertShared(send("PUT", "/books", "Origin", APP, "Content-Type", "image/png"), 415);
    assertShared(send("GET", "/books/bug", "Origin", APP), 500);
  }

  @Test
  void nothing_is_shared_with_others() throws Exception {
    for (String path : List.of("/books", "/books/later", "/books/bug", "/nowhere")) {
      WireResponse response = send("GET", path, "Origin", "https://evil.example");
      assertEquals(List.of(), response.headers().lines("Access-Control-Allow-Origin"), path);
      assertEquals(true, response.headers().split("Vary").get().contains("Origin"), path);
    }
  }
}
