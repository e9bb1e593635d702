package dev.crosswalk.examples.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.crosswalk.cors.tck.wire.SelfSigned;
import dev.crosswalk.examples.proxy.Client.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that are dead, slow or broken. */
class BrokenUpstreamTest extends ProxySetup {

  @Test
  void a_dead_upstream_is_a_502_that_the_page_can_read() throws Exception {
    // Its port is somebody's, on another address, so that nobody takes it.
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Proxy proxy = start("--upstream=/weather=http://127.0.0.3:" + other.getLocalPort())) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertSaysWhy(answer, 502, "It does not accept connections.");
    }
  }

  @Test
  void a_name_without_an_address_is_a_502() throws Exception {
    Resolver resolver =
        new Resolver(
            name -> {
              throw new UnknownHostException(name);
            },
            Resolver::isPublic);
    try (Proxy proxy =
        start(new Proxy(Map.of(), resolver), "--upstream=/weather=http://api.example")) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertSaysWhy(answer, 502, "Its name has no address.");
    }
  }

  @Test
  void a_name_that_takes_too_long_is_a_504() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Resolver resolver =
        new Resolver(
            name -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new UnknownHostException(name);
              }
              return new InetAddress[0];
            },
            Resolver::isPublic);
    try (Proxy proxy =
        start(
            new Proxy(Map.of(), resolver),
            "--upstream=/weather=http://api.example",
            "--connect-timeout=1")) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertSaysWhy(answer, 504, "It has not accepted a connection within 1 seconds.");
      never.countDown();
    }
  }

  @Test
  void a_silent_upstream_is_a_504_and_is_let_go() throws Exception {
    try (ScriptedUpstream upstream = new ScriptedUpstream((in, out) -> in.read());
        Proxy proxy = start(upstream(upstream), "--head-timeout=1")) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertSaysWhy(answer, 504, "It has not answered within 1 seconds.");
      awaitNone(upstream);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage\n\n",
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK\nContent-Length: x\n\n",
        "HTTP/1.1 200 OK\nX:\u0001\n\n"
      })
  void what_is_not_HTTP_is_a_502(String answered) throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(answered);
        Proxy proxy = start(upstream(upstream))) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertSaysWhy(answer, 502, "It has broken off, or what it answers is not HTTP.");
    }
  }

  @Test
  void a_protocol_nobody_asked_for_is_a_502() throws Exception {
    String switching = "HTTP/1.1 101 Switching Protocols\nUpgrade: x\nConnection: Upgrade\n\n";
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(switching);
        Proxy proxy = start(upstream(upstream))) {
      assertEquals(502, Client.send(proxy.port(), "GET /weather", ORIGIN).status());
    }
  }

  @Test
  void an_upstream_that_nobody_vouches_for_is_a_502_and_learns_nothing() throws Exception {
    SelfSigned certificate = SelfSigned.of("127.0.0.1");
    Vertx vertx = Vertx.vertx();
    AtomicInteger requests = new AtomicInteger();
    int port =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PfxOptions()
                            .setValue(Buffer.buffer(certificate.pkcs12()))
                            .setPassword(SelfSigned.PASSWORD)))
            .requestHandler(request -> requests.incrementAndGet())
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
    // A handshake on a machine that does much else takes longer than a proxy usually waits.
    try (Proxy proxy =
        start(
            "--upstream=/weather=https://127.0.0.1:" + port,
            "--connect-timeout=60",
            "--idle-timeout=200")) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertSaysWhy(answer, 502, "It does not prove by TLS who it is.");
      assertEquals(0, requests.get());
    } finally {
      vertx.close().await();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\nContent-Length: 9\n\nhalf",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n4\nhalf\n"
      })
  void what_breaks_off_in_the_middle_does_not_look_whole(String answered) throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(answered);
        Proxy proxy = start(upstream(upstream))) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertEquals(200, answer.status());
      assertFalse(answer.body().contains("0\r\n\r\n"), answer::body);
      HttpRequest request = request(proxy, "/weather").build();
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        assertThrows(
            IOException.class,
            () -> client.send(request, HttpResponse.BodyHandlers.ofString()),
            version.toString());
      }
    }
  }
}
