package dev.crosswalk.cors.tck.browser;

import static dev.crosswalk.cors.tck.browser.Replies.response;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a browser keeps of an answer to a preflight, and for whom. */
class PreflightCacheTest {

  private static final String APP = "https://app.example";
  private static final String API = "https://api.example/items";

  private final UserAgent agent = new UserAgent();

  private static Request get() {
    return Request.from(APP, "GET", API);
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
}
