package dev.crosswalk.cors.tck.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where engines depart from the standard, and from each other. */
class EngineTest {

  private static final String URL = "https://api.example/";

  private static Set<Engine> engines(Predicate<Engine> condition) {
    return Stream.of(Engine.values()).filter(condition).collect(Collectors.toSet());
  }

  private static Request get() {
    return Request.from("https://app.example", "GET", URL);
  }

  private static WireResponse answer(int status, String... headers) {
    return new WireResponse(status, Headers.of(headers));
  }

  @Test
  void a_wildcard_covers_authorization_in_every_engine_but_not_in_the_standard() {
    Request request = get().header("Authorization", "Bearer x");
    WireResponse any =
        answer(200, "Access-Control-Allow-Origin", "*", "Access-Control-Allow-Headers", "*");
    assertEquals(
        EnumSet.complementOf(EnumSet.of(Engine.STANDARD)),
        engines(engine -> new UserAgent(engine).judgePreflight(request, any).isShared()));
  }

  @Test
  void a_wildcard_covers_nothing_with_credentials_in_any_engine() {
    Request request = get().header("X-A", "1").credentials(Credentials.INCLUDE);
    WireResponse any =
        answer(
            200,
            "Access-Control-Allow-Origin",
            "https://app.example",
            "Access-Control-Allow-Credentials",
            "true",
            "Access-Control-Allow-Headers",
            "*");
    assertEquals(
        Set.of(), engines(engine -> new UserAgent(engine).judgePreflight(request, any).isShared()));
  }

  @Test
  void the_first_cause_they_name_differs() {
    Request request = get().header("X-A", "1");
    WireResponse redirect = answer(302, "Location", "/login");
    WireResponse notFound = answer(404);
    assertEquals(
        List.of(
            Cause.ACAO_MISSING,
            Cause.PREFLIGHT_REDIRECT,
            Cause.ACAO_MISSING,
            Cause.PREFLIGHT_REDIRECT),
        causes(request, redirect));
    assertEquals(
        List.of(Cause.ACAO_MISSING, Cause.ACAO_MISSING, Cause.ACAO_MISSING, Cause.PREFLIGHT_STATUS),
        causes(request, notFound));
  }

  private static List<Cause> causes(Request request, WireResponse response) {
    return Stream.of(Engine.values())
        .map(engine -> new UserAgent(engine).judgePreflight(request, response))
        .map(verdict -> ((NotShared) verdict).cause())
        .toList();
  }

  @Test
  void chromium_safelists_client_hints() {
    for (String name : List.of("DPR", "Device-Memory", "Viewport-Width", "Save-Data")) {
      Request request = get().header(name, "on");
      assertEquals(
          Set.of(Engine.CHROMIUM),
          engines(engine -> !new UserAgent(engine).needsPreflight(request)),
          name);
    }
    assertTrue(new UserAgent(Engine.CHROMIUM).needsPreflight(get().header("Save-Data", "off")));
  }

  @Test
  void each_caps_max_age_at_its_own_limit() {
    assertEquals(100_000, Engine.STANDARD.maxAge(List.of("100000")));
    assertEquals(7_200, Engine.CHROMIUM.maxAge(List.of("100000")));
    assertEquals(86_400, Engine.FIREFOX.maxAge(List.of("100000")));
    assertEquals(600, Engine.WEBKIT.maxAge(List.of("100000")));
  }

  @Test
  void none_stumbles_over_a_number_beyond_all_bounds() {
    List<String> huge = List.of("9".repeat(1_000));
    assertEquals(Long.MAX_VALUE, Engine.STANDARD.maxAge(huge));
    assertEquals(5, Engine.CHROMIUM.maxAge(huge));
    assertEquals(86_400, Engine.FIREFOX.maxAge(huge));
    assertEquals(5, Engine.WEBKIT.maxAge(huge));
    assertEquals(7, Engine.STANDARD.maxAge(List.of("0".repeat(1_000) + "7")));
  }

  @Test
  void two_lines_of_max_age_are_malformed() {
    List<String> twice = List.of("60", "60");
    assertEquals(5, Engine.STANDARD.maxAge(twice));
    assertEquals(5, Engine.CHROMIUM.maxAge(twice));
    assertEquals(0, Engine.FIREFOX.maxAge(twice));
    assertEquals(5, Engine.WEBKIT.maxAge(twice));
  }

  @Test
  void chromium_and_webkit_read_a_sign_and_64_bits() {
    List<String> largest = List.of("9223372036854775807");
    assertEquals(7_200, Engine.CHROMIUM.maxAge(largest));
    assertEquals(600, Engine.WEBKIT.maxAge(largest));
    List<String> plus = List.of("+60");
    assertEquals(60, Engine.CHROMIUM.maxAge(plus));
    assertEquals(60, Engine.WEBKIT.maxAge(plus));
    assertEquals(5, Engine.STANDARD.maxAge(plus));
    assertEquals(0, Engine.FIREFOX.maxAge(plus));
  }

  @Test
  void an_empty_max_age_is_none() {
    for (Engine engine : Engine.values()) {
      assertEquals(5, engine.maxAge(List.of("")), engine.name());
    }
  }

  @Test
  void engines_take_a_location_that_is_sent_twice_for_one() {
    Request request = Request.from("https://app.example", "GET", "https://app.example/");
    Headers twice = Headers.of("Location", "/2", "Location", "/2");
    assertEquals(
        Set.of(Engine.CHROMIUM, Engine.FIREFOX, Engine.WEBKIT),
        engines(
            engine ->
                new UserAgent(engine)
                    .fetch(
                        request,
                        sent ->
                            sent.url().endsWith("/2")
                                ? new WireResponse(200, Headers.none())
                                : new WireResponse(302, twice))
                    .verdict()
                    .isShared()));
  }

  // The preflight cache

  private final Instant now = Instant.parse("2026-01-01T00:00:00Z");

  /** Whether the second of two requests is preflighted. */
  private boolean asksTwice(
      Engine engine, Request first, Request second, WireResponse toFirst, WireResponse toSecond) {
    UserAgent agent = new UserAgent(engine, () -> now, Set.of());
    Outcome one = agent.fetch(first, sent -> toFirst);
    assertEquals(1, one.preflights().size());
    return !agent.fetch(second, sent -> toSecond).preflights().isEmpty();
  }

  private Set<Engine> askingTwice(Request first, Request second, WireResponse response) {
    return engines(engine -> asksTwice(engine, first, second, response, response));
  }

  private static WireResponse cached(String methods, String headers) {
    return answer(
        200,
        "Access-Control-Allow-Origin",
        "*",
        "Access-Control-Allow-Methods",
        methods,
        "Access-Control-Allow-Headers",
        headers,
        "Access-Control-Max-Age",
        "60");
  }

  @Test
  void a_cached_wildcard_is_of_no_use_to_firefox() {
    assertEquals(
        Set.of(Engine.FIREFOX),
        askingTwice(get().method("PUT"), get().method("DELETE"), cached("*", "x-a")));
    assertEquals(
        Set.of(Engine.FIREFOX),
        askingTwice(get().header("X-A", "1"), get().header("X-B", "1"), cached("GET", "*")));
  }

  @Test
  void head_must_be_listed_for_firefox() {
    Request head = get().method("HEAD").header("X-A", "1");
    assertEquals(Set.of(Engine.FIREFOX), askingTwice(head, head, cached("GET", "x-a")));
    assertEquals(Set.of(), askingTwice(head, head, cached("HEAD", "x-a")));
  }

  @Test
  void an_answer_without_credentials_does_not_do_for_a_request_with_them() {
    Request plain = get().header("X-A", "1");
    WireResponse response =
        answer(
            200,
            "Access-Control-Allow-Origin",
            "https://app.example",
            "Access-Control-Allow-Credentials",
            "true",
            "Access-Control-Allow-Headers",
            "x-a",
            "Access-Control-Max-Age",
            "60");
    Request include = plain.credentials(Credentials.INCLUDE);
    assertEquals(EnumSet.allOf(Engine.class), askingTwice(plain, include, response));
    assertEquals(Set.of(Engine.FIREFOX), askingTwice(include, plain, response));
  }

  @Test
  void chromium_and_webkit_replace_one_answer_by_the_next() {
    Request a = get().header("X-A", "1");
    Request b = get().header("X-B", "1");
    assertEquals(
        Set.of(Engine.CHROMIUM, Engine.WEBKIT),
        engines(
            engine -> {
              UserAgent agent = new UserAgent(engine, () -> now, Set.of());
              agent.fetch(a, sent -> cached("GET", "x-a"));
              agent.fetch(b, sent -> cached("GET", "x-b"));
              return !agent.fetch(a, sent -> cached("GET", "x-a")).preflights().isEmpty();
            }));
  }

  @Test
  void webkit_keeps_an_answer_that_refused() {
    Request refused = get().header("X-B", "1");
    Request allowed = get().header("X-A", "1");
    assertEquals(
        EnumSet.complementOf(EnumSet.of(Engine.WEBKIT)),
        askingTwice(refused, allowed, cached("GET", "x-a")));
  }

  @Test
  void chromium_does_not_cache_for_a_very_long_url() {
    String longUrl = URL + "x".repeat(1_100);
    Request request = Request.from("https://app.example", "PUT", longUrl);
    assertEquals(Set.of(Engine.CHROMIUM), askingTwice(request, request, cached("PUT", "x-a")));
  }

  @Test
  void no_cache_grows_without_bound() {
    for (Engine engine : Engine.values()) {
      UserAgent agent = new UserAgent(engine, () -> now, Set.of());
      Request first = get().method("PUT");
      agent.fetch(first, sent -> cached("PUT", "x-a"));
      for (int i = 0; i < 1_100; i++) {
        String other = "https://api.example/" + i;
        agent.fetch(
            Request.from("https://app.example", "PUT", other), sent -> cached("PUT", "x-a"));
      }
      assertFalse(agent.fetch(first, sent -> cached("PUT", "x-a")).preflights().isEmpty());
    }
  }
}
