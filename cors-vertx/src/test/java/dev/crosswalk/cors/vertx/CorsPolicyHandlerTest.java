package dev.crosswalk.cors.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.tck.wire.WireResponse;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.handler.SimpleAuthenticationHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is particular to Vert.x. The rules of the protocol are the TCK's. */
class CorsPolicyHandlerTest extends RunningRouter {

  @Test
  void the_handler_may_stand_before_a_body_handler_of_the_same_route() throws Exception {
    router
        .route()
        .handler(new CorsPolicyHandler(POLICY))
        .handler(BodyHandler.create())
        .handler(context -> context.end());
    assertShared(send("GET", "/", "Origin", "https://app.example"));
  }

  @Test
  void a_handler_that_is_added_late_comes_first_if_its_route_says_so() throws Exception {
    router.route().handler(refusingAuthentication());
    router.route().order(Integer.MIN_VALUE).handler(new CorsPolicyHandler(POLICY));
    WireResponse preflight = preflight("/", "https://app.example", "PUT");
    assertEquals(204, preflight.status());
    assertEquals("PUT", only(preflight, "Access-Control-Allow-Methods"));
    WireResponse actual = send("GET", "/", "Origin", "https://app.example");
    assertEquals(401, actual.status());
    assertShared(actual);
  }

  @Test
  void two_handlers_give_one_set_of_headers_and_the_first_wins() throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    router.route().handler(new CorsPolicyHandler(CorsPolicy.none()));
    router.route().handler(context -> context.end());
    WireResponse response = send("GET", "/", "Origin", "https://app.example");
    assertShared(response);
    assertEquals("Origin", only(response, "Vary"));
  }

  @Test
  void a_rerouted_request_is_decided_about_once_and_has_one_set_of_headers() throws Exception {
    Recorder recorder = new Recorder();
    router.route().handler(new CorsPolicyHandler(recorder));
    router.get("/from").handler(context -> context.reroute("/to"));
    router
        .get("/to")
        .handler(context -> context.response().putHeader("Vary", "Accept").end("hello"));
    WireResponse response = send("GET", "/from", "Origin", "https://app.example");
    assertEquals("hello", response.text());
    assertShared(response);
    assertEquals("Accept, Origin", only(response, "Vary"));
    assertEquals(List.of("/from"), recorder.paths);
  }

  @Test
  void a_request_that_is_rerouted_out_of_the_paths_of_the_handler_loses_its_headers()
      throws Exception {
    router.route("/api/*").handler(new CorsPolicyHandler(POLICY));
    router.get("/api/from").handler(context -> context.reroute("/to"));
    router.get("/to").handler(context -> context.end("hello"));
    WireResponse response = send("GET", "/api/from", "Origin", "https://app.example");
    assertEquals("hello", response.text());
    assertFalse(response.headers().has("Access-Control-Allow-Origin"));
  }

  @Test
  void a_vary_that_a_handler_sets_keeps_its_members_and_ours() throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    router
        .get("/")
        .handler(context -> context.response().putHeader("Vary", "Accept-Encoding").end());
    assertEquals("Accept-Encoding, Origin", only(send("GET", "/"), "Vary"));
  }

  @Test
  void headers_that_a_handler_clears_are_there_again() throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    router
        .get("/")
        .handler(
            context -> {
              context.response().headers().clear();
              context.response().end();
            });
    assertShared(send("GET", "/", "Origin", "https://app.example"));
  }

  @Test
  void a_handler_of_the_users_that_runs_when_headers_end_does_not_have_the_last_word()
      throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    router
        .get("/")
        .handler(
            context -> {
              context.addHeadersEndHandler(
                  ended ->
                      context
                          .response()
                          .putHeader("Vary", "Accept")
                          .putHeader("Access-Control-Allow-Origin", "*"));
              context.end();
            });
    WireResponse response = send("GET", "/", "Origin", "https://app.example");
    assertShared(response);
    assertEquals("Accept, Origin", only(response, "Vary"));
  }

  @Test
  void a_handler_of_the_users_that_displaces_the_routers_leaves_the_headers_of_the_first_writing()
      throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    List<String> ran = new CopyOnWriteArrayList<>();
    router
        .get("/")
        .handler(
            context -> {
              context.response().headersEndHandler(ended -> ran.add("displacing"));
              context.end();
            });
    assertShared(send("GET", "/", "Origin", "https://app.example"));
    assertEquals(List.of("displacing"), ran);
  }

  @Test
  void an_origin_that_sock_js_reflects_is_the_policys_to_allow() throws Exception {
    router.route("/unguarded/*").subRouter(SockJSHandler.create(vertx).socketHandler(s -> {}));
    router.route().handler(new CorsPolicyHandler(POLICY));
    router.route("/guarded/*").subRouter(SockJSHandler.create(vertx).socketHandler(s -> {}));

    WireResponse unguarded = send("GET", "/unguarded/info", "Origin", "https://evil.example");
    assertEquals("https://evil.example", only(unguarded, "Access-Control-Allow-Origin"));
    assertEquals("true", only(unguarded, "Access-Control-Allow-Credentials"));

    WireResponse refused = send("GET", "/guarded/info", "Origin", "https://evil.example");
    assertEquals(200, refused.status());
    assertFalse(refused.headers().has("Access-Control-Allow-Origin"));
    assertFalse(refused.headers().has("Access-Control-Allow-Credentials"));
    assertShared(send("GET", "/guarded/info", "Origin", "https://app.example"));
  }

  @Test
  void a_route_with_a_path_confines_the_policy_to_what_the_router_finds_there() throws Exception {
    Router api = Router.router(vertx);
    api.get("/item").handler(context -> context.end("item"));
    router.route("/api/*").handler(new CorsPolicyHandler(POLICY)).subRouter(api);
    router.get("/apix").handler(context -> context.end("apix"));

    for (String path : List.of("/api/item", "/other/../api/item", "/%61pi/item", "//api/item")) {
      WireResponse inside = send("GET", path, "Origin", "https://app.example");
      assertEquals("item", inside.text(), path);
      assertShared(inside);
    }
    WireResponse outside = send("GET", "/apix", "Origin", "https://app.example");
    assertEquals("apix", outside.text());
    assertFalse(outside.headers().has("Access-Control-Allow-Origin"));
    assertFalse(outside.headers().has("Vary"));
  }

  @Test
  void the_headers_stay_when_a_failure_handler_fails() throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    router
        .get("/")
        .handler(context -> context.fail(418))
        .failureHandler(
            context -> {
              throw new IllegalStateException("This failure is part of the test.");
            });
    WireResponse response = send("GET", "/", "Origin", "https://app.example");
    assertEquals(500, response.status());
    assertShared(response);
  }

  @Test
  void a_web_socket_is_opened_without_headers_of_the_policy() throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    router.get("/socket").handler(context -> context.request().toWebSocket());
    WireResponse response = handshake("/socket", "https://evil.example");
    assertEquals(101, response.status());
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", only(response, "Sec-WebSocket-Accept"));
    assertFalse(response.headers().has("Vary"), response::toString);
    assertFalse(response.headers().has("Access-Control-Allow-Origin"), response::toString);
  }

  /** As Undertow's WebSockets do in Quarkus. */
  @Test
  void a_web_socket_that_a_handler_answers_with_101_has_no_headers_of_the_policy()
      throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    router.get("/socket").handler(context -> context.response().setStatusCode(101).end());
    router.get("/refused").handler(context -> context.response().setStatusCode(400).end());
    WireResponse response = handshake("/socket", "https://app.example");
    assertEquals(101, response.status());
    assertFalse(response.headers().has("Vary"), response::toString);
    assertFalse(response.headers().has("Access-Control-Allow-Origin"), response::toString);
    assertShared(handshake("/refused", "https://app.example"));
  }

  @Test
  void a_guard_refuses_a_web_socket_before_the_route_opens_it() throws Exception {
    router
        .route()
        .handler(
            new CorsPolicyHandler(
                CrossOriginGuard.around(POLICY).trustOrigins("https://app.example").build()));
    router.get("/socket").handler(context -> context.request().toWebSocket());
    assertEquals(403, handshake("/socket", "https://evil.example").status());
    assertEquals(101, handshake("/socket", "https://app.example").status());
  }

  private WireResponse handshake(String path, String origin) throws Exception {
    List<String> headers = new ArrayList<>(List.of("Connection", "Upgrade"));
    headers.addAll(List.of("Upgrade", "websocket", "Sec-WebSocket-Version", "13"));
    headers.addAll(List.of("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==", "Origin", origin));
    return send("GET", path, headers.toArray(new String[0]));
  }

  @Test
  void in_http2_the_host_is_the_authority() throws Exception {
    Recorder recorder = new Recorder();
    router.route().handler(new CorsPolicyHandler(recorder)).handler(context -> context.end());
    for (HttpResponse<String> response : sendTwiceByHttp2("GET")) {
      assertEquals(200, response.statusCode());
      assertEquals(List.of("https://app.example"), lines(response, "Access-Control-Allow-Origin"));
      assertEquals(List.of("Origin"), lines(response, "Vary"));
    }
    assertEquals(List.of("127.0.0.1:" + port, "127.0.0.1:" + port), recorder.hosts);
  }

  @Test
  void in_http2_a_preflight_is_answered_without_content() throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    for (HttpResponse<String> response :
        sendTwiceByHttp2("OPTIONS", "Access-Control-Request-Method", "PUT")) {
      assertEquals(204, response.statusCode());
      assertEquals(List.of("https://app.example"), lines(response, "Access-Control-Allow-Origin"));
      assertEquals(List.of("PUT"), lines(response, "Access-Control-Allow-Methods"));
      assertEquals("", response.body());
    }
  }

  /** The first request asks in HTTP/1.1 for the change to HTTP/2. The second has no Host. */
  private List<HttpResponse<String>> sendTwiceByHttp2(String method, String... headers)
      throws Exception {
    HttpClient http2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url("/")))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Origin", "https://app.example");
    if (headers.length > 0) {
      request.headers(headers);
    }
    List<HttpResponse<String>> responses = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      responses.add(http2.send(request.build(), HttpResponse.BodyHandlers.ofString()));
      assertEquals(HttpClient.Version.HTTP_2, responses.get(i).version());
    }
    return responses;
  }

  private static List<String> lines(HttpResponse<?> response, String name) {
    return response.headers().allValues(name);
  }

  private static SimpleAuthenticationHandler refusingAuthentication() {
    return SimpleAuthenticationHandler.create()
        .authenticate(context -> Future.failedFuture(new HttpException(401)));
  }

  private WireResponse preflight(String path, String origin, String method) throws Exception {
    return send("OPTIONS", path, "Origin", origin, "Access-Control-Request-Method", method);
  }

  /** Sends the target as it is: a client that knows URLs would resolve its dots. */
  @Override
  WireResponse send(String method, String target, String... headers) throws Exception {
    StringBuilder bytes = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    bytes.append("Host: api.example\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      bytes.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    return client.sendBytes(url(""), bytes.append("\r\n").toString(), method).get(0);
  }

  /** Decides as the policy does, and keeps what the handler's reader read. */
  private static final class Recorder implements Cors {
    final List<String> paths = new CopyOnWriteArrayList<>();
    final List<String> hosts = new CopyOnWriteArrayList<>();

    @Override
    public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
      paths.add(reader.path(request));
      String host = reader.header(request, "Host");
      hosts.add(host == null ? reader.authority(request) : host);
      return POLICY.decide(request, reader);
    }
  }
}
