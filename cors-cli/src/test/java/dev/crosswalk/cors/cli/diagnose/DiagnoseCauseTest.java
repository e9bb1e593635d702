package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.allowed;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.asks;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.says;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.crosswalk.cors.cli.Result;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Causes that look alike in one response, and which one it is. */
class DiagnoseCauseTest extends ScriptedServers {

  private static boolean hasOrigin(String head) {
    return head.contains("\r\nOrigin: ");
  }

  // ----------------------------------------------------------------- a CORS layer or somebody else

  @ParameterizedTest
  @CsvSource({
    "403 Forbidden, Invalid CORS request",
    "500 Internal Server Error, <pre>Error: Not allowed by CORS<br></pre>",
    "400 Bad Request, Disallowed CORS origin",
    "403 CORS Rejected - Invalid origin, ''",
    "403 Forbidden, no"
  })
  void an_origin_that_is_refused_is_not_a_login(String status, String body) throws IOException {
    Result result =
        diagnose(head -> hasOrigin(head) ? body(status, body) : body("200 OK", "notes"));
    blocked(
        result,
        "A CORS layer is there and refuses this origin (" + status.substring(0, 3) + ").",
        "ithout Origin the same request gets 200",
        "If the pages of https://app.example.com are yours, add https://app.example.com to ",
        "If that origin is yours:");
  }

  @Test
  void a_preflight_that_is_refused_for_its_origin() throws IOException {
    Result result =
        diagnose(
            head ->
                hasOrigin(head)
                    ? body("403 Forbidden", "Invalid CORS request")
                    : body("200 OK", "", "Allow: GET, PUT"),
            "-X",
            "PUT");
    blocked(
        result,
        "It says \"Invalid CORS request\"",
        "With Spring MVC, beside what you allow already:",
        ", \"POST\", \"PUT\")");
  }

  @Test
  void a_preflight_that_is_refused_for_its_method() throws IOException {
    Result result =
        diagnose(
            head ->
                head.contains("Access-Control-Request-Method: GET\r\n")
                    ? body("200 OK", "", ALLOW, VARY)
                    : body("403 Forbidden", "Invalid CORS request"),
            "-X",
            "PUT");
    blocked(result, "and not for its origin", "the method PUT is not on its list");
  }

  /** Rack::Cors and hapi answer 200 to a preflight that they refuse. */
  @ParameterizedTest
  @CsvSource({
    "POST, Content-Type: application/json, GET, the method POST is not on its list",
    "POST, Content-Type: application/json, POST, the request header content-type is not on its list",
    "GET, X-Tenant: a, GET, the request header x-tenant is not on its list"
  })
  void a_preflight_that_is_refused_without_a_word(
      String method, String header, String allowed, String words) throws IOException {
    Result result =
        diagnose(
            head ->
                !asks(head)
                        || head.contains("Access-Control-Request-Method: " + allowed + "\r\n")
                            && !head.contains("Access-Control-Request-Headers")
                    ? body("200 OK", "", ALLOW, VARY)
                    : body("200 OK", ""),
            "-X",
            method,
            "-H",
            header);
    blocked(result, "refuses the preflight (200), and not for its origin", words);
  }

  @Test
  void hapi_refuses_an_origin_with_the_status_200() throws IOException {
    blocked(
        diagnose(
            head ->
                body(
                    "200 OK",
                    asks(head) ? "{\"message\":\"CORS error: Origin not allowed\"}" : "{}"),
            "-X",
            "PUT"),
        "A CORS layer is there and refuses this origin (200).");
  }

  @Test
  void a_layer_of_moleculer_that_refuses_the_origin() throws IOException {
    blocked(
        diagnose(
            head ->
                head.contains("Origin: https")
                    ? body(
                        "403 Forbidden",
                        "{\"name\":\"ForbiddenError\",\"code\":403,\"type\":\"ORIGIN_NOT_ALLOWED\"}")
                    : body("200 OK", "{}")),
        "add https://app.example.com to cors.origin of the ApiGateway service");
  }

  // ---------------------------------------------------------------------------------------- caches

  @ParameterizedTest
  @CsvSource({
    "Access-Control-Allow-Origin: https://b.example.com, Age: 12, (Age: 12)",
    "X-Nothing: 1, X-Cache: HIT, (X-Cache: HIT)",
    "Access-Control-Allow-Origin: https://b.example.com, X-Nothing: 1, A cache answers with"
  })
  void an_answer_that_is_kept_for_another_origin(String kept, String sign, String says)
      throws IOException {
    Result result =
        diagnose(
            head ->
                head.startsWith("GET /notes?crosswalk=")
                    ? body("200 OK", "notes", ALLOW)
                    : body("200 OK", "notes", kept, sign));
    blocked(result, "A cache answers", says, "Send Vary: Origin on every response");
  }

  @Test
  void an_answer_that_is_kept_though_it_varies() throws IOException {
    Result result =
        diagnose(
            head ->
                head.startsWith("GET /notes?crosswalk=")
                    ? body("200 OK", "notes", ALLOW, VARY)
                    : body("200 OK", "notes", "Age: 12", VARY, "Server: nginx"));
    blocked(result, "A cache answers (Age: 12)", "has Vary: Origin already");
    assertFalse(result.text().contains("Send Vary: Origin on every response"), result.out());
    says(result, "- Let the cache keep Origin apart: nginx does so by Vary, unless");
  }

  @Test
  void an_answer_of_a_cache_that_is_not_at_fault() throws IOException {
    Result result = diagnose(head -> body("200 OK", "notes", "Age: 12"));
    blocked(result, "there is no sign of a CORS layer");
    assertFalse(result.out().contains("A cache answers"), result.out());
  }
}
