package dev.crosswalk.cors.vertx;

import static dev.crosswalk.cors.vertx.CorsPolicyHandlerTckTest.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.LogLines;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A router that a test fills, on a server of its own, and a client of that. */
abstract class RunningRouter {

  static final CorsPolicy POLICY =
      CorsPolicy.builder()
          .allowOrigins("https://app.example", "https://admin.example")
          .allowCredentials()
          .allowMethods("PUT")
          .exposeResponseHeaders("X-Total")
          .build();

  static final CorsPolicy ADMIN_ONLY =
      CorsPolicy.builder()
          .allowOrigins("https://admin.example", "https://root.example")
          .allowMethods("DELETE")
          .build();

  static final String ALLOW_METHODS = "Access-Control-Allow-Methods";

  final WireClient client = new WireClient();
  Vertx vertx;
  Router router;
  int port;

  @BeforeEach
  void listen() throws Exception {
    vertx = Vertx.vertx();
    router = Router.router(vertx);
    port = await(vertx.createHttpServer(options()).requestHandler(router).listen()).actualPort();
  }

  HttpServerOptions options() {
    return new HttpServerOptions().setHost("127.0.0.1").setPort(0);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    await(vertx.close());
  }

  String url(String target) {
    return "http://127.0.0.1:" + port + target;
  }

  WireResponse get(String target, String... headers) throws Exception {
    return send("GET", target, headers);
  }

  WireResponse preflight(String target, String origin) throws Exception {
    return send("OPTIONS", target, "Origin", origin, "Access-Control-Request-Method", "PUT");
  }

  WireResponse send(String method, String target, String... headers) throws Exception {
    return client.send(new WireRequest(method, url(target), Headers.of(headers)));
  }

  interface Requests {
    void send() throws Exception;
  }

  /** What is logged meanwhile. */
  static List<String> warnings(Requests requests) throws Exception {
    try (LogLines log = new LogLines()) {
      requests.send();
      return log.lines();
    }
  }

  static void assertShared(WireResponse response) {
    assertEquals("https://app.example", only(response, "Access-Control-Allow-Origin"));
    assertEquals("true", only(response, "Access-Control-Allow-Credentials"));
    assertEquals("X-Total", only(response, "Access-Control-Expose-Headers"));
    assertTrue(response.headers().has("Vary"), response::toString);
  }

  /** The value of a header that has one field line. */
  static String only(WireResponse response, String name) {
    List<String> lines = response.headers().lines(name);
    assertEquals(1, lines.size(), () -> name + " of " + response);
    return lines.get(0);
  }
}
