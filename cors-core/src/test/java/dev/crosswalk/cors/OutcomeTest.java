package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.answer;
import static dev.crosswalk.cors.Message.outcome;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Proceed;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a decision says of the request that it is about. */
@DisplayName("A policy reports")
class OutcomeTest extends ExamplePolicies {

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      mode = EnumSource.Mode.MATCH_NONE,
      names = "NO_POLICY|WRITE_.*")
  void every_outcome_of_a_policy_from_some_request(Outcome outcome) {
    Message request =
        switch (outcome) {
          case NO_POLICY,
              WRITE_FROM_CROSS_SITE,
              WRITE_FROM_SAME_SITE,
              WRITE_FROM_UNKNOWN_SITE,
              WRITE_FROM_OTHER_ORIGIN ->
              throw new AssertionError("no policy says this");
          case NOT_CORS -> request("GET");
          case ALLOWED -> actual(A);
          case SAME_ORIGIN -> request("POST").with("Origin", EVIL).with("Host", "evil.example");
          case ORIGIN_NOT_ALLOWED -> actual(EVIL);
          case ORIGIN_NULL -> actual("null");
          case ORIGIN_SEVERAL -> actual(A).with("Origin", B);
          case ORIGIN_MALFORMED -> actual("a");
          case METHOD_NOT_ALLOWED -> preflight(A, "PATCH");
          case METHOD_FORBIDDEN -> preflight(A, "TRACE");
          case METHOD_MALFORMED -> preflight(A, "A B");
          case HEADER_NOT_ALLOWED -> preflight(A, "GET", "x-bar");
          case HEADER_FORBIDDEN -> preflight(A, "GET", "cookie");
          case HEADER_MALFORMED -> preflight(A, "GET", "a b");
          case HEADERS_TOO_LONG -> preflight(A, "GET", "x".repeat(20_000));
        };
    CorsPolicy policy = outcome == Outcome.HEADER_FORBIDDEN ? wide : listInFull;
    CorsDecision decision = policy.decide(request, READER);
    assertOneSentence(decision.explanation());
    assertEquals(outcome, decision.outcome());
    assertEquals(
        !List.of(Outcome.NOT_CORS, Outcome.ALLOWED, Outcome.SAME_ORIGIN).contains(outcome),
        outcome.isRefusal());
  }

  private static void assertOneSentence(String explanation) {
    assertTrue(explanation.matches("[A-Z][^.?!:;]+\\."), explanation);
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-site", "cross-site", "unheard-of", ""})
  void a_refused_write_in_one_sentence(String site) {
    Message write =
        request("POST").with("Sec-Fetch-Site", site).with("Origin", EVIL).with("Host", "a.test");
    CorsDecision decision = CrossOriginGuard.around(wide).build().decide(write, READER);
    assertTrue(decision.outcome().isWriteRefusal());
    assertOneSentence(decision.explanation());
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example, api.example",
    "https://api.example, API.example",
    "https://api.example, api.example:443",
    "http://api.example, api.example:80",
    "http://api.example:8080, api.example:8080",
    "http://[::1]:8080, [::1]:8080",
    "http://api.test., api.test.",
    "http://api.test.:8080, api.test.:8080"
  })
  void the_servers_own_origin_as_such_by_the_host_that_was_asked_for(String origin, String host) {
    Message post = request("POST").with("Origin", origin).with("Host", host);
    assertEquals("proceed, SAME_ORIGIN\nVary: Origin\n", answer(listInFull, post));
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example, api.example:8443",
    "https://api.example, api.example:80",
    "https://api.example:8443, api.example",
    "https://api.example:8443, api.example:443",
    "https://api.example, api.example.evil.test",
    "https://api.example, evil-api.example",
    "https://api.example, x",
    "https://api.example, ''",
    "https://api.example:8080, api.example:8080:443",
    "ftp://api.example, api.example",
    "chrome-extension://api.example, api.example",
    "https://api.example, api.example."
  })
  void no_other_origin_as_the_servers_own(String origin, String host) {
    Message post = request("POST").with("Origin", origin).with("Host", host);
    assertEquals(Outcome.ORIGIN_NOT_ALLOWED, outcome(listInFull, post));
  }

  @ParameterizedTest
  @CsvSource({
    "file://, ''",
    "https://evil@api.example, evil@api.example",
    "https://api.example/, api.example/",
    "https://api.example.., api.example..",
    "https://api.example., api.example",
    "HTTPS://api.example, api.example"
  })
  void nothing_malformed_as_the_servers_own_origin(String origin, String host) {
    Message post = request("POST").with("Origin", origin).with("Host", host);
    assertEquals(Outcome.ORIGIN_MALFORMED, outcome(listInFull, post));
  }

  @Test
  void the_servers_own_origin_by_the_browsers_word_rather_than_by_Host() {
    Message post = request("POST").with("Origin", EVIL).with("Host", "proxied");
    Message own = post.with("Sec-Fetch-Site", "same-origin");
    assertEquals("proceed, SAME_ORIGIN\nVary: Origin\n", answer(listInFull, own));
    for (String site : List.of("same-site", "cross-site", "none", " ", "SAME-ORIGIN")) {
      Message other =
          request("POST")
              .with("Origin", EVIL)
              .with("Sec-Fetch-Site", site)
              .with("Host", "evil.example");
      assertEquals(Outcome.ORIGIN_NOT_ALLOWED, outcome(listInFull, other), site);
    }
    Message silent =
        request("POST")
            .with("Origin", EVIL)
            .with("Sec-Fetch-Site", "")
            .with("Host", "evil.example");
    assertEquals(Outcome.SAME_ORIGIN, outcome(listInFull, silent), "an empty value says nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void a_pages_own_crossorigin_script_or_font_as_of_the_servers_own_origin(String method) {
    Message read = request(method).with("Origin", EVIL).with("Host", "evil.example");
    assertEquals(Outcome.SAME_ORIGIN, outcome(listInFull, read));
    assertEquals(
        Outcome.SAME_ORIGIN,
        outcome(
            listInFull,
            request(method).with("Origin", EVIL).with("Sec-Fetch-Site", "same-origin")));
    assertEquals("proceed, SAME_ORIGIN\nVary: Origin\n", answer(listInFull, read));
  }

  @Test
  void no_preflight_no_null_and_no_malformed_origin_as_the_servers_own() {
    assertEquals(
        Outcome.ORIGIN_NOT_ALLOWED,
        outcome(listInFull, preflight(EVIL, "PUT").with("Host", "evil.example")));
    for (String origin : List.of("null", "https://evil.example/", "evil.example")) {
      assertTrue(
          outcome(listInFull, actual(origin).with("Host", "evil.example")).isRefusal(), origin);
    }
  }

  @Test
  void what_kind_of_request_it_was() {
    assertEquals(CorsDecision.Kind.NOT_CORS, list.decide(request("GET"), READER).kind());
    assertEquals(CorsDecision.Kind.ACTUAL, list.decide(actual(EVIL), READER).kind());
    assertEquals(CorsDecision.Kind.PREFLIGHT, list.decide(preflight(A, "X"), READER).kind());
    assertTrue(list.decide(actual(A), READER) instanceof Proceed);
  }
}
