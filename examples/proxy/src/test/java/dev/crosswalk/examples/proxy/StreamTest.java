package dev.crosswalk.examples.proxy;

import static dev.crosswalk.examples.proxy.ScriptedUpstream.wire;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.examples.proxy.Client.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Bodies in pieces, and the limits of what is read. */
class StreamTest extends ProxySetup {

  @Test
  void a_response_arrives_piece_by_piece() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    ScriptedUpstream.Script script =
        (in, out) -> {
          out.write(wire("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\none\n").getBytes());
          seen.await();
          out.write(wire("3\ntwo\n0\n\n").getBytes());
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream));
        Client client = new Client(proxy.port())) {
      client.write(Client.request("GET /weather", ORIGIN)).readUntil("one\r\n");
      seen.countDown();
      assertTrue(client.readUntil("0\r\n\r\n").contains("two"));
    }
  }

  @Test
  void so_does_a_request_and_so_does_a_response_to_HTTP_1_0() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    ScriptedUpstream.Script script =
        (in, out) -> {
          assertEquals("one", new String(in.readNBytes(3), ISO_8859_1));
          out.write(wire("HTTP/1.1 200 OK\n\ngot one").getBytes());
          seen.await();
          assertEquals("two", new String(in.readNBytes(3), ISO_8859_1));
          out.write(" and two".getBytes());
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream));
        Client client = new Client(proxy.port())) {
      client
          .write(wire("POST /weather HTTP/1.0\nHost: 127.0.0.1\nContent-Length: 6\n\none"))
          .readUntil("got one");
      seen.countDown();
      assertTrue(client.write("two").readAll().text().endsWith(" and two"));
    }
  }

  @Test
  void a_client_that_does_not_read_stops_the_upstream() throws Exception {
    long total = 256L * 1_024 * 1_024;
    AtomicLong written = new AtomicLong();
    ScriptedUpstream.Script script =
        (in, out) -> {
          out.write(wire("HTTP/1.1 200 OK\nContent-Length: " + total + "\n\n").getBytes());
          byte[] piece = new byte[64 * 1_024];
          while (written.get() < total) {
            out.write(piece);
            written.addAndGet(piece.length);
          }
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream));
        Client client = new Client(proxy.port())) {
      client.write(Client.request("GET /weather", ORIGIN)).readUntil("\r\n\r\n");
      assertTrue(whenItStops(written) < total / 4, () -> "written: " + written);
      assertEquals(total, client.in().transferTo(OutputStream.nullOutputStream()));
    }
  }

  @Test
  void an_upstream_that_does_not_read_stops_the_client() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    int total = 128 * 1_024 * 1_024;
    ScriptedUpstream.Script script =
        (in, out) -> {
          read.await();
          in.skipNBytes(total);
          out.write(wire(OK).getBytes());
        };
    AtomicLong written = new AtomicLong();
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream), "--max-body=" + total);
        Client client = new Client(proxy.port())) {
      client.write(Client.request("POST /weather", ORIGIN, "Content-Length: " + total));
      Thread writer =
          new Thread(
              () -> {
                byte[] piece = new byte[64 * 1_024];
                try {
                  while (written.get() < total) {
                    client.write(piece);
                    written.addAndGet(piece.length);
                  }
                } catch (IOException e) {
                  written.set(Long.MAX_VALUE);
                }
              });
      writer.start();
      assertTrue(whenItStops(written) < total / 2, () -> "written: " + written);
      read.countDown();
      assertEquals("sunny", client.readAll().body());
      writer.join();
    }
  }

  /** Waits until a number has not grown for a while: no writer tells that it is stopped. */
  private static long whenItStops(AtomicLong number) throws InterruptedException {
    long before = -1;
    while (number.get() == 0 || number.get() != before) {
      before = number.get();
      Thread.sleep(500);
    }
    return before;
  }

  @Test
  void who_says_nothing_for_too_long_is_let_go_on_either_side() throws Exception {
    ScriptedUpstream.Script script =
        (in, out) -> {
          out.write(wire("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\none\n").getBytes());
          in.read();
        };
    String[] timeouts = {"--connect-timeout=1", "--head-timeout=1", "--idle-timeout=3"};
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream), timeouts[0], timeouts[1], timeouts[2]);
        Client reader = new Client(proxy.port());
        Client silent = new Client(proxy.port())) {
      silent.write("GET /wea");
      reader.write(Client.request("GET /weather", ORIGIN)).readUntil("one\r\n");
      assertEquals("", new String(reader.in().readAllBytes(), ISO_8859_1), "no end of the chunks");
      assertEquals(-1, silent.in().read());
      awaitNone(upstream);
    }
  }

  @Test
  void a_client_that_goes_takes_its_request_with_it() throws Exception {
    ScriptedUpstream.Script script =
        (in, out) -> {
          out.write(wire("HTTP/1.1 200 OK\n\nfirst").getBytes());
          in.read();
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream))) {
      try (Client client = new Client(proxy.port())) {
        client.write(Client.request("GET /weather")).readUntil("first\r\n");
        assertEquals(1, upstream.connections.size());
      }
      awaitNone(upstream);
    }
  }

  @Test
  void a_body_that_says_that_it_is_too_large_is_a_413_at_once() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(upstream), "--max-body=1000")) {
      try (Client client = new Client(proxy.port())) {
        byte[] body = new byte[5_000_000];
        client.write(Client.request("PUT /weather", ORIGIN, "Content-Length: " + body.length));
        Answer answer = client.write(body).readAll();
        assertSaysWhy(answer, 413, "The body is larger than 1000 bytes.");
      }
      assertEquals(0, upstream.heads.size());
    }
  }

  @Test
  void so_is_one_that_turns_out_to_be_and_the_upstream_does_not_take_it_for_whole()
      throws Exception {
    CountDownLatch broken = new CountDownLatch(1);
    ScriptedUpstream.Script script =
        (in, out) -> {
          String body = new String(in.readAllBytes(), ISO_8859_1);
          if (!body.contains("\r\n0\r\n")) {
            broken.countDown();
          }
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream), "--max-body=1000");
        Client client = new Client(proxy.port())) {
      client.write(Client.request("PUT /weather", ORIGIN, "Transfer-Encoding: chunked"));
      client.write("3e8\r\n" + "x".repeat(1_000) + "\r\n");
      client.write("1\r\nx\r\n0\r\n\r\n");
      assertSaysWhy(client.readAll(), 413, "The body is larger than 1000 bytes.");
      assertTrue(broken.await(10, SECONDS));
    }
  }

  @Test
  void a_body_of_the_very_size_passes_over_HTTP_1_and_2() throws Exception {
    ScriptedUpstream.Script echo =
        (in, out) -> {
          byte[] body = in.readNBytes(1_000);
          out.write(wire("HTTP/1.1 200 OK\nContent-Length: 1000\n\n").getBytes());
          out.write(body);
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(echo);
        Proxy proxy = start(upstream(upstream), "--max-body=1000")) {
      String body = "x".repeat(1_000);
      HttpRequest request =
          request(proxy, "/weather").POST(HttpRequest.BodyPublishers.ofString(body)).build();
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(body, response.body());
        assertEquals(version, response.version());
        assertTrue(upstream.heads.take().contains("ontent-"));
      }
    }
  }

  @Test
  void a_POST_without_a_body_says_so() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(upstream))) {
      Client.send(proxy.port(), "POST /weather");
      assertTrue(upstream.heads.take().contains("Content-Length: 0"));
      Client.send(proxy.port(), "GET /weather");
      assertEquals(0, count(upstream.heads.take(), "content-length|transfer-encoding"));
    }
  }

  @Test
  void who_asks_whether_to_go_on_is_told() throws Exception {
    ScriptedUpstream.Script script =
        (in, out) -> {
          in.readNBytes(5);
          out.write(wire(OK).getBytes());
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream));
        Client client = new Client(proxy.port())) {
      client
          .write(
              Client.request("POST /weather", "Content-Length: 5", "Expect: 100-continue", ORIGIN))
          .readUntil("HTTP/1.1 100 Continue\r\n\r\n");
      assertEquals("sunny", client.write("rainy").readAll().body());
      assertFalse(upstream.heads.take().contains("xpect"));
    }
  }

  @Test
  void too_many_header_bytes_end_at_the_proxy() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(upstream))) {
      Answer answer = Client.send(proxy.port(), "GET /weather", "X-Long: " + "x".repeat(17_000));
      assertEquals(431, answer.status());
      assertEquals(0, upstream.heads.size());
    }
    String large = "HTTP/1.1 200 OK\nX-Long: " + "x".repeat(17_000) + "\n\n";
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(large);
        Proxy proxy = start(upstream(upstream))) {
      assertEquals(502, Client.send(proxy.port(), "GET /weather", ORIGIN).status());
    }
  }

  @Test
  void two_hundred_streams_at_a_time_leave_nothing_behind() throws Exception {
    AtomicInteger streaming = new AtomicInteger();
    ScriptedUpstream.Script script =
        (in, out) -> {
          byte[] piece = new byte[16 * 1_024];
          out.write(wire("HTTP/1.1 200 OK\n\n").getBytes());
          streaming.incrementAndGet();
          out.write(piece);
          in.read(); // Until the client has gone.
        };
    List<Long> used = new ArrayList<>();
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream))) {
      for (int round = 0; round < 8; round++) {
        streaming.set(0);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          clients.add(new Client(proxy.port()).write(Client.request("GET /weather", ORIGIN)));
        }
        for (Client client : clients) {
          client.readUntil("\r\n\r\n");
          client.in().skipNBytes(16 * 1_024);
        }
        assertEquals(200, streaming.get());
        assertEquals(200, upstream.connections.size());
        for (Client client : clients) {
          client.close();
        }
        awaitNone(upstream);
        upstream.heads.clear();
        System.gc();
        used.add(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
      }
    }
    // The first rounds load classes and fill pools. A leak of a stream's buffers would be 3 MB
    // each.
    long growth = used.get(7) - used.get(3);
    assertTrue(growth < 4_000_000, () -> "used after each round: " + used);
  }
}
