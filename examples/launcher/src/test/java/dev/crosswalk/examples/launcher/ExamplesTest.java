package dev.crosswalk.examples.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.examples.launcher.Example.Running;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each of the four is a service that works, and what it answers is shared with its pages. */
class ExamplesTest {

  /** One route fails on purpose, and each framework tells of it. */
  @BeforeAll
  static void silence() {
    LogManager.getLogManager().reset();
  }

  // Not all of the four know HTTP/2, and one waits long for the body of a request that offers it.
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @ParameterizedTest
  @EnumSource
  void notes_are_added_changed_and_deleted(Example example) throws Exception {
    try (Running server = example.start(0, Launcher.CORS)) {
      HttpResponse<String> before = send(server, "GET", "/notes", "");
      assertEquals("[{\"id\":1,\"text\":\"Buy milk\"}]", before.body());

      HttpResponse<String> added = send(server, "POST", "/notes", "{\"text\":\"Call Bob\"}");
      assertEquals(201, added.statusCode());
      assertEquals("{\"id\":2,\"text\":\"Call Bob\"}", added.body());
      String place = added.headers().firstValue("Location").orElseThrow();
      assertTrue(place.endsWith("/notes/2"), place);

      HttpResponse<String> changed = send(server, "PUT", "/notes/2", "{\"text\":\"Call Eve\"}");
      assertEquals("{\"id\":2,\"text\":\"Call Eve\"}", changed.body());
      assertEquals(404, send(server, "PUT", "/notes/9", "{\"text\":\"x\"}").statusCode());

      assertEquals(204, send(server, "DELETE", "/notes/1", "").statusCode());
      assertEquals(404, send(server, "DELETE", "/notes/1", "").statusCode());
      HttpResponse<String> after = send(server, "GET", "/notes", "");
      assertEquals("[{\"id\":2,\"text\":\"Call Eve\"}]", after.body());
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_not_a_note_is_refused(Example example) throws Exception {
    try (Running server = example.start(0, Launcher.CORS)) {
      for (String body : List.of("{", "{}", "")) {
        HttpResponse<String> response = send(server, "POST", "/notes", body);
        assertEquals(400, response.statusCode(), () -> "to «" + body + "»");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void only_alice_is_let_in(Example example) throws Exception {
    try (Running server = example.start(0, Launcher.CORS)) {
      HttpResponse<String> nobody = send(server, "GET", "/me", "");
      assertEquals(401, nobody.statusCode());

      HttpResponse<String> eve = send(server, "GET", "/me", "", "Authorization", "Basic ZXZlOng=");
      assertEquals(401, eve.statusCode());

      String login = "Basic YWxpY2U6d29uZGVybGFuZA==";
      HttpResponse<String> alice = send(server, "GET", "/me", "", "Authorization", login);
      assertEquals("{\"name\":\"alice\"}", alice.body());
    }
  }

  @ParameterizedTest
  @EnumSource
  void events_arrive_one_by_one(Example example) throws Exception {
    try (Running server = example.start(0, Launcher.CORS)) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url("/ticks")))
              .headers("Origin", "https://app.example.com", "Accept", "text/event-stream")
              .build();
      HttpResponse<Stream<String>> response = CLIENT.send(request, BodyHandlers.ofLines());
      assertShared(response);
      String type = response.headers().firstValue("Content-Type").orElseThrow();
      assertTrue(type.startsWith("text/event-stream"), type);
      try (Stream<String> lines = response.body()) {
        Iterator<String> data = lines.filter(line -> line.startsWith("data:")).iterator();
        String first = data.next();
        String second = data.next();
        assertTrue(first.compareTo(second) < 0, () -> first + " before " + second);
      }
    }
  }

  @Test
  void all_four_state_the_same_policy() {
    CorsPolicy policy = Launcher.CORS;
    assertEquals(policy, dev.crosswalk.examples.jaxrs.NotesServer.CORS);
    assertEquals(policy, dev.crosswalk.examples.javalin.NotesServer.CORS);
    assertEquals(policy, dev.crosswalk.examples.vertx.NotesServer.CORS);
    try (ApplicationContext micronaut = ApplicationContext.run()) {
      assertEquals(policy, micronaut.getBean(Cors.class));
    }
  }

  private static HttpResponse<String> send(
      Running server, String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url(path)))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Origin", "https://app.example.com");
    if (method.startsWith("P")) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
    assertShared(response);
    return response;
  }

  /** Whatever the status is. */
  private static void assertShared(HttpResponse<?> response) {
    assertEquals(
        List.of("https://app.example.com"),
        response.headers().allValues("Access-Control-Allow-Origin"),
        () -> "on " + response);
    assertEquals(List.of("true"), response.headers().allValues("Access-Control-Allow-Credentials"));
    assertEquals(List.of("Origin"), response.headers().allValues("Vary"));
  }
}
