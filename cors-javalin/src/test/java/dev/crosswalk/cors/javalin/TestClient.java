package dev.crosswalk.cors.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireResponse;
import io.javalin.Javalin;
import java.util.List;

/** Sends the requests of tests, and knows what {@link #POLICY} adds to a response. */
final class TestClient implements AutoCloseable {

  static final CorsPolicy POLICY =
      CorsPolicy.builder()
          .allowOrigins("https://app.example", "https://admin.example")
          .allowCredentials()
          .allowMethods("PUT")
          .exposeResponseHeaders("X-Total")
          .build();

  private final WireClient client = new WireClient();

  /** Asks for an origin that the policy allows. */
  WireResponse preflight(Javalin javalin, String path, String method) throws Exception {
    return send(
        javalin,
        "OPTIONS",
        path,
        "Origin",
        "https://app.example",
        "Access-Control-Request-Method",
        method);
  }

  /** Sends the target as it is: a client that knows URLs would resolve its dots. */
  WireResponse send(Javalin javalin, String method, String target, String... headers)
      throws Exception {
    return sendBody(javalin, method, target, "", headers);
  }

  WireResponse sendBody(
      Javalin javalin, String method, String target, String body, String... headers)
      throws Exception {
    StringBuilder bytes = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    bytes.append("Host: api.example\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      bytes.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    if (!body.isEmpty()) {
      bytes.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    bytes.append("\r\n").append(body);
    return client.sendBytes("http://127.0.0.1:" + javalin.port(), bytes.toString(), method).get(0);
  }

  @Override
  public void close() {
    client.close();
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
