package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.answer;
import static dev.crosswalk.cors.Message.outcome;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server answers, by the kind of request and the kind of policy. */
@DisplayName("A policy")
class CorsPolicyTest extends ExamplePolicies {

  @Nested
  @DisplayName("for a request that is not CORS")
  class NotCors {

    @Test
    void with_any_origin_shares_every_response_and_does_not_vary() {
      assertEquals(
          """
          proceed, NOT_CORS
          Access-Control-Allow-Origin: *
          Access-Control-Expose-Headers: X-Res
          """,
          answer(anyInFull, request("GET")));
    }

    @Test
    void with_a_single_origin_shares_every_response_with_it_and_does_not_vary() {
      assertEquals(
          """
          proceed, NOT_CORS
          Access-Control-Allow-Credentials: true
          Access-Control-Allow-Origin: https://a.example
          Access-Control-Expose-Headers: X-Res
          """,
          answer(singleInFull, request("GET")));
    }

    @Test
    void with_a_list_of_origins_varies_and_says_nothing_more() {
      assertEquals(
          """
          proceed, NOT_CORS
          Vary: Origin
          """,
          answer(listInFull, request("GET")));
    }

    @Test
    void with_one_pattern_varies_because_that_is_several_origins() {
      assertEquals(
          """
          proceed, NOT_CORS
          Vary: Origin
          """,
          answer(pattern, request("GET")));
    }

    @Test
    void proceeds_for_OPTIONS_without_an_Origin_also_with_a_requested_method() {
      String expected =
          """
          proceed, NOT_CORS
          Vary: Origin
          """;
      assertEquals(expected, answer(listInFull, request("OPTIONS")));
      assertEquals(
          expected,
          answer(listInFull, request("OPTIONS").with("Access-Control-Request-Method", "PUT")));
      assertEquals(expected, answer(listInFull, request("OPTIONS", "*")));
    }

    @Test
    void counts_a_single_origin_that_is_written_twice_as_one() {
      CorsPolicy twice = CorsPolicy.builder().allowOrigins(A, A).build();
      assertEquals(
          """
          proceed, NOT_CORS
          Access-Control-Allow-Origin: https://a.example
          """,
          answer(twice, request("GET")));
    }
  }

  @Nested
  @DisplayName("for an actual request")
  class Actual {

    @ParameterizedTest
    @ValueSource(strings = {A, EVIL, "null", "", "garbage", "https://a.example, https://b.example"})
    void with_any_origin_answers_the_star_to_all(String origin) {
      assertEquals(
          """
          proceed, ALLOWED
          Access-Control-Allow-Origin: *
          Access-Control-Expose-Headers: X-Res
          """,
          answer(anyInFull, actual(origin)));
    }

    @ParameterizedTest
    @CsvSource({
      "https://a.example, ALLOWED",
      "https://evil.example, ORIGIN_NOT_ALLOWED",
      "null, ORIGIN_NULL",
      "garbage, ORIGIN_MALFORMED",
      "'https://a.example, https://a.example', ORIGIN_SEVERAL"
    })
    void with_a_single_origin_answers_that_one_to_all_but_knows_whom_it_refuses(
        String origin, Outcome outcome) {
      assertEquals(
          "proceed, "
              + outcome
              + """

              Access-Control-Allow-Credentials: true
              Access-Control-Allow-Origin: https://a.example
              Access-Control-Expose-Headers: X-Res
              """,
          answer(singleInFull, actual(origin)));
    }

    @ParameterizedTest
    @ValueSource(strings = {A, B})
    void shares_the_response_with_the_origin_that_asks_if_it_is_on_the_list(String origin) {
      assertEquals(
          """
          proceed, ALLOWED
          Access-Control-Allow-Credentials: true
          Access-Control-Allow-Origin: %s
          Access-Control-Expose-Headers: X-Res
          Vary: Origin
          """
              .formatted(origin),
          answer(listInFull, actual(origin)));
    }

    @Test
    void says_nothing_of_what_it_was_not_told_to_say() {
      assertEquals(
          """
          proceed, ALLOWED
          Access-Control-Allow-Origin: https://a.example
          Vary: Origin
          """,
          answer(list, actual(A)));
    }

    @Test
    void shares_the_response_with_an_origin_that_a_pattern_knows() {
      assertEquals(
          """
          proceed, ALLOWED
          Access-Control-Allow-Credentials: true
          Access-Control-Allow-Origin: https://x.y.a.example
          Vary: Origin
          """,
          answer(pattern, actual("https://x.y.a.example")));
    }

    @ParameterizedTest
    @CsvSource({
      "https://evil.example, ORIGIN_NOT_ALLOWED",
      "null, ORIGIN_NULL",
      "NULL, ORIGIN_MALFORMED",
      "'', ORIGIN_MALFORMED",
      "garbage, ORIGIN_MALFORMED",
      "not an origin, ORIGIN_MALFORMED",
      "'a,b', ORIGIN_MALFORMED",
      "'https://a.example, https://evil.example', ORIGIN_SEVERAL",
      "https://a.example https://b.example, ORIGIN_SEVERAL",
      "'null, https://a.example', ORIGIN_SEVERAL"
    })
    void does_not_refuse_what_it_does_not_allow_same_origin_POSTs_have_an_Origin_too(
        String origin, Outcome outcome) {
      String expected = "proceed, " + outcome + "\nVary: Origin\n";
      assertEquals(expected, answer(listInFull, actual(origin)));
      assertEquals(expected, answer(listInFull, request("POST").with("Origin", origin)));
    }

    @Test
    void takes_two_Origin_lines_for_several_origins_also_if_they_are_the_same() {
      for (List<String> two : List.of(List.of(A, EVIL), List.of(EVIL, A), List.of(A, A))) {
        assertEquals(
            "proceed, ORIGIN_SEVERAL\nVary: Origin\n",
            answer(listInFull, actual(two.get(0)).with("Origin", two.get(1))));
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://a.example/",
          "https://a.example/path",
          "https://a.example?x",
          "https://a.example#x",
          "https://a.example:443",
          "https://a.example:444",
          "https://a.example:",
          "https://a.example:https",
          "https://a.example:65979",
          "https://a.example.",
          "https://A.example",
          "HTTPS://a.example",
          "HTTPS://A.EXAMPLE",
          "http://a.example",
          "https://x.a.example",
          "https://example",
          "https://a.example.evil.example",
          "https://evila.example",
          "https://not-a.example",
          "https://aXexample",
          "https://a_example",
          "https://a.example@evil.example",
          "https://evil.example@a.example",
          "https://[a.example]",
          "https://a.example\\.evil.example",
          "https://a.example`!.evil.example",
          "https://a%2eexample",
          "https://evil.example%2f.a.example",
          "https://\u0430.example",
          "https://xn--80a.example",
          "https://*",
          "*",
          "//a.example",
          "a.example",
          "file://",
          "data:,x",
          " https://a.example",
          "https://a.example ",
          "https://a.example\u0000",
          "https://a.example\r\nSet-Cookie: a=b",
          "https://a.example\u00a0",
          "https://a.example\ud800",
          "\udc00"
        })
    void compares_byte_by_byte_so_that_no_look_alike_passes(String origin) {
      CorsDecision decision = listInFull.decide(actual(origin), READER);
      assertTrue(decision.outcome().isRefusal(), decision::toString);
      assertTrue(
          answer(listInFull, actual(origin)).endsWith("\nVary: Origin\n"),
          answer(listInFull, actual(origin)));
      assertTrue(
          answer(listInFull, preflight(origin, "PUT")).startsWith("respond 403, ORIGIN_"),
          answer(listInFull, preflight(origin, "PUT")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "PUT", "DELETE", "CHICKEN", "options", "TRACE"})
    void does_not_look_at_its_method_that_is_for_the_preflight(String method) {
      assertEquals(
          """
          proceed, ALLOWED
          Access-Control-Allow-Origin: https://a.example
          Vary: Origin
          """,
          answer(list, request(method).with("Origin", A)));
    }

    @Test
    void takes_OPTIONS_without_a_requested_method_for_an_actual_request() {
      String expected =
          """
          proceed, ALLOWED
          Access-Control-Allow-Credentials: true
          Access-Control-Allow-Origin: https://a.example
          Access-Control-Expose-Headers: X-Res
          Vary: Origin
          """;
      assertEquals(expected, answer(listInFull, request("OPTIONS").with("Origin", A)));
      assertEquals(expected, answer(listInFull, preflight(A, "")));
      assertEquals(
          expected,
          answer(
              listInFull,
              request("OPTIONS")
                  .with("Origin", A)
                  .with("Access-Control-Request-Headers", "x-foo")));
    }

    @Test
    void takes_another_method_than_OPTIONS_for_an_actual_request_whatever_else_it_asks() {
      for (String method : List.of("GET", "options", "Options", "OPTIONS ")) {
        Message request =
            request(method).with("Origin", A).with("Access-Control-Request-Method", "PUT");
        assertEquals(CorsDecision.Kind.ACTUAL, list.decide(request, READER).kind());
      }
    }

    @Test
    void does_not_let_cookies_Referer_Host_or_forwarding_headers_decide() {
      assertEquals(
          "proceed, ORIGIN_NOT_ALLOWED\nVary: Origin\n",
          answer(
              listInFull,
              actual(EVIL)
                  .with("Cookie", "a=b")
                  .with("Referer", A + "/")
                  .with("Host", "a.example")
                  .with("X-Forwarded-Host", "a.example")));
    }

    @Test
    void shares_what_its_own_origin_asks_for_as_with_any_that_is_allowed() {
      assertEquals(Outcome.ALLOWED, outcome(list, actual(A).with("Host", "a.example")));
    }
  }

  @Nested
  @DisplayName("about the origin null")
  class NullOrigin {

    @Test
    void alone_varies_and_grants_null_to_every_client_that_sends_it() {
      assertEquals("proceed, NOT_CORS\nVary: Origin\n", answer(nullOrigin, request("GET")));
      assertEquals(
          """
          proceed, ALLOWED
          Access-Control-Allow-Origin: null
          Vary: Origin
          """,
          answer(nullOrigin, actual("null")));
      for (String other : List.of("NULL", "Null", "null ", "nul", "nullx", A)) {
        assertTrue(answer(nullOrigin, actual(other)).endsWith("\nVary: Origin\n"), other);
      }
    }

    @Test
    void with_a_single_origin_beside_it_is_a_list() {
      CorsPolicy policy =
          CorsPolicy.builder().allowOrigins(A).dangerouslyAllowOrigins("null").build();
      assertEquals("proceed, NOT_CORS\nVary: Origin\n", answer(policy, request("GET")));
      assertEquals("proceed, ORIGIN_NOT_ALLOWED\nVary: Origin\n", answer(policy, actual(EVIL)));
      for (String origin : List.of("null", A)) {
        assertEquals(
            "proceed, ALLOWED\nAccess-Control-Allow-Origin: " + origin + "\nVary: Origin\n",
            answer(policy, actual(origin)));
      }
    }

    @Test
    void beside_any_origin_is_an_error() {
      CorsPolicy.Builder builder =
          CorsPolicy.builder().allowAnyOrigin().dangerouslyAllowOrigins("null");
      List<PolicyProblem> problems =
          assertThrows(InvalidCorsPolicyException.class, builder::build).problems();
      assertEquals(ProblemCode.ORIGIN_ANY_MIXED, problems.get(0).code());
    }
  }

  @Nested
  @DisplayName("that allows no one")
  class None {

    @Test
    void writes_nothing_not_even_Vary_and_refuses_preflights() {
      assertEquals("proceed, NOT_CORS\n", answer(CorsPolicy.none(), request("GET")));
      assertEquals("proceed, ORIGIN_NOT_ALLOWED\n", answer(CorsPolicy.none(), actual(A)));
      assertEquals("proceed, ORIGIN_NULL\n", answer(CorsPolicy.none(), actual("null")));
      assertEquals(
          "respond 403, ORIGIN_NOT_ALLOWED\n", answer(CorsPolicy.none(), preflight(A, "GET")));
    }

    @Test
    void that_allows_no_one_varies_for_nobody() {
      CorsPolicy none = CorsPolicy.builder().allowOrigins("none").build();
      assertEquals("proceed, NOT_CORS\n", answer(none, request("GET")));
      assertEquals("respond 403, ORIGIN_NOT_ALLOWED\n", answer(none, preflight(A, "GET")));
    }
  }

  @Nested
  @DisplayName("with many origins")
  class Many {

    @Test
    void knows_each_of_them_and_no_other() {
      List<String> origins = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        origins.add("https://" + i + ".example");
      }
      CorsPolicy policy = CorsPolicy.builder().allowOrigins(origins).build();
      for (String origin : origins) {
        assertTrue(
            answer(policy, actual(origin))
                .contains("\nAccess-Control-Allow-Origin: " + origin + "\n"));
      }
      assertEquals(Outcome.ORIGIN_NOT_ALLOWED, outcome(policy, actual("https://1000.example")));
    }

    @Test
    void does_not_confuse_two_of_them() {
      CorsPolicy policy =
          CorsPolicy.builder().allowOrigins("https://foo.com", "https://bar.com").build();
      for (String origin :
          List.of("https://barfoo.com", "https://foobar.com", "https://foo.com.bar.com")) {
        assertEquals(Outcome.ORIGIN_NOT_ALLOWED, outcome(policy, actual(origin)));
      }
    }
  }

  @Test
  void is_not_equal_to_another_one_nor_is_its_hash() {
    assertEquals(list.hashCode(), CorsPolicy.builder().allowOrigins(A, B).build().hashCode());
    assertFalse(list.hashCode() == single.hashCode());
    Cors byPath = Cors.byPath(Map.of("/", list));
    assertEquals(byPath.hashCode(), Cors.byPath(Map.of("/", list)).hashCode());
    assertFalse(byPath.hashCode() == Cors.byPath(Map.of("/", single)).hashCode());
  }

  @Test
  void is_equal_to_one_that_says_the_same_in_another_spelling_and_another_place() {
    CorsPolicy inCode =
        CorsPolicy.builder()
            .allowOrigins(A, B)
            .allowCredentials()
            .allowMethods("patch")
            .maxAge(Duration.ofHours(1))
            .build();
    Cors inFile =
        Surroundings.file(
                """
                cors.allowed-origins=https://a.example ,\
                  https://b.example
                cors.allow-credentials=true
                cors.allowed-methods=patch
                cors.max-age=3600
                """)
            .load();
    assertEquals(inCode, inFile);
    assertEquals(inCode.hashCode(), inFile.hashCode());
    assertNotEquals(inCode.warnings(), inFile.warnings(), "they name where it is written");
    assertNotEquals(CorsPolicy.builder().allowOrigins(B, A).build(), list, "another order");
  }

  @Test
  void needs_origins_and_not_a_collection_that_is_null() {
    InvalidCorsPolicyException e =
        assertThrows(
            InvalidCorsPolicyException.class,
            () -> CorsPolicy.builder().allowOrigins((List<String>) null).build());
    assertEquals(1, e.problems().size());
  }
}
