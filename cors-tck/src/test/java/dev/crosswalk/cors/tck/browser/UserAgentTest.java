package dev.crosswalk.cors.tck.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.browser.Outcome.Type;
import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.browser.Request.Redirect;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fetch, from what the page asks for to what it sees. */
class UserAgentTest {

  private static final String APP = "https://app.example";
  private static final String API = "https://api.example/items";

  private final UserAgent agent = new UserAgent();

  private static Request get() {
    return Request.from(APP, "GET", API);
  }

  private static WireResponse response(int status, String... headers) {
    return new WireResponse(status, Headers.of(headers));
  }

  /** Gives one response after the other, and remembers what it was asked. */
  private static final class Replies implements Transport {
    private final List<WireResponse> responses;
    private final List<WireRequest> requests = new ArrayList<>();

    Replies(WireResponse... responses) {
      this.responses = new ArrayList<>(List.of(responses));
    }

    @Override
    public WireResponse send(WireRequest request) throws IOException {
      requests.add(request);
      if (responses.isEmpty()) {
        throw new IOException("nothing was to be sent any more");
      }
      return responses.remove(0);
    }
  }

  // A whole fetch

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

  @Test
  void an_element_never_asks_first() {
    Request request = get().method("PUT").header("X-A", "1").initiator(Initiator.ELEMENT);
    assertFalse(agent.needsPreflight(request));
    assertEquals(List.of(), agent.fetch(request, new Replies(response(200))).preflights());
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept-Charset",
        "Accept-Encoding",
        "Access-Control-Request-Headers",
        "Access-Control-Request-Method",
        "Connection",
        "Content-Length",
        "Cookie",
        "Cookie2",
        "Date",
        "DNT",
        "Expect",
        "Host",
        "Keep-Alive",
        "Origin",
        "Referer",
        "Set-Cookie",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Via",
        "Proxy-Authorization",
        "Sec-Fetch-Mode"
      })
  void a_script_cannot_set(String name) {
    assertEquals(Headers.none(), get().header(name, "x").headers());
  }

  @Test
  void a_redirect_that_turns_into_get_drops_all_that_describes_the_body() {
    Request post = Request.from(APP, "POST", APP).body("x").header("X-Kept", "1");
    for (String name :
        List.of("Content-Encoding", "Content-Language", "Content-Location", "Content-Type")) {
      post = post.header(name, "x");
    }
    Replies replies = new Replies(response(303, "Location", "/"), response(200));
    agent.fetch(post, replies);
    WireRequest redirected = replies.requests.get(1);
    assertEquals(
        List.of("X-Kept", "Accept"),
        redirected.headers().fields().stream()
            .map(Headers.Field::name)
            .filter(name -> !name.startsWith("Sec-"))
            .toList());
  }

  @Test
  void a_forbidden_header_is_dropped_and_asked_about_no_one() {
    Request request = get().header("Host", "evil").header("Sec-Fetch-Site", "same-origin");
    assertEquals(Headers.none(), request.headers());
    assertFalse(agent.needsPreflight(request));
  }

  @Test
  void in_mode_no_cors_only_safelisted_headers_are_left() {
    Request request =
        get()
            .mode(Mode.NO_CORS)
            .header("Accept", "a".repeat(100))
            .header("Accept", "b".repeat(100))
            .header("X-A", "1")
            .header("Content-Type", "text/plain");
    // The second line would make the combined value longer than 128 bytes.
    assertEquals(
        Headers.of("Accept", "a".repeat(100), "Content-Type", "text/plain"), request.headers());
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

  @Test
  void fetch_metadata_goes_to_trustworthy_urls_alone() {
    for (String url : List.of("http://localhost:1/", "http://127.9.9.9/", "http://[::1]/")) {
      assertTrue(agent.preflight(Request.from(APP, "PUT", url)).headers().has("Sec-Fetch-Mode"));
    }
    assertFalse(
        agent
            .preflight(Request.from(APP, "PUT", "http://127.example/"))
            .headers()
            .has("Sec-Fetch-Mode"));
  }

  @Test
  void a_click_is_told() {
    Outcome outcome = agent.fetch(get().byUser(), new Replies(response(200)));
    Headers sent = outcome.exchanges().get(0).request().headers();
    assertEquals(Optional.of("?1"), sent.get("Sec-Fetch-User"));
    assertEquals(Optional.of("navigate"), sent.get("Sec-Fetch-Mode"));
    assertEquals(Optional.of("document"), sent.get("Sec-Fetch-Dest"));
    assertEquals(Optional.empty(), sent.get("Origin"));

    Outcome byScript = agent.fetch(get().mode(Mode.NAVIGATE), new Replies(response(200)));
    assertFalse(byScript.exchanges().get(0).request().headers().has("Sec-Fetch-User"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "trace", "TRACK", "", "GE T", "GET\n"})
  void what_fetch_throws_at_is_refused(String method) {
    assertThrows(IllegalArgumentException.class, () -> Request.from(APP, method, API));
  }

  @Test
  void what_fetch_throws_at_is_refused_besides() {
    assertThrows(
        IllegalArgumentException.class, () -> Request.from(APP, "GET", "https://u:p@api.example"));
    assertThrows(IllegalArgumentException.class, () -> Request.from(APP, "GET", "/relative"));
    assertThrows(IllegalArgumentException.class, () -> Request.from("app", "GET", API));
    assertThrows(IllegalArgumentException.class, () -> get().header("X A", "1"));
    assertThrows(IllegalArgumentException.class, () -> get().header("X-A", "1\r\nX-B: 2"));
    assertThrows(IllegalArgumentException.class, () -> get().header("X-A", "\u0100"));
  }

  @Test
  void what_fetch_throws_at_is_refused_whatever_the_order_of_the_settings() {
    for (Request refused :
        List.of(
            get().method("PUT").mode(Mode.NO_CORS),
            get().mode(Mode.NO_CORS).method("PUT"),
            get().body("x"),
            get().method("POST").body("x").method("HEAD"),
            get().streamedBody(new byte[0]),
            get().method("POST").streamedBody(new byte[1]).mode(Mode.NO_CORS))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> agent.fetch(refused, new Replies(response(200))),
          refused::toString);
    }
  }

  @Test
  void a_navigation_from_the_address_bar_comes_from_no_site() {
    Headers sent =
        agent
            .fetch(get().typed(), new Replies(response(200)))
            .exchanges()
            .get(0)
            .request()
            .headers();
    assertEquals(Optional.of("none"), sent.get("Sec-Fetch-Site"));
    assertEquals(Optional.of("?1"), sent.get("Sec-Fetch-User"));
    Headers insecure =
        agent
            .fetch(
                Request.from(APP, "GET", "http://api.example/").typed(), new Replies(response(200)))
            .exchanges()
            .get(0)
            .request()
            .headers();
    assertFalse(insecure.has("Sec-Fetch-Site") || insecure.has("Sec-Fetch-User"));
  }

  @Test
  void a_script_says_that_it_is_one() {
    Request script = get().element(Destination.SCRIPT);
    Headers sent =
        agent.fetch(script, new Replies(response(200))).exchanges().get(0).request().headers();
    assertEquals(Optional.of("script"), sent.get("Sec-Fetch-Dest"));
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void chromium_alone_sends_origin_with_a_pages_own_crossorigin_script(Engine engine) {
    Request own = Request.from(APP, "GET", APP + "/app.js").element(Destination.SCRIPT);
    Headers sent =
        new UserAgent(engine)
            .fetch(own, new Replies(response(200)))
            .exchanges()
            .get(0)
            .request()
            .headers();
    assertEquals(
        engine == Engine.CHROMIUM ? Optional.of(APP) : Optional.empty(), sent.get("Origin"));
    assertEquals(Optional.of("same-origin"), sent.get("Sec-Fetch-Site"));
  }

  @Test
  void a_preflight_is_asked_of_a_url_without_its_fragment() {
    Request put = Request.from(APP, "PUT", API + "?a=b#c");
    assertEquals(API + "?a=b", agent.preflight(put).url());
  }

  @Test
  void the_browsers_own_accept_counts_where_values_are_summed() {
    Request request = get();
    for (String name : List.of("Accept-Language", "Content-Language")) {
      for (int i = 0; i < 4; i++) {
        request = request.header(name, "a".repeat(128));
      }
    }
    assertTrue(agent.needsPreflight(request));
    assertTrue(agent.preflight(request).headers().has("Access-Control-Request-Headers"));
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
  void a_handshake_follows_no_redirect() {
    Request handshake = Request.from(APP, "GET", "wss://api.example/").mode(Mode.WEBSOCKET);
    Replies replies = new Replies(response(302, "Location", "/elsewhere"), response(101));
    assertFalse(agent.fetch(handshake, replies).verdict().isShared());
    assertEquals(1, replies.requests.size());
  }

  @Test
  void what_is_kept_of_preflights_is_kept_apart_for_each_site_that_is_visited() {
    Request put = get().method("PUT");
    Replies replies = new Replies();
    for (int i = 0; i < 6; i++) {
      replies.responses.add(
          response(
              200,
              "Access-Control-Allow-Origin",
              APP,
              "Access-Control-Allow-Methods",
              "PUT",
              "Access-Control-Max-Age",
              "600"));
    }
    agent.fetch(put, replies);
    assertEquals(List.of("OPTIONS", "PUT"), methods(replies));
    agent.fetch(put.inFrameOf("https://www.app.example"), replies);
    assertEquals(List.of("OPTIONS", "PUT", "PUT"), methods(replies));
    agent.fetch(put.inFrameOf("https://portal.example"), replies);
    assertEquals(List.of("OPTIONS", "PUT", "PUT", "OPTIONS", "PUT"), methods(replies));
  }

  private static List<String> methods(Replies replies) {
    return replies.requests.stream().map(WireRequest::method).toList();
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void firefox_names_the_page_in_a_preflight_behind_a_redirect(Engine engine) {
    WireResponse allowed =
        response(
            200,
            "Access-Control-Allow-Origin",
            "*",
            "Access-Control-Allow-Methods",
            "PUT",
            "Access-Control-Max-Age",
            "0");
    Replies replies =
        new Replies(
            allowed,
            response(307, "Access-Control-Allow-Origin", "*", "Location", "https://other.example/"),
            allowed,
            allowed);
    new UserAgent(engine).fetch(get().method("PUT"), replies);
    assertEquals(
        List.of(APP, APP, engine == Engine.FIREFOX ? APP : "null", "null"),
        replies.requests.stream().map(r -> r.headers().get("Origin").orElse("")).toList());
  }

  @Test
  void an_empty_stream_is_not_sent_twice_either() {
    Request post = get().method("POST").streamedBody(new byte[0]);
    String ok = "Access-Control-Allow-Origin";
    NotShared refusal =
        assertInstanceOf(
            NotShared.class,
            fetch(post, response(200, ok, "*"), response(308, ok, "*", "Location", "/")));
    assertEquals(Cause.REDIRECT_STREAM, refusal.cause());
    assertTrue(
        fetch(
                post,
                response(200, ok, "*"),
                response(303, ok, "*", "Location", "/"),
                response(200, ok, "*"),
                response(200, ok, "*"))
            .isShared());
  }

  // Redirects

  @Test
  void a_relative_location_is_followed_from_where_it_was_given() {
    Replies replies =
        new Replies(
            response(307, "Location", "../b?c#d", "Access-Control-Allow-Origin", "*"),
            response(200, "Access-Control-Allow-Origin", "*"));
    Outcome outcome = agent.fetch(Request.from(APP, "GET", "https://api.example/x/y/z"), replies);
    assertTrue(outcome.verdict().isShared());
    assertEquals("https://api.example/x/b?c", replies.requests.get(1).url());
  }

  @Test
  void a_location_beyond_ascii_is_read_as_utf_8() {
    Replies replies =
        new Replies(
            response(302, "Location", "/\u00c3\u00a9", "Access-Control-Allow-Origin", "*"),
            response(200, "Access-Control-Allow-Origin", "*"));
    agent.fetch(get(), replies);
    assertEquals("https://api.example/%C3%A9", replies.requests.get(1).url());
  }

  @Test
  void a_redirect_without_a_location_is_a_response_like_any_other() {
    Outcome outcome =
        agent.fetch(get(), new Replies(response(302, "Access-Control-Allow-Origin", "*")));
    assertEquals(302, outcome.status());
  }

  @Test
  void authorization_does_not_come_back() {
    String ok = "Access-Control-Allow-Origin";
    Replies replies =
        new Replies(
            response(200, ok, "*", "Access-Control-Allow-Headers", "authorization"),
            response(302, "Location", "https://other.example/", ok, "*"),
            response(302, "Location", API, ok, "*"),
            response(200, ok, "*"));
    Outcome outcome = agent.fetch(get().header("Authorization", "Bearer x"), replies);
    assertTrue(outcome.verdict().isShared(), outcome.verdict().toString());
    assertEquals(
        List.of(true, false, false),
        outcome.actuals().stream()
            .map(exchange -> exchange.request().headers().has("Authorization"))
            .toList());
    // And the origin, once tainted, stays so.
    assertEquals(Optional.of("null"), replies.requests.get(3).headers().get("Origin"));
  }

  @Test
  void a_response_may_tighten_the_referrer_policy_of_what_follows() {
    Replies replies =
        new Replies(
            response(307, "Location", "/2", "Referrer-Policy", "bogus, no-referrer, unknown"),
            response(200));
    agent.fetch(Request.from(APP, "POST", APP + "/1").mode(Mode.NO_CORS), replies);
    assertEquals(Optional.of(APP), replies.requests.get(0).headers().get("Origin"));
    assertEquals(Optional.of("null"), replies.requests.get(1).headers().get("Origin"));
  }

  @Test
  void a_manual_redirect_shows_that_there_was_one_and_nothing_else() {
    Outcome outcome =
        agent.fetch(
            Request.from(APP, "GET", APP).redirect(Redirect.MANUAL),
            new Replies(response(302, "Location", API)));
    assertEquals(Type.OPAQUE_REDIRECT, outcome.type());
    assertEquals(0, outcome.status());
    assertEquals(Headers.none(), outcome.headers());
  }

  // The preflight cache

  @Test
  void a_network_error_after_a_preflight_forgets_it() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    UserAgent timed = new UserAgent(Engine.STANDARD, () -> now, Set.of());
    Request put = get().method("PUT");
    WireResponse answer =
        response(204, "Access-Control-Allow-Origin", "*", "Access-Control-Allow-Methods", "PUT");
    WireResponse shared = response(200, "Access-Control-Allow-Origin", "*");
    assertEquals(1, timed.fetch(put, new Replies(answer, shared)).preflights().size());
    assertEquals(0, timed.fetch(put, new Replies(shared)).preflights().size());
    assertEquals(0, timed.fetch(put, new Replies(response(200))).preflights().size());
    assertEquals(1, timed.fetch(put, new Replies(answer, shared)).preflights().size());
  }

  @Test
  void a_forced_preflight_is_cached_though_no_method_is_listed() {
    Request forced = get().method("POST").withUploadListeners();
    WireResponse shared = response(200, "Access-Control-Allow-Origin", "*");
    assertEquals(1, agent.fetch(forced, new Replies(shared, shared)).preflights().size());
    assertEquals(0, agent.fetch(forced, new Replies(shared)).preflights().size());
  }

  // Causes

  /** A fetch that fails, for each cause there is. */
  private Map<Cause, Verdict> refusals() {
    String ok = "Access-Control-Allow-Origin";
    Request put = get().method("PUT").header("X-A", "1");
    Request include = get().credentials(Credentials.INCLUDE);
    Map<Cause, Verdict> refusals = new EnumMap<>(Cause.class);
    for (Verdict verdict :
        List.of(
            fetch(get(), response(200)),
            fetch(get(), response(200, ok, APP, ok, APP)),
            fetch(get(), response(200, ok, "app.example")),
            fetch(get(), response(200, ok, APP + "/")),
            fetch(include, response(200, ok, "*")),
            fetch(include, response(200, ok, APP, "Access-Control-Allow-Credentials", "True")),
            fetch(put, response(404, ok, "*")),
            fetch(put, response(301, ok, "*", "Location", "/")),
            fetch(put, response(200, ok, "*", "Access-Control-Allow-Methods", "PUT;")),
            fetch(put, response(200, ok, "*", "Access-Control-Allow-Headers", "\"x-a\"")),
            fetch(put, response(200, ok, "*", "Access-Control-Allow-Methods", "put")),
            fetch(put, response(200, ok, "*", "Access-Control-Allow-Methods", "PUT")),
            agent.judgeHeader(get(), response(200, ok, "*", "X-A", "1"), "x-a"),
            fetch(get(), response(302, ok, "*", "Location", "https://u:p@api.example/")),
            fetch(get(), response(302, ok, "*", "Location", "data:,x")),
            fetch(get(), redirects(21)),
            fetch(get(), response(302, ok, "*", "Location", "https://a:b:c/")),
            fetch(
                get().method("POST").streamedBody(new byte[1]),
                response(200, ok, "*"),
                response(307, ok, "*", "Location", "/")),
            fetch(get().redirect(Redirect.ERROR), response(302, ok, "*", "Location", "/")),
            fetch(get().mode(Mode.SAME_ORIGIN)),
            fetch(get().mode(Mode.NO_CORS).redirect(Redirect.MANUAL)),
            fetch(Request.from(APP, "GET", "ftp://api.example/")),
            fetch(Request.from(APP, "GET", "http://api.example:25/")),
            fetch(
                get().mode(Mode.NO_CORS),
                response(200, "Cross-Origin-Resource-Policy", "same-origin")),
            fetch(get()))) {
      NotShared refusal = assertInstanceOf(NotShared.class, verdict);
      assertEquals(null, refusals.put(refusal.cause(), refusal), refusal.toString());
    }
    return refusals;
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

  private Verdict fetch(Request request, WireResponse... responses) {
    return new UserAgent().fetch(request, new Replies(responses)).verdict();
  }

  private static WireResponse[] redirects(int count) {
    WireResponse[] responses = new WireResponse[count];
    for (int i = 0; i < count; i++) {
      responses[i] = response(302, "Location", "/" + i, "Access-Control-Allow-Origin", "*");
    }
    return responses;
  }

  @Test
  void every_cause_can_be_reached() {
    assertEquals(EnumSet.allOf(Cause.class), refusals().keySet());
  }

  @Test
  void a_refusal_tells_what_it_is_about() {
    Map<Cause, Verdict> refusals = refusals();
    assertEquals(
        "not shared: ACAO_MISMATCH, the header says [https://app.example/], on"
            + " https://api.example/items from https://app.example, status 200",
        refusals.get(Cause.ACAO_MISMATCH).toString());
    assertEquals(
        "not shared: METHOD_NOT_ALLOWED (PUT), the header says [put], on the preflight of"
            + " https://api.example/items from https://app.example, status 200",
        refusals.get(Cause.METHOD_NOT_ALLOWED).toString());
    assertEquals("x-a", ((NotShared) refusals.get(Cause.HEADER_NOT_ALLOWED)).subject());
    for (Cause syntax : List.of(Cause.ACAM_SYNTAX, Cause.ACAH_SYNTAX)) {
      NotShared refusal = (NotShared) refusals.get(syntax);
      assertEquals(List.of(refusal.subject()), refusal.lines());
    }
    assertEquals(
        "https://api.example/20", ((NotShared) refusals.get(Cause.REDIRECT_LIMIT)).subject());
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void every_refusal_has_words_in_every_engine(Engine engine) {
    refusals()
        .forEach(
            (cause, verdict) -> {
              String words = ((NotShared) verdict).inTheWordsOf(engine);
              assertFalse(words.isBlank() || words.contains("\n"), cause + ": " + words);
            });
  }

  // The single steps agree with the whole

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

  @ParameterizedTest
  @EnumSource(ReferrerPolicy.class)
  void a_referrer_policy_is_known_by_its_token(ReferrerPolicy policy) {
    String token = policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    assertEquals(Optional.of(policy), ReferrerPolicy.of(token));
    assertEquals(Optional.empty(), ReferrerPolicy.of(""));
  }
}
