package dev.crosswalk.cors.cli.check;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one mistake is named, and nothing that follows from it is taken for another. */
class TrueCauseTest {

  private static final String APP = "http://localhost:3000";

  private static String answer(String status, String... fields) {
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + String.join("\r\n", fields)
        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  }

  private static Result check(UnaryOperator<String> answer, String... options) throws IOException {
    try (ScriptedServer server =
        ScriptedServer.start(wire -> wire.say(answer.apply(wire.readHead())))) {
      List<String> arguments = new ArrayList<>(List.of("check", server.url("/x")));
      arguments.addAll(List.of(options));
      return crosswalk(arguments.toArray(new String[0]));
    }
  }

  private static void says(Result result, String sentence) {
    assertTrue(result.text().contains(sentence), () -> sentence + " is not in " + result.out());
  }

  @Test
  void a_slash_in_a_constant_value_is_no_comparison() throws IOException {
    Result result =
        check(
            head -> answer("200 OK", "Access-Control-Allow-Origin: " + APP + "/"),
            "--allowed-origin",
            APP,
            "--refused-origin",
            "https://evil.example");
    says(result, "sends an origin other than the one that sends the request");
    assertFalse(result.text().contains("ignores a slash"), result.out());
    says(result, "4 rules are broken because of \"sends an origin other");
    assertEquals(1, result.exit());
  }

  private static Result checkOfApp(UnaryOperator<String> answer, String... more)
      throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of("--allowed-origin", APP, "--refused-origin", "https://evil.example"));
    options.addAll(List.of(more));
    return check(answer, options.toArray(new String[0]));
  }

  @Test
  void a_server_that_fails_for_every_other_origin_has_one_mistake() throws IOException {
    Result result =
        checkOfApp(
            head ->
                !head.contains("Origin:") || head.contains("Origin: " + APP + "\r")
                    ? answer("200 OK", "Access-Control-Allow-Origin: " + APP, "Vary: Origin")
                    : answer("500 Internal Server Error"));
    says(result, "answers with an error to the requests of a refused origin (note)");
    assertFalse(result.out().contains("BROKEN  LA"), result.out());
    assertFalse(result.text().contains("Begin here"), result.out());
  }

  private static final String ALLOW = "Access-Control-Allow-Origin: " + APP;

  @Test
  void a_server_that_fails_does_not_refuse_the_origin() throws IOException {
    Result result =
        checkOfApp(
            head ->
                head.startsWith("OPTIONS")
                    ? answer("204 No Content", ALLOW, "Vary: Origin")
                    : answer("500 Internal Server Error"));
    says(result, "answers with an error, which has no CORS headers (defect)");
    assertFalse(result.text().contains("refuses an origin"), result.out());
  }

  @Test
  void a_server_that_always_fails_has_one_mistake() throws IOException {
    Result result = checkOfApp(head -> answer("500 Internal Server Error"));
    says(result, "answers with an error, which has no CORS headers (defect)");
    assertFalse(result.out().contains("BROKEN  LA"), result.out());
    assertFalse(result.text().contains("Begin here"), result.out());
  }

  @Test
  void a_layer_that_refuses_before_the_route_does_refuses_the_origin() throws IOException {
    Result result =
        checkOfApp(
            head -> answer(head.contains("Origin: ") ? "403 Forbidden" : "405 Method Not Allowed"));
    says(result, "refuses an origin that is meant to be allowed (defect)");
    says(
        checkOfApp(head -> answer("405 Method Not Allowed")),
        "with 404 and 405, one that answers GET");
  }

  @Test
  void what_software_shows_itself_tells_where_its_list_is() throws IOException {
    Result result =
        checkOfApp(
            head ->
                answer(
                    "200 OK",
                    "X-Powered-By: Express",
                    "Vary: Origin",
                    ALLOW,
                    "Access-Control-Allow-Methods: GET"),
            "--method",
            "PUT");
    says(result, "Remedy: add it to methods of cors({...}).");
  }

  @Test
  void what_php_says_of_headers_is_told() throws IOException {
    String warning =
        "Warning: Cannot modify header information - headers already sent by (output started at /a.php:2)";
    Result result =
        checkOfApp(
            head ->
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: "
                    + warning.length()
                    + "\r\nConnection: close\r\n\r\n"
                    + warning);
    says(result, "Look at that file and line.");
  }

  @Test
  void a_layer_that_fails_for_this_origin_alone_refuses_it() throws IOException {
    Result result =
        checkOfApp(
            head -> answer(head.contains("Origin: ") ? "500 Internal Server Error" : "200 OK"));
    says(result, "refuses an origin that is meant to be allowed (defect)");
    says(result, "Remedy: Most often the code that compares origins throws for one that is not");
    says(result, "answers with an error to the requests of a refused origin (note)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD ", "OPTIONS ", "GET /crosswalk-check-no-such-path"})
  void what_has_the_header_twice_does_not_lack_it(String request) throws IOException {
    Result result =
        checkOfApp(
            head -> {
              String status = head.startsWith("GET /crosswalk") ? "404 Not Found" : "200 OK";
              return head.startsWith(request)
                  ? answer(status, ALLOW, ALLOW)
                  : answer(status, ALLOW);
            });
    says(result, "sends Access-Control-Allow-Origin twice (defect)");
    assertFalse(result.text().contains("headers missing on"), result.out());
    assertFalse(result.text().contains("no CORS headers on preflights"), result.out());
  }

  @Test
  void what_everybody_gets_twice_is_one_mistake() throws IOException {
    String any = "Access-Control-Allow-Origin: *";
    Result result = checkOfApp(head -> answer("200 OK", any, any));
    says(result, "sends Access-Control-Allow-Origin twice (defect)");
    assertFalse(result.out().contains("BROKEN  LA"), result.out());
  }

  @Test
  void a_layer_behind_the_routes_has_its_headers_on_preflights_alone() throws IOException {
    Result result =
        checkOfApp(
            head ->
                head.startsWith("OPTIONS")
                    ? answer("204 No Content", ALLOW, "Vary: Origin")
                    : answer("200 OK"));
    says(result, "headers missing on responses: only preflights have them (defect)");
  }

  @Test
  void a_server_without_a_layer_does_not_refuse_one_origin() throws IOException {
    says(
        checkOfApp(head -> answer("200 OK")),
        "sends no CORS headers, neither on responses nor on preflights (defect)");
    says(
        checkOfApp(head -> answer("200 OK", "Vary: Origin")),
        "refuses an origin that is meant to be allowed (defect)");
  }

  @Test
  void what_grants_another_origin_has_a_layer() throws IOException {
    Result result =
        checkOfApp(
            head ->
                head.contains("Origin: https://evil.example")
                    ? answer("200 OK", reflected(head))
                    : answer("200 OK"));
    says(result, "refuses an origin that is meant to be allowed (defect)");
    assertFalse(result.text().contains("sends no CORS headers"), result.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:3000/", "https://localhost:3000"})
  void what_is_granted_instead_of_an_allowed_origin_is_in_the_list(String listed)
      throws IOException {
    Result result =
        checkOfApp(
            head ->
                head.contains("Origin: " + listed + "\r\n")
                    ? answer("200 OK", reflected(head), "Vary: Origin")
                    : answer("200 OK", "Vary: Origin"));
    says(result, "lists an allowed origin in another form");
    says(result, "write " + APP + " where the list has " + listed);
    assertFalse(result.text().contains("ignores"), result.out());
  }

  private static String reflected(String head) {
    return head.lines()
        .filter(line -> line.startsWith("Origin: "))
        .map(line -> "Access-Control-Allow-Origin: " + line.substring("Origin: ".length()))
        .findFirst()
        .orElse("X-Origin: none");
  }

  @Test
  void what_a_refused_origin_gets_is_not_explained_by_missing_credentials() throws IOException {
    Result result =
        checkOfApp(head -> answer("200 OK", reflected(head), "Vary: Origin"), "--credentials");
    String because = "because of \"does not allow credentials";
    String line =
        result
            .out()
            .replaceAll("\n {10}", " ")
            .lines()
            .filter(each -> each.contains(because))
            .findFirst()
            .orElse("");
    assertTrue(line.contains(" OR"), result.out());
    assertFalse(line.contains(" LA"), line);
  }

  @Test
  void the_last_line_counts_broken_rules_as_bad_as_their_causes() throws IOException {
    Result result =
        checkOfApp(head -> answer("200 OK", reflected(head), "Vary: Origin"), "--no-credentials");
    says(result, "reflects any origin (note)");
    String last = result.out().lines().filter(line -> line.contains(" broken (")).findFirst().get();
    assertTrue(last.matches(".* broken \\([0-9]+ notes\\), .*"), last);
  }

  @Test
  void what_stops_each_preflight_comes_before_what_a_cache_may_do() throws IOException {
    Result result =
        checkOfApp(
            head ->
                head.contains("Origin: " + APP)
                    ? answer(head.startsWith("OPTIONS") ? "501 Not Implemented" : "200 OK", ALLOW)
                    : answer("200 OK"),
            "--method",
            "PUT");
    int status = result.out().indexOf("answers preflights with an error");
    assertTrue(status > 0 && status < result.out().indexOf("no Vary"), result.out());
  }

  @Test
  void a_star_and_authorization_without_credentials_is_a_note() throws IOException {
    Result result =
        check(
            head ->
                answer(
                    "200 OK", "Access-Control-Allow-Origin: *", "Access-Control-Allow-Headers: *"),
            "--allowed-origin=*",
            "--no-credentials",
            "--header",
            "Authorization");
    says(result, "lists * for headers, which does not cover Authorization by the standard (note)");
    assertFalse(result.text().contains("with credentials to"), result.out());
    assertFalse(result.text().contains("you did not give an allowed origin"), result.out());
    assertEquals(0, result.exit(), result.out());
  }

  @Test
  void a_preflight_that_nothing_declared_needs_is_a_note() throws IOException {
    Result result =
        check(
            head ->
                head.startsWith("OPTIONS")
                    ? answer("405 Method Not Allowed", "Access-Control-Allow-Origin: *")
                    : answer("200 OK", "Access-Control-Allow-Origin: *"),
            "--allowed-origin=*",
            "--no-credentials");
    says(result, "nothing that was declared needs one (note)");
    assertEquals(0, result.exit(), result.out());
  }

  @Test
  void a_malformed_list_is_the_cause_and_not_a_name_that_is_missing() throws IOException {
    Result result =
        check(
            head ->
                answer(
                    "200 OK",
                    "Access-Control-Allow-Origin: " + APP,
                    "Access-Control-Allow-Headers: Content-Type; X-Token"),
            "--allowed-origin",
            APP,
            "--header",
            "X-Token");
    says(result, "sends a list of methods or headers that no browser can read");
    says(result, "2 rules are broken because of \"sends a list of methods or headers");
    says(result, "(defect): RH01 RH17");
    assertFalse(result.text().contains("add the header to the allowed ones"), result.out());
  }

  @Test
  void a_cache_that_answers_for_another_origin_is_named() throws IOException {
    Result result =
        check(
            head ->
                answer(
                    "200 OK", "Access-Control-Allow-Origin: https://shop.example.com", "Age: 12"),
            "--allowed-origin",
            APP);
    says(result, "a cache gives one origin what it has kept for another");
  }

  /** What explain and diagnose call misspelled, check does, too. */
  @ParameterizedTest
  @CsvSource({
    "Access-Control-Allowed-Origin, Access-Control-Allow-Origin",
    "Access-Control-Allow-Orgin, Access-Control-Allow-Origin",
    "Allow-Origin, Access-Control-Allow-Origin"
  })
  void an_origin_in_a_header_that_is_misspelled_is_not_refused(String written, String meant)
      throws IOException {
    Result result = checkOfApp(head -> answer("200 OK", written + ": " + APP, "Vary: Origin"));
    says(result, "misspells the name of a header that browsers need (defect)");
    says(result, ", for " + written + ", where " + meant + " is meant: 200");
    assertFalse(result.text().contains("sends no CORS headers"), result.out());
    assertFalse(result.text().contains("refuses an origin"), result.out());
    assertEquals(1, result.exit());
  }

  @Test
  void a_list_in_a_header_that_is_misspelled_refuses_nothing() throws IOException {
    Result result =
        checkOfApp(
            head ->
                answer(
                    "200 OK",
                    "Access-Control-Allow-Origin: " + APP,
                    "Access-Control-Allowed-Methods: PUT",
                    "Vary: Origin"),
            "--method",
            "PUT");
    says(result, "misspells the name of a header that browsers need (defect)");
    says(result, "for Access-Control-Allowed-Methods, where Access-Control-Allow-Methods is meant");
    assertFalse(result.text().contains("refuses a method"), result.out());
  }

  @Test
  void an_age_in_a_header_that_is_misspelled_is_worth_a_note() throws IOException {
    Result result =
        checkOfApp(
            head ->
                answer(
                    "200 OK",
                    "Access-Control-Allow-Origin: " + APP,
                    "Access-Control-Allow-Max-Age: 600",
                    "Vary: Origin"));
    says(result, "misspells the name of a header that browsers can do without (note)");
    says(result, "for Access-Control-Allow-Max-Age, where Access-Control-Max-Age is meant");
  }
}
