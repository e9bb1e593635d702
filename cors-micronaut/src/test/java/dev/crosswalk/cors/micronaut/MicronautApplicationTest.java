package dev.crosswalk.cors.micronaut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.LogLines;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.http.server.types.files.SystemFile;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;

/**
 * What else in an application has a say in its responses: the features of Micronaut, one by one.
 */
class MicronautApplicationTest {

  private static final String APP = "https://app.example.com";

  private static final CorsPolicy POLICY =
      CorsPolicy.builder().allowOrigins(APP, "https://www.example.com").allowMethods("PUT").build();

  private static final String TEXT = "0123456789".repeat(1_000);
  private static final Instant MODIFIED = Instant.parse("2026-01-01T00:00:00Z");

  private final WireClient client = new WireClient();
  private EmbeddedServer server;

  @Controller("/files")
  @Requires(property = "test.application")
  static class FileController {

    @Value("${test.file}")
    String file;

    @Get("/system")
    SystemFile system() {
      return new SystemFile(Path.of(file).toFile(), MediaType.TEXT_PLAIN_TYPE);
    }

    /** With a time of its own: without one, each answer says that it is of now. */
    @Get("/streamed")
    StreamedFile streamed() {
      return new StreamedFile(
          new ByteArrayInputStream(TEXT.getBytes(StandardCharsets.US_ASCII)),
          MediaType.TEXT_PLAIN_TYPE,
          MODIFIED.toEpochMilli());
    }

    @Get(uri = "/text", produces = MediaType.TEXT_PLAIN)
    String text() {
      return TEXT;
    }

    @Get(uri = "/varied", produces = MediaType.TEXT_PLAIN)
    HttpResponse<String> varied() {
      return HttpResponse.ok(TEXT).header("Vary", "Accept-Encoding");
    }

    @Put(uri = "/text", consumes = MediaType.TEXT_PLAIN, produces = MediaType.TEXT_PLAIN)
    String write(@Body String text) {
      return text;
    }

    @Post(uri = "/text", consumes = MediaType.TEXT_PLAIN, produces = MediaType.TEXT_PLAIN)
    String append(@Body String text) {
      return text;
    }

    @Get(uri = "/later", produces = MediaType.TEXT_PLAIN)
    CompletableFuture<String> later() {
      return CompletableFuture.supplyAsync(() -> TEXT);
    }

    @Get(uri = "/never", produces = MediaType.TEXT_PLAIN)
    CompletableFuture<String> never() {
      return CompletableFuture.failedFuture(new UnsupportedOperationException("Part of the test."));
    }

    @Get("/mapped")
    String mapped() {
      throw new UnsupportedOperationException("This failure is part of the test.");
    }

    @Get("/worse")
    String worse() {
      throw new ArithmeticException("This failure is part of the test.");
    }

    @Error(global = true, status = HttpStatus.NOT_FOUND)
    HttpResponse<String> nowhere() {
      return HttpResponse.<String>notFound("nowhere").header("Vary", "Accept");
    }
  }

  @Singleton
  @Requires(property = "test.application")
  static class Handler
      implements ExceptionHandler<UnsupportedOperationException, HttpResponse<String>> {
    @Override
    @SuppressWarnings("rawtypes")
    public HttpResponse<String> handle(HttpRequest request, UnsupportedOperationException e) {
      return HttpResponse.<String>status(HttpStatus.CONFLICT)
          .header("Vary", "Accept-Language")
          .body("taken");
    }
  }

  @Singleton
  @Requires(property = "test.application")
  static class BrokenHandler implements ExceptionHandler<ArithmeticException, HttpResponse<?>> {
    @Override
    @SuppressWarnings("rawtypes")
    public HttpResponse<?> handle(HttpRequest request, ArithmeticException e) {
      throw new IllegalStateException("This failure is part of the test.");
    }
  }

  /** Authenticates after routing, at whatever place it is told. */
  @ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
  @Requires(property = "test.order")
  static class Doorkeeper implements Ordered {

    @Value("${test.order}")
    int order;

    @Override
    public int getOrder() {
      return order;
    }

    @RequestFilter
    HttpResponse<?> refuse() {
      return HttpResponse.unauthorized();
    }
  }

  /** Authenticates as filters did in Micronaut 3. */
  @Filter(Filter.MATCH_ALL_PATTERN)
  @Requires(property = "test.old-order")
  static class OldDoorkeeper implements HttpServerFilter {

    @Value("${test.old-order}")
    int order;

    @Override
    public int getOrder() {
      return order;
    }

    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(
        HttpRequest<?> request, ServerFilterChain chain) {
      return Publishers.just(HttpResponse.unauthorized());
    }
  }

  @AfterEach
  void stop() {
    client.close();
    if (server != null) {
      server.getApplicationContext().close();
    }
  }

  private void serve(Map<String, ?> properties) {
    serve(POLICY, properties);
  }

  private void serve(Cors cors, Map<String, ?> properties) {
    Map<String, Object> all = new LinkedHashMap<>(properties);
    all.put("micronaut.server.port", -1);
    all.put("micronaut.server.host", "127.0.0.1");
    all.put("micronaut.security.enabled", false);
    all.put("test.application", true);
    all.putIfAbsent("test.file", "");
    server =
        ApplicationContext.builder()
            .singletons(cors)
            .properties(all)
            .start()
            .getBean(EmbeddedServer.class)
            .start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"test.order", "test.old-order"})
  void authentication_at_any_place_comes_after_preflights_and_its_refusal_is_shared(String property)
      throws Exception {
    for (int order : new int[] {Integer.MIN_VALUE + 1, 0, Integer.MAX_VALUE}) {
      serve(Map.of(property, order));
      assertShared(preflight("/files/text"), 204);
      assertShared(send("GET", "/files/text"), 401);
      assertShared(send("GET", "/nowhere"), 401);
      server.getApplicationContext().close();
    }
  }

  @Test
  void what_handlers_of_exceptions_and_errors_answer_is_shared() throws Exception {
    serve(Map.of());
    WireResponse mapped = send("GET", "/files/mapped");
    assertShared(mapped, 409);
    assertEquals("taken", mapped.text());
    assertEquals(List.of("Accept-Language, Origin"), mapped.headers().lines("Vary"));
    WireResponse nowhere = send("GET", "/nowhere");
    assertShared(nowhere, 404);
    assertEquals("nowhere", nowhere.text());
    assertEquals(List.of("Accept, Origin"), nowhere.headers().lines("Vary"));
    assertShared(send("GET", "/files/worse"), 500);
  }

  @Test
  void a_file_is_shared(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("text.txt"), TEXT);
    serve(
        Map.of(
            "test.file",
            file.toString(),
            "micronaut.router.static-resources.site.paths",
            "file:" + directory,
            "micronaut.router.static-resources.site.mapping",
            "/site/**"));
    for (String path : List.of("/files/system", "/files/streamed", "/site/text.txt")) {
      WireResponse whole = send("GET", path);
      assertShared(whole, 200);
      assertEquals(TEXT, whole.text());
      WireResponse part = send("GET", path, "Range", "bytes=2-4");
      assertShared(part, part.status());
      assertTrue(part.status() == 206 || part.text().equals(TEXT), "a part, or the whole");
      assertShared(preflight(path), 204);
      String modified = whole.headers().lines("Last-Modified").get(0);
      assertShared(send("GET", path, "If-Modified-Since", modified), 304);
    }
    assertShared(send("HEAD", "/site/text.txt"), 200);
    assertShared(send("GET", "/site/nothing.txt"), 404);
  }

  @Test
  void what_comes_later_is_shared() throws Exception {
    serve(Map.of());
    assertShared(send("GET", "/files/later"), 200);
    assertShared(send("GET", "/files/never"), 409);
  }

  @Test
  void what_is_compressed_is_shared() throws Exception {
    serve(Map.of("micronaut.server.netty.compression-threshold", 100));
    for (String path : List.of("/files/text", "/files/varied")) {
      WireResponse response = send("GET", path, "Accept-Encoding", "gzip");
      assertEquals(List.of("gzip"), response.headers().lines("Content-Encoding"));
      assertShared(response, 200);
      List<String> vary = response.headers().split("Vary").orElseThrow();
      assertEquals(1, vary.stream().filter("Origin"::equalsIgnoreCase).count(), vary::toString);
    }
  }

  @Test
  void the_refusal_of_a_large_body_is_shared() throws Exception {
    serve(Map.of("micronaut.server.max-request-size", 10));
    assertShared(body("POST", "/files/text", "12345678901"), 413);
    assertShared(body("PUT", "/files/text", "12345678901"), 413);
  }

  @Test
  void who_waits_for_leave_to_send_a_body_gets_it() throws Exception {
    serve(Map.of());
    WireResponse response = body("POST", "/files/text", "hello", "Expect", "100-continue");
    assertShared(response, 200);
    assertEquals("hello", response.text());
  }

  @Test
  void what_proxies_forward_changes_no_answer() throws Exception {
    serve(
        Map.of(
            "micronaut.server.host-resolution.host-header", "X-Forwarded-Host",
            "micronaut.server.host-resolution.protocol-header", "X-Forwarded-Proto",
            "micronaut.server.host-resolution.port-header", "X-Forwarded-Port"));
    String[] forwarded = {
      "X-Forwarded-Proto", "https",
      "X-Forwarded-Host", "app.example.com",
      "X-Forwarded-Port", "443",
      "X-Forwarded-Prefix", "/api",
      "X-Forwarded-For", "127.0.0.1",
      "Forwarded", "for=127.0.0.1;host=app.example.com;proto=https"
    };
    for (String origin : List.of(APP, "https://evil.example")) {
      for (String method : List.of("GET", "OPTIONS")) {
        List<String> headers = new ArrayList<>(List.of("Origin", origin));
        headers.addAll(List.of("Access-Control-Request-Method", "PUT"));
        String direct = answer(exchange(method, "/files/text", "", headers));
        headers.addAll(List.of(forwarded));
        assertEquals(direct, answer(exchange(method, "/files/text", "", headers)));
        assertTrue(direct.contains("vary") || direct.contains("Vary"), direct);
      }
    }
  }

  private static String answer(WireResponse response) {
    return response.head().replaceFirst("(?i)date: .*", "");
  }

  @Test
  void each_path_has_its_own_policy_below_the_context_path() throws Exception {
    serve(
        Cors.byPath(Map.of("/shop/files", POLICY, "/shop/public", CorsPolicy.none())),
        Map.of("micronaut.server.context-path", "/shop"));
    assertShared(send("GET", "/shop/files/text"), 200);
    WireResponse other = send("GET", "/shop/public/text");
    assertFalse(other.headers().has("Access-Control-Allow-Origin"), other::toString);
    WireResponse none = send("GET", "/shop/elsewhere");
    assertFalse(none.headers().has("Access-Control-Allow-Origin"), none::toString);
  }

  @Test
  void a_path_of_a_policy_that_lacks_the_context_path_is_told_of() throws Exception {
    try (LogLines log = new LogLines()) {
      serve(
          Cors.byPath(Map.of("/files", POLICY)), Map.of("micronaut.server.context-path", "/shop"));
      assertEquals(
          List.of(
              "No request to the application at /shop has the policy of /files, because the whole"
                  + " path is compared, with /shop in front. Write /shop/files."),
          log.lines());
    }
  }

  @Test
  void beside_the_built_in_settings_there_is_one_set_of_headers_and_one_warning() throws Exception {
    try (LogLines log = new LogLines()) {
      serve(
          Map.of(
              "micronaut.server.cors.enabled",
              true,
              "micronaut.server.cors.configurations.web.allowed-origins",
              APP,
              "micronaut.server.cors.configurations.web.allowed-methods",
              "DELETE"));
      for (int i = 0; i < 3; i++) {
        assertShared(send("GET", "/files/text"), 200);
        WireResponse preflight = preflight("/files/text");
        assertShared(preflight, 204);
        assertEquals(List.of("PUT"), preflight.headers().lines("Access-Control-Allow-Methods"));
      }
      assertEquals(
          List.of(
              "micronaut.server.cors is enabled, but has no effect beside this policy, which"
                  + " replaces Micronaut's own filter: remove those settings."),
          log.lines());
    }
  }

  private WireResponse preflight(String path) throws Exception {
    return send("OPTIONS", path, "Access-Control-Request-Method", "PUT");
  }

  private WireResponse send(String method, String path, String... headers) throws Exception {
    return body(method, path, "", headers);
  }

  private WireResponse body(String method, String path, String body, String... headers)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("Origin", APP));
    if (!body.isEmpty()) {
      all.addAll(List.of("Content-Type", "text/plain"));
    }
    all.addAll(List.of(headers));
    return exchange(method, path, body, all);
  }

  private WireResponse exchange(String method, String path, String body, List<String> headers)
      throws Exception {
    return client.send(
        new WireRequest(
            method,
            "http://127.0.0.1:" + server.getPort() + path,
            Headers.of(headers.toArray(String[]::new)),
            body.getBytes(StandardCharsets.US_ASCII)));
  }

  private static void assertShared(WireResponse response, int status) {
    assertEquals(status, response.status(), response.head());
    assertEquals(
        List.of(APP), response.headers().lines("Access-Control-Allow-Origin"), response.head());
    assertTrue(response.headers().has("Vary"), response.head());
  }
}
