package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;

/** Whatever part of Spring answers a request, the page can read the answer, and no other can. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
abstract class AnswersTest {

  private static final String APP = "https://app.example.com";
  private static final String EVIL = "https://evil.example";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Class<?> more;
  private ConfigurableApplicationContext application;
  private List<String> told;

  /**
   * Runs the shop, and more.
   *
   * @param more what only this kind of application has, and {@code /managers}, which is for others
   */
  AnswersTest(Class<?> more) {
    this.more = more;
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @RestController
  static class Shop {

    /** What people write who have found no CORS setting. */
    @GetMapping("/own-headers")
    ResponseEntity<String> own() {
      return ResponseEntity.ok()
          .header("Access-Control-Allow-Origin", "*")
          .header("Access-Control-Allow-Credentials", "true")
          .header("Vary", "Accept")
          .body("Hello");
    }

    @GetMapping("/large")
    String large() {
      return "Hello".repeat(10_000);
    }

    @GetMapping("/number")
    String number(@RequestParam("number") int number) {
      return "" + number;
    }

    @PostMapping(path = "/json", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<String> json(@RequestBody List<String> names) {
      return names;
    }

    @GetMapping("/sold-out")
    String soldOut() {
      throw new SoldOutException();
    }

    @GetMapping("/teapot")
    String teapot() {
      throw new ResponseStatusException(HttpStatus.I_AM_A_TEAPOT);
    }

    @GetMapping("/later-failure")
    CompletableFuture<String> laterFailure() {
      return CompletableFuture.failedFuture(new SoldOutException());
    }

    @GetMapping("/redirect")
    ResponseEntity<Void> redirect() {
      return ResponseEntity.status(HttpStatus.FOUND).location(URI.create("/large")).build();
    }
  }

  static final class SoldOutException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @RestControllerAdvice
  static class Advice {
    @ExceptionHandler
    @ResponseStatus(HttpStatus.CONFLICT)
    String soldOut(SoldOutException e) {
      return "sold out";
    }
  }

  @BeforeAll
  void start(CapturedOutput output) {
    application =
        new SpringApplicationBuilder(Shop.class, Advice.class, PlainPasswords.class, more)
            .properties(
                "server.port=0",
                "server.address=127.0.0.1",
                "server.compression.enabled=true",
                "server.forward-headers-strategy=framework",
                "server.servlet.context-path=/shop",
                "spring.webflux.base-path=/shop",
                "spring.threads.virtual.enabled=true",
                "spring.mvc.async.request-timeout=100ms",
                "spring.servlet.multipart.max-file-size=1KB",
                "spring.reactor.netty.shutdown-quiet-period=0s",
                "spring.main.banner-mode=off",
                "spring.security.user.name=user",
                "spring.security.user.password=password",
                "cors.allowed-origins=https://www.example.com, " + APP,
                "cors.allow-credentials=true")
            .run();
    told = ApplicationTest.lines(output);
  }

  @AfterAll
  void stop() {
    application.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /own-headers, 200",
    "HEAD, /own-headers, 200",
    "GET,  /large, 200",
    "GET,  /number?number=x, 400",
    "POST, /large, 405",
    "POST, /json, 415",
    "GET,  /sold-out, 409",
    "GET,  /teapot, 418",
    "GET,  /later-failure, 409",
    "GET,  /managers, 403",
    "GET,  /redirect, 302",
    "GET,  /routed, 200",
    "GET,  /missing, 404",
    "GET,  /actuator/health, 200",
    "GET,  /actuator/missing, 404",
  })
  void an_answer_is_shared_with_the_app_alone(String method, String path, int status)
      throws Exception {
    HttpResponse<String> shared = send(request(method, path, APP));
    assertEquals(status, shared.statusCode(), shared::body);
    assertShared(shared);
    assertNotShared(send(request(method, path, EVIL)));
  }

  @Test
  void who_is_not_signed_in_is_told_so() throws Exception {
    for (String path : List.of("/large", "/managers", "/missing", "/actuator/health")) {
      HttpResponse<String> refused =
          send(
              HttpRequest.newBuilder(uri(path))
                  .header("Origin", APP)
                  .header("Authorization", "Basic d3Jvbmc6d3Jvbmc="));
      assertEquals(401, refused.statusCode(), path);
      assertShared(refused);
    }
  }

  @Test
  void a_preflight_is_answered_on_every_path() throws Exception {
    for (String path : List.of("/large", "/managers", "/routed", "/missing", "/actuator/health")) {
      HttpResponse<String> preflight =
          send(
              HttpRequest.newBuilder(uri(path))
                  .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                  .header("Origin", APP)
                  .header("Access-Control-Request-Method", "GET"));
      assertEquals(204, preflight.statusCode(), path);
      assertShared(preflight);
    }
  }

  @Test
  void a_compressed_answer_varies_by_origin_too() throws Exception {
    HttpResponse<String> compressed =
        send(request("GET", "/large", APP).header("Accept-Encoding", "gzip"));
    assertEquals("gzip", compressed.headers().firstValue("Content-Encoding").orElse(""));
    assertShared(compressed);
  }

  @Test
  void headers_of_a_proxy_change_nothing() throws Exception {
    HttpResponse<String> shared =
        send(
            request("GET", "/large", APP)
                .header("X-Forwarded-Host", "api.example.com")
                .header("X-Forwarded-Proto", "https"));
    assertEquals(200, shared.statusCode());
    assertShared(shared);
  }

  /** Spring Boot has filters of its own, which come first if nothing is done about it. */
  @Test
  void nothing_of_Spring_Boots_own_is_named() {
    assertEquals(List.of(), told);
  }

  // What the tests are written in.

  final HttpRequest.Builder request(String method, String path, String origin) {
    return HttpRequest.newBuilder(uri(path))
        .method(method, HttpRequest.BodyPublishers.noBody())
        .header("Origin", origin)
        .header("Authorization", ApplicationTest.BASIC);
  }

  final HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    String port = application.getEnvironment().getProperty("local.server.port");
    return URI.create("http://127.0.0.1:" + port + "/shop" + path);
  }

  static void assertShared(HttpResponse<?> response) {
    assertEquals(APP, ApplicationTest.allowed(response), response.headers()::toString);
    assertEquals("true", ApplicationTest.header(response, "Access-Control-Allow-Credentials"));
    assertVariesByOrigin(response);
  }

  static void assertNotShared(HttpResponse<?> response) {
    assertEquals("", ApplicationTest.allowed(response), response.headers()::toString);
    assertEquals("", ApplicationTest.header(response, "Access-Control-Allow-Credentials"));
    assertVariesByOrigin(response);
  }

  private static void assertVariesByOrigin(HttpResponse<?> response) {
    List<String> vary =
        response.headers().allValues("Vary").stream()
            .flatMap(line -> List.of(line.split(", *")).stream())
            .toList();
    // In any case: what compresses for Tomcat writes small letters.
    assertEquals(
        1, vary.stream().filter("Origin"::equalsIgnoreCase).count(), response.headers()::toString);
  }
}
