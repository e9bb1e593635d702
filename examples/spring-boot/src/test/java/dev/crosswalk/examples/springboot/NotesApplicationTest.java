package dev.crosswalk.examples.springboot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ActiveProfiles;

/** The service works, and what it answers is shared with its pages. */
@ActiveProfiles("dev")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class NotesApplicationTest {

  private static final String APP = "https://app.example.com";

  private final HttpClient client = HttpClient.newHttpClient();

  @Value("${local.server.port}")
  private int port;

  @Autowired private Cors cors;

  @ParameterizedTest
  @CsvSource({
    "GET, /notes, , 200",
    "POST, /notes, {\"text\": \"Call Bob\"}, 201",
    "POST, /notes, {, 400",
    "PUT, /notes/1, {\"text\": \"Buy tea\"}, 200",
    "PUT, /notes/9, {\"text\": \"Buy tea\"}, 404",
    "DELETE, /notes/9, , 404",
    "GET, /me, , 401",
    "GET, /broken, , 500",
    "GET, /nowhere, , 404"
  })
  void every_answer_is_shared(String method, String path, String body, int status)
      throws Exception {
    HttpResponse<String> response =
        send(
            request(path)
                .method(method, HttpRequest.BodyPublishers.ofString(body == null ? "" : body))
                .header("Content-Type", "application/json"));
    assertEquals(status, response.statusCode());
    assertEquals(APP, response.headers().firstValue("Access-Control-Allow-Origin").orElse(null));
    assertEquals(
        "true", response.headers().firstValue("Access-Control-Allow-Credentials").orElse(null));
  }

  @Test
  void alice_is_let_in() throws Exception {
    HttpResponse<String> response =
        send(request("/me").header("Authorization", "Basic YWxpY2U6d29uZGVybGFuZA=="));
    assertEquals("{\"name\":\"alice\"}", response.body());
  }

  @Test
  void a_preflight_needs_no_login() throws Exception {
    HttpResponse<String> response =
        send(
            request("/me")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization"));
    assertEquals(204, response.statusCode());
    assertEquals(APP, response.headers().firstValue("Access-Control-Allow-Origin").orElse(null));
  }

  @Test
  void the_policy_is_that_of_the_other_examples() {
    assertEquals(
        CorsPolicy.builder()
                .allowOrigins(APP, "http://localhost:*")
                .allowMethods("PUT", "DELETE")
                .allowRequestHeaders("Authorization", "Content-Type")
                .exposeResponseHeaders("Location")
                .allowCredentials()
                .maxAge(Duration.ofHours(1))
                .build()
            + "\ncors.log-refusals=explained",
        cors.toString());
    assertEquals(List.of(), cors.warnings());
  }

  @Test
  void production_allows_no_page_of_somebodys_own_machine() {
    try (ConfigurableApplicationContext production =
        new SpringApplicationBuilder(NotesApplication.class)
            .run("--server.port=0", "--spring.profiles.active=prod")) {
      CorsPolicy.Builder same = CorsPolicy.builder().allowOrigins(APP);
      assertEquals(
          same.allowMethods("PUT", "DELETE")
              .allowRequestHeaders("Authorization", "Content-Type")
              .exposeResponseHeaders("Location")
              .allowCredentials()
              .maxAge(Duration.ofHours(1))
              .build(),
          production.getBean(Cors.class));
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("Origin", APP);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
