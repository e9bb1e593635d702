package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.WRITER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.answer;
import static dev.crosswalk.cors.Message.outcome;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static dev.crosswalk.cors.Message.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What no browser sends, and what fits into no header. */
@DisplayName("A policy, under hostile input,")
class HostileRequestTest extends ExamplePolicies {

  private final List<CorsPolicy> policies =
      List.of(
          singleInFull,
          listInFull,
          pattern,
          anyInFull,
          nullOrigin,
          wide,
          wideWithCredentials,
          CorsPolicy.none());

  /** What fits into no server's header, and what no browser sends. */
  private static List<String> hostile() {
    List<String> values = new ArrayList<>();
    for (String unit :
        List.of(
            "a",
            "\u0000",
            "\u007f",
            "\u0080",
            "\u00ff",
            "\u212a",
            "\ud800",
            "\udfff",
            ",",
            " ",
            "\t",
            "/",
            ":",
            ".",
            "[",
            "]",
            "[::",
            "://",
            "a.",
            "-",
            "*",
            "%00",
            "https://a.",
            "a,",
            "a ,",
            "https://a.example, ",
            "0",
            "1:",
            "::1",
            "\r\n")) {
      values.add(unit);
      values.add(unit.repeat(1024));
      values.add(unit.repeat(64 * 1024));
      values.add("https://" + unit.repeat(100));
      values.add("https://" + unit.repeat(80) + ".a.example");
      values.add("https://[" + unit.repeat(20) + "]:3000");
      values.add("https://a.example" + unit);
      values.add("https://x.a.example:" + unit);
      values.add(A + ", " + unit);
    }
    return values;
  }

  @Test
  void never_throws_and_grants_nothing_to_a_hostile_origin() {
    int refused = 0;
    for (CorsPolicy policy : policies) {
      for (String origin : hostile()) {
        for (Message request : List.of(actual(origin), preflight(origin, "PUT", "x-foo"))) {
          CorsDecision decision = policy.decide(request, READER);
          Message response = response();
          decision.writeTo(response, WRITER);
          assertFalse(decision.explanation().isEmpty());
          String allowed = response.combined("Access-Control-Allow-Origin");
          if (policy == anyInFull) {
            assertEquals("*", allowed);
          } else if (policy == singleInFull) {
            assertEquals(A, allowed);
          } else if (allowed != null) {
            // Some of the values are origins that the policy does allow.
            assertTrue(allowed.matches("https://[a-z0-9.-]+(:[1-9][0-9]*)?"), allowed);
            assertEquals(origin, allowed);
          } else {
            refused++;
          }
        }
      }
    }
    assertTrue(refused > 1000, "refused " + refused);
  }

  @Test
  void never_throws_and_repeats_nothing_but_tokens() {
    for (CorsPolicy policy : policies) {
      for (String value : hostile()) {
        Message response = response();
        policy.decide(preflight(A, value, value), READER).writeTo(response, WRITER);
        for (String name :
            List.of("Access-Control-Allow-Methods", "Access-Control-Allow-Headers")) {
          String list = response.combined(name);
          assertTrue(
              list == null || list.matches("[!#$%&'*+.^_`|~0-9A-Za-z, -]{1,4096}"),
              () -> name + ": " + list);
        }
      }
    }
  }

  @Test
  void refuses_a_list_of_10_000_names_and_of_1024_commas_nothing_but_what_is_in_it() {
    String names = "x-foo,".repeat(10_000);
    assertEquals(Outcome.HEADERS_TOO_LONG, outcome(listInFull, preflight(A, "PUT", names)));
    assertEquals(
        Outcome.ALLOWED, outcome(listInFull, preflight(A, "PUT", "x-foo" + ",".repeat(1024))));
    assertEquals(
        Outcome.HEADER_NOT_ALLOWED,
        outcome(listInFull, preflight(A, "PUT", ",".repeat(1024) + "x-bar")));
  }

  @Test
  void has_limits_that_are_where_they_are_said_to_be() {
    assertEquals(
        Outcome.ALLOWED,
        outcome(listInFull, preflight(A, "PUT", "x-foo" + ",".repeat(16_384 - 5))));
    assertEquals(
        Outcome.HEADERS_TOO_LONG,
        outcome(listInFull, preflight(A, "PUT", "x-foo" + ",".repeat(16_384 - 4))));
    assertEquals(
        Outcome.ALLOWED, outcome(wideWithCredentials, preflight(A, "PUT", "x".repeat(4_096))));
    assertEquals(
        Outcome.HEADERS_TOO_LONG,
        outcome(wideWithCredentials, preflight(A, "PUT", "x".repeat(4_097))));
    assertEquals(Outcome.ALLOWED, outcome(wide, preflight(A, "P".repeat(64))));
    assertEquals(Outcome.METHOD_NOT_ALLOWED, outcome(wide, preflight(A, "P".repeat(65))));
  }

  @Test
  void allows_a_listed_method_that_is_longer_than_any_that_it_would_repeat() {
    String method = "M".repeat(100);
    CorsPolicy policy = CorsPolicy.builder().allowOrigins(A).allowMethods(method).build();
    assertEquals(Outcome.ALLOWED, outcome(policy, preflight(A, method)));
  }

  @Test
  @Tag("slow")
  void takes_time_in_proportion_to_the_length_of_a_value_not_to_its_square() {
    long start = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      for (CorsPolicy policy : policies) {
        for (String value :
            List.of("a.".repeat(500_000), ",".repeat(1_000_000), "x,".repeat(500_000))) {
          policy.decide(preflight("https://" + value, value, value), READER);
          policy.decide(preflight(A, value, value), READER);
        }
      }
    }
    // 960 decisions about a million characters: a square would take days.
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    assertTrue(seconds < 60, seconds + " s");
  }

  @Test
  void decides_the_same_under_the_Turkish_locale_where_I_and_i_are_not_a_pair() {
    List<String> before = decisions();
    Locale locale = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      assertEquals(before, decisions());
    } finally {
      Locale.setDefault(locale);
    }
  }

  private List<String> decisions() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://i.example", "https://*.i.example")
            .allowMethods("LIST")
            .allowRequestHeaders("X-Id", "Content-Type")
            .exposeResponseHeaders("X-Id")
            .allowCredentials()
            .build();
    List<String> answers = new ArrayList<>();
    for (CorsPolicy each : List.of(policy, wide, wideWithCredentials)) {
      for (String origin :
          List.of("https://i.example", "https://I.example", "https://ii.i.example", A)) {
        for (String method :
            List.of("LIST", "list", "CONNECT", "connect", "L\u0130ST", "l\u0131st")) {
          for (String names :
              List.of("X-ID", "x-id", "x-\u0131d", "CONTENT-TYPE", "SEC-FETCH-SITE", "VIA")) {
            answers.add(
                answer(each, preflight(origin, method, names), response().with("Vary", "ORIGIN")));
          }
        }
      }
    }
    assertTrue(answers.stream().distinct().count() > 10);
    return answers;
  }
}
