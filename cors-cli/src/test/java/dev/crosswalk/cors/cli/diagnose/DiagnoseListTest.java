package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.asks;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CORS layers that say nothing to this page, and show themselves to others or elsewhere. */
class DiagnoseListTest extends ScriptedServers {

  private Result ask(UnaryOperator<String> answer, String... more) throws IOException {
    return Diagnosing.visit(
        start(wire -> wire.say(answer.apply(wire.readHead()))).url("/notes"), more);
  }

  /** A server whose list has this one origin, and that says nothing to others. */
  private static UnaryOperator<String> listing(String origin, String... fields) {
    return head ->
        head.contains("\r\nOrigin: " + origin + "\r\n")
            ? body("200 OK", "notes", "Access-Control-Allow-Origin: " + origin)
            : body("200 OK", "notes", fields);
  }

  // -------------------------------------------------------------------------------- another origin

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com/, the slash at the end is too much, instead of",
    "https://app.example.com:443, browsers leave the default port out, instead of",
    "app.example.com, the scheme (https://) is missing in front, instead of",
    "http://app.example.com, the scheme differs, beside",
    "https://www.app.example.com, www. is in one of them, beside"
  })
  void the_list_has_the_page_s_origin_written_in_another_way(
      String listed, String difference, String words) throws IOException {
    Result result = ask(listing(listed));
    blocked(
        result,
        "The server has a CORS layer: it allows " + listed + ",",
        "So its list does not have this origin: " + difference,
        words + " " + listed);
    assertFalse(result.text().contains("put one in front"), result.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:3000", "http://localhost:5173", "http://localhost"})
  void the_list_has_the_page_of_development(String listed) throws IOException {
    blocked(
        ask(listing(listed)),
        "add https://app.example.com to its list of origins",
        "It allows a page of development, so the list may come from a setting",
        ".allowOrigins(\"https://app.example.com\", \"" + listed + "\")");
  }

  @ParameterizedTest
  @CsvSource({
    "X-Powered-By: Express, to the option origin of cors({ origin: [...] })",
    "Server: Werkzeug/3.1.3 Python/3.11.7, to origins of CORS(app",
    "Server: WSGIServer/0.2 CPython/3.11.7, '(if it is Django, CORS_ALLOWED_ORIGINS'",
    "Server: Jetty(12.0.14), to allowedOrigins of Jetty's CrossOriginFilter",
    "X-Powered-By: PHP/8.2.36, 'compares $_SERVER[\"HTTP_ORIGIN\"]'",
    "Server: nginx/1.26.3, that compares $http_origin",
    "Vary: Origin, to its list of origins"
  })
  void its_setting_is_named_after_the_software(String field, String words) throws IOException {
    Result result = ask(listing("http://localhost:3000", field));
    blocked(result, words);
    int change = result.text().indexOf("What to change");
    assertTrue(result.text().indexOf("add https://app.example.com") > change, result.out());
  }

  @Test
  void an_origin_is_refused_by_an_error_and_another_spelling_is_not() throws IOException {
    Result result =
        ask(
            head ->
                head.contains("\r\nOrigin: https://app.example.com\r\n")
                    ? response("403 Forbidden")
                    : body(
                        "200 OK",
                        "notes",
                        "Access-Control-Allow-Origin: https://app.example.com/"));
    blocked(
        result,
        "A CORS layer is there and refuses this origin (403).",
        "which differs from this origin: the slash at the end is too much",
        "Write https://app.example.com instead of https://app.example.com/ in its list of origins.");
  }

  @Test
  void a_preflight_gets_nothing_and_that_of_another_page_is_allowed() throws IOException {
    Result result =
        ask(
            head ->
                asks(head) && head.contains("\r\nOrigin: http://localhost:4200\r\n")
                    ? response(
                        "204 No Content",
                        "Access-Control-Allow-Origin: http://localhost:4200",
                        "Access-Control-Allow-Methods: PUT")
                    : response(asks(head) ? "204 No Content" : "200 OK"),
            "-X",
            "PUT");
    blocked(
        result,
        "it allows http://localhost:4200, and its answer to this preflight (204) has no",
        "add https://app.example.com to its list of origins");
  }

  @ParameterizedTest
  @ValueSource(strings = {"401 Unauthorized", "429 Too Many Requests", "500 Internal Server Error"})
  void no_other_origin_is_tried_where_that_does_harm_or_tells_nothing(String status)
      throws IOException {
    var server = start(wire -> wire.say(head(wire.readHead(), status)));
    Diagnosing.visit(server.url("/notes"), "-H", "Authorization: Basic dTpw");
    assertFalse(
        server.heads().stream().anyMatch(head -> head.contains("localhost:3000")),
        () -> server.heads().toString());
  }

  private static String head(String asked, String status) {
    return asks(asked) ? response("204 No Content", ALLOW, ALLOW_AUTHORIZATION) : response(status);
  }

  private static final String ALLOW_AUTHORIZATION = "Access-Control-Allow-Headers: authorization";

  // -------------------------------------------------------------------------------- another answer

  @ParameterizedTest
  @CsvSource({
    "Vary: Origin, its answer to a preflight varies by Origin",
    "Access-Control-Max-Age: 600, its answer to a preflight has the header Access-Control-Max-Age"
  })
  void the_layer_shows_itself_in_the_answer_to_a_preflight(String field, String words)
      throws IOException {
    blocked(
        ask(head -> asks(head) ? response("204 No Content", field) : body("200 OK", "notes")),
        "A CORS layer is there: " + words,
        "add https://app.example.com to its list of origins",
        "If it is on the list, let the layer cover this path and method.");
  }

  @Test
  void the_layer_shows_itself_by_what_it_says_to_a_preflight() throws IOException {
    blocked(
        ask(
            head ->
                asks(head)
                    ? body("400 Bad Request", "Disallowed CORS origin")
                    : body("200 OK", "notes", "Server: uvicorn")),
        "its answer to a preflight (400) says \"Disallowed CORS origin\"",
        "(if it is FastAPI and Starlette, allow_origins of CORSMiddleware)");
  }

  @Test
  void what_answers_preflights_and_no_other_OPTIONS() throws IOException {
    blocked(
        ask(
            head ->
                !asks(head)
                    ? body("200 OK", "notes")
                    : response(
                        head.contains("\r\nAccess-Control-Request-Method:")
                            ? "204 No Content"
                            : "405 Method Not Allowed")),
        "it answers a preflight with 204, and any other OPTIONS with 405");
  }

  // ------------------------------------------------------------------------ another path or method

  @Test
  void the_layer_is_there_for_api_alone() throws IOException {
    blocked(
        ask(
            head ->
                head.startsWith("GET /api/ ")
                    ? response("404 Not Found", ALLOW)
                    : body("200 OK", "notes", "Server: Werkzeug/3.1.3 Python/3.11.7")),
        "The server allows this origin in its response to GET /api/",
        "In Flask-CORS, resources decides");
  }

  @Test
  void GET_is_allowed_and_the_simple_request_is_not() throws IOException {
    blocked(
        ask(
            head -> head.startsWith("GET ") ? body("200 OK", "a", ALLOW) : response("200 OK"),
            "-X",
            "POST"),
        "The server allows this origin in its response to GET, and its response to POST (200) has no",
        "Set Access-Control-Allow-Origin whatever the method and the status are");
  }

  @Test
  void spring_lets_through_what_it_has_no_configuration_for() throws IOException {
    String[] vary = {
      "Vary: Origin", "Vary: Access-Control-Request-Method", "Vary: Access-Control-Request-Headers"
    };
    UnaryOperator<String> answer =
        head ->
            response(
                asks(head) && head.contains("\r\nOrigin: ") ? "403 Forbidden" : "200 OK", vary);
    blocked(
        ask(answer), "it has no CORS configuration for this path", "The patterns of addMapping");
    blocked(
        ask(answer, "-X", "PUT"),
        "Spring refuses a preflight here (403), and lets GET with the same origin through",
        "it has no CORS configuration for this path");
  }

  @Test
  void spring_says_so_in_the_answer_to_a_preflight_that_a_browser_would_not_send()
      throws IOException {
    blocked(
        ask(
            head ->
                asks(head)
                    ? body("403 Forbidden", "Invalid CORS request")
                    : body("200 OK", "notes")),
        "it has no CORS configuration for this path",
        "The patterns of addMapping");
  }

  @Test
  void a_method_that_is_not_listed_is_added_to_the_setting_of_the_software() throws IOException {
    blocked(
        ask(
            head ->
                head.contains("Access-Control-Request-Method: PUT")
                    ? body("400 Bad Request", "Disallowed CORS method", "Server: uvicorn")
                    : body("200 OK", "a", ALLOW, VARY, "Server: uvicorn"),
            "-X",
            "PUT"),
        "Add PUT to allow_methods of CORSMiddleware.");
  }

  @ParameterizedTest
  @CsvSource({
    "Disallowed CORS headers, Server: uvicorn, allow_headers of CORSMiddleware",
    "x, Server: Werkzeug/3.1 Python/3.12, 'allow_headers of CORS(app, ...)'"
  })
  void a_header_that_is_not_listed_is_added_to_the_setting_of_the_software(
      String said, String server, String setting) throws IOException {
    blocked(
        ask(
            head ->
                head.contains("Access-Control-Request-Headers: ")
                    ? body("400 Bad Request", said, server)
                    : body("200 OK", "a", ALLOW, VARY, server),
            "-H",
            "X-Tenant: 1"),
        "Add x-tenant to " + setting + ".");
  }

  @Test
  void neither_the_method_nor_a_header_is_listed() throws IOException {
    blocked(
        ask(
            head ->
                head.contains("Access-Control-Request-Method: PUT")
                        || head.contains("Access-Control-Request-Headers: ")
                    ? response("204 No Content", VARY)
                    : body("200 OK", "a", ALLOW, VARY),
            "-X",
            "PUT",
            "-H",
            "X-Tenant: 1"),
        "Add PUT to its list of methods, and x-tenant to its list of request headers.");
  }

  @Test
  void HEAD_is_allowed_and_GET_is_not() throws IOException {
    blocked(
        ask(head -> head.startsWith("HEAD ") ? response("200 OK", ALLOW) : response("200 OK")),
        "The server allows this origin in its response to HEAD, and its response to GET (200) has no");
  }

  @Test
  void the_layer_sets_the_headers_and_passes_OPTIONS_on() throws IOException {
    blocked(
        ask(head -> response(asks(head) ? "404 Not Found" : "200 OK", ALLOW, VARY), "-X", "DELETE"),
        "what sets the headers passes it on to the routes. Let it end the response itself, with 204");
  }

  @Test
  void one_origin_is_sent_to_all_and_the_page_s_is_to_be_added_beside_it() throws IOException {
    blocked(
        ask(
            head ->
                response(
                    "200 OK",
                    "X-Powered-By: Express",
                    "Access-Control-Allow-Origin: https://studio.example.org")),
        "add https://app.example.com to the option origin of cors({ origin: [...] })",
        "beside https://studio.example.org");
  }

  @Test
  void what_PHP_prints_is_no_page_if_it_does_not_begin_as_one() throws IOException {
    Result result =
        ask(
            head ->
                body(
                    "200 OK",
                    "{}",
                    "Content-Type: text/html; charset=UTF-8",
                    "Access-Control-Allow-Methods: GET, POST"));
    blocked(result, "add https://app.example.com to its list of origins");
    assertFalse(result.text().contains("It is an HTML page"), result.out());
  }

  @Test
  void an_application_behind_a_proxy_has_the_list_sooner_than_the_proxy() throws IOException {
    blocked(
        ask(listing("http://localhost", "Server: Apache/2.4.62", "X-Powered-By: PHP/8.2.36")),
        "add https://app.example.com to the list with which the script compares");
  }

  @Test
  void a_layer_behind_the_routes_is_named_after_the_software() throws IOException {
    blocked(
        ask(
            head ->
                asks(head)
                    ? response("204 No Content", ALLOW, VARY)
                    : response("200 OK", "X-Powered-By: Express")),
        "call app.use(cors({...})) without a path, before all routes");
  }

  @Test
  void a_script_of_PHP_that_does_not_name_itself() throws IOException {
    UnaryOperator<String> answer = listing("http://localhost", "Server: Apache/2.4.62 (Debian)");
    blocked(
        Diagnosing.visit(start(wire -> wire.say(answer.apply(wire.readHead()))).url("/list.php")),
        "add https://app.example.com to the list with which the script compares");
  }
}
