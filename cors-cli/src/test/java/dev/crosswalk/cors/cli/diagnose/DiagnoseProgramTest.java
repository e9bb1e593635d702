package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.allowed;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.asks;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which program refuses, and what the setting is called there. */
class DiagnoseProgramTest extends ScriptedServers {

  private Result ask(UnaryOperator<String> answer, String... more) throws IOException {
    return Diagnosing.visit(
        start(wire -> wire.say(answer.apply(wire.readHead()))).url("/notes"), more);
  }

  private static String ofServer(String status, String server, String body) {
    return body(status, body, server.isEmpty() ? "X: 1" : "Server: " + server);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          405 | Varnish       | <p>Guru Meditation:</p><hr><p>Varnish cache server</p>       | return (pass)
          403 | Apache/2.4.66 | <!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN"><html></html> | <LimitExcept GET POST OPTIONS>
          403 | Apache/2.4.71 | <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd"> | <LimitExcept GET POST OPTIONS>
          403 | nginx/1.26.3  | <center>nginx/1.26.3</center>                                | name OPTIONS in limit_except
          403 | ''            | <html><body><h1>403 Forbidden</h1></body></html>             | !METH_OPTIONS
          501 | mini_httpd    | That method is not implemented.                              | does not know the method OPTIONS at all
          """)
  void a_server_refuses_OPTIONS_by_a_rule_of_its_own(
      int status, String server, String body, String says) throws IOException {
    String refusal = ofServer(status + " X", server, body);
    Result result = ask(head -> asks(head) ? refusal : response("200 OK", ALLOW), "-X", "DELETE");
    blocked(result, says);
    assertFalse(result.text().contains("in front of routing"), result.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          405 | Varnish       | <h1>Error 405</h1><p>Varnish cache server</p> | Varnish itself refuses PATCH (405)
          403 | nginx/1.26.3  | <center>nginx</center>                        | limit_except or a condition on $request_method
          """)
  void a_proxy_refuses_the_method_of_the_request_by_a_rule_of_its_own(
      int status, String server, String body, String says) throws IOException {
    String refusal = ofServer(status + " X", server, body);
    Result result =
        ask(
            head ->
                asks(head)
                    ? response("200 OK", ALLOW, "Access-Control-Allow-Methods: PATCH")
                    : refusal,
            "-X",
            "PATCH");
    blocked(result, says, "Let PATCH pass there.");
    assertFalse(result.text().contains("No route gave this answer"), result.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nginx/1.26.3  | also drops all that are outside it
          nginx/1.26.3  | proxy_hide_header Access-Control-Allow-Credentials
          Apache/2.4.66 | Header unset Access-Control-Allow-Credentials
          Caddy         | header_down -Access-Control-Allow-Credentials
          """)
  void one_header_of_several_is_lost_in_a_proxy(String server, String says) throws IOException {
    Result result =
        ask(head -> response("200 OK", ALLOW, VARY, "Server: " + server), "--credentials");
    blocked(result, says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DAV: 1, 2, 3, calendar-access, addressbook, extended-mkcol | PROPFIND | Here that list is Access-Control-Allow-Methods below [headers]
          Tus-Resumable: 1.0.0                                       | MOVE     | Add MOVE to Access-Control-Allow-Methods.
          """)
  void a_program_has_its_own_list_of_methods(String field, String method, String says)
      throws IOException {
    blocked(ask(head -> response("200 OK", ALLOW, field), "-X", method), says);
  }

  @Test
  void a_program_has_its_own_list_of_request_headers() throws IOException {
    Result result =
        ask(
            head ->
                response(
                    "204 No Content",
                    ALLOW,
                    "Access-Control-Allow-Headers: Upload-Offset",
                    "Tus-Resumable: 1.0.0"),
            "-H",
            "X-Tenant: 7");
    blocked(result, "Here that list is allowedHeaders of Server in @tus/server");
  }

  @Test
  void a_server_of_calendars_is_not_Django_though_its_other_answers_look_alike()
      throws IOException {
    Result result =
        ask(
            head ->
                asks(head)
                    ? response(
                        "200 OK",
                        "Server: WSGIServer/0.2 CPython/3.11.2",
                        "Allow: GET, PROPFIND",
                        "DAV: 1, 2, 3, calendar-access, addressbook, extended-mkcol")
                    : response("404 Not Found", "Server: WSGIServer/0.2 CPython/3.11.2"),
            "-X",
            "PROPFIND");
    blocked(
        result,
        "Add the page's origin to Access-Control-Allow-Origin below [headers] in Radicale's",
        "the method to Access-Control-Allow-Methods below [headers]");
    assertFalse(result.text().contains("put one in front"), result.out());
    assertFalse(result.text().contains("Django"), result.out());
    Result other =
        ask(
            head ->
                asks(head)
                    ? response(
                        "200 OK",
                        "Server: WSGIServer/0.2 CPython/3.11.2",
                        "Allow: GET, PROPFIND",
                        "DAV: 1, 2")
                    : response("404 Not Found", "Server: WSGIServer/0.2 CPython/3.11.2"),
            "-X",
            "PROPFIND");
    assertFalse(other.text().contains("Django"), other.out());
  }

  @Test
  void what_is_known_of_a_path_comes_before_what_is_said_of_any_server() throws IOException {
    Result result =
        Diagnosing.visit(
            start(wire -> wire.say(withoutHeaders(wire.readHead()))).url("/jsonrpc"), "-X", "PUT");
    blocked(result, "--rpc-allow-origin-all=true");
    int program = result.out().indexOf("If it is aria2");
    assertTrue(program < result.out().indexOf("If it has none"), result.out());
  }

  private static String withoutHeaders(String head) {
    return response(asks(head) ? "200 OK" : "404 Not Found");
  }

  @Test
  void cors_anywhere_lets_the_page_read_that_it_refuses() throws IOException {
    allowed(
        ask(
            head ->
                body(
                    "403 Forbidden",
                    "The origin \"https://app.example.com\" was not whitelisted by the operator of this"
                        + " proxy.",
                    "Access-Control-Allow-Origin: *")),
        "originWhitelist");
  }

  @Test
  void a_list_of_methods_is_lost_in_an_if_of_nginx() throws IOException {
    Result result = ask(head -> response("200 OK", ALLOW, "Server: nginx/1.26.3"), "-X", "PUT");
    blocked(result, "One add_header in a location or an if also drops all that are outside it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          413 | <pre>PayloadTooLargeError: request entity too large</pre>   | express.json({ limit: "5mb" })
          413 | {"statusCode":413,"message":"request entity too large"}     | app.useBodyParser("json"
          413 | {"code":"FST_ERR_CTP_BODY_TOO_LARGE"}                       | Raise bodyLimit
          413 | <p>The data value transmitted exceeds the capacity limit.</p> | MAX_CONTENT_LENGTH
          413 | exceeds max_body of 1000 (generated by waitress)            | max_request_body_size
          400 | Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE. | DATA_UPLOAD_MAX_MEMORY_SIZE in settings.py
          413 | Maximum upload size exceeded                                | spring.servlet.multipart.max-file-size
          413 | or the amount of data provided in the request exceeds the capacity limit | LimitRequestBody
          200 | <b>Warning</b>: POST Content-Length of 3000 bytes exceeds the limit of 1024 bytes | Raise post_max_size
          500 | Error: Multipart: Boundary not found                        | remove Content-Type from the script
          """)
  void the_body_of_the_request_is_too_large_or_cannot_be_read(int status, String body, String says)
      throws IOException {
    blocked(ask(head -> body(status + " X", body), "-d", "a=1"), says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | X-XSS-Protection: 0~Expires: 0~Pragma: no-cache | | http.cors(Customizer.withDefaults())
          401 | server: uvicorn | | the middleware that is added last runs first
          404 | X: 1 | {"message":"Route OPTIONS:/notes not found","error":"Not Found","statusCode":404} | register @fastify/cors at the top
          401 | X-Powered-By: Express | | app.use(cors()) before all other app.use
          """)
  void in_front_means_something_else_in_each_framework(
      int status, String fields, String body, String says) throws IOException {
    String text = body == null ? "" : body;
    blocked(
        ask(head -> body(status + " X", text, fields.split("~")), "-H", "Authorization: Bearer x"),
        says);
  }

  // ---------------------------------------------------------------------------------- redirects

  @ParameterizedTest
  @CsvSource({
    "/notes/, APPEND_SLASH in Django",
    "/notes, Often it sets a cookie first",
    "/other, Find the two rules"
  })
  void redirects_go_in_a_circle(String there, String says) throws IOException {
    Result result =
        ask(
            head -> {
              boolean back = head.startsWith("GET " + there + " ");
              return response("301 X", ALLOW, "Location: " + (back ? "/notes" : there));
            });
    blocked(result, "/notes", says);
    assertFalse(result.text().contains("Most likely they go in a circle"), result.out());
  }

  @Test
  void a_setting_sends_the_preflight_to_https() throws IOException {
    Result result =
        ask(
            head -> response("302 X", "Location: https://127.0.0.1:7/notes"),
            "-H",
            "Authorization: Bearer x");
    blocked(result, "force_https of Talisman (Flask)", "without TLS, anyone on the network reads");
  }

  @Test
  void a_proxy_without_a_name_is_told_by_its_page() throws IOException {
    String page = "<html><body><h1>504 Gateway Time-out</h1></body></html>";
    blocked(
        ask(head -> body("504 X", page)),
        "the proxy (HAProxy) answered 504 itself",
        "takes longer than the proxy waits",
        "timeout server in HAProxy");
  }

  @Test
  void an_application_may_say_503_itself() throws IOException {
    Result result = ask(head -> body("503 X", "<title>Timeout</title>"));
    blocked(result, "it is down, overloaded or too slow", "http.TimeoutHandler in Go");
    assertFalse(result.text().contains("the proxy answered"), result.out());
  }

  @Test
  void a_redirect_loses_the_port_behind_a_proxy() throws IOException {
    Result result = ask(head -> response("307 X", ALLOW, "Location: http://127.0.0.1:81/notes/"));
    blocked(
        result,
        "was redirected to http://127.0.0.1:81/notes/, and nothing answers there",
        "proxy_set_header Host $http_host");
  }

  @Test
  void the_header_may_be_for_one_status() throws IOException {
    Result result =
        ask(
            head ->
                head.startsWith("POST ")
                    ? response("201 Created")
                    : response("200 OK", ALLOW, VARY),
            "-d",
            "a=1");
    blocked(result, "looks at the method, or at the status");
  }

  @Test
  void a_route_of_hapi_has_no_cors() throws IOException {
    String says = "{\"message\":\"CORS is disabled for this route\"}";
    blocked(
        answering(body("200 OK", says), response("200 OK", ALLOW, VARY), "-X", "PUT"),
        "CORS is not switched on for that route");
  }

  // -------------------------------------------------------------------------------- what is hidden

  @Test
  void the_name_of_a_download_is_hidden() throws IOException {
    String named = "Content-Disposition: attachment; filename=\"report.csv\"";
    String says = "The script cannot read Content-Disposition";
    allowed(ask(head -> response("200 OK", ALLOW, VARY, named)), says);
    String exposed = "Access-Control-Expose-Headers: Content-Disposition";
    Result result = ask(head -> response("200 OK", ALLOW, VARY, named, exposed));
    assertFalse(result.text().contains(says), result.out());
  }

  @Test
  void a_proxy_shows_a_page_of_its_own_for_the_error_of_an_application() throws IOException {
    String page = "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\"><h1>Not Found</h1>";
    Result result =
        ask(
            head ->
                head.startsWith("OPTIONS ")
                    ? response("204 No Content", ALLOW, "X-Powered-By: Express")
                    : body("404 Not Found", page, "Server: Apache/2.4.67 (Debian)"));
    blocked(result, "ProxyErrorOverride is on, turn that off", "Check the URL");
    assertTrue(
        result.text().indexOf("ProxyErrorOverride") < result.text().indexOf("Check the URL"),
        result.out());
  }

  @Test
  void rails_refuses_a_request_without_a_token_by_an_error_without_a_word() throws IOException {
    blocked(
        ask(
            head ->
                head.startsWith("OPTIONS ")
                    ? response("200 OK", ALLOW, "Access-Control-Allow-Headers: content-type")
                    : response("422 X", "X-Request-Id: 7", "X-Runtime: 0.01"),
            "--data-json",
            "{}"),
        "ActionController::InvalidAuthenticityToken",
        "config.middleware.insert_before 0, Rack::Cors");
  }

  @Test
  void an_error_names_another_path_than_the_url() throws IOException {
    blocked(
        ask(head -> body("404 X", "<pre>Cannot GET /v1/notes</pre>")),
        "The server has no route (404) for /v1/notes, and the URL requests ",
        "So something in front adds /v1.",
        "Take /v1 out of the proxy's target");
  }

  @Test
  void an_exception_that_nobody_handles_is_answered_outside_of_starlettes_layers()
      throws IOException {
    Result result =
        ask(
            head ->
                asks(head)
                    ? response(
                        "200 OK",
                        ALLOW,
                        "Server: uvicorn",
                        "Access-Control-Allow-Headers: content-type")
                    : body("500 Internal Server Error", "Internal Server Error", "Server: uvicorn"),
            "--data-json",
            "{}");
    blocked(result, "The server failed (500): its log tells why.", "CORSMiddleware(app, ");
    for (String other : new String[] {"Koa", "outside the error handler", "aiohttp"}) {
      assertFalse(result.text().contains(other), result.out());
    }
  }

  @Test
  void an_exception_that_flask_shows_in_its_debugger() throws IOException {
    Result result =
        ask(
            head ->
                asks(head)
                    ? response(
                        "200 OK",
                        ALLOW,
                        "Server: Werkzeug/3.0.1 Python/3.11",
                        "Access-Control-Allow-Headers: content-type")
                    : body(
                        "500 INTERNAL SERVER ERROR",
                        "<title>KeyError: 'id' // Werkzeug Debugger</title>",
                        "Server: Werkzeug/3.0.1 Python/3.11"),
            "--data-json",
            "{}");
    blocked(result, "KeyError: 'id'", "Werkzeug's debugger answers instead of the application");
    assertFalse(result.text().contains("Koa"), result.out());
  }

  @Test
  void a_body_that_is_too_large_for_a_proxy_is_no_error_of_the_application() throws IOException {
    String page = "<h1>413 Request Entity Too Large</h1><hr><center>nginx/1.22.1</center>";
    Result result =
        ask(
            head ->
                head.startsWith("OPTIONS ")
                    ? response(
                        "204 No Content",
                        ALLOW,
                        "X-Powered-By: Express",
                        "Access-Control-Allow-Headers: content-type")
                    : body("413 X", page, "Server: nginx/1.22.1"),
            "--data-json",
            "{}");
    blocked(
        result,
        "nginx itself refuses the request (413), as its body is larger than client_max_body_size"
            + " allows (1 MB, if nothing is set). The application has not seen it.",
        "What to change - Raise client_max_body_size");
    assertFalse(result.text().contains("express.json"), result.out());
    assertTrue(
        result.text().indexOf("client_max_body_size") < result.text().indexOf("nginx has written"),
        result.out());
  }

  @Test
  void a_server_that_writes_its_own_name_is_not_kept_on_the_list() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.start(
            wire -> {
              String host = wire.readHead().replaceAll("(?is).*\r\nhost: ([^\r]*)\r.*", "$1");
              wire.say(response("200 OK", "Access-Control-Allow-Origin: http://" + host));
            })) {
      Result result = Diagnosing.visit(server.url("/notes"));
      blocked(
          result, "That is the server's own name.", ".allowOrigins(\"https://app.example.com\")");
      assertFalse(result.text().contains("beside http://"), result.out());
    }
  }

  @Test
  void what_is_not_there_has_no_setting_of_its_own() throws IOException {
    Result result =
        Diagnosing.visit(
            start(
                    wire -> {
                      wire.readHead();
                      wire.say(body("404 X", "<pre>Cannot GET /socket.io/</pre>"));
                    })
                .url("/socket.io/?EIO=4&transport=polling"));
    blocked(result, "No route gave this answer (404)", "socket.io has its own setting");
    assertTrue(
        result.text().indexOf("No route gave") < result.text().indexOf("its own setting"),
        result.out());
  }
}
