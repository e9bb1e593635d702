package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.WRITER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.answer;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static dev.crosswalk.cors.Message.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of headers that an application has written. */
@DisplayName("A policy, writing to a response that has headers already,")
class PolicyHeadersTest extends ExamplePolicies {

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
  void adds_to_Vary_what_is_not_there_yet_and_takes_nothing_away(String present, String expected) {
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

  @Test
  void writes_Vary_where_the_response_has_an_empty_one_and_joins_several_lines() {
    assertTrue(answer(list, actual(A), response().with("Vary", "")).endsWith("\nVary: Origin\n"));
    assertTrue(
        answer(list, actual(A), response().with("Vary", "Origin").with("Vary", "Accept"))
            .endsWith("\nVary: Origin, Accept\n"));
  }
}
