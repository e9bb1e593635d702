package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.answer;
import static dev.crosswalk.cors.Message.preflight;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The star stands for any name without credentials; with them, what is asked for is repeated. */
@DisplayName("A policy that allows any method and any request header")
class WildcardTest extends ExamplePolicies {

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
  @ValueSource(strings = {"x y", "\"x\"", "x:y", "x-a, <script>", "x\r\nSet-Cookie: a=b", "\u212a"})
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
}
