package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.asks;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.says;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.unanswered;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who answers is no CORS layer: a login, a limit, a filter of bots, a redirect, an error. */
class DiagnoseOtherAnswerTest extends ScriptedServers {

  @Test
  void a_page_in_place_of_data() throws IOException {
    blocked(
        diagnose(head -> body("200 OK", "<h1>Sign in</h1>", "Content-Type: text/html")),
        "It is an HTML page.");
  }

  @Test
  void a_redirect_to_https_on_the_same_port() throws IOException {
    List<String> own = new ArrayList<>();
    ScriptedServer server =
        server(head -> body("301 Moved Permanently", "", "Location: " + own.get(0)));
    own.add("https://127.0.0.1:" + server.port() + "/notes");
    Result result = visit(server.url("/notes"), "-X", "PUT");
    blocked(result, "correct the redirect");
    assertFalse(result.out().contains("ask for https://127"), result::out);
  }

  @ParameterizedTest
  @CsvSource({"GET, Solve the 403", "PUT, let OPTIONS pass to the CORS layer"})
  void a_403_for_everybody_is_not_a_cors_layer(String method, String advice) throws IOException {
    blocked(
        diagnose(head -> body("403 Forbidden", "no"), "-X", method),
        "whatever its origin: without Origin it gets the same.",
        advice);
  }

  @Test
  void an_error_that_the_query_brings_about_loses_the_headers() throws IOException {
    Result result =
        visit(
            server(
                    head ->
                        head.startsWith("GET /notes?page=x ")
                            ? body("500 Internal Server Error", "no")
                            : head.startsWith("GET /notes ")
                                ? body("200 OK", "[]", ALLOW)
                                : body("404 Not Found", "no"))
                .url("/notes?page=x"));
    blocked(
        result,
        "The server allows this origin in its response to GET /notes, and this error (500) has no");
  }

  @Test
  void what_changes_something_is_sent_once() throws IOException {
    ScriptedServer server =
        server(
            head ->
                asks(head)
                    ? body("204 No Content", "", ALLOW, "Access-Control-Allow-Methods: DELETE")
                    : body("403 Forbidden", "no"));
    blocked(visit(server.url("/notes/1"), "-X", "DELETE"), "or a firewall refuses the request");
    assertEquals(1, server.heads().stream().filter(head -> head.startsWith("DELETE ")).count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Error: CSRF token missing",
        "{\"message\":\"Missing csrf secret\"}",
        "Invalid CSRF token"
      })
  void protection_against_forgeries_in_the_words_of_its_package(String body) throws IOException {
    blocked(
        diagnose(
            head -> asks(head) ? body("204 No Content", "", ALLOW) : body("403 Forbidden", body),
            "-d",
            "x"),
        "protection against forged requests (CSRF) refuses this one (403)",
        "What to change - Send the token that it requires");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!doctype html><p>Thanks", "<!doctype html><div id=\"root\"></div>"})
  void a_page_to_which_the_server_leads_after_a_form(String page) throws IOException {
    blocked(
        diagnose(
            head ->
                head.startsWith("POST")
                    ? body("303 See Other", "", ALLOW, "Location: /thanks")
                    : body("200 OK", page, "Content-Type: text/html"),
            "-d",
            "x"),
        "What to change - If http://",
        "/thanks is a page to which the server leads after a form");
  }

  @Test
  void a_type_of_body_that_the_server_does_not_take() throws IOException {
    blocked(
        diagnose(
            head ->
                asks(head)
                    ? body("204 No Content", "", ALLOW)
                    : body("415 Unsupported Media Type", ""),
            "-d",
            "{}"),
        "What to change - 415: the server does not accept a body of this type");
  }

  @Test
  void a_redirect_to_a_port_of_another_protocol() throws IOException {
    blocked(
        diagnose(head -> body("302 Found", "", ALLOW, "Location: http://127.0.0.1:1/notes")),
        "was redirected to http://127.0.0.1:1/notes",
        "See why the first server redirects there");
  }

  @Test
  void a_rate_limit() throws IOException {
    blocked(
        diagnose(head -> body("429 Too Many Requests", "", "Retry-After: 30")),
        "This is a rate limit",
        "(Retry-After: 30)");
    blocked(diagnose(head -> body("429 Too Many Requests", ""), "-X", "PUT"), "a rate limit");
  }

  @Test
  void a_filter_of_bots() throws IOException {
    blocked(
        diagnose(head -> body("403 Forbidden", "", "cf-mitigated: challenge")),
        "a filter of bots (Cloudflare) answered 403 instead of the server");
  }

  @Test
  void an_index_html_in_place_of_data() throws IOException {
    String page = "<!doctype html><html><body><div id=\"root\"></div></body></html>";
    blocked(
        diagnose(head -> body("200 OK", page, "Content-Type: text/html; charset=utf-8")),
        "The response is the index.html of a web application");
    String other = "<!doctype html><html><body>Hello</body></html>";
    Result result = diagnose(head -> body("200 OK", other, "Content-Type: text/html"));
    blocked(result);
    assertFalse(result.out().contains("index.html"), result.out());
  }

  @ParameterizedTest
  @CsvSource({
    "/login?next=/notes&token=secret",
    "https://login.example.com/x?token=secret",
    "/oauth2/authorization/github?token=secret"
  })
  void a_redirect_for_lack_of_a_session(String location) throws IOException {
    Result result = diagnose(head -> body("302 Found", "", "Location: " + location));
    blocked(result, "The server redirects to a login page", "it finds no session in the request");
    assertFalse(result.text().contains("page (" + location), result.out());
    blocked(
        diagnose(head -> body("302 Found", "", "Location: " + location), "--credentials"),
        "See whether the cookie is sent");
  }

  @Test
  void a_redirect_to_elsewhere_is_not_a_login() throws IOException {
    Result result = diagnose(head -> body("302 Found", "", "Location: /authors"));
    assertFalse(result.out().contains("login page ("), result.out());
    blocked(result, "answers with a redirect to", "/authors itself, if that is what it needs.");
  }

  @Test
  void a_page_of_https_is_not_sent_to_http() throws IOException {
    Result result =
        diagnose(head -> body("301 Moved", "", "Location: http://api.example.com/notes"));
    blocked(
        result,
        "no browser lets a page of https request that (mixed content)",
        "let the page request https://api.example.com/notes itself");
    assertFalse(result.text().contains("request http://api.example.com/notes"), result.out());
    says(
        diagnose(
            head -> body("301 Moved", "", "Location: http://api.example.com/notes"),
            "--origin",
            "http://app.example.com"),
        "Let the page request http://api.example.com/notes itself");
  }

  @Test
  void a_status_that_http_does_not_have_is_no_failure_of_the_server() throws IOException {
    Result result = diagnose(response("999 Request denied"));
    blocked(result, "HTTP has no status 999.", "a filter of bots");
    assertFalse(result.out().contains("The server failed"), result.out());
  }

  @Test
  void what_stands_in_front_of_the_server_is_named_by_its_login() throws IOException {
    String location = "Location: https://acme.cloudflareaccess.com/cdn-cgi/access/login/x";
    String says = "This is Cloudflare Access";
    blocked(diagnose(head -> body("302 Found", "", location)), "to a login page", says);
    blocked(diagnose(head -> body("302 Found", "", location), "-X", "PUT"), "preflight", says);
  }

  @Test
  void a_login_that_answers_the_preflight_is_not_to_be_asked_for() throws IOException {
    Result result =
        diagnose(head -> body("302 Found", "", "Location: /login?next=%2Fnotes"), "-X", "PUT");
    blocked(result, "Put the CORS layer in front of authentication");
    assertFalse(result.out().contains("Let the page request"), result.out());
  }

  @Test
  void a_bad_request_is_not_said_to_have_no_route() throws IOException {
    Result result = diagnose(head -> body("400 Bad Request", ""), "-X", "POST");
    blocked(result, "The server refuses the request itself");
    assertFalse(result.out().contains("no route"), result.out());
  }

  @Test
  void a_preflight_that_hangs_is_said_to_be_the_preflight() throws IOException {
    ScriptedServer server = silent();
    unanswered(
        visit(server.url("/notes"), "-X", "PUT", "--timeout", "1"),
        "no answer to the preflight (OPTIONS " + server.url("/notes") + ") came.",
        "> OPTIONS " + server.url("/notes"),
        "> Access-Control-Request-Method: PUT",
        "(no answer)");
  }
}
