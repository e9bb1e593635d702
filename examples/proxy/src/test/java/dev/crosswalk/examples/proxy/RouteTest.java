package dev.crosswalk.examples.proxy;

import static dev.crosswalk.examples.proxy.ScriptedUpstream.wire;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.examples.proxy.Client.Answer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which upstream a request goes to. */
class RouteTest extends ProxySetup {

  @ParameterizedTest
  @CsvSource({
    "GET http://127.0.0.1:PORT/weather, 400",
    "GET http://127.0.0.1:PORT/, 400",
    "GET //127.0.0.1:PORT/weather, 400",
    "GET /weather//127.0.0.1:PORT, 400",
    "GET /weather/../other, 400",
    "GET /weather/./x, 400",
    "GET /weather/%2e%2e/other, 400",
    "GET /weather/%2E./other, 400",
    "GET /weather/..%2fother, 400",
    "GET /weather%2fx, 400",
    "GET /weather/..\\other, 400",
    "GET /weather/%5c, 400",
    "GET /weather;@127.0.0.1:PORT/, 400",
    "GET /weather/;x, 400",
    "GET /%77eather, 400",
    "GET /weather/%00, 400",
    "GET /weather/%zz, 400",
    "GET /weather/%, 400",
    "GET /weather/%252e%252e/other, 400",
    "GET /weather/%3Bx, 400",
    "GET /weather/%7e, 400",
    "GET /weather?a#b, 400",
    "GET /weather@127.0.0.1:PORT/, 404",
    "GET /weather:PORT, 404",
    "GET /weatherx, 404",
    "GET /Weather, 404",
    "GET /, 404",
    "GET /http://127.0.0.1:PORT/, 400",
    "GET *, 404",
    "OPTIONS *, 404",
    "CONNECT 127.0.0.1:PORT, 404",
    "CONNECT /weather, 501",
  })
  void nothing_in_a_request_leads_elsewhere(String requestLine, int status) throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        ScriptedUpstream elsewhere = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(upstream))) {
      String line = requestLine.replace("PORT", Integer.toString(elsewhere.port()));
      Answer answer =
          Client.send(
              proxy.port(),
              line,
              ORIGIN,
              "Host: 127.0.0.1:" + elsewhere.port(),
              "X-Forwarded-Host: 127.0.0.1:" + elsewhere.port());
      assertEquals(status, answer.status(), answer::text);
      assertEquals(0, elsewhere.heads.size() + upstream.heads.size());
    }
  }

  @Test
  void a_path_goes_by_whole_segments_to_the_longest_that_covers_it() throws Exception {
    try (ScriptedUpstream weather = ScriptedUpstream.answering(OK);
        ScriptedUpstream maps = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(weather), "--upstream=/weather/maps=" + maps.url() + "/")) {
      for (String path : List.of("/weather", "/weather/", "/weather/mapsx", "/weather/a@b:c")) {
        assertEquals(200, Client.send(proxy.port(), "GET " + path).status());
      }
      for (String path : List.of("/weather/maps", "/weather/maps/1%20x?y")) {
        assertEquals(200, Client.send(proxy.port(), "GET " + path).status());
      }
      assertEquals(List.of("/v1", "/v1/", "/v1/mapsx", "/v1/a@b:c"), targets(weather));
      assertEquals(List.of("/", "/1%20x?y"), targets(maps));
    }
  }

  @Test
  void a_name_that_is_not_the_proxys_own_is_refused_lest_a_page_take_on_its_origin()
      throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(upstream), "--name=proxy.example")) {
      for (String own : List.of("localhost:1", "127.0.0.1:1", "[::1]:1", "Proxy.Example")) {
        assertEquals(200, Client.send(proxy.port(), "GET /weather", "Host: " + own).status(), own);
      }
      for (String other : List.of("evil.example", "127.0.0.1.evil.example", "localhost.evil")) {
        Answer answer = Client.send(proxy.port(), "GET /weather", "Host: " + other);
        assertEquals(421, answer.status(), other);
      }
      assertEquals(4, upstream.heads.size());
    }
  }

  @Test
  void two_requests_in_disguise_of_one_do_not_pass() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(upstream))) {
      try (Client client = new Client(proxy.port())) {
        client.write(
            wire(
                "POST /weather HTTP/1.1\nHost: 127.0.0.1\nConnection: close\nContent-Length: 40\n"
                    + "Transfer-Encoding: chunked\n\n0\n\nGET /v1/hidden HTTP/1.1\nHost: a\n\n"));
        client.readAll();
      }
      assertTrue(targets(upstream).stream().noneMatch("/v1/hidden"::equals));
      assertTrue(upstream.heads.stream().noneMatch(h -> count(h, "content-length") > 1));
    }
  }

  @Test
  void a_proxy_that_leads_to_itself_says_so() throws Exception {
    AtomicInteger port = new AtomicInteger();
    BlockingQueue<String> via = new LinkedBlockingQueue<>();
    ScriptedUpstream.Script back =
        (in, out) -> {
          try (Client client = new Client(port.get())) {
            String again = Client.request("GET /weather", via.take());
            out.write(client.write(again).readAll().text().getBytes(ISO_8859_1));
          }
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(back);
        Proxy proxy = start("--upstream=/weather=" + upstream.url() + "/weather")) {
      port.set(proxy.port());
      try (Client client = new Client(proxy.port())) {
        client.write(Client.request("GET /weather", ORIGIN));
        String head = upstream.heads.take();
        via.add(head.lines().filter(line -> line.startsWith("Via:")).findFirst().get());
        assertEquals(508, client.readAll().status());
      }
      assertEquals(0, upstream.heads.size());
    }
  }
}
