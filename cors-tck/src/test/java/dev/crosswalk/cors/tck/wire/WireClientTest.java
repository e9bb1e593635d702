package dev.crosswalk.cors.tck.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What goes out and comes in is exact. */
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
    void may_have_a_head_as_long_as_browsers_take() throws Exception {
      String line = "X-Debug: " + "x".repeat(200_000) + "\r\n";
      try (ScriptedServer server =
          ScriptedServer.saying("HTTP/1.1 200 OK\r\n" + line + "Content-Length: 0\r\n\r\n")) {
        assertEquals(200, get(server).status());
      }
    }

    @Test
    void may_fold_a_line() throws Exception {
      try (ScriptedServer server =
          ScriptedServer.saying("HTTP/1.1 204 No Content\r\nVary: Origin,\r\n\t Accept\r\n\r\n")) {
        assertEquals(List.of("Origin, Accept"), get(server).headers().lines("Vary"));
      }
    }

    /** As PHP sends header("Access-Control-Allow-Origin", "*"). Chromium takes the response. */
    @Test
    void may_have_a_line_that_is_no_field() throws Exception {
      try (ScriptedServer server =
          ScriptedServer.saying(
              "HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin\r\n: *\r\nVary: Origin\r\n\r\n")) {
        WireResponse response = get(server);
        assertEquals(Headers.of("Vary", "Origin").fields(), response.headers().fields());
        assertTrue(response.head().contains("\r\nAccess-Control-Allow-Origin\r\n"));
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
    void is_not_used_again_if_more_came_than_the_answer() throws Exception {
      ScriptedServer.Script script =
          wire -> {
            wire.readHead();
            wire.say("HTTP/1.1 204 No Content\r\n\r\n{\"a body\": \"of a 204\"}");
            wire.readHead();
          };
      try (ScriptedServer server = ScriptedServer.start(script)) {
        assertEquals(204, get(server).status());
        TimeUnit.MILLISECONDS.sleep(50);
        assertEquals(204, get(server).status());
        assertEquals(2, server.connections());
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
}
