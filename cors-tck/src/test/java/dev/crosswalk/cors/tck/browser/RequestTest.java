package dev.crosswalk.cors.tck.browser;

import static dev.crosswalk.cors.tck.browser.Replies.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page may ask for, and what goes out for it. */
class RequestTest {

  private static final String APP = "https://app.example";
  private static final String API = "https://api.example/items";

  private final UserAgent agent = new UserAgent();

  private static Request get() {
    return Request.from(APP, "GET", API);
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
  void fetch_metadata_goes_to_trustworthy_urls_alone() {
    for (String url :
        List.of(
            "http://localhost:1/", "http://localhost.:1/", "http://127.9.9.9/", "http://[::1]/")) {
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
    assertEquals(1, agent.fetch(request, new Replies(response(200))).preflights().size());
  }

  @ParameterizedTest
  @EnumSource(ReferrerPolicy.class)
  void a_referrer_policy_is_known_by_its_token(ReferrerPolicy policy) {
    String token = policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    assertEquals(Optional.of(policy), ReferrerPolicy.of(token));
    assertEquals(Optional.empty(), ReferrerPolicy.of(""));
  }
}
