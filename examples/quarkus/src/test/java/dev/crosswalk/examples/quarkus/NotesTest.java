package dev.crosswalk.examples.quarkus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The policy as a user of Quarkus tests it. */
@QuarkusTest
class NotesTest {

  private static final String APP = "https://app.example.com";

  @TestHTTPResource("/")
  URI base;

  private HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(base.resolve(path))
                .method(method, BodyPublishers.noBody())
                .headers(headers)
                .build(),
            BodyHandlers.ofString());
  }

  private static List<String> allowed(HttpResponse<String> response) {
    return response.headers().allValues("Access-Control-Allow-Origin");
  }

  @Test
  void the_app_may_read_and_nobody_else() throws Exception {
    HttpResponse<String> notes = send("GET", "/notes", "Origin", APP);
    assertEquals(200, notes.statusCode());
    assertEquals(List.of(APP), allowed(notes));
    assertEquals(List.of(), allowed(send("GET", "/notes", "Origin", "https://evil.example")));
  }

  @Test
  void the_app_may_change_notes() throws Exception {
    HttpResponse<String> preflight =
        send("OPTIONS", "/notes/1", "Origin", APP, "Access-Control-Request-Method", "PUT");
    assertEquals(204, preflight.statusCode());
    assertEquals(List.of(APP), allowed(preflight));
  }

  @Test
  void a_preflight_needs_no_permission_and_the_app_sees_why_it_is_refused() throws Exception {
    HttpResponse<String> preflight =
        send(
            "OPTIONS",
            "/me",
            "Origin",
            APP,
            "Access-Control-Request-Method",
            "GET",
            "Access-Control-Request-Headers",
            "authorization");
    assertEquals(204, preflight.statusCode());
    HttpResponse<String> refused = send("GET", "/me", "Origin", APP);
    assertEquals(401, refused.statusCode());
    assertEquals(List.of(APP), allowed(refused));
  }
}
