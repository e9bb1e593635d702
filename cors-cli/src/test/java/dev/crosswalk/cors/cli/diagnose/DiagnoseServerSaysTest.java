package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.allowed;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.asks;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.says;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server says besides the headers of CORS: in its body, in an interim response. */
class DiagnoseServerSaysTest extends ScriptedServers {

  // -------------------------------------------------------------------------------- its body

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | Blocked request. This host ("api.test") is not allowed. To allow this host, | add it: server: { allowedHosts: ["api.test"] }
          403 | Invalid Host header                                                   | devServer.allowedHosts
          400 | Invalid HTTP_HOST header: &#x27;a.test&#x27;. You may need to add &#x27;a.test&#x27; to ALLOWED_HOSTS. | add 'a.test' to ALLOWED_HOSTS
          403 | <h1>Blocked hosts: a.test</h1><p>To allow requests to these hosts</p>   | config.hosts << "a.test"
          400 | Invalid host header                                                   | allowed_hosts of TrustedHostMiddleware
          400 | <h1>Bad Request - Invalid Hostname</h1>                                | AllowedHosts in appsettings.json
          200 | <b>Warning</b>:  Cannot modify header information - headers already sent by (output started at /a/b.php:1) in <b>/a/b.php</b> | something was printed first, at /a/b.php:1
          500 | <b>Fatal error</b>: Uncaught Error: no f() in /a/b.php:7 Stack trace   | The PHP script failed: Error: no f(), in /a/b.php
          403 | {"message":"Missing Authentication Token"}                            | the stage (/prod, /dev)
          403 | <Error><Message>CORSResponse: CORS is not enabled for this bucket.</Message></Error> | has no CORS rules
          403 | <Code>AccessForbidden</Code><Message>CORSResponse</Message> CORS is not enabled for this bucket. | has no CORS rules
          403 | CORS preflight request failed: origin 'https://a.test' is not allowed | {"https://a.test": aiohttp_cors.ResourceOptions
          400 | <center>Request Header Or Cookie Too Large</center><hr><center>nginx/1.22.1</center> | large_client_header_buffers in nginx
          400 | Size of a request header field exceeds server limit.                  | LimitRequestFieldSize in Apache
          400 | Error parsing headers: 'limit request headers fields size'            | --limit-request-field_size in gunicorn
          200 | The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 1 | a web application firewall (F5)
          403 | Request unsuccessful. Incapsula incident ID: 7                        | Imperva Incapsula
          422 | <h1>The change you wanted was rejected.</h1>                          | skip_forgery_protection in Rails
          403 | CSRF Error                                                            | Send the header X-API-Key
          403 | Origin checking failed - https://a.test does not match any trusted origins. | CSRF_TRUSTED_ORIGINS = ["https://a.test"]
          500 | When allowCredentials is true, allowedOrigins cannot contain the special value "*" | Name the origins in allowedOrigins
          500 | Endpoint X contains CORS metadata, but a middleware was not found that supports CORS. | app.UseCors()
          500 | <title>KeyError: 'id' // Werkzeug Debugger</title><h1>KeyError</h1>     | Werkzeug's debugger answers instead of the application
          403 | Your client does not have permission to get URL <code>/x</code>       | Cloud Run Invoker
          404 | <h1>HTTP Status 404 Not Found</h1><hr><p><b>Type</b> Status Report</p><p><b>Description</b> The origin server did not find a current one.</p> | a cors.preflight.maxage that is not a number
          403 | <Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error> | also for a missing object
          403 | Status: 403 Description: Forbidden                                    | CorsService.builder
          404 | <Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>a.txt</Key></Error> | The bucket has no object with this name
          404 | <ul><li>Code: NoSuchKey</li><li>Message: The specified key does not exist.</li></ul> | The bucket has no object with this name
          404 | <Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message></Error> | There is no bucket with this name
          404 | <Error><Code>BlobNotFound</Code><Message>The specified blob does not exist. RequestId:1</Message></Error> | The container has no blob with this name
          409 | <Error><Code>PublicAccessNotPermitted</Code><Message>Public access is not permitted on this storage account.</Message></Error> | Send a shared access signature
          400 | {"errors":[{"message":"This operation has been blocked as a potential Cross-Site Request Forgery (CSRF)."}]} | This is not CORS as such: Apollo Server
          404 | default backend - 404                                                 | the ingress has no rule
          200 | <p>You are about to visit a.ngrok.app, served by 1.2.3.4 ngrok</p>      | ngrok-skip-browser-warning
          400 | {"code":1,"message":"Session ID unknown"}                             | sticky sessions
          400 | "https://chat.test is not an accepted origin."                         | cors_allowed_origins=["https://chat.test"]
          400 | {"error":"invalid_request","error_description":"origin https://a.test not allowed for client: web"} | clientBasedCORS(ctx, origin, client)
          500 | <pre>MulterError: File too large<br> &nbsp; at abortWithCode</pre>     | Raise limits: { fileSize: ... }
          500 | <pre>MulterError: Unexpected field<br> &nbsp; at wrapped</pre>         | Give the form field the name in upload.single(...), array(...)
          """)
  void what_the_body_says_is_the_cause(int status, String body, String says) throws IOException {
    blocked(diagnose(body(status + " X", body)), says);
    Result readable = visit(server("", body(status + " X", body, ALLOW)).url("/x"));
    allowed(readable, says);
  }

  @Test
  void a_protection_against_forged_requests_is_told_where_the_page_may_read_it()
      throws IOException {
    for (String body :
        List.of(
            "ForbiddenError: invalid csrf token", "CSRF verification failed. Request aborted.")) {
      Result readable = visit(server("", body("403 Forbidden", body, ALLOW)).url("/x"));
      allowed(
          readable, "protection against forged requests (CSRF)", "Send the token that it requires");
    }
  }

  /** Its own setting sends the headers: those of another layer would be there twice. */
  @Test
  void a_list_of_its_own_needs_no_headers_of_another_layer() throws IOException {
    Result result =
        diagnose(
            body(
                "400 Bad Request",
                "\"https://app.example.com is not an accepted origin.\"",
                "Server: Python/3.11 aiohttp/3.8.4"));
    blocked(result, "cors_allowed_origins=[\"https://app.example.com\"]");
    assertFalse(result.out().contains("With aiohttp"), result.out());
    assertFalse(result.out().contains("With any server"), result.out());
  }

  /** Node.js refuses it while it reads the request. */
  @Test
  void a_method_in_lower_case_that_the_server_does_not_know() throws IOException {
    Result result =
        visit(
            server(
                    head ->
                        asks(head)
                            ? response("204 No Content", ALLOW, "Access-Control-Allow-Methods: *")
                            : response("400 Bad Request"))
                .url("/x"),
            "-X",
            "patch");
    blocked(result, "The server refuses the method patch (400), which is not PATCH");
    says(result, "Write PATCH in the script.");
  }

  /** mod_wsgi and CGI leave the page to Apache. */
  @Test
  void a_failure_of_a_program_in_apache_is_not_one_of_its_configuration_alone() throws IOException {
    String page =
        "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\"><h1>Internal Server Error</h1>"
            + "<p>The server encountered an internal error or misconfiguration and was unable to"
            + " complete your request.</p>";
    blocked(
        diagnose(body("500 Internal Server Error", page, "Server: Apache/2.4.71 (Debian)")),
        "or a program that Apache itself runs (mod_wsgi, CGI, FastCGI) has failed");
  }

  @Test
  void what_apache_refuses_by_406_is_most_often_a_rule_of_modsecurity() throws IOException {
    String page =
        "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\"><title>406 Not Acceptable</title>"
            + "<h1>Not Acceptable</h1>";
    blocked(diagnose(body("406 Not Acceptable", page, "Server: Apache")), "ModSecurity");
  }

  /** As stores other than Amazon's write it, without HostId. */
  @Test
  void a_bucket_whose_rules_lack_the_method() throws IOException {
    String refusal =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>CORSResponse</Code><Message>This CORS"
            + " request is not allowed. This is usually because of the rules.</Message></Error>";
    Result result =
        visit(
            server(
                    head ->
                        !asks(head) || head.contains("Request-Method: GET")
                            ? response("200 OK", ALLOW, VARY)
                            : body("403 Forbidden", refusal))
                .url("/b/x.txt"),
            "-X",
            "PUT");
    blocked(
        result, "Add PUT to AllowedMethods in the CORS rules of the bucket.", "AllowedMethods\":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "400 |Origin is not allowed to make this request",
        "403 |CORS request forbidden: origin not allowed",
        "403 CORS origin is not in allowed list|"
      })
  void what_a_cors_layer_says_as_it_refuses(String answer) throws IOException {
    String[] parts = answer.split("[|]", -1);
    blocked(
        put(body(parts[0], parts[1])),
        "A CORS layer is there and refuses this origin (" + parts[0].substring(0, 3) + ")");
  }

  @Test
  void an_error_of_nginx_itself_is_told_from_one_of_what_is_behind_it() throws IOException {
    String page = "<h1>503</h1><hr><center>nginx/1.22.1</center>";
    Result limit = diagnose(body("503 Service Temporarily Unavailable", page, "Server: nginx"));
    blocked(limit, "limit_req, limit_conn", "limit_req_status 429");
    assertFalse(limit.text().contains("See why the server behind it is down"), limit.out());
    blocked(
        diagnose(body("503 Service Unavailable", "down", "Server: nginx")),
        "See why the server behind it is down");
    blocked(
        put(body("500 Internal Server Error", page, "Server: nginx")),
        "Most often that is auth_request",
        "an if with return 204 comes before auth_request");
  }

  @Test
  void headers_that_are_too_large_by_the_status_alone() throws IOException {
    blocked(
        diagnose(response("431 X")), "the request's headers are larger than the server accepts");
  }

  @Test
  void headers_that_have_got_into_the_body() throws IOException {
    blocked(
        diagnose(body("200 OK", "Access-Control-Allow-Origin: *\r\n\r\n{}")),
        "Access-Control-Allow-Origin is in the body of the response (200)",
        "send_header() before end_headers()");
    blocked(
        put(body("200 OK", "Allow: PUT\r\naccess-control-allow-origin: *\r\n")),
        "an empty line in front of it has ended the headers too early");
    blocked(
        diagnose(
            body(
                "200 OK",
                "<head><meta http-equiv=\"Access-Control-Allow-Origin\" content=\"*\"></head>")),
        "is in a meta element of the page");
    Result page = diagnose(body("200 OK", "Send Access-Control-Allow-Origin: * to allow it."));
    assertFalse(page.text().contains("is in the body"), page.out());
  }

  @Test
  void caddy_answers_nothing_where_it_has_no_such_site() throws IOException {
    Result result = diagnose(response("200 OK", "Server: Caddy"));
    blocked(result, "Caddy answers 200 with nothing", "no site in its configuration has the host");
    assertFalse(result.text().contains("@preflight"), result.out());
    Result text = diagnose(body("200 OK", "[]", "Server: Caddy"));
    assertFalse(text.text().contains("with nothing"), text.out());
  }

  @Test
  void a_store_that_says_that_something_is_not_listed_is_asked_what() throws IOException {
    String refusal =
        "<Error><Message>CORSResponse: This CORS request is not allowed.</Message></Error>";
    ScriptedServer server =
        start(
            wire -> {
              boolean get = wire.readHead().contains("Access-Control-Request-Method: GET");
              wire.say(
                  get
                      ? response("200 OK", "Access-Control-Allow-Origin: *")
                      : body("403 X", refusal));
            });
    blocked(visit(server.url("/a"), "-X", "PUT"), "the method PUT is not on its list");
  }

  @Test
  void a_query_with_characters_that_tomcat_refuses() throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              boolean refuses = wire.readHead().startsWith("GET /a?ids[]=1 ");
              wire.say(refuses ? response("400 ") : response("200 OK", ALLOW));
            });
    Result result = visit(server.url("/a?ids[]=1"));
    blocked(
        result,
        "the server refuses the URL (400) for characters in its query",
        "percent-encoded, the same request gets 200",
        "server.tomcat.relaxed-query-chars");
    assertFalse(result.text().contains("With Crosswalk"), result.out());
  }

  @Test
  void a_status_of_grpc_that_the_script_cannot_read() throws IOException {
    allowed(
        diagnose(response("200 OK", ALLOW, VARY, "grpc-status: 7", "grpc-message: no")),
        "The script cannot read grpc-status and grpc-message");
    Result exposed =
        diagnose(
            response(
                "200 OK",
                ALLOW,
                VARY,
                "grpc-status: 7",
                "Access-Control-Expose-Headers: grpc-status, grpc-message"));
    assertFalse(exposed.text().contains("cannot read"), exposed.out());
  }

  @Test
  void a_python_server_that_is_not_djangos() throws IOException {
    String server = "Server: WSGIServer/0.2 CPython/3.11.2";
    String bottle = "<h1>Error: 405</h1><p>Sorry, the requested URL <tt>x</tt> caused an error";
    assertFalse(put(body("405 X", bottle, server)).text().contains("Django"));
    assertFalse(put(response("200 OK", server, "DAV: 1, 2")).text().contains("Django"));
    blocked(put(response("200 OK", server)), "If the application is written with Django");
  }

  @Test
  void an_error_that_the_script_may_read_is_not_cors() throws IOException {
    allowed(
        visit(server("", body("422 X", "{\"error\":\"name is missing\"}", ALLOW)).url("/x")),
        "CORS is not the problem here",
        "(422)",
        "The body begins: {\"error\":\"name is missing\"}");
    allowed(
        visit(server("", response("500 X", ALLOW)).url("/x")), "It has no text: the server's log");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http_origin", "HTTP_ORIGIN", "process.env.CORS_ORIGIN", "req.headers.origin"})
  void a_name_of_a_variable_in_place_of_its_value(String value) throws IOException {
    blocked(
        diagnose(response("200 OK", "Access-Control-Allow-Origin: " + value)),
        "It is the name of a variable or setting, and not its value");
    Result host = diagnose(response("200 OK", "Access-Control-Allow-Origin: my-service"));
    assertFalse(host.text().contains("name of a variable"), host.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"“https://app.example.com”", "https://app.example.com—"})
  void characters_that_no_origin_has(String value) throws IOException {
    String bytes = new String(value.getBytes(UTF_8), ISO_8859_1);
    blocked(
        diagnose(response("200 OK", "Access-Control-Allow-Origin: " + bytes)),
        "It has characters that are not ASCII");
  }

  @Test
  void letters_that_turn_the_order_around_are_escaped() throws IOException {
    String override = new String("\u202Egnp.exe\u2066".getBytes(UTF_8), ISO_8859_1);
    Result result = diagnose(body("403 X", "The file " + override + " is refused"));
    blocked(result, "The file \\u202Egnp.exe\\u2066 is refused");
  }

  @Test
  void many_lines_of_one_header_are_counted() throws IOException {
    String[] lines = new String[500];
    Arrays.fill(lines, "Access-Control-Allow-Origin: https://a.example");
    Result result = diagnose(response("200 OK", lines));
    blocked(result, "has 500 lines of Access-Control-Allow-Origin", " and 494 more)");
    assertTrue(result.out().length() < 10_000, () -> result.out().length() + " characters");
  }

  @Test
  void a_body_is_cut_and_nothing_of_it_reaches_the_terminal_unescaped() throws IOException {
    String hostile = "<script>x()</script>\u001B[31mred\u0007 " + "y ".repeat(5_000);
    Result result = visit(server("", body("400 X", hostile, ALLOW)).url("/x"));
    allowed(result, "\\x1B[31mred\\x07");
    assertFalse(result.out().contains("\u001B[31mred"), result.out());
    assertFalse(result.out().contains("x()"), result.out());
    assertTrue(result.out().length() < 4_000, result.out());
    Result image = visit(server("", body("400 X", "\u0001\u0002\u0003\u0004ab", ALLOW)).url("/x"));
    assertFalse(image.out().contains("begins"), image.out());
  }

  // ---------------------------------------------------------------------- interim responses

  @Test
  void the_header_on_early_hints_alone() throws IOException {
    blocked(
        diagnose("HTTP/1.1 103 Early Hints\r\n" + ALLOW + "\r\n\r\n" + response("200 OK")),
        "< 103 Early Hints",
        "is only on the interim response (103)",
        "on the final response, too");
  }

  // ----------------------------------------------------------------- a cure in the script alone

  @Test
  void a_response_header_on_the_request() throws IOException {
    Result result =
        answering(
            response("204 No Content", ALLOW, "Access-Control-Allow-Headers: content-type"),
            response("200 OK", ALLOW),
            "-H",
            "Access-Control-Allow-Origin: *",
            "-H",
            "Content-Type: application/json");
    blocked(
        result,
        "That is a response header: the server sends it. Remove access-control-allow-origin",
        "Nothing is to be changed there for this.");
    assertFalse(result.out().contains("With any server"), result.out());
    assertFalse(result.out().contains("CorsPolicy"), result.out());
  }

  @Test
  void a_user_name_in_the_url_is_a_finding_and_is_not_repeated() throws IOException {
    Result result = visit("http://ann:hunter2@localhost:9/x");
    blocked(
        result,
        "the URL has a user name or a password in it",
        "-H 'Authorization: Basic",
        "Request cannot be constructed from a URL that includes credentials: http://not-shown@localhost:9/x");
    assertFalse((result.out() + result.err()).contains("hunter2"), result.out());
    for (String url : new String[] {"ann:hunter2@localhost/x", "ftp://ann:hunter2@localhost/x"}) {
      Result mistake = visit(url);
      assertEquals(2, mistake.exit());
      assertFalse(mistake.err().contains("hunter2"), mistake.err());
    }
    Result led =
        diagnose(response("302 Found", ALLOW, "Location: http://ann:hunter2@127.0.0.1:9/y"));
    blocked(led, "a user name or password in it");
    assertFalse(led.out().contains("hunter2"), led.out());
  }

  // --------------------------------------------------------- what the server allows already stays

  @Test
  void what_the_answers_list_is_in_the_remedy() throws IOException {
    blocked(
        answering(
            response(
                "204 No Content",
                "Server: nginx",
                ALLOW,
                "Access-Control-Allow-Methods: GET, PUT, PATCH",
                "Access-Control-Allow-Headers: X-A, Access-Control-Allow-Origin"),
            response("200 OK", ALLOW),
            "-X",
            "DELETE"),
        ".allowMethods(\"DELETE\", \"PUT\", \"PATCH\")",
        ".allowRequestHeaders(\"x-a\")",
        "Access-Control-Allow-Methods: DELETE, PUT, PATCH");
    blocked(
        diagnose(response("200 OK", "Access-Control-Allow-Origin: https://b.example.com")),
        ".allowOrigins(\"https://app.example.com\", \"https://b.example.com\")");
  }

  @Test
  void a_star_stays_a_star_where_nothing_is_changed_by_it() throws IOException {
    String preflight = response("404 Not Found", "Access-Control-Allow-Origin: *");
    String actual = response("200 OK", "Access-Control-Allow-Origin: *");
    blocked(answering(preflight, actual, "-H", "X-A: 1"), ".allowOrigins(\"*\")");
    blocked(
        answering(preflight, actual, "-X", "PUT"), ".allowOrigins(\"https://app.example.com\")");
    blocked(
        answering(preflight, actual, "-H", "X-A: 1", "--credentials"),
        ".allowOrigins(\"https://app.example.com\")");
    Result pattern =
        diagnose(response("200 OK", "Access-Control-Allow-Origin: https://*.example.com"));
    assertFalse(
        pattern.out().contains("allowOrigins(\"https://app.example.com\", "), pattern.out());
  }

  // ---------------------------------------------------------------------------- the right software

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Server: WSGIServer/0.2 CPython/3.11        | If the application is written with Django
          Server: uvicorn                            | If the application is written with FastAPI and Starlette
          Set-Cookie: csrftoken=x; Path=/            | With Django, beside
          X-Powered-By: PHP/8.2                      | With PHP, beside
          """)
  void software_that_others_run_on_too_is_a_guess(String field, String says) throws IOException {
    blocked(diagnose(response("200 OK", field)), says);
  }

  // ----------------------------------------------------------------------- the value written wrong

  @Test
  void a_scheme_that_is_missing_is_the_pages_own() throws IOException {
    blocked(
        diagnose(
            response("200 OK", "Access-Control-Allow-Origin: localhost:3000"),
            "--origin",
            "http://localhost:3000"),
        "the scheme (http://) is missing in front",
        "write http://localhost:3000 instead, exactly like this.",
        "Nothing else of its CORS configuration is to be changed.");
    Result slash =
        diagnose(
            response(
                "200 OK",
                "X-Powered-By: Express",
                "Access-Control-Allow-Origin: https://app.example.com/"));
    assertFalse(slash.out().contains("With Express"), slash.out());
  }

  // ------------------------------------------------------------------------------ only OPTIONS

  @Test
  void a_server_that_answers_everything_but_options() throws IOException {
    Result result =
        visit(
            start(
                    wire -> {
                      if (!wire.readHead().startsWith("OPTIONS ")) {
                        wire.say(response("200 OK", ALLOW));
                      }
                    })
                .url("/x"),
            "-X",
            "PUT");
    blocked(
        result,
        "The preflight (OPTIONS) gets no answer, and a GET of the same URL gets one (200)",
        "Answer OPTIONS with 204");
  }

  @Test
  void a_400_to_options_is_not_starlettes_where_another_server_answers() throws IOException {
    Result nginx = put(response("400 Bad Request", "Server: nginx"));
    blocked(nginx, "Something treats OPTIONS as the request itself", "small servers of files");
    assertFalse(nginx.out().contains("Starlette"), nginx.out());
  }

  @Test
  void squid_says_that_it_refuses() throws IOException {
    blocked(
        put(response("403 Forbidden", "Server: squid", "X-Squid-Error: ERR_ACCESS_DENIED 0")),
        "The proxy Squid answers 403 itself (ERR_ACCESS_DENIED 0)",
        "let http_access allow OPTIONS");
  }

  @Test
  void a_client_certificate_that_no_preflight_carries() throws IOException {
    blocked(
        put(body("400 Bad Request", "<center>No required SSL certificate was sent</center>")),
        "ssl_verify_client optional");
  }

  @Test
  void a_failure_only_where_there_is_an_origin() throws IOException {
    Result result =
        visit(
            start(
                    wire ->
                        wire.say(
                            wire.readHead().contains("Origin: ")
                                ? body("500 X", "{\"timestamp\":1,\"path\":\"/x\"}")
                                : response("200 OK")))
                .url("/x"));
    blocked(
        result,
        "fails (500) only where the request has an Origin header",
        "allowedOrigins has \"*\" and allowCredentials is true");
  }

  @Test
  void a_body_that_is_not_compressed_as_it_says() throws IOException {
    allowed(
        visit(server("", body("200 OK", "{\"a\":1}", ALLOW, "Content-Encoding: gzip")).url("/x")),
        "The body is not compressed, and Content-Encoding: gzip says that it is.");
    allowed(
        visit(server("", body("200 OK", "ok", ALLOW, "Content-Encoding: gzip")).url("/x")),
        "The body is not compressed, and Content-Encoding: gzip says that it is.");
  }

  @Test
  void a_page_of_nginx_that_refuses_everybody() throws IOException {
    blocked(
        diagnose(body("403 Forbidden", "<hr><center>nginx/1.22.1</center>", "Server: nginx")),
        "nginx itself refuses the request (403)",
        "See which rule of nginx refuses",
        "valid_referers");
    blocked(
        diagnose(body("403 Forbidden", "<html><body><h1>403 Forbidden</h1>\nno")),
        "an http-request deny in the frontend or the backend");
    String page = body("403 Forbidden", "<hr><center>nginx/1.22.1</center>", "Server: nginx");
    blocked(
        visit(server(page, page).url("/x"), "-X", "PUT"),
        "let OPTIONS pass to the CORS layer",
        "GET of this URL gets 403 as well: solve that, too. See which rule of nginx refuses");
  }

  /** The core rules of ModSecurity do so, and hosting providers use them. */
  @Test
  void a_method_that_a_firewall_in_apache_refuses() throws IOException {
    String page =
        "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\"><title>403 Forbidden</title>"
            + "<h1>Forbidden</h1>";
    Result result =
        visit(
            server(
                    head ->
                        head.startsWith("PUT ")
                            ? body("403 Forbidden", page, "Server: Apache")
                            : response("200 OK", ALLOW, VARY, "Access-Control-Allow-Methods: PUT"))
                .url("/x"),
            "-X",
            "PUT");
    blocked(result, "or one of ModSecurity, whose core rules refuse PUT and DELETE");
  }

  /** To a cache of Varnish, a request that it looks up is a GET. */
  @Test
  void a_preflight_that_varnish_asks_for_by_get() throws IOException {
    blocked(
        put(response("200 OK", ALLOW, VARY, "Via: 1.1 varnish (Varnish/7.1)", "X-Varnish: 5")),
        "write return (pass) for OPTIONS in vcl_recv");
  }

  @Test
  void a_url_that_is_too_long() throws IOException {
    blocked(diagnose(response("414 URI Too Long")), "LimitRequestLine in Apache");
  }

  @Test
  void a_proxy_that_may_take_the_header_away() throws IOException {
    blocked(
        diagnose(response("200 OK", "Server: Caddy", VARY)),
        "or removes the header.",
        "header_down -Access-Control-Allow-Origin");
  }

  @Test
  void another_protocol_that_is_wanted_is_not_a_WebSocket() throws IOException {
    Result result = diagnose(body("426 Upgrade Required", "HTTP/2 is required", "Upgrade: h2c"));
    blocked(result, "426");
    assertFalse(result.text().contains("WebSocket"), result.out());
    blocked(
        diagnose(response("426 Upgrade Required", "Upgrade: websocket")),
        "answers only WebSockets at this URL");
  }
}
