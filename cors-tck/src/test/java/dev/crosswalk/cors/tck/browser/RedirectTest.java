package dev.crosswalk.cors.tck.browser;

import static dev.crosswalk.cors.tck.browser.Replies.fetch;
import static dev.crosswalk.cors.tck.browser.Replies.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.browser.Outcome.Type;
import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.browser.Request.Redirect;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a browser goes on, and what it takes along. */
class RedirectTest {

  private static final String APP = "https://app.example";
  private static final String API = "https://api.example/items";

  private final UserAgent agent = new UserAgent();

  private static Request get() {
    return Request.from(APP, "GET", API);
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
  void a_handshake_follows_no_redirect() {
    Request handshake = Request.from(APP, "GET", "wss://api.example/").mode(Mode.WEBSOCKET);
    Replies replies = new Replies(response(302, "Location", "/elsewhere"), response(101));
    assertFalse(agent.fetch(handshake, replies).verdict().isShared());
    assertEquals(1, replies.requests.size());
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

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void an_empty_stream_is_not_sent_twice_either(int status) {
    Request post = get().method("POST").streamedBody(new byte[0]);
    String ok = "Access-Control-Allow-Origin";
    NotShared refusal =
        assertInstanceOf(
            NotShared.class,
            fetch(post, response(200, ok, "*"), response(status, ok, "*", "Location", "/")));
    assertEquals(Cause.REDIRECT_STREAM, refusal.cause());
  }

  @Test
  void a_stream_that_turns_into_get_is_left_behind() {
    Request post = get().method("POST").streamedBody(new byte[0]);
    String ok = "Access-Control-Allow-Origin";
    assertTrue(
        fetch(
                post,
                response(200, ok, "*"),
                response(303, ok, "*", "Location", "/"),
                response(200, ok, "*"),
                response(200, ok, "*"))
            .isShared());
  }

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
}
