package dev.crosswalk.cors.tck.browser;

import static dev.crosswalk.cors.tck.browser.Replies.fetch;
import static dev.crosswalk.cors.tck.browser.Replies.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.browser.Outcome.Type;
import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fetch, from what the page asks for to what it sees. */
class UserAgentTest {

  private static final String APP = "https://app.example";
  private static final String API = "https://api.example/items";

  private final UserAgent agent = new UserAgent();

  private static Request get() {
    return Request.from(APP, "GET", API);
  }

  @Test
  void over_the_wire_it_asks_first_then_reads_what_is_exposed() throws Exception {
    ScriptedServer.Script script =
        wire -> {
          while (true) {
            String head = wire.readHead();
            if (head.startsWith("OPTIONS ")) {
              wire.say(
                  "HTTP/1.1 204 No Content\r\n"
                      + "Access-Control-Allow-Origin: https://app.example\r\n"
                      + "Access-Control-Allow-Credentials: true\r\n"
                      + "Access-Control-Allow-Methods: PATCH\r\n"
                      + "Access-Control-Allow-Headers: Content-Type, X-Trace\r\n"
                      + "\r\n");
            } else {
              wire.readBody(2);
              wire.say(
                  "HTTP/1.1 409 Conflict\r\n"
                      + "Access-Control-Allow-Origin: https://app.example\r\n"
                      + "Access-Control-Allow-Credentials: true\r\n"
                      + "Access-Control-Expose-Headers: x-count\r\n"
                      + "X-Count: 3\r\n"
                      + "X-Secret: 4\r\n"
                      + "Set-Cookie: a=b\r\n"
                      + "Content-Length: 4\r\n"
                      + "\r\n"
                      + "mine");
            }
          }
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        WireClient client = new WireClient()) {
      Outcome outcome =
          agent.fetch(
              Request.from(APP, "PATCH", server.url("/items?q"))
                  .header("X-Trace", "1")
                  .header("Content-Type", "application/json")
                  .credentials(Credentials.INCLUDE)
                  .cookie("session=1")
                  .body("{}"),
              client);
      String host = "Host: 127.0.0.1:" + server.port() + "\r\n";
      String metadata =
          "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n";
      assertEquals(
          List.of(
              "OPTIONS /items?q HTTP/1.1\r\n"
                  + host
                  + "Accept: */*\r\n"
                  + "Access-Control-Request-Method: PATCH\r\n"
                  + "Access-Control-Request-Headers: content-type,x-trace\r\n"
                  + "Origin: https://app.example\r\n"
                  + metadata
                  + "\r\n",
              "PATCH /items?q HTTP/1.1\r\n"
                  + host
                  + "X-Trace: 1\r\n"
                  + "Content-Type: application/json\r\n"
                  + "Accept: */*\r\n"
                  + "Origin: https://app.example\r\n"
                  + metadata
                  + "Cookie: session=1\r\n"
                  + "Content-Length: 2\r\n"
                  + "\r\n"),
          server.heads());
      assertEquals(Type.CORS, outcome.type());
      assertEquals(409, outcome.status());
      assertEquals("mine", outcome.text());
      assertEquals(Optional.of("3"), outcome.header("X-Count"));
      assertEquals(Optional.of("4"), outcome.header("content-length"));
      assertEquals(Optional.empty(), outcome.header("X-Secret"));
      assertEquals(Optional.empty(), outcome.header("Set-Cookie"));
      assertEquals(
          List.of(false, true), outcome.exchanges().stream().map(Exchange::credentials).toList());
    }
  }

  @Test
  void a_server_that_cannot_be_reached_is_a_network_error() {
    Outcome outcome =
        agent.fetch(
            get(),
            sent -> {
              throw new IOException("https://api.example: connection refused");
            });
    NotShared refusal = assertInstanceOf(NotShared.class, outcome.verdict());
    assertEquals(Cause.NETWORK, refusal.cause());
    assertEquals("https://api.example: connection refused", refusal.subject());
    assertEquals(Type.ERROR, outcome.type());
    assertEquals(0, outcome.status());
  }

  @Test
  void a_page_of_the_same_origin_needs_no_cors() {
    Outcome outcome =
        agent.fetch(
            Request.from(APP, "DELETE", APP + "/x").header("X-A", "1"),
            new Replies(response(200, "X-Any", "1", "Set-Cookie2", "c")));
    assertEquals(Type.BASIC, outcome.type());
    assertEquals(List.of(), outcome.preflights());
    assertEquals(Optional.of("1"), outcome.header("X-Any"));
    assertEquals(Optional.empty(), outcome.header("Set-Cookie2"));
    // The origin is sent nonetheless: a request with Origin need not be cross-origin.
    assertEquals(Optional.of(APP), outcome.exchanges().get(0).request().headers().get("Origin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cache-Control",
        "Content-Language",
        "Content-Length",
        "Content-Type",
        "Expires",
        "Last-Modified",
        "Pragma"
      })
  void a_safelisted_response_header_is_readable_unasked(String name) {
    assertTrue(agent.readable(get(), response(200, name, "x")).has(name));
  }

  @Test
  void a_websocket_says_its_origin_and_is_not_checked() {
    Outcome outcome =
        agent.fetch(
            Request.from(APP, "GET", "wss://api.example/").mode(Mode.WEBSOCKET),
            new Replies(response(101)));
    assertEquals(101, outcome.status());
    assertEquals(Optional.of(APP), outcome.exchanges().get(0).request().headers().get("Origin"));
    assertEquals("https://api.example/", outcome.exchanges().get(0).request().url());
  }

  @ParameterizedTest
  @ValueSource(ints = {22, 25, 6000, 10080})
  void a_browser_does_not_connect_to_ports_of_other_protocols(int port) {
    Request request = Request.from(APP, "GET", "http://api.example:" + port + "/");
    Replies replies = new Replies(response(200));
    NotShared refusal = assertInstanceOf(NotShared.class, agent.fetch(request, replies).verdict());
    assertEquals(Cause.PORT, refusal.cause());
    assertEquals(List.of(), replies.requests);
  }

  @Test
  void a_data_url_is_read_by_every_page_and_no_server_is_asked() {
    for (Mode mode : new Mode[] {Mode.CORS, Mode.SAME_ORIGIN, Mode.NO_CORS}) {
      Outcome text = data("data:text/html;charset=utf-8,%3Cp%3E?x", mode);
      assertEquals(Outcome.Type.BASIC, text.type());
      assertEquals("<p>?x", text.text());
      assertEquals("text/html;charset=utf-8", text.header("Content-Type").orElseThrow());
      assertEquals(List.of(), text.exchanges());
    }
    assertEquals("hello", data("data:;base64,aGVs bG8=", Mode.CORS).text());
    assertEquals(
        "text/plain;charset=US-ASCII",
        data("data:,x", Mode.CORS).header("Content-Type").orElseThrow());
    assertEquals(Outcome.Type.ERROR, data("data:text/plain", Mode.CORS).type());
    assertEquals(Outcome.Type.ERROR, data("data:;base64,a", Mode.CORS).type());
  }

  private static Outcome data(String url, Mode mode) {
    return new UserAgent()
        .fetch(
            Request.from(APP, "GET", url).mode(mode),
            request -> {
              throw new AssertionError("no server should be asked, but is: " + request);
            });
  }

  @Test
  void the_steps_judge_as_a_fetch_does() {
    Request put = get().method("PUT").header("Authorization", "x");
    WireResponse answer =
        response(
            200,
            "Access-Control-Allow-Origin",
            "*",
            "Access-Control-Allow-Methods",
            "PUT",
            "Access-Control-Allow-Headers",
            "*");
    assertEquals(fetch(put, answer), agent.judgePreflight(put, answer));
    assertEquals(fetch(get(), response(500)), agent.corsCheck(get(), response(500)));
    assertEquals(0, agent.maxAge(put, answer));
  }
}
