package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.APP;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.TRUE;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.allowed;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.says;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.crosswalk.cors.cli.Result;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are a little wrong, and what is meant by them. */
class DiagnoseValueTest extends ScriptedServers {

  @ParameterizedTest
  @ValueSource(strings = {"Access-Control-Expose-Headers", "Access-Control-Request-Headers"})
  void a_name_in_a_list_that_allows_nothing(String list) throws IOException {
    blocked(
        diagnose(head -> body("200 OK", "", ALLOW, list + ": X-Trace"), "-H", "X-Trace: 1"),
        "What to change - " + list + " has that name",
        "What is allowed belongs in Access-Control-Allow-Headers.");
  }

  @Test
  void a_list_in_one_value_is_split_where_it_is_separated() throws IOException {
    blocked(
        diagnose(
            head ->
                body(
                    "200 OK",
                    "",
                    "Access-Control-Allow-Origin: https://app.example.com https://a.example.com")),
        "split it at its spaces first");
  }

  @ParameterizedTest
  @CsvSource({"Methods, -X, DELETE, ALL", "Headers, -H, X-Trace: 1, any"})
  void a_word_that_is_meant_to_say_all(String list, String option, String asked, String word)
      throws IOException {
    blocked(
        diagnose(
            head -> body("200 OK", "", ALLOW, "Access-Control-Allow-" + list + ": " + word),
            option,
            asked),
        "What to change - " + word + " has no meaning there.");
  }

  @ParameterizedTest
  @ValueSource(strings = {APP + ",", "," + APP, APP + " , "})
  void a_comma_beside_the_only_origin(String value) throws IOException {
    Result result = diagnose(response("200 OK", "Access-Control-Allow-Origin: " + value));
    blocked(result, "the comma is too much", "write " + APP + " instead, exactly like this.");
    assertFalse(result.out().contains("\"\" is not an origin"), result.out());
  }

  @Test
  void a_comma_beside_another_origin() throws IOException {
    blocked(
        diagnose(response("200 OK", "Access-Control-Allow-Origin: https://b.example.com,")),
        "Remove the comma: only one origin can be sent.",
        "add " + APP + " to the server's list of origins");
  }

  @Test
  void a_host_in_its_own_letters() throws IOException {
    String utf8 = "https://m\u00C3\u00BCnchen.example";
    blocked(
        diagnose(
            response("200 OK", "Access-Control-Allow-Origin: " + utf8),
            "--origin",
            "https://xn--mnchen-3ya.example"),
        "its host is in its own letters, and browsers write it in ASCII",
        "write https://xn--mnchen-3ya.example instead, exactly like this.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "yes", "TRUE", "true,", "true, true"})
  void credentials_that_are_meant_to_be_allowed(String value) throws IOException {
    says(
        diagnose(
            response("200 OK", ALLOW, "Access-Control-Allow-Credentials: " + value),
            "--credentials"),
        "What to change - The server means to allow that: send exactly true");
  }

  @Test
  void credentials_that_two_layers_allow() throws IOException {
    says(
        diagnose(response("200 OK", ALLOW, TRUE, TRUE), "--credentials"),
        "What to change - Two layers send it, and it may be there only once");
  }

  @Test
  void an_empty_list_is_said_to_be_empty() throws IOException {
    String preflight = response("204 No", ALLOW, "Access-Control-Allow-Headers:");
    String actual = response("200 OK", ALLOW);
    says(answering(preflight, actual, "-H", "X-A: 1"), "; Access-Control-Allow-Headers is empty.");
  }

  @Test
  void what_only_the_standard_refuses_is_said_in_words() throws IOException {
    Result result =
        diagnose(
            head ->
                head.startsWith("GET /notes")
                    ? response("302 Found", ALLOW, "Location: /ok", "Location: /ok")
                    : response("200 OK", ALLOW));
    allowed(result, "The standard refuses it, but browsers accept it: ");
    assertFalse(result.out().contains("REDIRECT_LOCATION"), result.out());
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, That is the server's own name.",
    "https://app.example.com;, 'write https://app.example.com instead, exactly like this'",
    "*;, 'quotation marks or a semicolon, and is part of the value'",
    "https://app.example.com., 'write https://app.example.com instead, exactly like this'",
    "https://app.example.com/dashboard, 'write https://app.example.com instead, exactly like this'"
  })
  void a_value_that_is_nearly_an_origin(String value, String words) throws IOException {
    Result result = diagnose(head -> response("200 OK", "Access-Control-Allow-Origin: " + value));
    blocked(result, words);
    assertFalse(result.out().contains("The scheme is missing"), result.out());
  }

  @Test
  void each_origin_of_a_list_in_a_line_of_its_own() throws IOException {
    Result result =
        diagnose(
            head ->
                response(
                    "200 OK", "Access-Control-Allow-Origin: https://admin.example.com", ALLOW));
    blocked(result, "or one layer sends each origin of its list", "an array in setHeader");
  }

  @Test
  void a_line_without_a_colon() throws IOException {
    Result result = diagnose(head -> response("200 OK", "Access-Control-Allow-Origin"));
    blocked(
        result,
        "has the line Access-Control-Allow-Origin without a colon and a value",
        "PHP's header()",
        "No 'Access-Control-Allow-Origin' header is present on the requested resource.");
  }

  @Test
  void a_misspelled_header_is_the_cause_only_if_it_is_the_one_that_is_missed() throws IOException {
    blocked(
        diagnose(
            head ->
                response(
                    "200 OK",
                    "Access-Control-Allow-Max-Age: 600",
                    "Access-Control-Allowed-Origin: " + APP)),
        "has the header Access-Control-Allowed-Origin, which browsers do not know",
        "Browsers do not know the header Access-Control-Allow-Max-Age");
    Result other = diagnose(head -> response("200 OK", "Access-Control-Allow-Max-Age: 600"));
    blocked(
        other,
        "(200) has no Access-Control-Allow-Origin",
        "Browsers do not know the header Access-Control-Allow-Max-Age");
    assertFalse(other.out().contains("HEADER_TYPO"), other.out());
  }

  @Test
  void methods_with_bars_between_them() throws IOException {
    Result result =
        diagnose(
            head -> response("200 OK", ALLOW, "Access-Control-Allow-Methods: GET|PUT|POST"),
            "-X",
            "PUT");
    blocked(result, "Separate the methods by commas");
  }
}
