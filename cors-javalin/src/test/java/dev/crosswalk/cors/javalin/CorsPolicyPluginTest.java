package dev.crosswalk.cors.javalin;

import static dev.crosswalk.cors.javalin.TestClient.POLICY;
import static dev.crosswalk.cors.javalin.TestClient.assertShared;
import static dev.crosswalk.cors.javalin.TestClient.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.tck.wire.WireResponse;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.plugin.PluginAlreadyRegisteredException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular to Javalin and its servlets. The rules of the protocol are the TCK's. */
class CorsPolicyPluginTest {

  private final TestClient client = new TestClient();
  private final List<Javalin> started = new ArrayList<>();

  Javalin create(Consumer<Routes> routes, Consumer<JavalinConfig> configuration) {
    return Javalin7.create(routes, configuration);
  }

  @AfterEach
  void stop() {
    client.close();
    started.forEach(Javalin::stop);
  }

  @Test
  void another_javalin_is_refused_with_the_versions_that_are_supported() {
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () -> PluginOfJavalin6Or7.requireSupported(PluginOfAnotherJavalin.class));
    assertEquals(
        "CorsPolicyPlugin supports Javalin 6 and 7. This is a different version: use a release of the"
            + " adapter that supports it.",
        thrown.getMessage());
  }

  private static class PluginOfAnotherJavalin {
    @SuppressWarnings("unused")
    public void onStart(Object context) {}
  }

  @Test
  void a_second_plugin_is_refused() {
    assertThrows(
        PluginAlreadyRegisteredException.class,
        () ->
            create(
                routes -> {},
                config -> {
                  config.registerPlugin(new CorsPolicyPlugin(POLICY));
                  config.registerPlugin(new CorsPolicyPlugin(CorsPolicy.none()));
                }));
  }

  @Test
  void the_plugin_comes_first_though_it_is_registered_last() throws Exception {
    Javalin javalin =
        start(
            routes -> {
              routes.add(
                  HandlerType.BEFORE,
                  "*",
                  context -> {
                    throw new UnauthorizedResponse();
                  });
              routes.add(HandlerType.PUT, "/", context -> context.result("hello"));
            },
            config -> config.registerPlugin(new CorsPolicyPlugin(POLICY)));
    WireResponse preflight = client.preflight(javalin, "/", "PUT");
    assertEquals(204, preflight.status());
    assertEquals("PUT", only(preflight, "Access-Control-Allow-Methods"));
    WireResponse actual = client.send(javalin, "GET", "/", "Origin", "https://app.example");
    assertEquals(401, actual.status());
    assertShared(actual);
  }

  @Test
  void the_path_has_the_context_path() throws Exception {
    Recorder recorder = new Recorder();
    Javalin javalin =
        start(
            routes -> routes.add(HandlerType.GET, "/a", context -> context.result("hello")),
            config -> {
              config.router.contextPath = "/mounted";
              config.registerPlugin(new CorsPolicyPlugin(recorder));
            });
    WireResponse response =
        client.send(javalin, "GET", "/mounted/a", "Origin", "https://app.example");
    assertEquals("hello", response.text());
    assertShared(response);
    assertEquals(List.of("/mounted/a"), recorder.paths);
  }

  /** A page can send it: the URL standard lets the characters be. */
  @Test
  void a_query_that_is_no_percent_encoding_is_shared() throws Exception {
    Javalin javalin =
        start(POLICY, context -> context.result(String.valueOf(context.queryParam("a"))));
    WireResponse response = client.send(javalin, "GET", "/?a=%zz", "Origin", "https://app.example");
    assertShared(response);
    assertEquals(
        204,
        client
            .send(
                javalin,
                "OPTIONS",
                "/?a=%zz",
                "Origin",
                "https://app.example",
                "Access-Control-Request-Method",
                "PUT")
            .status());
  }

  /** Jetty answers this, before any filter. */
  @Test
  void the_context_path_without_a_slash_is_redirected_without_headers() throws Exception {
    Javalin javalin =
        start(
            routes -> routes.add(HandlerType.GET, "/", context -> context.result("hello")),
            config -> {
              config.router.contextPath = "/shop";
              config.registerPlugin(new CorsPolicyPlugin(POLICY));
            });
    WireResponse redirect = client.preflight(javalin, "/shop", "PUT");
    assertEquals(3, redirect.status() / 100, redirect::toString);
    assertFalse(redirect.headers().has("Access-Control-Allow-Origin"), redirect::toString);
    assertEquals(204, client.preflight(javalin, "/shop/", "PUT").status());
    WireResponse actual = client.send(javalin, "GET", "/shop/", "Origin", "https://app.example");
    assertEquals("hello", actual.text());
    assertShared(actual);
  }

  @Test
  void a_target_without_a_path_is_no_error() throws Exception {
    Recorder recorder = new Recorder();
    Javalin javalin = start(recorder, context -> {});
    assertTrue(client.send(javalin, "CONNECT", "api.example:80").status() < 500);
    assertTrue(client.send(javalin, "OPTIONS", "*").status() < 500);
    // What arrives differs between the versions of Jetty.
    assertFalse(recorder.paths.contains("null"), recorder.paths::toString);
  }

  @Test
  void what_a_handler_sets_in_vary_is_kept() throws Exception {
    Javalin javalin =
        start(
            POLICY,
            context -> {
              context.header("Vary", "Accept-Encoding");
              context.res().addHeader("vary", "Accept");
              context.res().addHeader("VARY", "Cookie, origin");
            });
    assertEquals(
        "Accept-Encoding, Origin, Accept, Cookie",
        String.join(", ", client.send(javalin, "GET", "/").headers().lines("Vary")));
  }

  @Test
  void what_a_layer_below_sets_in_vary_is_kept_in_one_line() throws Exception {
    Javalin javalin =
        start(
            POLICY,
            context -> {
              HttpServletResponse below =
                  (HttpServletResponse) ((HttpServletResponseWrapper) context.res()).getResponse();
              below.setHeader("Vary", "Accept-Encoding");
              below.addHeader("Vary", "Accept");
              context.res().addHeader("Vary", "Cookie");
            });
    WireResponse response = client.send(javalin, "GET", "/", "Origin", "https://app.example");
    assertEquals("Accept-Encoding, Accept, Cookie, Origin", only(response, "Vary"));
  }

  @Test
  void whatever_way_a_handler_touches_a_header_of_the_policy_it_yields() throws Exception {
    List<Consumer<HttpServletResponse>> touches =
        List.of(
            response -> response.setHeader("access-control-allow-origin", "*"),
            response -> response.addHeader("Access-Control-Allow-Origin", "null"),
            response -> response.setHeader("Access-Control-Allow-Credentials", null),
            response -> response.setIntHeader("Access-Control-Expose-Headers", 1),
            response -> response.addIntHeader("Access-Control-Expose-Headers", 1),
            response -> response.setDateHeader("Access-Control-Expose-Headers", 0),
            response -> response.addDateHeader("Access-Control-Expose-Headers", 0),
            response -> response.setHeader("vary", null));
    for (int i = 0; i < touches.size(); i++) {
      Consumer<HttpServletResponse> touch = touches.get(i);
      Javalin javalin = start(POLICY, context -> touch.accept(context.res()));
      WireResponse shared = client.send(javalin, "GET", "/", "Origin", "https://app.example");
      assertShared(shared);
      assertEquals("Origin", only(shared, "Vary"), "touch " + i);
      WireResponse refused = client.send(javalin, "GET", "/", "Origin", "https://evil.example");
      assertEquals("Origin", only(refused, "Vary"), "touch " + i);
      for (String name : List.of("Allow-Origin", "Allow-Credentials", "Expose-Headers")) {
        assertFalse(refused.headers().has("Access-Control-" + name), refused::toString);
      }
    }
  }

  @Test
  void the_headers_are_there_again_after_a_reset() throws Exception {
    Javalin javalin =
        start(
            POLICY,
            context -> {
              context.res().reset();
              context.res().resetBuffer();
              context.status(409);
            });
    WireResponse response = client.send(javalin, "GET", "/", "Origin", "https://app.example");
    assertEquals(409, response.status());
    assertShared(response);
  }

  @Test
  void the_headers_are_there_though_a_handler_redirects_or_flushes() throws Exception {
    Javalin redirecting = start(POLICY, context -> context.res().sendRedirect("/elsewhere"));
    WireResponse redirect = client.send(redirecting, "GET", "/", "Origin", "https://app.example");
    assertEquals(302, redirect.status());
    assertShared(redirect);
    Javalin flushing =
        start(
            POLICY,
            context -> {
              context.header("Vary", "Accept");
              context.res().flushBuffer();
            });
    WireResponse flushed = client.send(flushing, "GET", "/", "Origin", "https://app.example");
    assertShared(flushed);
    assertEquals("Accept, Origin", only(flushed, "Vary"));
  }

  /** Jetty takes Vary from its own error page; nobody keeps that page. */
  @Test
  void the_error_page_of_jetty_is_shared_and_not_stored() throws Exception {
    Javalin javalin = start(POLICY, context -> context.res().sendError(418, "teapot"));
    WireResponse response = client.send(javalin, "GET", "/", "Origin", "https://app.example");
    assertEquals(418, response.status());
    assertEquals("https://app.example", only(response, "Access-Control-Allow-Origin"));
    assertEquals("true", only(response, "Access-Control-Allow-Credentials"));
    assertTrue(only(response, "Cache-Control").contains("no-store"), response::toString);
  }

  @Test
  void a_large_body_that_is_committed_early_has_the_headers() throws Exception {
    Javalin javalin =
        start(
            POLICY,
            context -> {
              context.header("Vary", "Accept-Encoding");
              OutputStream body = context.res().getOutputStream();
              for (int i = 0; i < 1_000; i++) {
                body.write(new byte[1_024]);
              }
            });
    WireResponse response = client.send(javalin, "GET", "/", "Origin", "https://app.example");
    assertEquals(1_024_000, response.body().length);
    assertShared(response);
    assertEquals("Accept-Encoding, Origin", only(response, "Vary"));
  }

  @Test
  void an_error_that_a_handler_throws_is_shared() throws Exception {
    Javalin javalin =
        start(
            POLICY,
            context -> {
              throw new StackOverflowError("This failure is part of the test.");
            });
    WireResponse response = client.send(javalin, "GET", "/", "Origin", "https://app.example");
    assertEquals(500, response.status());
    assertShared(response);
  }

  /** On a JDK that has none, Javalin takes other threads. */
  @Test
  void on_virtual_threads_each_response_has_the_decision_of_its_request() throws Exception {
    Javalin javalin =
        start(
            routes ->
                routes.add(
                    HandlerType.GET,
                    "/",
                    context ->
                        context.future(
                            () ->
                                CompletableFuture.supplyAsync(() -> "hello")
                                    .thenAccept(context::result))),
            this::useVirtualThreads);
    List<String> origins = List.of("https://app.example", "https://admin.example");
    ExecutorService browsers = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String origin = origins.get(i % 2);
        answers.add(browsers.submit(() -> allowedOrigin(javalin, origin)));
      }
      for (int i = 0; i < 200; i++) {
        assertEquals(origins.get(i % 2), answers.get(i).get());
      }
    } finally {
      browsers.shutdownNow();
    }
  }

  void useVirtualThreads(JavalinConfig config) {
    config.concurrency.useVirtualThreads = true;
    config.registerPlugin(new CorsPolicyPlugin(POLICY));
  }

  private String allowedOrigin(Javalin javalin, String origin) throws Exception {
    return only(client.send(javalin, "GET", "/", "Origin", origin), "Access-Control-Allow-Origin");
  }

  @Test
  void a_web_socket_is_opened_without_headers_of_the_policy() throws Exception {
    Javalin javalin =
        start(
            routes -> routes.addWebSocket("/", webSocket -> {}),
            config -> config.registerPlugin(new CorsPolicyPlugin(POLICY)));
    WireResponse response = handshake(javalin, "https://evil.example");
    assertEquals(101, response.status());
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", only(response, "Sec-WebSocket-Accept"));
    assertFalse(response.headers().has("Vary"), response::toString);
    assertFalse(response.headers().has("Access-Control-Allow-Origin"), response::toString);
  }

  @Test
  void a_guard_refuses_a_web_socket_before_javalin_opens_it() throws Exception {
    Javalin javalin =
        start(
            routes -> routes.addWebSocket("/", webSocket -> {}),
            config ->
                config.registerPlugin(
                    new CorsPolicyPlugin(
                        CrossOriginGuard.around(POLICY)
                            .trustOrigins("https://app.example")
                            .build())));
    assertEquals(403, handshake(javalin, "https://evil.example").status());
    assertEquals(101, handshake(javalin, "https://app.example").status());
  }

  private WireResponse handshake(Javalin javalin, String origin) throws Exception {
    List<String> headers = new ArrayList<>(List.of("Connection", "Upgrade"));
    headers.addAll(List.of("Upgrade", "websocket", "Sec-WebSocket-Version", "13"));
    headers.addAll(List.of("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==", "Origin", origin));
    return client.send(javalin, "GET", "/", headers.toArray(new String[0]));
  }

  private Javalin start(Cors cors, Handler handler) {
    return start(
        routes -> routes.add(HandlerType.GET, "/", handler),
        config -> config.registerPlugin(new CorsPolicyPlugin(cors)));
  }

  private Javalin start(Consumer<Routes> routes, Consumer<JavalinConfig> configuration) {
    Javalin javalin = create(routes, configuration);
    started.add(javalin);
    return javalin.start("127.0.0.1", 0);
  }

  /** Decides as the policy does, and keeps what the plugin's reader read. */
  private static final class Recorder implements Cors {
    final List<String> paths = new CopyOnWriteArrayList<>();

    @Override
    public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
      paths.add(String.valueOf(reader.path(request)));
      return POLICY.decide(request, reader);
    }
  }
}
