package dev.crosswalk.cors.micronaut;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;
import dev.crosswalk.cors.tck.wire.WireClient;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.ServerWebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Opening handshakes do not take the way of other requests: Micronaut looks for their route first,
 * and asks no pre-matching filter. Each is decided about, and once.
 */
class WebSocketHandshakeTest {

  @ServerWebSocket("/chat")
  @Requires(property = "test.chat")
  static class Chat {
    @OnMessage
    String message(String message) {
      return message;
    }
  }

  private final List<Outcome> told = new CopyOnWriteArrayList<>();
  private final WireClient client = new WireClient();
  private EmbeddedServer server;

  @BeforeEach
  void start() {
    Cors guard =
        CrossOriginGuard.around(CorsPolicy.builder().allowOrigins("https://reader.example").build())
            .trustOrigins("https://app.example")
            .build();
    server =
        ApplicationContext.builder()
            .singletons(Cors.observed(guard, event -> told.add(event.decision().outcome())))
            .properties(
                Map.of(
                    "test.chat",
                    true,
                    "micronaut.security.enabled",
                    false,
                    "micronaut.server.port",
                    -1,
                    "micronaut.server.host",
                    "127.0.0.1"))
            .start()
            .getBean(EmbeddedServer.class)
            .start();
  }

  @AfterEach
  void stop() {
    server.getApplicationContext().close();
    client.close();
  }

  private int handshake(String path, String connection, String... more) throws Exception {
    StringBuilder bytes = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    bytes.append("Host: 127.0.0.1:").append(server.getPort()).append("\r\n");
    bytes.append("Connection: ").append(connection).append("\r\nUpgrade: websocket\r\n");
    bytes.append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String line : more) {
      bytes.append(line).append("\r\n");
    }
    String url = "http://127.0.0.1:" + server.getPort();
    return client.sendBytes(url, bytes.append("\r\n").toString(), "GET").get(0).status();
  }

  @Test
  void what_a_guard_refuses_does_not_open() throws Exception {
    assertEquals(403, handshake("/chat", "Upgrade", "Origin: https://evil.example"));
    assertEquals(403, handshake("/chat", "keep-alive, Upgrade", "Origin: https://reader.example"));
    assertEquals(403, handshake("/chat", "Upgrade", "Sec-Fetch-Site: cross-site"));
    assertEquals(
        List.of(
            Outcome.WRITE_FROM_OTHER_ORIGIN,
            Outcome.WRITE_FROM_OTHER_ORIGIN,
            Outcome.WRITE_FROM_CROSS_SITE),
        told);
  }

  @Test
  void who_may_write_opens_one() throws Exception {
    String own = "Origin: http://127.0.0.1:" + server.getPort();
    assertEquals(101, handshake("/chat", "Upgrade", own));
    assertEquals(101, handshake("/chat", "Upgrade", "Origin: https://app.example"));
    assertEquals(101, handshake("/chat", "Upgrade"));
    assertEquals(3, told.size(), told.toString());
  }

  @Test
  void what_only_looks_like_a_handshake_is_decided_about_once() throws Exception {
    assertEquals(403, handshake("/chat", "close", "Origin: https://evil.example"));
    assertEquals(List.of(Outcome.WRITE_FROM_OTHER_ORIGIN), told);
  }

  @Test
  void a_handshake_without_a_route_is_decided_about_once_too() throws Exception {
    assertEquals(403, handshake("/missing", "Upgrade", "Origin: https://reader.example"));
    assertEquals(404, handshake("/missing", "Upgrade"));
    assertEquals(List.of(Outcome.WRITE_FROM_OTHER_ORIGIN, Outcome.NOT_CORS), told);
  }
}
