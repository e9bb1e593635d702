package dev.crosswalk.cors.vertx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CrossOriginGuard;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.AllowForwardHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.ResponseContentTypeHandler;
import io.vertx.ext.web.handler.StaticHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handler among the handlers that come with Vert.x Web. */
class VertxApplicationTest extends RunningRouter {

  @Override
  HttpServerOptions options() {
    return super.options().setCompressionSupported(true);
  }

  // Routers and routes.

  @Test
  void a_router_that_is_mounted_has_a_policy_of_its_own_and_the_outer_one_has_the_last_word()
      throws Exception {
    Router admin = Router.router(vertx);
    admin.route().handler(new CorsPolicyHandler(ADMIN_ONLY));
    admin.get("/item").handler(context -> context.end("item"));
    router.route("/admin/*").subRouter(admin);
    Router inner = Router.router(vertx);
    inner.route().handler(new CorsPolicyHandler(ADMIN_ONLY));
    inner.get("/item").handler(context -> context.end("item"));
    router.route("/both/*").handler(new CorsPolicyHandler(POLICY)).subRouter(inner);

    WireResponse own = get("/admin/item", "Origin", "https://admin.example");
    assertEquals("https://admin.example", only(own, "Access-Control-Allow-Origin"));
    assertFalse(own.headers().has("Access-Control-Allow-Credentials"), own::toString);
    assertEquals("DELETE", only(preflight("/admin/x", "https://root.example"), ALLOW_METHODS));
    assertShared(get("/both/item", "Origin", "https://app.example"));
    assertEquals("PUT", only(preflight("/both/item", "https://app.example"), ALLOW_METHODS));
    assertFalse(
        get("/both/item", "Origin", "https://root.example")
            .headers()
            .has("Access-Control-Allow-Origin"));
  }

  @Test
  void each_virtual_host_has_its_policy() throws Exception {
    router.route().virtualHost("api.example").handler(new CorsPolicyHandler(POLICY));
    router.route().virtualHost("*.admin.example").handler(new CorsPolicyHandler(ADMIN_ONLY));
    router.get("/").handler(context -> context.end());

    assertShared(get("/", "Host", "api.example", "Origin", "https://app.example"));
    WireResponse admin = get("/", "Host", "a.admin.example", "Origin", "https://admin.example");
    assertEquals("https://admin.example", only(admin, "Access-Control-Allow-Origin"));
    assertFalse(admin.headers().has("Access-Control-Allow-Credentials"), admin::toString);
    WireResponse other = get("/", "Host", "other.example", "Origin", "https://app.example");
    assertFalse(other.headers().has("Access-Control-Allow-Origin"), other::toString);
    assertFalse(other.headers().has("Vary"), other::toString);
  }

  @Test
  void what_failure_and_error_handlers_answer_is_shared() throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    router
        .get("/route")
        .handler(context -> context.fail(409))
        .failureHandler(
            context ->
                context
                    .response()
                    .setStatusCode(context.statusCode())
                    .putHeader("Vary", "Accept")
                    .end("of the route"));
    router.get("/router").handler(context -> context.fail(418, new IllegalStateException("tea")));
    router.get("/late").handler(context -> vertx.setTimer(1, fired -> context.fail(502)));
    router.errorHandler(418, context -> context.response().setStatusCode(418).end("of the router"));
    router.errorHandler(404, context -> context.response().setStatusCode(404).end("none"));

    WireResponse route = get("/route", "Origin", "https://app.example");
    assertEquals("409 of the route", route.status() + " " + route.text());
    assertEquals("Accept, Origin", only(route, "Vary"));
    assertShared(route);
    WireResponse error = get("/router", "Origin", "https://app.example");
    assertEquals("418 of the router", error.status() + " " + error.text());
    assertShared(error);
    WireResponse late = get("/late", "Origin", "https://app.example");
    assertEquals(502, late.status());
    assertShared(late);
    WireResponse missing = get("/missing", "Origin", "https://app.example");
    assertEquals("404 none", missing.status() + " " + missing.text());
    assertShared(missing);
  }

  // The handlers of Vert.x Web.

  @Test
  void a_body_that_is_too_large_is_refused_with_headers() throws Exception {
    router
        .route()
        .handler(new CorsPolicyHandler(POLICY))
        .handler(BodyHandler.create().setBodyLimit(4));
    router.post("/").handler(context -> context.end(context.body().asString()));
    assertEquals("four", post("four").text());
    WireResponse refused = post("fives");
    assertEquals(413, refused.status());
    assertShared(refused);
  }

  @Test
  void an_expectation_that_the_server_cannot_meet_is_refused_with_headers() throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY)).handler(BodyHandler.create());
    router.post("/").handler(context -> context.end(context.body().asString()));
    WireResponse refused = post("", "Expect", "a-miracle");
    assertEquals(417, refused.status());
    assertShared(refused);
  }

  @Test
  void the_response_that_asks_for_the_body_has_no_headers_and_the_final_one_has() throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY)).handler(BodyHandler.create());
    router.post("/").handler(context -> context.end(context.body().asString()));
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      String head = "POST / HTTP/1.1\r\nHost: api.example\r\nOrigin: https://app.example\r\n";
      head += "Connection: close\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      StringBuilder interim = new StringBuilder();
      while (interim.indexOf("\r\n\r\n") < 0) {
        int read = socket.getInputStream().read();
        assertTrue(read >= 0, interim::toString);
        interim.append((char) read);
      }
      assertEquals("HTTP/1.1 100 Continue", interim.toString().lines().findFirst().orElseThrow());
      assertFalse(interim.toString().contains("ccess-"), interim::toString);
      socket.getOutputStream().write("body".getBytes(StandardCharsets.US_ASCII));
      String last = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertTrue(last.startsWith("HTTP/1.1 200 "), last);
      assertEquals(1, count(last, "access-control-allow-origin: https://app.example"), last);
      assertTrue(last.endsWith("\r\n\r\nbody"), last);
    }
  }

  private static long count(String text, String line) {
    return text.lines().filter(other -> other.equalsIgnoreCase(line)).count();
  }

  @Test
  void files_have_the_headers_whether_whole_or_in_part_or_not_modified(@TempDir Path directory)
      throws Exception {
    Files.writeString(directory.resolve("page.txt"), "0123456789");
    router.route().handler(new CorsPolicyHandler(POLICY));
    router
        .route("/files/*")
        .handler(
            StaticHandler.create(FileSystemAccess.ROOT, directory.toString()).setMaxAgeSeconds(60));

    WireResponse whole = get("/files/page.txt", "Origin", "https://app.example");
    assertEquals("0123456789", whole.text());
    assertEquals("public, immutable, max-age=60", only(whole, "Cache-Control"));
    assertShared(whole);
    assertEquals("Origin", only(whole, "Vary"));

    WireResponse encoded =
        get("/files/page.txt", "Origin", "https://app.example", "Accept-Encoding", "gzip");
    assertShared(encoded);
    assertEquals("accept-encoding, Origin", only(encoded, "Vary"), "StaticHandler's own");

    WireResponse head = send("HEAD", "/files/page.txt", "Origin", "https://app.example");
    assertEquals("200 10", head.status() + " " + only(head, "Content-Length"));
    assertShared(head);

    WireResponse part =
        get("/files/page.txt", "Origin", "https://app.example", "Range", "bytes=2-4");
    assertEquals("206 234", part.status() + " " + part.text());
    assertShared(part);

    WireResponse beyond =
        get("/files/page.txt", "Origin", "https://app.example", "Range", "bytes=20-30");
    assertEquals(416, beyond.status());
    assertShared(beyond);

    WireResponse fresh =
        get(
            "/files/page.txt",
            "Origin",
            "https://admin.example",
            "If-Modified-Since",
            only(whole, "Last-Modified"));
    assertEquals(304, fresh.status());
    assertEquals("https://admin.example", only(fresh, "Access-Control-Allow-Origin"));
    assertTrue(only(fresh, "Vary").contains("Origin"), fresh::toString);

    WireResponse missing = get("/files/none.txt", "Origin", "https://app.example");
    assertEquals(404, missing.status());
    assertShared(missing);
  }

  @Test
  void a_type_that_is_negotiated_keeps_its_headers() throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    router.route().handler(ResponseContentTypeHandler.create());
    router.get("/").produces("application/json").handler(context -> context.end("{}"));
    WireResponse json = get("/", "Origin", "https://app.example", "Accept", "application/json");
    assertEquals("application/json", only(json, "Content-Type"));
    assertShared(json);
    WireResponse refused = get("/", "Origin", "https://app.example", "Accept", "text/html");
    assertEquals(406, refused.status());
    assertShared(refused);
  }

  @Test
  void a_compressed_response_varies_by_the_origin_still() throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    router
        .get("/")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Content-Type", "text/plain")
                    .putHeader("Vary", "Accept-Encoding")
                    .end("hello ".repeat(500)));
    WireResponse response = get("/", "Origin", "https://app.example", "Accept-Encoding", "gzip");
    assertEquals("gzip", only(response, "Content-Encoding"));
    assertArrayEquals(
        "hello ".repeat(500).getBytes(StandardCharsets.US_ASCII),
        new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes());
    assertShared(response);
    List<String> vary = response.headers().split("Vary").orElseThrow();
    assertTrue(vary.stream().anyMatch("Origin"::equalsIgnoreCase), vary::toString);
    assertTrue(vary.stream().anyMatch("Accept-Encoding"::equalsIgnoreCase), vary::toString);
  }

  @Test
  void a_response_that_comes_too_late_is_refused_with_headers() throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    router.get("/").handler(TimeoutHandler.create(20)).handler(context -> {});
    WireResponse response = get("/", "Origin", "https://app.example");
    assertEquals(503, response.status());
    assertShared(response);
  }

  // Responses whose headers leave early.

  @Test
  void a_file_that_a_handler_sends_or_pipes_has_the_headers(@TempDir Path directory)
      throws Exception {
    String file = Files.writeString(directory.resolve("f"), "x".repeat(100_000)).toString();
    router.route().handler(new CorsPolicyHandler(POLICY));
    router.get("/sent").handler(context -> context.response().sendFile(file));
    router
        .get("/piped")
        .handler(
            context ->
                vertx
                    .fileSystem()
                    .open(file, new OpenOptions())
                    .onSuccess(open -> open.pipeTo(context.response().setChunked(true))));
    for (String path : List.of("/sent", "/piped")) {
      WireResponse response = get(path, "Origin", "https://app.example");
      assertEquals(100_000, response.body().length, path);
      assertShared(response);
    }
  }

  @Test
  void a_failure_after_the_headers_have_left_ends_the_connection_and_nothing_else()
      throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    router
        .get("/broken")
        .handler(
            context ->
                context
                    .response()
                    .setChunked(true)
                    .write("begin")
                    .onSuccess(written -> context.request().connection().close()));
    router.get("/").handler(context -> context.end("well"));
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      String request = "GET /broken HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertEquals(1, count(all, "access-control-allow-origin: https://app.example"), all);
      assertEquals(1, all.split("HTTP/1.1 ", -1).length - 1, all);
    }
    assertShared(get("/", "Origin", "https://app.example"));
  }

  // Behind a proxy.

  @Test
  void what_a_proxy_forwards_changes_no_answer() throws Exception {
    router.allowForward(AllowForwardHeaders.ALL);
    router
        .route()
        .handler(
            new CorsPolicyHandler(
                CrossOriginGuard.around(POLICY).trustOrigins("https://trusted.example").build()));
    router.route("/").handler(context -> context.end());
    String[] forwarded = {
      "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https", "X-Forwarded-Port", "443"
    };
    for (String origin : List.of("https://app.example", "https://evil.example")) {
      WireResponse plain = get("/", "Origin", origin);
      List<String> headers = new ArrayList<>(List.of("Origin", origin));
      headers.addAll(List.of(forwarded));
      WireResponse behind = get("/", headers.toArray(String[]::new));
      assertEquals(plain.status(), behind.status());
      assertEquals(plain.headers(), behind.headers());
    }
    // The guard compares the origin with the host, and not with what somebody says is the host.
    WireRequest write =
        new WireRequest("POST", url("/"), Headers.of("Origin", "https://evil.example"));
    assertEquals(403, client.send(write).status());
    Headers lying = write.headers();
    for (int i = 0; i < forwarded.length; i += 2) {
      lying = lying.with(forwarded[i], forwarded[i + 1]);
    }
    assertEquals(403, client.send(new WireRequest("POST", url("/"), lying)).status());
  }

  @Test
  void in_http2_what_a_proxy_forwards_changes_no_answer() throws Exception {
    router.allowForward(AllowForwardHeaders.ALL);
    router.route().handler(new CorsPolicyHandler(CrossOriginGuard.around(POLICY).build()));
    router.route("/").handler(context -> context.end());
    HttpClient http2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest.Builder read = HttpRequest.newBuilder(URI.create(url("/")));
    // The first asks in HTTP/1.1 for the change.
    http2.send(read.build(), HttpResponse.BodyHandlers.discarding());
    HttpResponse<String> response =
        http2.send(
            HttpRequest.newBuilder(URI.create(url("/")))
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://evil.example")
                .header("X-Forwarded-Host", "evil.example")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(HttpClient.Version.HTTP_2, response.version());
    // Before 4.5.21 a handler cannot ask for what was sent.
    boolean asksForWhatWasSent =
        Arrays.stream(HttpServerRequest.class.getMethods())
            .anyMatch(m -> m.getName().equals("authority") && m.getParameterCount() == 1);
    assertEquals(asksForWhatWasSent ? 403 : 200, response.statusCode());
  }

  @Test
  void the_transports_of_sock_js_have_one_set_of_headers() throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY.toBuilder().build()));
    router
        .route("/chat/*")
        .subRouter(SockJSHandler.create(vertx).socketHandler(socket -> socket.end()));
    List<String> told =
        warnings(
            () -> {
              for (String path : List.of("/chat/info", "/chat/iframe.html")) {
                assertShared(get(path, "Origin", "https://app.example"));
              }
              WireResponse refused = get("/chat/iframe.html", "Origin", "https://evil.example");
              assertFalse(refused.headers().has("Access-Control-Allow-Origin"), refused::toString);
              WireResponse opened =
                  client.send(
                      new WireRequest(
                          "POST",
                          url("/chat/000/abc/xhr"),
                          Headers.of("Origin", "https://app.example")));
              assertEquals("200 o", opened.status() + " " + opened.text().strip());
              assertShared(opened);
              assertEquals(
                  "PUT",
                  only(preflight("/chat/000/abc/xhr", "https://app.example"), ALLOW_METHODS));
            });
    assertEquals(List.of(), told); // Told that the policy has seen a request, it writes none.
  }

  private WireResponse post(String body, String... headers) throws Exception {
    Headers sent = Headers.of("Origin", "https://app.example");
    for (int i = 0; i < headers.length; i += 2) {
      sent = sent.with(headers[i], headers[i + 1]);
    }
    return client.send(
        new WireRequest("POST", url("/"), sent, body.getBytes(StandardCharsets.US_ASCII)));
  }
}
