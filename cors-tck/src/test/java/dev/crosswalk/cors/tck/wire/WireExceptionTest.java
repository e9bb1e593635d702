package dev.crosswalk.cors.tck.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.wire.WireException.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.StandardConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Why no response came is one sentence, and no server can hold the client up. */
class WireExceptionTest {

  private final WireClient client = new WireClient();

  @AfterEach
  void closeClient() {
    client.close();
  }

  private static String failure(WireClient client, String method, String url) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          WireException thrown =
              assertThrows(
                  WireException.class,
                  () -> client.send(new WireRequest(method, url, Headers.none())));
          assertTrue(
              thrown.getMessage().contains(WORDS.get(thrown.failure())),
              () -> thrown.failure() + ": " + thrown.getMessage());
          return thrown.getMessage();
        });
  }

  /** What the sentence about a failure has to say. */
  private static final Map<Failure, String> WORDS =
      Map.ofEntries(
          Map.entry(Failure.NO_SUCH_HOST, ": no such host"),
          Map.entry(Failure.CONNECTION_REFUSED, ": connection refused"),
          Map.entry(Failure.NOT_TLS, "; this port may speak plain http"),
          Map.entry(Failure.TLS, ": the TLS handshake failed"),
          Map.entry(Failure.CERTIFICATE_DATE, ": the TLS handshake failed: the certificate "),
          Map.entry(Failure.CERTIFICATE_HOST, ": the TLS handshake failed: the certificate "),
          Map.entry(
              Failure.CERTIFICATE_SELF_SIGNED, ": the TLS handshake failed: the certificate "),
          Map.entry(Failure.CERTIFICATE_UNTRUSTED, ": the TLS handshake failed: the certificate "),
          Map.entry(Failure.TIME_OUT, ": timed out"),
          Map.entry(Failure.HTTP_2, ", and not HTTP/1.1"),
          Map.entry(Failure.NOT_HTTP, ": not HTTP"),
          Map.entry(Failure.CLOSED, ": closed"),
          Map.entry(Failure.TOO_LONG, " than "));

  private String failure(ScriptedServer server) {
    return failure(client, "GET", server.url("/"));
  }

  @Nested
  class A_failure_is_one_sentence_for {

    private final WireClient hasty = client.timeout(Duration.ofMillis(500));

    /** Long enough for what comes before the pause, on a busy machine too. */
    private final WireClient patient = client.timeout(Duration.ofMillis(1_500));

    @Test
    void a_refused_connection() throws Exception {
      int port;
      try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = closed.getLocalPort();
      }
      String url = "http://127.0.0.1:" + port;
      assertEquals(url + ": connection refused", failure(client, "GET", url));
    }

    @Test
    void a_name_that_no_one_has() {
      assertEquals(
          "http://no-such-host.invalid: no such host: no-such-host.invalid",
          failure(client, "GET", "http://no-such-host.invalid/"));
    }

    @Test
    void a_server_that_says_nothing() throws Exception {
      try (ScriptedServer server = ScriptedServer.start(wire -> TimeUnit.SECONDS.sleep(8))) {
        assertEquals(
            server.url("") + ": timed out after 500 ms waiting for the status line",
            failure(hasty, "GET", server.url("/")));
      }
    }

    @Test
    void a_server_that_drips() throws Exception {
      ScriptedServer.Script script =
          wire -> {
            wire.say("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 100; i++) {
              wire.say("X: 1\r\n");
              TimeUnit.MILLISECONDS.sleep(20);
            }
          };
      try (ScriptedServer server = ScriptedServer.start(script)) {
        assertEquals(
            server.url("") + ": timed out after 1500 ms waiting for the header fields",
            failure(patient, "GET", server.url("/")));
      }
    }

    @Test
    void a_body_that_does_not_end() throws Exception {
      ScriptedServer.Script script =
          wire -> {
            wire.readHead();
            wire.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            TimeUnit.SECONDS.sleep(8);
          };
      try (ScriptedServer server = ScriptedServer.start(script)) {
        assertEquals(
            server.url("") + ": timed out after 1500 ms waiting for the body",
            failure(patient, "GET", server.url("/")));
      }
    }

    @Test
    void a_server_that_does_not_read() throws Exception {
      try (ScriptedServer server = ScriptedServer.start(wire -> TimeUnit.SECONDS.sleep(8))) {
        WireRequest large =
            new WireRequest("POST", server.url("/"), Headers.none(), new byte[50_000_000]);
        String message =
            assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThrows(WireException.class, () -> hasty.send(large)).getMessage());
        assertEquals(
            server.url("") + ": timed out after 500 ms waiting for the request to be taken",
            message);
      }
    }

    @Test
    void a_whole_number_of_seconds() throws Exception {
      try (ScriptedServer server = ScriptedServer.start(wire -> TimeUnit.SECONDS.sleep(8))) {
        assertEquals(
            server.url("") + ": timed out after 1 s waiting for the status line",
            failure(client.timeout(Duration.ofSeconds(1)), "GET", server.url("/")));
      }
    }

    /** Closing wakes such a server, and its response races with the end of the connection. */
    @Test
    void a_server_that_answers_when_the_client_leaves() throws Exception {
      ScriptedServer.Script script =
          wire -> {
            wire.readHead();
            wire.readBody(1);
            wire.say("HTTP/1.1 204 No Content\r\n\r\n");
          };
      WireClient hastier = client.timeout(Duration.ofMillis(30));
      try (ScriptedServer server = ScriptedServer.start(script)) {
        for (int i = 0; i < 10; i++) {
          String message = failure(hastier, "GET", server.url("/"));
          assertTrue(message.startsWith(server.url("") + ": timed out after 30 ms"), message);
        }
      }
    }

    @Test
    void a_connection_that_closes_at_once() throws Exception {
      try (ScriptedServer server = ScriptedServer.start(ScriptedServer.Wire::readHead)) {
        assertEquals(server.url("") + ": closed without an answer", failure(server));
      }
    }

    @Test
    void a_connection_that_closes_in_the_middle() throws Exception {
      try (ScriptedServer server = ScriptedServer.saying("HTT")) {
        assertEquals(
            server.url("") + ": closed in the middle of the status line: \"HTT\"", failure(server));
      }
      try (ScriptedServer server = ScriptedServer.saying("HTTP/1.1 200 OK\r\nVary: O")) {
        assertEquals(
            server.url("") + ": closed while we waited for the header fields", failure(server));
      }
      try (ScriptedServer server =
          ScriptedServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")) {
        assertEquals(
            server.url("") + ": closed in the middle of the body: 3 of 10 bytes came",
            failure(server));
      }
      try (ScriptedServer server =
          ScriptedServer.saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")) {
        assertEquals(
            server.url("") + ": closed in the middle of a chunk of the body: 2 of 5 bytes came",
            failure(server));
      }
    }

    @Test
    void something_other_than_http() throws Exception {
      try (ScriptedServer server = ScriptedServer.saying("SSH-2.0-OpenSSH_9.2\r\n")) {
        assertTrue(
            failure(server)
                .startsWith(server.url("") + ": not HTTP: the first bytes are \"SSH-2.0-"));
      }
      try (ScriptedServer server = ScriptedServer.saying("HTTP/banana\r\n\r\n")) {
        assertEquals(
            server.url("") + ": not HTTP: the first line is \"HTTP/banana\"", failure(server));
      }
      try (ScriptedServer server =
          ScriptedServer.saying(
              "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")) {
        assertEquals(server.url("") + ": not HTTP: Content-Length is \"1, 2\"", failure(server));
      }
      try (ScriptedServer server =
          ScriptedServer.saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")) {
        assertEquals(server.url("") + ": not HTTP: a chunk's size is \"xyz\"", failure(server));
      }
    }

    @Test
    void a_port_that_speaks_tls() throws Exception {
      try (ScriptedServer server =
          ScriptedServer.saying("\u0015\u0003\u0003\0\u0002\u0002\u0046")) {
        String message = failure(server);
        assertTrue(message.endsWith("; this port speaks TLS, so try https"), message);
        assertTrue(message.contains(": not HTTP: the first bytes are \"\\x15"), message);
      }
    }

    @Test
    void more_bytes_than_a_test_should_take() throws Exception {
      String line = "X: " + "x".repeat(1000) + "\r\n";
      try (ScriptedServer server =
          ScriptedServer.saying("HTTP/1.1 200 OK\r\n" + line.repeat(300) + "\r\n")) {
        assertEquals(
            server.url("") + ": the head of the response is longer than 262144 bytes",
            failure(server));
      }
      try (ScriptedServer server =
          ScriptedServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 8388609\r\n\r\n")) {
        assertEquals(server.url("") + ": the body is longer than 8388608 bytes", failure(server));
      }
      try (ScriptedServer server =
          ScriptedServer.saying(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7FFFFFFF\r\n")) {
        assertEquals(
            server.url("") + ": not HTTP: a chunk's size is \"7FFFFFFF\"", failure(server));
      }
      try (ScriptedServer server =
          ScriptedServer.saying("HTTP/1.1 100 Continue\r\n\r\n".repeat(17))) {
        assertEquals(
            server.url("") + ": more than 16 interim responses and no final one", failure(server));
      }
      try (ScriptedServer server =
          ScriptedServer.saying("HTTP/1.1 100 Continue\r\n\r\n".repeat(1_001))) {
        assertEquals(
            server.url("") + ": more than 1000 interim responses and no final one",
            failure(client.notAwaitingBodies(), "GET", server.url("/")));
      }
      byte[] endless = new byte[9_000_000];
      try (ScriptedServer server =
          ScriptedServer.saying(
              "HTTP/1.1 200 OK\r\n\r\n" + new String(endless, StandardCharsets.ISO_8859_1))) {
        assertEquals(server.url("") + ": the body is longer than 8388608 bytes", failure(server));
      }
    }
  }

  @Nested
  class Over_tls {

    @Test
    void it_speaks_to_a_server_it_trusts_and_to_no_other() throws Exception {
      SSLContext tls = SelfSigned.of("api.example").context();
      ServerSocket socket =
          tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
      ScriptedServer.Script script =
          wire -> {
            wire.readHead();
            wire.say("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
          };
      List<String> named = namesIn((SSLServerSocket) socket);
      try (ScriptedServer server = ScriptedServer.start(socket, script);
          WireClient trusting =
              client
                  .trusting(tls)
                  .connectingTo(new InetSocketAddress("127.0.0.1", server.port()))) {
        WireRequest request =
            new WireRequest("GET", "https://api.example/", Headers.of("Origin", "null"));
        assertEquals("secret", trusting.send(request).text());
        assertEquals(
            "GET / HTTP/1.1\r\nHost: api.example\r\nOrigin: null\r\n\r\n", server.heads().get(0));

        String distrust = failure(client, "GET", "https://localhost:" + server.port() + "/");
        assertTrue(distrust.contains(": the TLS handshake failed: "), distrust);
        String otherName = failure(trusting, "GET", "https://other.example/");
        assertTrue(otherName.contains("other.example"), otherName);
        String plain = failure(client, "GET", "http://127.0.0.1:" + server.port() + "/");
        assertTrue(plain.contains("127.0.0.1"), plain);
        failure(client, "GET", "https://127.0.0.1:" + server.port() + "/");
        assertEquals(List.of("api.example", "localhost", "other.example"), named);
      }
      ScriptedServer.Script plainHttp =
          wire -> {
            wire.readBody(1);
            wire.say("HTTP/1.1 400 Bad Request\r\n\r\n");
          };
      try (ScriptedServer plain = ScriptedServer.start(plainHttp)) {
        String message = failure(client, "GET", plain.url("/").replace("http:", "https:"));
        assertTrue(message.endsWith("; this port may speak plain http"), message);
      }
    }

    /** The hosts that clients name before there is a certificate: RFC 6066 §3. */
    private static List<String> namesIn(SSLServerSocket socket) {
      List<String> names = new CopyOnWriteArrayList<>();
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setSNIMatchers(
          List.of(
              new SNIMatcher(StandardConstants.SNI_HOST_NAME) {
                @Override
                public boolean matches(SNIServerName name) {
                  names.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
                  return true;
                }
              }));
      socket.setSSLParameters(parameters);
      return names;
    }
  }
}
