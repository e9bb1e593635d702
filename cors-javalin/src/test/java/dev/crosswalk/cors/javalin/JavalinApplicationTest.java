package dev.crosswalk.cors.javalin;

import static dev.crosswalk.cors.javalin.TestClient.POLICY;
import static dev.crosswalk.cors.javalin.TestClient.assertShared;
import static dev.crosswalk.cors.javalin.TestClient.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.LogLines;
import dev.crosswalk.cors.tck.wire.WireResponse;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.http.staticfiles.Location;
import io.javalin.http.staticfiles.StaticFileConfig;
import io.javalin.security.RouteRole;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What else in an application has a say in its responses: the features of Javalin, one by one. */
class JavalinApplicationTest {

  private static final String TEXT = "0123456789".repeat(1_000);

  /** Javalin leaves it as it is. */
  private static final String SHORT_TEXT = "0123456789".repeat(100);

  private final TestClient client = new TestClient();
  private final List<Javalin> started = new ArrayList<>();

  Javalin create(Consumer<Routes> routes, Consumer<JavalinConfig> configuration) {
    return Javalin7.create(routes, configuration);
  }

  void precompress(StaticFileConfig files) {
    files.precompressMaxSize = 1_000_000;
  }

  @AfterEach
  void stop() {
    client.close();
    started.forEach(Javalin::stop);
  }

  private enum Role implements RouteRole {
    ADMIN
  }

  @Test
  void roles_are_checked_after_preflights_and_their_refusal_is_shared() throws Exception {
    AtomicInteger checks = new AtomicInteger();
    Javalin javalin =
        start(
            routes -> {
              routes.add(
                  HandlerType.BEFORE_MATCHED,
                  "*",
                  context -> {
                    checks.incrementAndGet();
                    if (context.routeRoles().contains(Role.ADMIN)) {
                      throw new UnauthorizedResponse();
                    }
                  });
              routes.add(HandlerType.GET, "/", context -> context.result("hello"));
              routes.add(HandlerType.PUT, "/admin", context -> {}, Role.ADMIN);
            });
    assertEquals(204, client.preflight(javalin, "/admin", "PUT").status());
    assertEquals(0, checks.get());
    WireResponse refused = get(javalin, "PUT", "/admin");
    assertEquals(401, refused.status());
    assertShared(refused);
    WireResponse let = get(javalin, "GET", "/");
    assertEquals("hello", let.text());
    assertShared(let);
    assertEquals(2, checks.get());
  }

  @Test
  void what_handlers_of_exceptions_and_errors_answer_is_shared() throws Exception {
    Javalin javalin =
        start(
            routes -> {
              routes.add(
                  HandlerType.GET,
                  "/taken",
                  context -> {
                    throw new IllegalStateException("taken");
                  });
              routes.add(
                  HandlerType.GET,
                  "/bad",
                  context -> {
                    throw new BadRequestResponse("bad");
                  });
              routes.add(
                  HandlerType.GET,
                  "/worse",
                  context -> {
                    throw new IllegalArgumentException("bad");
                  });
              routes.onException(
                  IllegalStateException.class,
                  (exception, context) ->
                      context.status(409).header("Vary", "Accept-Language").result("taken"));
              routes.onException(
                  IllegalArgumentException.class,
                  (exception, context) -> {
                    throw new UnsupportedOperationException("This failure is part of the test.");
                  });
              routes.onError(404, context -> context.header("Vary", "Accept").result("nowhere"));
            });
    WireResponse taken = get(javalin, "GET", "/taken");
    assertEquals(409, taken.status());
    assertEquals("taken", taken.text());
    assertEquals("Accept-Language, Origin", only(taken, "Vary"));
    assertShared(taken);
    WireResponse nowhere = get(javalin, "GET", "/nowhere");
    assertEquals(404, nowhere.status());
    assertEquals("nowhere", nowhere.text());
    assertEquals("Accept, Origin", only(nowhere, "Vary"));
    assertShared(nowhere);
    WireResponse bad = get(javalin, "GET", "/bad");
    assertEquals(400, bad.status());
    assertShared(bad);
    WireResponse worse = get(javalin, "GET", "/worse");
    assertEquals(500, worse.status());
    assertShared(worse);
  }

  @Test
  void what_takes_too_long_is_shared() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    Javalin javalin =
        start(
            routes -> {
              routes.add(
                  HandlerType.GET, "/future", context -> context.future(CompletableFuture::new));
              routes.add(
                  HandlerType.GET,
                  "/async",
                  context ->
                      context.async(
                          task -> {
                            task.timeout = 50;
                            task.onTimeout(late -> late.status(503).result("too late"));
                          },
                          answered::await));
            },
            config -> config.http.asyncTimeout = 50);
    WireResponse future = get(javalin, "GET", "/future");
    assertEquals(500, future.status());
    assertShared(future);
    WireResponse async = get(javalin, "GET", "/async");
    answered.countDown();
    assertEquals(503, async.status());
    assertShared(async);
  }

  @Test
  void what_is_compressed_is_shared() throws Exception {
    Javalin javalin =
        start(
            routes ->
                routes.add(
                    HandlerType.GET,
                    "/",
                    context -> context.header("Vary", "Accept-Encoding").result(TEXT)));
    WireResponse response = get(javalin, "GET", "/", "Accept-Encoding", "gzip");
    assertEquals("gzip", only(response, "Content-Encoding"));
    assertShared(response);
    assertEquals("Accept-Encoding, Origin", only(response, "Vary"));
  }

  @Test
  @SuppressWarnings("removal") // Its successor is not in the Jetty of Javalin 6.
  void what_a_handler_of_jetty_compresses_is_shared_and_varies_by_both() throws Exception {
    Javalin javalin =
        start(
            routes -> routes.add(HandlerType.GET, "/", context -> context.result(SHORT_TEXT)),
            config ->
                config.jetty.modifyServer(
                    server -> {
                      GzipHandler gzip = new GzipHandler();
                      gzip.setMinGzipSize(0);
                      server.setHandler(gzip);
                    }));
    WireResponse response = get(javalin, "GET", "/", "Accept-Encoding", "gzip");
    assertEquals("gzip", only(response, "Content-Encoding"));
    assertShared(response);
    assertEquals(
        List.of("Accept-Encoding", "Origin"),
        response.headers().split("Vary").orElseThrow().stream().sorted().toList());
  }

  @Test
  void what_has_not_changed_is_shared() throws Exception {
    Javalin javalin =
        start(
            routes -> routes.add(HandlerType.GET, "/", context -> context.result(TEXT)),
            config -> config.http.generateEtags = true);
    String tag = only(get(javalin, "GET", "/"), "ETag");
    WireResponse response = get(javalin, "GET", "/", "If-None-Match", tag);
    assertEquals(304, response.status());
    assertShared(response);
  }

  @Test
  void a_part_of_a_stream_is_shared() throws Exception {
    byte[] bytes = TEXT.getBytes(StandardCharsets.US_ASCII);
    Javalin javalin =
        start(
            routes ->
                routes.add(
                    HandlerType.GET,
                    "/",
                    context ->
                        context.writeSeekableStream(
                            new ByteArrayInputStream(bytes), "video/mp4", bytes.length)));
    WireResponse response = get(javalin, "GET", "/", "Range", "bytes=2-4");
    assertEquals(206, response.status());
    assertShared(response);
  }

  @Test
  void a_static_file_is_shared(@TempDir Path directory) throws Exception {
    assertFileIsShared(directory, files -> {});
  }

  @Test
  void a_static_file_that_is_compressed_beforehand_is_shared(@TempDir Path directory)
      throws Exception {
    assertFileIsShared(directory, this::precompress);
  }

  private void assertFileIsShared(Path directory, Consumer<StaticFileConfig> configuration)
      throws Exception {
    Files.writeString(directory.resolve("data.json"), TEXT);
    Javalin javalin =
        start(
            routes -> {},
            config ->
                config.staticFiles.add(
                    files -> {
                      files.directory = directory.toString();
                      files.location = Location.EXTERNAL;
                      configuration.accept(files);
                    }));
    WireResponse plain = get(javalin, "GET", "/data.json");
    assertEquals(TEXT, plain.text());
    assertShared(plain);
    WireResponse head = get(javalin, "HEAD", "/data.json");
    assertEquals(200, head.status());
    assertShared(head);
    WireResponse compressed = get(javalin, "GET", "/data.json", "Accept-Encoding", "gzip");
    assertEquals("gzip", only(compressed, "Content-Encoding"));
    assertShared(compressed);
    WireResponse unchanged =
        get(javalin, "GET", "/data.json", "If-None-Match", only(plain, "ETag"));
    assertEquals(304, unchanged.status());
    assertShared(unchanged);
    WireResponse part = get(javalin, "GET", "/data.json", "Range", "bytes=2-4");
    assertTrue(part.status() == 206 || part.text().equals(TEXT), "a part, or the whole");
    assertShared(part);
  }

  @Test
  void the_page_of_a_single_page_application_is_shared(@TempDir Path directory) throws Exception {
    Path page = Files.writeString(directory.resolve("index.html"), "<html></html>");
    Javalin javalin =
        start(
            routes -> {},
            config -> config.spaRoot.addFile("/", page.toString(), Location.EXTERNAL));
    WireResponse response = get(javalin, "GET", "/some/view", "Accept", "text/html");
    assertEquals("<html></html>", response.text());
    assertShared(response);
    assertEquals(204, client.preflight(javalin, "/some/view", "PUT").status());
  }

  @Test
  void the_refusal_of_a_large_body_is_shared() throws Exception {
    Javalin javalin =
        start(
            routes -> routes.add(HandlerType.POST, "/", context -> context.result(context.body())),
            config -> config.http.maxRequestSize = 10);
    WireResponse response =
        client.sendBody(javalin, "POST", "/", "12345678901", "Origin", "https://app.example");
    assertEquals(413, response.status());
    assertShared(response);
  }

  @Test
  void who_waits_for_leave_to_send_a_body_gets_it() throws Exception {
    Javalin javalin =
        start(
            routes -> routes.add(HandlerType.POST, "/", context -> context.result(context.body())));
    WireResponse response =
        client.sendBody(
            javalin,
            "POST",
            "/",
            "hello",
            "Origin",
            "https://app.example",
            "Expect",
            "100-continue");
    assertEquals("hello", response.text());
    assertShared(response);
  }

  @Test
  void each_server_has_its_own_policy() throws Exception {
    Handler handler = context -> context.result("hello");
    Javalin one = start(routes -> routes.add(HandlerType.GET, "/", handler));
    Javalin other =
        start(
            CorsPolicy.builder().allowOrigins("https://other.example").build(),
            routes -> routes.add(HandlerType.GET, "/", handler),
            config -> {});
    for (int i = 0; i < 2; i++) {
      assertShared(get(one, "GET", "/"));
      assertEquals(
          "https://other.example", only(get(other, "GET", "/"), "Access-Control-Allow-Origin"));
    }
  }

  @Test
  void what_proxies_forward_changes_no_answer() throws Exception {
    Javalin javalin =
        start(
            routes -> routes.add(HandlerType.GET, "/", context -> context.result("hello")),
            config ->
                config.jetty.modifyHttpConfiguration(
                    http -> http.addCustomizer(new ForwardedRequestCustomizer())));
    String[] forwarded = {
      "X-Forwarded-Proto", "https",
      "X-Forwarded-Host", "app.example",
      "X-Forwarded-Port", "443",
      "X-Forwarded-Prefix", "/api",
      "X-Forwarded-For", "127.0.0.1",
      "Forwarded", "for=127.0.0.1;host=app.example;proto=https"
    };
    for (String origin : List.of("https://app.example", "https://evil.example")) {
      for (String method : List.of("GET", "OPTIONS")) {
        List<String> headers = new ArrayList<>(List.of("Origin", origin));
        headers.addAll(List.of("Access-Control-Request-Method", "PUT"));
        String direct = answer(client.send(javalin, method, "/", headers.toArray(String[]::new)));
        headers.addAll(List.of(forwarded));
        String proxied = answer(client.send(javalin, method, "/", headers.toArray(String[]::new)));
        assertEquals(direct, proxied);
        assertTrue(direct.contains("Vary"), direct);
      }
    }
  }

  private static String answer(WireResponse response) {
    return response.head().replaceFirst("Date: .*", "");
  }

  @Test
  void beside_javalins_own_plugin_there_is_one_set_of_headers_and_a_warning_at_the_start()
      throws Exception {
    List<String> warnings;
    try (LogLines log = new LogLines()) {
      Javalin javalin =
          start(
              POLICY.toBuilder().build(), // Says what it has not said in another test.
              routes -> routes.add(HandlerType.GET, "/", context -> context.result("hello")),
              config ->
                  config.bundledPlugins.enableCors(cors -> cors.addRule(rule -> rule.anyHost())));
      for (int i = 0; i < 3; i++) {
        assertShared(get(javalin, "GET", "/"));
        WireResponse refused = client.send(javalin, "GET", "/", "Origin", "https://evil.example");
        assertFalse(refused.headers().has("Access-Control-Allow-Origin"), refused::toString);
        assertEquals("Origin", only(refused, "Vary"));
      }
      assertEquals(
          "PUT", only(client.preflight(javalin, "/", "PUT"), "Access-Control-Allow-Methods"));
      warnings = log.lines();
    }
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).contains("Remove bundledPlugins.enableCors"), warnings::toString);
  }

  /** Why it has to go, though it does not have the last word about headers. */
  @Test
  void javalins_own_plugin_refuses_what_the_policy_allows() throws Exception {
    Javalin javalin =
        start(
            POLICY,
            routes -> routes.add(HandlerType.GET, "/", context -> context.result("hello")),
            config ->
                config.bundledPlugins.enableCors(
                    cors -> cors.addRule(rule -> rule.allowHost("https://other.example"))));
    WireResponse response = get(javalin, "GET", "/");
    assertEquals(400, response.status());
    assertShared(response);
  }

  private WireResponse get(Javalin javalin, String method, String path, String... headers)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("Origin", "https://app.example"));
    all.addAll(List.of(headers));
    return client.send(javalin, method, path, all.toArray(String[]::new));
  }

  private Javalin start(Consumer<Routes> routes) {
    return start(routes, config -> {});
  }

  private Javalin start(Consumer<Routes> routes, Consumer<JavalinConfig> configuration) {
    return start(POLICY, routes, configuration);
  }

  private Javalin start(Cors cors, Consumer<Routes> routes, Consumer<JavalinConfig> configuration) {
    Javalin javalin =
        create(
            routes,
            config -> {
              configuration.accept(config);
              config.registerPlugin(new CorsPolicyPlugin(cors));
            });
    started.add(javalin);
    return javalin.start("127.0.0.1", 0);
  }
}
