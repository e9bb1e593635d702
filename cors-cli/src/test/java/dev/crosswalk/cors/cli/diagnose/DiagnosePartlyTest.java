package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.asks;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;

import dev.crosswalk.cors.cli.Result;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers of CORS on some answers of a server, and not on others. */
class DiagnosePartlyTest extends ScriptedServers {

  @Test
  void headers_on_preflights_only() throws IOException {
    UnaryOperator<String> answer =
        head ->
            asks(head)
                ? body("204 No Content", "", ALLOW, "Access-Control-Allow-Methods: PUT")
                : body("200 OK", "notes", "Server: nginx/1.22.1");
    blocked(
        diagnose(answer, "-X", "PUT"),
        "in its answer to a preflight (OPTIONS), and the response itself (200) has no");
    blocked(
        diagnose(answer),
        "Both need it.",
        "With nginx, beside what you allow already:",
        "add_header Access-Control-Allow-Origin \"https://app.example.com\" always;");
  }

  @ParameterizedTest
  @CsvSource({
    "204 No Content, put only return 204 there",
    "405 Method Not Allowed, Nothing at this path answers OPTIONS",
    "401 Unauthorized, Authentication answers the preflight"
  })
  void headers_on_everything_but_preflights(String status, String advice) throws IOException {
    blocked(
        diagnose(
            head -> asks(head) ? body(status, "") : body("200 OK", "notes", ALLOW), "-X", "PUT"),
        "in its response to GET, and not in its answer to the preflight",
        advice);
  }

  @Test
  void a_server_that_does_not_know_options() throws IOException {
    blocked(
        diagnose(head -> body("501 Not Implemented", ""), "-X", "PUT"),
        "no CORS layer gives that answer",
        "The server does not know the method OPTIONS at all (501).");
  }

  @Test
  void a_handler_without_options_at_a_path_that_has_the_headers() throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? body("501 Not Implemented", "no OPTIONS")
                    : body("200 OK", "notes", ALLOW),
            "-X",
            "PUT");
    blocked(result, "If its code is yours, let it answer OPTIONS");
  }

  @Test
  void a_script_of_php_that_refuses_options() throws IOException {
    blocked(
        diagnose(
            head ->
                asks(head)
                    ? body("405 X", "Method Not Allowed", "X-Powered-By: PHP/8.2.36")
                    : body("200 OK", "notes", ALLOW, "X-Powered-By: PHP/8.2.36"),
            "-X",
            "PUT"),
        "This is PHP: each script answers OPTIONS itself");
  }

  @Test
  void headers_for_get_and_not_for_head() throws IOException {
    blocked(
        diagnose(
            head -> head.startsWith("GET") ? body("200 OK", "", ALLOW) : body("200 OK", ""),
            "-X",
            "HEAD"),
        "its response to GET, and its response to HEAD (200) has no");
  }

  @Test
  void a_header_for_measurements_does_not_let_a_page_read() throws IOException {
    blocked(
        diagnose(head -> body("200 OK", "", "Timing-Allow-Origin: *")),
        "What to change - The response has Timing-Allow-Origin, which only shows");
  }

  @Test
  void the_host_of_azure_functions_does_not_answer_options() throws IOException {
    blocked(
        diagnose(head -> body("404 Not Found", "", "Server: Kestrel"), "-X", "PUT"),
        "UseCors()",
        "local.settings.json");
  }

  @Test
  void a_layer_that_has_other_headers() throws IOException {
    blocked(
        diagnose(head -> body("200 OK", "", "Access-Control-Allow-Credentials: true")),
        "A CORS layer is there, as the rest of the response shows",
        "add https://app.example.com to its list of origins");
  }

  @Test
  void headers_on_success_only() throws IOException {
    blocked(
        diagnose(
            head ->
                asks(head)
                    ? body("204 No Content", "", ALLOW)
                    : body("404 Not Found", "", "Server: Apache/2.4.71 (Debian)")),
        "this error (404) has no Access-Control-Allow-Origin. So the script cannot read the error.",
        "No route gave this answer",
        "With Apache httpd, beside what you allow already:",
        "Header always set Access-Control-Allow-Origin \"https://app.example.com\"");
  }
}
