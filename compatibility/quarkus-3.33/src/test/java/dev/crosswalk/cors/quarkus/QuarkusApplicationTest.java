package dev.crosswalk.cors.quarkus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An application with resources, static files, health checks and Quarkus' own HTTP security. */
class QuarkusApplicationTest {

  private static final String APP = "https://app.example.com";
  private static final String EVIL = "https://evil.example";

  /** Everything that an application of Quarkus serves, by who serves it. */
  private static final List<String> PATHS =
      List.of(
          "/books", // REST
          "/books/later", // REST, later and on another thread
          "/books/librarian", // @RolesAllowed
          "/members/card", // quarkus.http.auth.permission
          "/font.woff2", // a static file
          "/q/health", // Quarkus itself
          "/q/nothing",
          "/nothing");

  private static RunningApplication application;

  @BeforeAll
  static void start() throws Exception {
    application =
        new RunningApplication(
            """
            cors.allowed-origins=https://app.example.com, https://www.example.com
            cors.allowed-methods=PUT
            cors.allow-credentials=true
            """,
            Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    application.close();
  }

  private static WireResponse send(String method, String path, String... headers) throws Exception {
    return application.send(method, path, headers);
  }

  private static void assertShared(WireResponse response, int status) {
    assertEquals(status, response.status(), response.head());
    assertEquals(
        List.of(APP), response.headers().lines("Access-Control-Allow-Origin"), response.head());
    assertEquals(List.of("true"), response.headers().lines("Access-Control-Allow-Credentials"));
    assertTrue(response.headers().split("Vary").get().contains("Origin"), response.head());
  }

  private static String basic(String user, String password) {
    byte[] credentials = (user + ":" + password).getBytes();
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  @Test
  void a_preflight_comes_before_security_and_before_routing() throws Exception {
    for (String path : PATHS) {
      WireResponse preflight =
          send("OPTIONS", path, "Origin", APP, "Access-Control-Request-Method", "PUT");
      assertShared(preflight, 204);
      assertEquals(List.of("PUT"), preflight.headers().lines("Access-Control-Allow-Methods"), path);
      WireResponse refused =
          send("OPTIONS", path, "Origin", EVIL, "Access-Control-Request-Method", "PUT");
      assertEquals(403, refused.status(), path);
      assertEquals(List.of(), refused.headers().lines("Access-Control-Allow-Origin"), path);
    }
  }

  @Test
  void what_resources_answer_is_shared() throws Exception {
    WireResponse response = send("GET", "/books", "Origin", APP);
    assertShared(response, 200);
    assertEquals(List.of("Origin, Accept"), response.headers().lines("Vary"));
    assertShared(send("GET", "/books/later", "Origin", APP), 200);
    assertShared(send("DELETE", "/books", "Origin", APP), 405);
    assertShared(send("PUT", "/books", "Origin", APP, "Content-Type", "image/png"), 415);
    assertShared(send("GET", "/books/bug", "Origin", APP), 500);
  }

  @Test
  void what_security_refuses_is_shared() throws Exception {
    assertShared(send("GET", "/members/card", "Origin", APP), 401);
    assertShared(send("GET", "/books/librarian", "Origin", APP), 401);
    String stranger = basic("bob", "secret");
    assertShared(send("GET", "/members/card", "Origin", APP, "Authorization", stranger), 401);
    assertShared(send("GET", "/books", "Origin", APP, "Authorization", stranger), 401);
    String alice = basic("alice", "wonderland");
    assertShared(send("GET", "/members/card", "Origin", APP, "Authorization", alice), 200);
    assertShared(send("GET", "/books/librarian", "Origin", APP, "Authorization", alice), 403);
  }

  @Test
  void what_no_resource_answers_is_shared() throws Exception {
    assertShared(send("GET", "/font.woff2", "Origin", APP), 200);
    assertShared(send("HEAD", "/font.woff2", "Origin", APP), 200);
    assertShared(send("GET", "/font.woff2", "Origin", APP, "Range", "bytes=0-2"), 206);
    assertShared(send("GET", "/q/health", "Origin", APP), 200);
    assertShared(send("GET", "/q/nothing", "Origin", APP), 404);
    assertShared(send("GET", "/nothing", "Origin", APP), 404);
  }

  @Test
  void headers_that_a_resource_sets_yield_to_the_policy() throws Exception {
    assertShared(send("GET", "/books/own", "Origin", APP), 200);
    WireResponse response = send("GET", "/books/own", "Origin", EVIL);
    assertEquals(List.of(), response.headers().lines("Access-Control-Allow-Origin"));
    assertEquals(List.of(), response.headers().lines("Access-Control-Allow-Credentials"));
  }

  @Test
  void nothing_is_shared_with_others() throws Exception {
    for (String path : PATHS) {
      WireResponse response = send("GET", path, "Origin", EVIL);
      assertEquals(List.of(), response.headers().lines("Access-Control-Allow-Origin"), path);
      assertTrue(response.headers().split("Vary").get().contains("Origin"), path);
    }
  }
}
