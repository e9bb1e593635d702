package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.answer;
import static dev.crosswalk.cors.Message.outcome;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server answers to a preflight. */
@DisplayName("A policy, for a preflight,")
class PreflightTest extends ExamplePolicies {

  /** What {@link #listInFull} answers to A: everything that it allows, also where it refuses. */
  private static String answerInFull(Outcome outcome) {
    return """
        respond 204, %s
        Access-Control-Allow-Credentials: true
        Access-Control-Allow-Headers: Content-Type, X-Foo
        Access-Control-Allow-Methods: GET, PUT
        Access-Control-Allow-Origin: https://a.example
        Access-Control-Max-Age: 600
        Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
        """
        .formatted(outcome);
  }

  @Test
  void answers_with_the_whole_lists_whatever_part_of_them_is_asked_for() {
    String expected = answerInFull(Outcome.ALLOWED);
    assertEquals(expected, answer(listInFull, preflight(A, "PUT")));
    assertEquals(expected, answer(listInFull, preflight(A, "PUT", "content-type,x-foo")));
    assertEquals(expected, answer(listInFull, preflight(A, "GET", "x-foo")));
  }

  @Test
  void with_any_origin_does_not_vary_on_it() {
    assertEquals(
        """
        respond 204, ALLOWED
        Access-Control-Allow-Headers: Content-Type, X-Foo
        Access-Control-Allow-Methods: GET, PUT
        Access-Control-Allow-Origin: *
        Access-Control-Max-Age: 600
        Vary: Access-Control-Request-Method, Access-Control-Request-Headers
        """,
        answer(anyInFull, preflight(EVIL, "PUT", "x-foo")));
  }

  @Test
  void with_a_single_origin_does_not_vary_on_it() {
    assertEquals(
        """
        respond 204, ALLOWED
        Access-Control-Allow-Credentials: true
        Access-Control-Allow-Headers: Content-Type, X-Foo
        Access-Control-Allow-Methods: GET, PUT
        Access-Control-Allow-Origin: https://a.example
        Access-Control-Max-Age: 600
        Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
        """,
        answer(singleInFull, preflight(A, "PUT", "x-foo")));
  }

  @Test
  void grants_an_origin_that_a_pattern_knows() {
    assertEquals(
        """
        respond 204, ALLOWED
        Access-Control-Allow-Credentials: true
        Access-Control-Allow-Methods: PUT
        Access-Control-Allow-Origin: https://x.a.example
        Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
        """,
        answer(pattern, preflight("https://x.a.example", "PUT")));
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example, ORIGIN_NOT_ALLOWED",
    "null, ORIGIN_NULL",
    "'', ORIGIN_MALFORMED",
    "https://a.example/, ORIGIN_MALFORMED",
    "'https://a.example, https://a.example', ORIGIN_SEVERAL"
  })
  void refuses_an_origin_by_403_and_grants_nothing(String origin, Outcome outcome) {
    assertEquals(
        """
        respond 403, %s
        Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
        """
            .formatted(outcome),
        answer(listInFull, preflight(origin, "PUT", "x-foo")));
  }

  @Test
  void with_a_single_origin_refuses_others_by_403_and_names_the_origin_that_is_allowed() {
    assertEquals(
        """
        respond 403, ORIGIN_NOT_ALLOWED
        Access-Control-Allow-Origin: https://a.example
        Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
        """,
        answer(singleInFull, preflight(EVIL, "PUT")));
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, METHOD_NOT_ALLOWED",
    "put, METHOD_NOT_ALLOWED",
    "get, METHOD_NOT_ALLOWED",
    "PUTT, METHOD_NOT_ALLOWED",
    "*, METHOD_NOT_ALLOWED",
    "TRACE, METHOD_FORBIDDEN",
    "track, METHOD_FORBIDDEN",
    "Connect, METHOD_FORBIDDEN",
    "'PUT, PATCH', METHOD_MALFORMED",
    "P UT, METHOD_MALFORMED",
    "PUT;x, METHOD_MALFORMED",
    "<script>, METHOD_MALFORMED",
    "P\u0131T, METHOD_MALFORMED"
  })
  void refuses_a_method_by_the_true_list_so_that_the_browser_names_the_cause(
      String method, Outcome outcome) {
    assertEquals(answerInFull(outcome), answer(listInFull, preflight(A, method)));
  }

  @Test
  void takes_two_lines_of_requested_methods_for_no_method() {
    assertEquals(
        Outcome.METHOD_MALFORMED,
        outcome(listInFull, preflight(A, "PUT").with("Access-Control-Request-Method", "GET")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST"})
  void lets_the_safelisted_methods_pass_listed_or_not(String method) {
    assertEquals(
        """
        respond 204, ALLOWED
        Access-Control-Allow-Origin: https://a.example
        Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
        """,
        answer(list, preflight(A, method)));
    assertEquals(Outcome.ALLOWED, outcome(listInFull, preflight(A, method)));
  }

  @Test
  void lists_the_safelisted_methods_if_it_has_no_list_and_another_one_is_asked_for() {
    CorsPolicy silent = CorsPolicy.builder().allowOrigins(A, B).build();
    assertEquals(
        """
        respond 204, METHOD_NOT_ALLOWED
        Access-Control-Allow-Methods: GET, HEAD, POST
        Access-Control-Allow-Origin: https://a.example
        Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
        """,
        answer(silent, preflight(A, "PUT")));
    for (String safelisted : List.of("GET", "HEAD", "POST")) {
      String answer = answer(silent, preflight(A, safelisted));
      assertFalse(answer.contains("Access-Control-Allow-Methods"), answer);
    }
  }

  @Test
  void keeps_the_case_of_methods_PATCH_and_patch_are_two() {
    CorsPolicy patch = CorsPolicy.builder().allowOrigins(A, B).allowMethods("PATCH").build();
    assertEquals(Outcome.ALLOWED, outcome(patch, preflight(A, "PATCH")));
    assertEquals(Outcome.METHOD_NOT_ALLOWED, outcome(patch, preflight(A, "patch")));
    assertTrue(
        answer(patch, preflight(A, "patch")).contains("Access-Control-Allow-Methods: PATCH\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "x-bar, HEADER_NOT_ALLOWED",
    "'x-bar,x-foo', HEADER_NOT_ALLOWED",
    "'x-foo,x-bar', HEADER_NOT_ALLOWED",
    "x-fo, HEADER_NOT_ALLOWED",
    "x-fooo, HEADER_NOT_ALLOWED",
    "*, HEADER_NOT_ALLOWED",
    "authorization, HEADER_NOT_ALLOWED",
    "accept, HEADER_NOT_ALLOWED",
    "cookie, HEADER_NOT_ALLOWED",
    "x foo, HEADER_MALFORMED",
    "x-foo;q=1, HEADER_MALFORMED",
    "x-foo:, HEADER_MALFORMED",
    "'x-foo, <script>', HEADER_MALFORMED",
    "\"x-foo\", HEADER_MALFORMED",
    "x-f\u00f6\u00f6, HEADER_MALFORMED",
    "x-foo\ud83d, HEADER_MALFORMED"
  })
  void refuses_a_header_by_the_true_list_so_that_the_browser_names_the_cause(
      String names, Outcome outcome) {
    assertEquals(answerInFull(outcome), answer(listInFull, preflight(A, "PUT", names)));
  }

  @Test
  void puts_the_method_first_if_both_are_refused() {
    assertEquals(Outcome.METHOD_NOT_ALLOWED, outcome(listInFull, preflight(A, "PATCH", "x-bar")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Foo",
        "X-FOO,CONTENT-TYPE",
        "x-foo,content-type",
        "x-foo,x-foo",
        "content-type , x-foo",
        "content-type\t,\t x-foo   ",
        "   x-foo",
        ",,x-foo,,",
        ", ,\t,",
        ""
      })
  void reads_a_list_of_names_as_RFC_9110_does_any_order_case_white_space_empty_members(
      String names) {
    assertEquals(Outcome.ALLOWED, outcome(listInFull, preflight(A, "PUT", names)));
  }

  @Test
  void reads_all_lines_of_requested_names() {
    assertEquals(
        Outcome.ALLOWED,
        outcome(
            listInFull,
            preflight(A, "PUT", "content-type").with("Access-Control-Request-Headers", "x-foo")));
    assertEquals(
        Outcome.HEADER_NOT_ALLOWED,
        outcome(
            listInFull,
            preflight(A, "PUT", "content-type").with("Access-Control-Request-Headers", "x-z")));
  }

  @Test
  void folds_the_case_of_ASCII_and_of_nothing_else() {
    CorsPolicy key =
        CorsPolicy.builder().allowOrigins(A, B).allowRequestHeaders("X-Key", "X-Is").build();
    assertEquals(Outcome.ALLOWED, outcome(key, preflight(A, "GET", "X-KEY,X-IS")));
    for (String other : List.of("x-\u212aey", "x-i\u017f", "x-\u0131s", "x-\u0130s")) {
      assertEquals(Outcome.HEADER_MALFORMED, outcome(key, preflight(A, "GET", other)), other);
    }
  }

  @Test
  void says_max_age_in_digits_nothing_if_unset_0_if_zero() {
    assertFalse(answer(list, preflight(A, "GET")).contains("Max-Age"));
    CorsPolicy zero = list.toBuilder().maxAge(Duration.ZERO).build();
    assertTrue(answer(zero, preflight(A, "GET")).contains("Access-Control-Max-Age: 0\n"));
    CorsPolicy day = list.toBuilder().maxAge(Duration.ofDays(1)).build();
    assertTrue(answer(day, preflight(A, "GET")).contains("Access-Control-Max-Age: 86400\n"));
  }

  @Test
  void ignores_Access_Control_Request_Private_Network_which_browsers_gave_up() {
    assertEquals(
        answer(listInFull, preflight(A, "PUT")),
        answer(
            listInFull,
            preflight(A, "PUT").with("Access-Control-Request-Private-Network", "true")));
  }

  @Test
  void does_not_look_at_the_path() {
    Message asterisk =
        request("OPTIONS", "*").with("Origin", A).with("Access-Control-Request-Method", "PUT");
    assertEquals(answer(listInFull, preflight(A, "PUT")), answer(listInFull, asterisk));
  }

  @Test
  void gives_the_same_answer_each_time_byte_for_byte() {
    assertEquals(
        answer(listInFull, preflight(A, "PUT", "x-foo")),
        answer(listInFull, preflight(A, "PUT", "x-foo")));
  }
}
