package dev.crosswalk.cors.tck.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.crosswalk.cors.tck.wire.WireException.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes out and comes in is exact, and no server can hold the client up. */
class WireClientTest {

  private static final String EMPTY = "HTTP/1.1 204 No Content\r\n\r\n";

  private final WireClient client = new WireClient();

  @AfterEach
  void closeClient() {
    client.close();
  }

  private WireResponse get(ScriptedServer server) throws WireException {
    return client.send(new WireRequest("GET", server.url("/"), Headers.none()));
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
  class What_goes_out {

    @Test
    void is_each_field_as_it_is_written() throws Exception {
      try (ScriptedServer server = ScriptedServer.saying(EMPTY)) {
        client.send(
            new WireRequest(
                "OPTIONS",
                server.url("/a%20b?q=1#not-sent"),
                Headers.of(
                    "oRiGiN", "https://app.example",
                    "Access-Control-Request-Headers", "x-a",
                    "Access-Control-Request-Headers", "x-b",
                    "X-Empty", "",
                    "X-Latin", "\u00e9\u00ff")));
        assertEquals(
            List.of(
                "OPTIONS /a%20b?q=1 HTTP/1.1\r\n"
                    + "Host: 127.0.0.1:"
                    + server.port()
                    + "\r\n"
                    + "oRiGiN: https://app.example\r\n"
                    + "Access-Control-Request-Headers: x-a\r\n"
                    + "Access-Control-Request-Headers: x-b\r\n"
                    + "X-Empty: \r\n"
                    + "X-Latin: \u00e9\u00ff\r\n"
                    + "\r\n"),
            server.heads());
      }
    }

    @Test
    void has_the_method_as_it_is_written() throws Exception {
      try (ScriptedServer server = ScriptedServer.saying(EMPTY)) {
        client.send(new WireRequest("pAtCh!", server.url("/"), Headers.none()));
        assertTrue(server.heads().get(0).startsWith("pAtCh! / HTTP/1.1\r\n"));
      }
    }

    @Test
    void has_the_host_that_the_headers_say() throws Exception {
      try (ScriptedServer server = ScriptedServer.saying(EMPTY)) {
        client.send(new WireRequest("GET", server.url("/"), Headers.of("host", "api.example")));
        assertEquals("GET / HTTP/1.1\r\nhost: api.example\r\n\r\n", server.heads().get(0));
      }
    }

    @Test
    void frames_a_body_and_says_the_length_of_an_empty_one_where_one_is_awaited() throws Exception {
      byte[][] read = new byte[1][];
      ScriptedServer.Script script =
          wire -> {
            String head = wire.readHead();
            if (head.contains("Content-Length: 3\r\n")) {
              read[0] = wire.readBody(3);
            }
            wire.say(EMPTY);
          };
      try (ScriptedServer server = ScriptedServer.start(script)) {
        byte[] body = {1, 0, (byte) 255};
        client.send(new WireRequest("POST", server.url("/"), Headers.none(), body));
        assertArrayEquals(body, read[0]);
        client.send(new WireRequest("POST", server.url("/"), Headers.none()));
        assertTrue(server.heads().get(1).contains("\r\nContent-Length: 0\r\n"));
        client.send(new WireRequest("GET", server.url("/"), Headers.none()));
        assertTrue(!server.heads().get(2).contains("Content-Length"));
        client.send(
            new WireRequest("POST", server.url("/"), Headers.of("content-length", "0"), body));
        assertTrue(!server.heads().get(3).contains("Content-Length: 3"));
      }
    }

    @Test
    void is_any_bytes_at_all_if_they_are_given() throws Exception {
      String bytes = "get  / HTTP/1.0\nOrigin:\thttps://app.example \nX-\u00e9\n\r\n\r\n";
      try (ScriptedServer server = ScriptedServer.saying(EMPTY)) {
        client.sendBytes(server.url("/"), bytes, "GET");
        assertEquals(List.of(bytes), server.heads());
      }
    }

    @Test
    void is_several_requests_in_a_row_if_they_are_given() throws Exception {
      ScriptedServer.Script script =
          wire -> {
            wire.readHead();
            wire.readHead();
            wire.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Of: HEAD\r\n\r\n");
            wire.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Of: GET\r\n\r\nhello");
          };
      try (ScriptedServer server = ScriptedServer.start(script)) {
        List<WireResponse> responses =
            client.sendBytes(
                server.url("/"),
                "HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "HEAD",
                "GET");
        assertEquals(List.of("", "hello"), responses.stream().map(WireResponse::text).toList());
        assertEquals(
            List.of("HEAD", "GET"),
            responses.stream().map(response -> response.headers().get("x-of").get()).toList());
      }
    }

    @Test
    void never_holds_a_line_break_by_accident() {
      for (WireRequest request :
          List.of(
              new WireRequest("GET", "http://a/", Headers.of("X", "a\r\nEvil: 1")),
              new WireRequest("GET", "http://a/", Headers.of("X\nEvil", "1")),
              new WireRequest("GET", "http://a/", Headers.of("X", "a\0b")),
              new WireRequest("GET / HTTP/1.1\r\nX:", "http://a/", Headers.none()),
              new WireRequest("GET", "http://a/", Headers.of("X", "\u20ac")))) {
        assertThrows(IllegalArgumentException.class, () -> client.send(request));
      }
    }

    @Test
    void goes_to_an_address_in_brackets() throws Exception {
      ServerSocket socket = new ServerSocket();
      try {
        socket.bind(new InetSocketAddress(InetAddress.getByName("::1"), 0));
      } catch (SocketException e) {
        abort("this machine has no IPv6: " + e.getMessage());
      }
      ScriptedServer.Script script =
          wire -> {
            wire.readHead();
            wire.say(EMPTY);
          };
      try (ScriptedServer server = ScriptedServer.start(socket, script)) {
        String url = "http://[0:0::1]:" + server.port() + "/";
        client.send(new WireRequest("GET", url, Headers.none()));
        assertEquals(
            "GET / HTTP/1.1\r\nHost: [::1]:" + server.port() + "\r\n\r\n", server.heads().get(0));
      }
    }

    @Test
    void goes_to_another_address_under_the_same_name() throws Exception {
      try (ScriptedServer server = ScriptedServer.saying(EMPTY);
          WireClient redirected =
              client.connectingTo(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))) {
        redirected.send(new WireRequest("GET", "http://api.example/x", Headers.none()));
        assertEquals("GET /x HTTP/1.1\r\nHost: api.example\r\n\r\n", server.heads().get(0));
      }
    }
  }

  @Nested
  class What_comes_in {

    @Test
    void is_each_field_line_in_its_order() throws Exception {
      String head =
          "HTTP/1.1 200 Fine, \u00e9\r\nVary: a\r\nvary:b \r\nSet-Cookie: x=1\r\nX-Empty:\r\n"
              + "Content-Length: 2\r\n\r\n";
      try (ScriptedServer server = ScriptedServer.saying(head + "ok")) {
        WireResponse response = get(server);
        assertEquals(200, response.status());
        assertEquals("Fine, \u00e9", response.reason());
        assertEquals("ok", response.text());
        assertEquals(head, response.head());
        assertEquals(
            List.of(
                new Headers.Field("Vary", "a"),
                new Headers.Field("vary", "b"),
                new Headers.Field("Set-Cookie", "x=1"),
                new Headers.Field("X-Empty", ""),
                new Headers.Field("Content-Length", "2")),
            response.headers().fields());
      }
    }

    @Test
    void may_have_no_reason_and_bare_line_feeds() throws Exception {
      try (ScriptedServer server = ScriptedServer.saying("HTTP/1.1 299\nContent-Length: 0\n\n")) {
        WireResponse response = get(server);
        assertEquals(299, response.status());
        assertEquals("", response.reason());
      }
    }

    @Test
    void may_fold_a_line() throws Exception {
      try (ScriptedServer server =
          ScriptedServer.saying("HTTP/1.1 204 No Content\r\nVary: Origin,\r\n\t Accept\r\n\r\n")) {
        assertEquals(List.of("Origin, Accept"), get(server).headers().lines("Vary"));
      }
    }

    @Test
    void is_put_together_from_chunks() throws Exception {
      String chunked =
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "5;name=value\r\nhello\r\n6\r\n world\r\n0\r\nX-Trailer: 1\r\n\r\n";
      try (ScriptedServer server = ScriptedServer.saying(chunked)) {
        WireResponse response = get(server);
        assertEquals("hello world", response.text());
        assertEquals(List.of(), response.headers().lines("X-Trailer"));
      }
    }

    @Test
    void ends_with_the_connection_if_nothing_else_says_where() throws Exception {
      try (ScriptedServer server = ScriptedServer.saying("HTTP/1.0 200 OK\r\n\r\nall of it")) {
        assertEquals("all of it", get(server).text());
      }
    }

    @Test
    void comes_after_interim_responses() throws Exception {
      String interim =
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
      try (ScriptedServer server = ScriptedServer.saying(interim + EMPTY)) {
        WireResponse response = get(server);
        assertEquals(204, response.status());
        assertEquals(List.of(), response.headers().lines("Link"));
      }
    }

    @Test
    void has_no_body_where_http_allows_none() throws Exception {
      String lying = "HTTP/1.1 %d X\r\nContent-Length: 10\r\n\r\n";
      try (ScriptedServer server = ScriptedServer.saying(lying.formatted(304))) {
        assertEquals("", get(server).text());
      }
      try (ScriptedServer server = ScriptedServer.saying(lying.formatted(200))) {
        WireRequest head = new WireRequest("HEAD", server.url("/"), Headers.none());
        assertEquals("", client.send(head).text());
      }
    }

    @Test
    void counts_even_if_the_server_did_not_read_all_of_the_request() throws Exception {
      ScriptedServer.Script script =
          wire -> {
            wire.readHead();
            wire.say("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            wire.readBody(10_000_000);
          };
      try (ScriptedServer server = ScriptedServer.start(script)) {
        WireRequest request =
            new WireRequest("POST", server.url("/"), Headers.none(), new byte[10_000_000]);
        assertEquals(413, client.send(request).status());
      }
    }
  }

  @Nested
  class A_connection {

    @Test
    void is_used_again() throws Exception {
      ScriptedServer.Script script =
          wire -> {
            while (true) {
              wire.readHead();
              wire.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
          };
      try (ScriptedServer server = ScriptedServer.start(script)) {
        get(server);
        get(server);
        assertEquals(2, server.heads().size());
        assertEquals(1, server.connections());
      }
    }

    @Test
    void is_not_used_again_if_either_side_closes_it() throws Exception {
      ScriptedServer.Script script =
          wire -> {
            String head = wire.readHead();
            String close = head.contains("Connection: close") ? "" : "Connection: close\r\n";
            wire.say("HTTP/1.1 200 OK\r\n" + close + "Content-Length: 0\r\n\r\n");
            wire.readHead();
          };
      try (ScriptedServer server = ScriptedServer.start(script)) {
        get(server);
        client.send(new WireRequest("GET", server.url("/"), Headers.of("Connection", "close")));
        get(server);
        assertEquals(3, server.connections());
      }
    }

    @Test
    void that_went_stale_is_replaced_without_notice() throws Exception {
      try (ScriptedServer server =
          ScriptedServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
        get(server);
        // The server closes each connection after one response, though it does not say so.
        TimeUnit.MILLISECONDS.sleep(50);
        assertEquals(200, get(server).status());
        assertEquals(2, server.connections());
      }
    }
  }

  @Nested
  class A_failure_is_one_sentence_for {

    private final WireClient hasty = client.timeout(Duration.ofMillis(500));

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
            server.url("") + ": timed out after 500 ms waiting for the header fields",
            failure(hasty, "GET", server.url("/")));
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
            server.url("") + ": timed out after 500 ms waiting for the body",
            failure(hasty, "GET", server.url("/")));
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
          ScriptedServer.saying("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n")) {
        assertEquals(
            server.url("") + ": not HTTP: a field line is \"no colon here\"", failure(server));
      }
      try (ScriptedServer server =
          ScriptedServer.saying(
              "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")) {
        assertEquals(server.url("") + ": not HTTP: Content-Length is [1, 2]", failure(server));
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
          ScriptedServer.saying("HTTP/1.1 200 OK\r\n" + line.repeat(100) + "\r\n")) {
        assertEquals(
            server.url("") + ": the head of the response is longer than 65536 bytes",
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

    @TempDir private Path directory;

    @Test
    void it_speaks_to_a_server_it_trusts_and_to_no_other() throws Exception {
      KeyStore keys = selfSigned();
      KeyManagerFactory own =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys, "password".toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(keys);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(own.getKeyManagers(), trust.getTrustManagers(), null);
      ServerSocket socket =
          tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
      ScriptedServer.Script script =
          wire -> {
            wire.readHead();
            wire.say("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
          };
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

    private KeyStore selfSigned() throws Exception {
      Path store = directory.resolve("keys.p12");
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "EC",
                  "-alias",
                  "server",
                  "-dname",
                  "CN=api.example",
                  "-ext",
                  "san=dns:api.example",
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  "password",
                  "-keystore",
                  store.toString())
              .redirectErrorStream(true)
              .start();
      String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, keytool.waitFor(), output);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (var in = Files.newInputStream(store)) {
        keys.load(in, "password".toCharArray());
      }
      return keys;
    }
  }
}
