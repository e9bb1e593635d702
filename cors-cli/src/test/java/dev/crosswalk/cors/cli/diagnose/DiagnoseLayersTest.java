package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.APP;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.TRUE;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.asks;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A CORS layer that does not cover all, refuses, or does not agree with another one. */
class DiagnoseLayersTest extends ScriptedServers {

  // ------------------------------------------------------------------- it covers other paths

  @Test
  void another_path_has_the_headers() throws IOException {
    Result result =
        diagnose(
            head -> head.startsWith("GET / ") ? response("200 OK", ALLOW) : response("200 OK"));
    blocked(
        result,
        "in its response to GET /, and this response (200) has no",
        "So its CORS layer does not cover this path.");
  }

  @Test
  void a_stream_begins_before_the_header_is_set() throws IOException {
    Result result =
        diagnose(
            head ->
                head.startsWith("GET / ")
                    ? response("200 OK", ALLOW)
                    : response("200 OK", "Content-Type: text/event-stream"));
    blocked(result, "A stream begins before the code behind it runs", "on_response_prepare");
  }

  @Test
  void a_preflight_of_a_path_that_the_layer_does_not_cover() throws IOException {
    Result result =
        diagnose(
            head ->
                head.startsWith("GET / ")
                    ? response("200 OK", ALLOW)
                    : response(asks(head) ? "404 Not Found" : "405 Method Not Allowed"),
            "-X",
            "PUT");
    blocked(
        result,
        "the answer to this preflight (404)",
        "does not cover this path, or does not answer OPTIONS there");
  }

  @Test
  void a_layer_that_refuses_this_origin_here_covers_this_path() throws IOException {
    Result result =
        diagnose(
            head ->
                head.startsWith("GET / ") ? response("200 OK", ALLOW) : response("200 OK", VARY));
    blocked(result, "A CORS layer is there", "add https://app.example.com to its list of origins");
  }

  @Test
  void code_that_compares_with_host_allows_the_server_itself_and_no_page_of_development()
      throws IOException {
    ScriptedServer own =
        start(
            wire -> {
              String head = wire.readHead();
              String host = head.replaceFirst("(?s).*Host: ([^\r]+).*", "$1");
              boolean same = head.contains("\r\nOrigin: http://" + host + "\r\n");
              wire.say(
                  same
                      ? response("200 OK", VARY, "Access-Control-Allow-Origin: http://" + host)
                      : response("200 OK", VARY));
            });
    Result told = visit(own.url("/notes"));
    blocked(told, "it allows its own origin, http://127.0.0.1:", "add https://app.example.com to");
    assertFalse(told.text().contains("page of development"), told.out());
  }

  @Test
  void lighttpd_has_a_condition_on_the_method() throws IOException {
    blocked(
        diagnose(
            head ->
                asks(head)
                    ? response(
                        "200 OK", "Allow: OPTIONS, GET, HEAD, POST", "Server: lighttpd/1.4.69")
                    : response("200 OK", "Server: lighttpd/1.4.69", ALLOW),
            "-H",
            "X-Trace: 1"),
        "lighttpd answers OPTIONS itself. If its configuration has the headers, a condition leaves");
  }

  // ------------------------------------------------------------------------- who answers OPTIONS

  @Test
  void the_handler_of_post_may_have_the_headers_and_nobody_asks_it() throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? response("200 OK", "Allow: POST", "X-Powered-By: Express")
                    : response("404 Not Found", "X-Powered-By: Express"),
            "--data-json",
            "{}");
    blocked(
        result,
        "has no Access-Control-Allow-Origin: the framework or the server gives that answer automatically"
            + " (Allow: POST), and nothing adds the header to it.",
        "What to change - The framework answers OPTIONS itself (Allow: POST).",
        "Headers that only the handler of another method sets are not in this answer.");
  }

  @Test
  void flasks_layer_says_nothing_to_an_origin_that_is_not_listed() throws IOException {
    Result result =
        diagnose(
            head ->
                response(
                    "200 OK",
                    "Server: Werkzeug/3.0.1 Python/3.11",
                    asks(head) ? "Allow: POST, OPTIONS" : "X: 1"),
            "--data-json",
            "{}");
    blocked(result, "What to change - If the server has a CORS layer already, add the origin");
    assertFalse(result.text().contains("no CORS layer does"), result.out());
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, X-Powered-By: Express, the option origin of cors, $http_origin",
    "Apache/2.4.62, X-Powered-By: PHP/8.2, $_SERVER[, SetEnvIf Origin",
    "Caddy, X-Powered-By: Express, the option origin of cors, header Origin"
  })
  void a_list_may_be_that_of_a_proxy_in_front(
      String server, String application, String list, String other) throws IOException {
    Result result =
        diagnose(
            head ->
                body(
                    "200 OK",
                    "{}",
                    "Server: " + server,
                    application,
                    head.contains("\r\nOrigin: http://app.example.com\r\n")
                        ? "Access-Control-Allow-Origin: http://app.example.com"
                        : "X: 1"));
    blocked(result, "The server has a CORS layer", list, other);
  }

  @Test
  void what_only_passes_on_has_the_list_of_another_program() throws IOException {
    Result result =
        diagnose(
            head ->
                response(
                    "200 OK",
                    "X-Powered-By: Express",
                    "Access-Control-Allow-Origin: https://www.example.org"));
    blocked(result, "If this program passes the request on to another API (http-proxy-middleware");
    Result ofNginx =
        diagnose(
            head ->
                response(
                    "200 OK",
                    "Server: nginx",
                    "Access-Control-Allow-Origin: https://www.example.org"));
    assertFalse(ofNginx.text().contains("http-proxy-middleware"), ofNginx.out());
  }

  @Test
  void a_layer_behind_the_routes_of_go() throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? response(
                        "204 No Content", ALLOW, "Access-Control-Allow-Headers: content-type")
                    : head.startsWith("GET ")
                        ? body("404 Not Found", "404 page not found", ALLOW)
                        : body("200 OK", "{}"),
            "--data-json",
            "{}");
    blocked(result, "is behind the routes", "in gin, r.Use(cors.New(...)) comes before");
    assertFalse(result.text().contains("Koa"), result.out());
  }

  @Test
  void a_framework_answers_options_and_a_filter_adds_the_origin() throws IOException {
    Result result =
        diagnose(head -> response("200 OK", "Allow: GET, DELETE", ALLOW, VARY), "-X", "DELETE");
    blocked(
        result,
        "The framework answers OPTIONS itself (Allow: GET, DELETE)",
        "Let it add the lists");
  }

  @Test
  void code_that_ends_options_before_it_sets_the_headers() throws IOException {
    Result result =
        diagnose(
            head -> asks(head) ? response("204 No Content") : response("200 OK", ALLOW),
            "-X",
            "PUT");
    blocked(result, "In code, set the headers before the branch that answers OPTIONS");
  }

  @Test
  void a_rule_of_javalin_for_another_path_is_to_cover_this_one() throws IOException {
    Result result =
        diagnose(
            head ->
                body(
                    "404 Not Found",
                    "Endpoint " + head.split(" HTTP")[0] + " not found",
                    head.contains(" /api/ ") ? ALLOW : "X: 1"),
            "-X",
            "PUT");
    blocked(
        result,
        "What to change - Let the CORS layer cover this path, too:",
        "In Javalin, path of a rule in bundledPlugins.enableCors decides");
  }

  @Test
  void a_branch_for_options_that_has_the_lists_and_not_the_origin() throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? response("204 No Content", "Access-Control-Allow-Methods: GET, PUT")
                    : response("200 OK", ALLOW, "Server: nginx"),
            "-X",
            "PUT");
    blocked(result, "sends Access-Control-Allow-Methods, and leaves the origin out");
  }

  // ------------------------------------------------------------------------------------- it
  // refuses

  /** As gin-contrib/cors does, where no route is there for OPTIONS. */
  @Test
  void a_layer_that_refuses_the_origin_in_front_of_routes_without_options() throws IOException {
    Result result =
        diagnose(
            head ->
                head.contains("\r\nOrigin: ")
                    ? response("403 Forbidden")
                    : asks(head) ? response("404 Not Found") : response("200 OK"),
            "-X",
            "PUT");
    blocked(
        result,
        "A CORS layer is there and refuses this origin (403).",
        "A GET from this origin gets 403 as well, and a GET without Origin gets 200.",
        "add " + APP + " to the list of that layer");
  }

  @Test
  void that_a_layer_allows_the_servers_own_pages_says_nothing() throws IOException {
    Result result =
        diagnose(
            head ->
                head.contains("Origin: http://127.0.0.1")
                    ? response(
                        "200 OK",
                        head.replaceAll(
                            "(?s).*Origin: ([^\r]*).*", "Access-Control-Allow-Origin: $1"))
                    : head.contains("Origin: ")
                        ? response("403 CORS Rejected - Invalid origin")
                        : response("200 OK"));
    blocked(result, "quarkus.http.cors.origins");
    assertFalse(result.text().contains("It allows http"), result.out());
  }

  @Test
  void a_layer_may_refuse_a_preflight_that_asks_for_no_header_as_well() throws IOException {
    Result result =
        diagnose(
            head ->
                !asks(head) || head.contains("Request-Headers: content-type")
                    ? response("200 OK", ALLOW)
                    : response("403 Forbidden"),
            "-H",
            "X-Trace: 1");
    blocked(result, "So the request header x-trace is not on its list.");
  }

  @Test
  void of_several_headers_the_one_that_is_refused_is_named() throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head) && head.contains("x-trace")
                    ? response("403 Forbidden")
                    : response("200 OK", ALLOW),
            "-H",
            "X-Trace: 1",
            "-H",
            "Authorization: x");
    blocked(result, "So the request header x-trace is not on its list.", "Add x-trace to its list");
  }

  @ParameterizedTest
  @CsvSource({
    "403, Invalid CORS request, add https://app.example.com to allowedOrigins (of addCorsMappings",
    "403, CORS Rejected - Invalid origin, quarkus.http.cors.origins",
    "400, Disallowed CORS origin, allow_origins of CORSMiddleware",
    "403, CORS origin is not in allowed list, allow-origins below cors in Helidon's configuration",
    "500, Error: Not allowed by CORS, or the list with which the server's own code compares"
  })
  void whose_words_a_refusal_is_and_what_its_list_is_called(
      String status, String said, String words) throws IOException {
    Result result =
        diagnose(
            head ->
                head.contains("\r\nOrigin: ") ? body(status + " No", said) : response("200 OK"));
    blocked(result, "A CORS layer is there and refuses this origin", words);
  }

  // ------------------------------------------------------------------------ which software it is

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          405 | Server: TornadoServer/6.2             | x | With Tornado, beside
          405 | Server: Python/3.11 aiohttp/3.8.4     | x | With aiohttp, beside
          404 | Content-Type: text/plain              | 404 page not found | With Go, beside
          404 | Content-Type: application/json        | {"timestamp":"2026","path":"/notes","requestId":"1"} | With Spring WebFlux, beside
          401 | Server: Vercel                        | <p>Vercel Authentication</p> | OPTIONS Allowlist
          200 | Content-Type: text/html               | <b>Warning</b>: Header may not contain more than a single header, new line detected in <b>/a/b.php</b> on line 2 | Call header() once for each header
          """)
  void software_is_known_by_what_it_says(String status, String field, String said, String words)
      throws IOException {
    blocked(diagnose(head -> body(status + " Answer", said, field)), words);
  }

  @Test
  void rack_cors_is_known_by_its_empty_list() throws IOException {
    Result result =
        diagnose(
            head ->
                response(
                    "200 OK",
                    ALLOW,
                    VARY,
                    "Access-Control-Expose-Headers: ",
                    "Access-Control-Max-Age: 7200"),
            "--credentials");
    blocked(
        result, "If the application is written with Rails", "credentials: true", "in config.ru");
  }

  @Test
  void falcon_on_the_server_of_pythons_library_is_not_django() throws IOException {
    Result result =
        diagnose(
            head ->
                response("200 OK", "Server: WSGIServer/0.2 CPython/3.11.2", "content-type: a/b"));
    assertFalse(result.out().contains("Django"), result.out());
  }

  // ------------------------------------------------------------------- layers that do not agree

  @Test
  void one_layer_names_origins_and_another_puts_a_star_in_its_place() throws IOException {
    Result result =
        diagnose(
            head -> response("200 OK", "Access-Control-Allow-Origin: *", TRUE, VARY),
            "--credentials");
    blocked(
        result,
        "so another layer puts * instead of what that one sends",
        "http-response set-header in HAProxy");
  }

  @Test
  void a_star_alone_is_no_sign_of_two_layers() throws IOException {
    Result result =
        diagnose(
            head -> response("200 OK", "Access-Control-Allow-Origin: *", VARY), "--credentials");
    blocked(result, "The response (200) allows any origin (*).");
    assertFalse(result.out().contains("another layer"), result.out());
  }

  @Test
  void the_headers_are_there_for_get_and_not_for_put() throws IOException {
    Result result =
        diagnose(
            head ->
                head.startsWith("PUT ")
                    ? response("200 OK")
                    : response("200 OK", ALLOW, "Access-Control-Allow-Methods: PUT"),
            "-X",
            "PUT");
    blocked(result, "and its response to PUT (200) has no", "looks at the method");
  }

  @Test
  void the_layer_stands_behind_the_routes_if_only_what_no_route_answers_has_the_headers()
      throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? response("204 No Content", ALLOW, "Access-Control-Allow-Methods: PUT")
                    : head.startsWith("GET")
                        ? response("405 Method Not Allowed", ALLOW)
                        : response("200 OK"),
            "-X",
            "PUT");
    blocked(result, "no route answers (GET: 405)", "is behind the routes", "app.use(cors())");
  }

  @Test
  void a_body_that_asks_for_a_login_is_no_answer_to_a_preflight() throws IOException {
    Result result =
        diagnose(
            head -> body("401 Unauthorized", "{\"detail\":\"Not authenticated\"}"), "-X", "PUT");
    blocked(result, "Authentication answers the preflight, which never has credentials");
    assertFalse(result.out().contains("Send what it requires"), result.out());
  }
}
