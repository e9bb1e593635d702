package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.WRITER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static dev.crosswalk.cors.Message.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.CorsDecision.Respond;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server answers, by the kind of request and the kind of policy. */
@DisplayName("A policy")
class CorsPolicyTest {

  private static final String A = "https://a.example";
  private static final String B = "https://b.example";
  private static final String EVIL = "https://evil.example";

  /** One exact origin and no other setting: its answer is the same for everyone. */
  private final CorsPolicy single = CorsPolicy.builder().allowOrigins(A).build();

  private final CorsPolicy singleInFull = inFull(CorsPolicy.builder().allowOrigins(A));

  private final CorsPolicy list = CorsPolicy.builder().allowOrigins(A, B).build();

  private final CorsPolicy listInFull = inFull(CorsPolicy.builder().allowOrigins(A, B));

  private final CorsPolicy pattern =
      CorsPolicy.builder()
          .allowOrigins("https://*.a.example")
          .allowMethods("PUT")
          .allowCredentials()
          .build();

  private final CorsPolicy any = CorsPolicy.builder().allowAnyOrigin().build();

  private final CorsPolicy anyInFull =
      CorsPolicy.builder()
          .allowAnyOrigin()
          .allowMethods("GET", "PUT")
          .allowRequestHeaders("Content-Type", "X-Foo")
          .exposeResponseHeaders("X-Res")
          .maxAge(Duration.ofMinutes(10))
          .build();

  private final CorsPolicy nullOrigin =
      CorsPolicy.builder().dangerouslyAllowOrigins("null").allowMethods("PUT").build();

  /** Any method and any name, without credentials. */
  private final CorsPolicy wide =
      CorsPolicy.builder()
          .allowOrigins(A, B)
          .allowAnyMethod()
          .allowAnyRequestHeader()
          .exposeAnyResponseHeader()
          .build();

  /** Any method and any name, with credentials, where no * is a wildcard. */
  private final CorsPolicy wideWithCredentials =
      CorsPolicy.builder()
          .allowOrigins(A, B)
          .allowCredentials()
          .allowAnyMethod()
          .allowAnyRequestHeader()
          .build();

  private static CorsPolicy inFull(CorsPolicy.Builder builder) {
    return builder
        .allowCredentials()
        .allowMethods("GET", "PUT")
        .allowRequestHeaders("Content-Type", "X-Foo")
        .exposeResponseHeaders("X-Res")
        .maxAge(Duration.ofMinutes(10))
        .build();
  }

  /** What is decided, and every field line of the response. */
  private static String answer(Cors cors, Message request) {
    return answer(cors, request, response());
  }

  private static String answer(Cors cors, Message request, Message response) {
    CorsDecision decision = cors.decide(request, READER);
    decision.writeTo(response, WRITER);
    String once = response.toString();
    decision.writeTo(response, WRITER);
    assertEquals(once, response.toString(), "the second writing changes nothing");
    String what = decision instanceof Respond respond ? "respond " + respond.status() : "proceed";
    return what + ", " + decision.outcome() + "\n" + once;
  }

  private static Outcome outcome(Cors cors, Message request) {
    return cors.decide(request, READER).outcome();
  }

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
  }

  @Nested
  @DisplayName("for a preflight")
  class Preflight {

    @Test
    void answers_with_the_whole_lists_whatever_part_of_them_is_asked_for() {
      String expected =
          """
          respond 204, ALLOWED
          Access-Control-Allow-Credentials: true
          Access-Control-Allow-Headers: Content-Type, X-Foo
          Access-Control-Allow-Methods: GET, PUT
          Access-Control-Allow-Origin: https://a.example
          Access-Control-Max-Age: 600
          Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
          """;
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
          "respond 403, "
              + outcome
              + """

              Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
              """,
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
      assertEquals(
          "respond 204, "
              + outcome
              + """

              Access-Control-Allow-Credentials: true
              Access-Control-Allow-Headers: Content-Type, X-Foo
              Access-Control-Allow-Methods: GET, PUT
              Access-Control-Allow-Origin: https://a.example
              Access-Control-Max-Age: 600
              Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
              """,
          answer(listInFull, preflight(A, method)));
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
      assertEquals(
          "respond 204, "
              + outcome
              + """

              Access-Control-Allow-Credentials: true
              Access-Control-Allow-Headers: Content-Type, X-Foo
              Access-Control-Allow-Methods: GET, PUT
              Access-Control-Allow-Origin: https://a.example
              Access-Control-Max-Age: 600
              Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
              """,
          answer(listInFull, preflight(A, "PUT", names)));
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

  @Nested
  @DisplayName("that allows any method and any request header")
  class Wide {

    @Test
    void says_the_star_without_credentials() {
      assertEquals(
          """
          respond 204, ALLOWED
          Access-Control-Allow-Headers: *
          Access-Control-Allow-Methods: *
          Access-Control-Allow-Origin: https://a.example
          Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
          """,
          answer(wide, preflight(A, "PURGE", "x-a,x-b")));
      assertTrue(answer(wide, actual(A)).contains("Access-Control-Expose-Headers: *\n"));
    }

    @Test
    void repeats_with_credentials_what_is_asked_for_as_the_star_is_no_wildcard() {
      assertEquals(
          """
          respond 204, ALLOWED
          Access-Control-Allow-Credentials: true
          Access-Control-Allow-Headers: authorization,x-z
          Access-Control-Allow-Methods: PURGE
          Access-Control-Allow-Origin: https://a.example
          Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
          """,
          answer(wideWithCredentials, preflight(A, "PURGE", ",Authorization ,,\tX-Z, ")));
    }

    @Test
    void repeats_no_list_of_names_if_there_is_none() {
      String expected =
          """
          respond 204, ALLOWED
          Access-Control-Allow-Credentials: true
          Access-Control-Allow-Methods: GET
          Access-Control-Allow-Origin: https://a.example
          Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
          """;
      assertEquals(expected, answer(wideWithCredentials, preflight(A, "GET")));
      assertEquals(expected, answer(wideWithCredentials, preflight(A, "GET", "")));
      assertEquals(expected, answer(wideWithCredentials, preflight(A, "GET", " , ,")));
    }

    @Test
    void leaves_Authorization_out_without_credentials_unless_it_is_listed() {
      assertEquals(
          """
          respond 204, HEADER_NOT_ALLOWED
          Access-Control-Allow-Methods: *
          Access-Control-Allow-Origin: https://a.example
          Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
          """,
          answer(wide, preflight(A, "GET", "AUTHORIZATION")));
      assertEquals(
          """
          respond 204, HEADER_NOT_ALLOWED
          Access-Control-Allow-Headers: x-a,accept-x
          Access-Control-Allow-Methods: *
          Access-Control-Allow-Origin: https://a.example
          Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
          """,
          answer(wide, preflight(A, "GET", " X-A , accept-x, Authorization, x y, cookie")));
      assertEquals(
          """
          respond 204, HEADER_NOT_ALLOWED
          Access-Control-Allow-Methods: *
          Access-Control-Allow-Origin: https://a.example
          Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
          """,
          answer(wide, preflight(A, "GET", "x".repeat(5_000) + ",authorization")));
      for (String names : List.of("*,authorization", "a, * ,authorization", "authorization,*")) {
        // A script may send a header that is named *.
        String answer = answer(wide, preflight(A, "GET", names));
        assertFalse(answer.contains("Access-Control-Allow-Headers"), answer);
      }
      CorsPolicy listed = wide.toBuilder().allowRequestHeaders("Authorization").build();
      assertEquals(
          """
          respond 204, ALLOWED
          Access-Control-Allow-Headers: *, Authorization
          Access-Control-Allow-Methods: *
          Access-Control-Allow-Origin: https://a.example
          Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
          """,
          answer(listed, preflight(A, "GET", "authorization,x-z")));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"TRACE", "trace", "CONNECT", "TRACK", "P UT", "PUT, GET", "GET;x", "\u00e9"})
    void repeats_no_method_that_is_forbidden_or_none(String method) {
      for (CorsPolicy policy : List.of(wide, wideWithCredentials)) {
        String answer = answer(policy, preflight(A, method));
        assertTrue(answer.startsWith("respond 204, METHOD_"), answer);
        assertTrue(answer.contains("Access-Control-Allow-Methods: GET, HEAD, POST\n"), answer);
      }
    }

    @Test
    void answers_a_method_that_is_too_long_with_a_list_or_an_upload_listener_would_pass() {
      for (CorsPolicy policy : List.of(wide, wideWithCredentials)) {
        String answer = answer(policy, preflight(A, "M".repeat(65)));
        assertTrue(answer.startsWith("respond 204, METHOD_NOT_ALLOWED"), answer);
        assertTrue(answer.contains("Access-Control-Allow-Methods: GET, HEAD, POST\n"), answer);
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"x y", "\"x\"", "x:y", "x-a, <script>", "x\r\nSet-Cookie: a=b", "\u212a"})
    void repeats_no_list_with_a_member_that_is_not_a_name(String names) {
      for (CorsPolicy policy : List.of(wide, wideWithCredentials)) {
        String answer = answer(policy, preflight(A, "GET", names));
        assertTrue(answer.startsWith("respond 204, HEADER_MALFORMED"), answer);
        assertFalse(answer.contains("Access-Control-Allow-Headers"), answer);
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"cookie", "Host", "sec-fetch-site", "PROXY-X", "x-a,Origin", "Set-Cookie"})
    void repeats_no_name_that_Fetch_forbids(String names) {
      for (CorsPolicy policy : List.of(wide, wideWithCredentials)) {
        String answer = answer(policy, preflight(A, "GET", names));
        assertTrue(answer.startsWith("respond 204, HEADER_FORBIDDEN"), answer);
        assertFalse(answer.contains("Access-Control-Allow-Headers"), answer);
      }
    }

    @Test
    void repeats_names_with_every_character_of_a_token() {
      String name = "x!#$%&'*+-.^_`|~09az";
      assertTrue(
          answer(wideWithCredentials, preflight(A, "GET", name + ",sec,proxy"))
              .contains("Access-Control-Allow-Headers: " + name + ",sec,proxy\n"));
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
  }

  @Nested
  @DisplayName("writing to a response that has headers already")
  class Writing {

    private static final String[] OWN = {
      "access-control-allow-origin",
      "ACCESS-CONTROL-ALLOW-CREDENTIALS",
      "access-Control-expose-Headers"
    };

    private Message withOwnHeaders() {
      Message response = response().with("X-Handler", "1");
      for (String name : OWN) {
        response.with(name, "*").with(name, "true");
      }
      return response;
    }

    @Test
    void replaces_the_applications_own_all_lines_of_them() {
      assertEquals(
          """
          proceed, ALLOWED
          Access-Control-Allow-Credentials: true
          Access-Control-Allow-Origin: https://a.example
          Access-Control-Expose-Headers: X-Res
          Vary: Origin
          X-Handler: 1
          """,
          answer(listInFull, actual(A), withOwnHeaders()));
    }

    @Test
    void removes_the_applications_own_where_the_response_is_not_shared() {
      for (Message request : List.of(request("GET"), actual(EVIL), actual("null"))) {
        Message response = withOwnHeaders();
        listInFull.decide(request, READER).writeTo(response, WRITER);
        assertEquals("Vary: Origin\nX-Handler: 1\n", response.toString());
      }
    }

    @Test
    void removes_what_the_policy_has_no_value_for() {
      Message response = withOwnHeaders();
      any.decide(actual(A), READER).writeTo(response, WRITER);
      assertEquals("Access-Control-Allow-Origin: *\nX-Handler: 1\n", response.toString());
    }

    @Test
    void leaves_no_stale_grant_on_the_answer_to_a_preflight() {
      Message stale =
          withOwnHeaders()
              .with("Access-Control-Allow-Methods", "*")
              .with("Access-Control-Allow-Headers", "*")
              .with("Access-Control-Max-Age", "-1");
      listInFull.decide(preflight(EVIL, "PUT"), READER).writeTo(stale, WRITER);
      assertEquals(
          """
          Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
          X-Handler: 1
          """,
          stale.toString());
    }

    @ParameterizedTest
    @CsvSource({
      "Accept-Encoding, 'Accept-Encoding, Origin'",
      "origin, origin",
      "ORIGIN, ORIGIN",
      "'Accept, Origin', 'Accept, Origin'",
      "'Origin,Accept', 'Origin,Accept'",
      "' Origin\t,Accept', ' Origin\t,Accept'",
      "*, *",
      "'Accept, *', *",
      "'Origin, origin', Origin",
      "'', Origin",
      "Origin2, 'Origin2, Origin'",
      "X-Origin, 'X-Origin, Origin'",
      "Or\u0131gin, 'Or\u0131gin, Origin'",
      "Or\u0130gin, 'Or\u0130gin, Origin'",
      "**, '**, Origin'"
    })
    void adds_to_Vary_what_is_not_there_yet_and_takes_nothing_away(
        String present, String expected) {
      Message response = response().with("Vary", present);
      list.decide(request("GET"), READER).writeTo(response, WRITER);
      assertEquals("Vary: " + expected + "\n", response.toString());
    }

    @Test
    void adds_to_Vary_in_several_lines() {
      Message has = response().with("Vary", "Accept").with("vary", "origin");
      list.decide(request("GET"), READER).writeTo(has, WRITER);
      assertEquals("Accept, origin", has.combined("Vary"));
      assertEquals(
          1, has.toString().lines().filter(line -> line.matches("(?i)vary:.*")).count(), "lines");
      Message hasNot = response().with("Vary", "Accept").with("vary", "Cookie");
      list.decide(request("GET"), READER).writeTo(hasNot, WRITER);
      assertEquals("Accept, Cookie, Origin", hasNot.combined("Vary"));
    }

    @Test
    void adds_to_Vary_on_a_preflight_what_is_missing_of_three() {
      Message response =
          response().with("Vary", "access-control-request-method, Acce\u017fs, Origin");
      list.decide(preflight(A, "GET"), READER).writeTo(response, WRITER);
      assertEquals(
          "access-control-request-method, Acce\u017fs, Origin, Access-Control-Request-Headers",
          response.combined("Vary"));
    }

    @Test
    void leaves_Vary_alone_where_the_answer_is_the_same_for_everyone() {
      Message response = response().with("Vary", "Origin");
      any.decide(request("GET"), READER).writeTo(response, WRITER);
      assertEquals("Origin", response.combined("Vary"));
      assertNull(afterActual(single).combined("Vary"));
    }

    private Message afterActual(CorsPolicy policy) {
      Message response = response();
      policy.decide(actual(A), READER).writeTo(response, WRITER);
      return response;
    }
  }

  @Nested
  @DisplayName("under hostile input")
  class Hostile {

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
                  answer(
                      each, preflight(origin, method, names), response().with("Vary", "ORIGIN")));
            }
          }
        }
      }
      assertTrue(answers.stream().distinct().count() > 10);
      return answers;
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

  @Nested
  @DisplayName("reports")
  class Reports {

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
      assertEquals(outcome, decision.outcome());
      assertEquals(
          !List.of(Outcome.NOT_CORS, Outcome.ALLOWED, Outcome.SAME_ORIGIN).contains(outcome),
          outcome.isRefusal());
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

  @Nested
  @DisplayName("at an edge")
  class Edges {

    @Test
    void shares_what_its_own_origin_asks_for_as_with_any_that_is_allowed() {
      assertEquals(Outcome.ALLOWED, outcome(list, actual(A).with("Host", "a.example")));
    }

    @Test
    void repeats_names_in_front_of_authorization_as_long_as_may_be_repeated() {
      String longest = "x".repeat(4_095);
      assertTrue(
          answer(wide, preflight(A, "GET", longest + ",authorization"))
              .contains("Access-Control-Allow-Headers: " + longest + "\n"));
      assertFalse(
          answer(wide, preflight(A, "GET", "x" + longest + ",authorization"))
              .contains("Access-Control-Allow-Headers"));
    }

    @Test
    void writes_Vary_where_the_response_has_an_empty_one_and_joins_several_lines() {
      assertTrue(answer(list, actual(A), response().with("Vary", "")).endsWith("\nVary: Origin\n"));
      assertTrue(
          answer(list, actual(A), response().with("Vary", "Origin").with("Vary", "Accept"))
              .endsWith("\nVary: Origin, Accept\n"));
    }

    @Test
    void that_allows_no_one_varies_for_nobody() {
      CorsPolicy none = CorsPolicy.builder().allowOrigins("none").build();
      assertEquals("proceed, NOT_CORS\n", answer(none, request("GET")));
      assertEquals("respond 403, ORIGIN_NOT_ALLOWED\n", answer(none, preflight(A, "GET")));
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
    void needs_origins_and_not_a_collection_that_is_null() {
      InvalidCorsPolicyException e =
          assertThrows(
              InvalidCorsPolicyException.class,
              () -> CorsPolicy.builder().allowOrigins((List<String>) null).build());
      assertEquals(1, e.problems().size());
    }
  }
}
