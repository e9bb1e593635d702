package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.APP;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.TRUE;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.says;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Crosswalk;
import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

/** Broken servers, and what is said of each. */
class DiagnoseTest extends ScriptedServers {

  // ------------------------------------------------------------------------------ the whole text

  @Test
  void a_diagnosis_in_full() throws IOException {
    ScriptedServer server =
        server(
            response("204 No Content", ALLOW, "Access-Control-Allow-Methods: GET, POST", VARY),
            response("200 OK", ALLOW, VARY));
    Result result = visit(server.url("/"), "-X", "PUT");
    assertEquals(1, result.exit());
    assertEquals(
        """
        PUT URL from https://app.example.com

        1  Preflight: the browser sends it first
             > OPTIONS URL
             > Access-Control-Request-Method: PUT
             > Origin: https://app.example.com
             < 204 No Content
             < Access-Control-Allow-Origin: https://app.example.com
          !  < Access-Control-Allow-Methods: GET, POST
             < Vary: Origin
               (and 2 other headers)

        BLOCKED by every browser.

        Cause
          The answer to the preflight (204) does not allow PUT; Access-Control-Allow-Methods has
          only: GET, POST.

        What to change
          - Add PUT to Access-Control-Allow-Methods.

          With any server, on the answer to the preflight (OPTIONS, status 204):
              Access-Control-Allow-Origin: https://app.example.com
              Access-Control-Allow-Methods: PUT
              Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
          On every other response, including errors:
              Access-Control-Allow-Origin: https://app.example.com
              Vary: Origin

          With Crosswalk, on the JVM:
              CorsPolicy.builder()
                  .allowOrigins("https://app.example.com")
                  .allowMethods("PUT")
                  .build();

        What browsers print
          Chrome:
              Access to fetch at 'URL' from origin 'https://app.example.com' has
              been blocked by CORS policy: Method PUT is not allowed by
              Access-Control-Allow-Methods in preflight response.
          Firefox:
              Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote
              resource at URL. (Reason: Did not find method in CORS header
              ‘Access-Control-Allow-Methods’).
              Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote
              resource at URL. (Reason: CORS request did not succeed). Status code: (null).
          Safari:
              Method PUT is not allowed by Access-Control-Allow-Methods.
        """
            .replaceAll("\\s+", " "),
        result.text().replace(server.url("/"), "URL"));
    assertEquals(
        1, server.connections(), "nothing is sent after a preflight that fails, nor twice");
  }

  // ------------------------------------------------------------------------------ no CORS headers

  @Test
  void a_server_without_cors() throws IOException {
    blocked(
        diagnose(response("200 OK")),
        "! < (no Access-Control-Allow-Origin)",
        "The response (200) has no Access-Control-Allow-Origin",
        "there is no sign of a CORS layer on this path.",
        "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        "CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.",
        "Origin https://app.example.com is not allowed by Access-Control-Allow-Origin. Status code:"
            + " 200");
  }

  @Test
  void a_server_that_does_not_know_the_origin() throws IOException {
    blocked(
        diagnose(response("200 OK", VARY)),
        "A CORS layer is there",
        "most likely it does not allow this origin");
  }

  @Test
  void an_error_without_headers() throws IOException {
    blocked(
        diagnose(response("500 Internal Server Error")),
        "The server failed (500)",
        "outside the error handler");
  }

  @Test
  void a_404_without_headers() throws IOException {
    blocked(diagnose(response("404 Not Found")), "No route gave this answer");
  }

  @Test
  void a_401_without_headers() throws IOException {
    blocked(
        diagnose(response("401 Unauthorized", "WWW-Authenticate: Bearer")),
        "The server requires authentication: send the token",
        "put the CORS layer in front of authentication. If it is there, the error handler");
  }

  @Test
  void a_proxy_whose_server_is_down() throws IOException {
    blocked(
        diagnose(response("502 Bad Gateway", "Server: nginx/1.27.1")),
        "This is not CORS: the proxy (nginx/1.27.1) answered 502 itself");
    blocked(
        diagnose(response("500 Internal Server Error", "Via: 1.1 varnish")),
        "This is not CORS: the proxy (1.1 varnish) answered 500 itself");
  }

  // ------------------------------------------------------------------------------ the wrong origin

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com/, the slash at the end is too much",
    "https://App.example.com, upper and lower case differ",
    "https://app.example.com:8443, the port differs",
    "http://app.example.com, the scheme differs",
    "https://www.app.example.com, www. is in one of them",
    "https://example.com, one is a subdomain of the other",
    "null, null is for pages without an origin",
    "https://other.example, it is another origin"
  })
  void an_origin_that_comes_near(String value, String difference) throws IOException {
    blocked(
        diagnose(response("200 OK", "Access-Control-Allow-Origin: " + value)),
        "! < Access-Control-Allow-Origin: " + value,
        "The response (200) has \""
            + value
            + "\" in Access-Control-Allow-Origin, and the page's"
            + " origin is https://app.example.com: "
            + difference);
  }

  @Test
  void an_origin_without_a_scheme() throws IOException {
    blocked(
        diagnose(response("200 OK", "Access-Control-Allow-Origin: app.example.com")),
        "which is not an origin.");
  }

  @Test
  void two_layers() throws IOException {
    blocked(
        diagnose(response("200 OK", ALLOW, "Access-Control-Allow-Origin: *")),
        "so two layers add it: one names the page, and the other sends * to every page.",
        "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed");
  }

  @Test
  void a_list_of_origins() throws IOException {
    blocked(
        diagnose(response("200 OK", ALLOW + ", https://b.example.com")),
        "A list of origins cannot be sent.",
        "Access-Control-Allow-Origin cannot contain more than one origin.");
  }

  @Test
  void the_origin_null() throws IOException {
    Result result = diagnose(response("200 OK", VARY), "--origin", "null");
    blocked(result, "any site can make its pages' origin null");
    assertFalse(result.out().contains("CorsPolicy"), result.out());
  }

  // ---------------------------------------------------------------------------------- credentials

  @Test
  void any_origin_with_credentials() throws IOException {
    blocked(
        diagnose(response("200 OK", "Access-Control-Allow-Origin: *"), "--credentials"),
        "Browsers do not accept * for a request with credentials",
        ".allowCredentials()",
        "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.");
  }

  @ParameterizedTest
  @CsvSource({
    "Access-Control-Allow-Credentials: True, has Access-Control-Allow-Credentials: True",
    "X-Nothing: 1, has no Access-Control-Allow-Credentials"
  })
  void credentials_that_are_not_allowed(String field, String says) throws IOException {
    blocked(diagnose(response("200 OK", ALLOW, field), "--credentials"), says, "send exactly true");
  }

  // ------------------------------------------------------------------------------------ preflights

  @ParameterizedTest
  @CsvSource({
    "401 Unauthorized, Authentication answers the preflight",
    "403 Forbidden, OPTIONS is refused",
    "404 Not Found, Nothing at this path answers OPTIONS",
    "405 Method Not Allowed, Nothing at this path answers OPTIONS",
    "500 Internal Server Error, The server fails on OPTIONS"
  })
  void a_preflight_that_somebody_else_answers(String status, String says) throws IOException {
    Result without = put(response(status));
    blocked(without, says, "< " + status);
    says(without, "Preflight response is not successful. Status code: " + status.substring(0, 3));
    Result with = put(response(status, ALLOW));
    blocked(with, says, "! < " + status, "It does not have HTTP ok status.");
  }

  @Test
  void a_framework_that_answers_options_itself() throws IOException {
    blocked(
        put(response("200 OK", "Allow: GET, PUT")),
        "The framework answers OPTIONS itself (Allow: GET, PUT).");
  }

  @ParameterizedTest
  @CsvSource({
    "/notes/, Only the slash at the end is missing.",
    "https://127.0.0.1/notes, Only the scheme and the port differ.",
    "/login?next=notes, That looks like a login page",
    "https://api.example.com/notes, The host differs."
  })
  void a_preflight_that_is_redirected(String location, String says) throws IOException {
    blocked(
        put(response("307 Temporary Redirect", "Location: " + location)),
        "! < Location: " + location,
        says,
        "no browser follows a redirect of a preflight",
        "Redirect is not allowed for a preflight request.");
  }

  @Test
  void a_header_that_is_not_listed() throws IOException {
    blocked(
        put(
            response("204 No Content", ALLOW, "Access-Control-Allow-Methods: PUT"),
            "-H",
            "Content-Type: application/json"),
        "does not allow the request header content-type; Access-Control-Allow-Headers is absent.",
        "A JSON body needs it.",
        ".allowRequestHeaders(\"content-type\")");
  }

  @Test
  void content_type_is_not_to_be_removed_from_what_has_a_body() throws IOException {
    Result result =
        put(
            response("204 No Content", ALLOW, "Access-Control-Allow-Methods: PUT"),
            "-H",
            "Content-Type: application/json");
    assertFalse(result.text().contains("Or remove it"), result.out());
  }

  @Test
  void content_type_is_to_be_removed_from_a_get() throws IOException {
    blocked(
        answering(
            response("204 No Content", ALLOW),
            response("200 OK", ALLOW),
            "-H",
            "Content-Type: application/json"),
        "The script sends Content-Type with a GET, which has no body: remove that header");
  }

  @Test
  void a_user_and_a_password_in_a_redirect_are_shown_nowhere() throws IOException {
    for (String format : List.of("--json", "--markdown", "--insecure")) {
      Result result =
          put(
              response("307 X", ALLOW, "Location: https://svc:s3cret@api.example.com/notes"),
              format);
      assertTrue(result.out().contains("api.example.com/notes"), result.out());
      assertFalse(result.out().contains("s3cret"), result.out());
    }
  }

  @Test
  void a_wildcard_with_credentials() throws IOException {
    blocked(
        put(
            response("204 No Content", ALLOW, TRUE, "Access-Control-Allow-Methods: *"),
            "--credentials"),
        "With credentials, a * in Access-Control-Allow-Methods is not a wildcard");
  }

  @ParameterizedTest
  @CsvSource({
    "Access-Control-Allow-Methods: PUT; POST, a browser finds no list of methods there. The header is: PUT; POST",
    "Access-Control-Allow-Headers: \"x-a\", a browser finds no list of header names there."
  })
  void a_list_that_is_malformed(String field, String says) throws IOException {
    blocked(put(response("204 No Content", ALLOW, field)), "has a malformed", says);
  }

  @Test
  void lower_case_patch() throws IOException {
    blocked(
        answering(
            response("204 No Content", ALLOW, "Access-Control-Allow-Methods: PATCH"),
            response("200 OK", ALLOW),
            "-X",
            "patch"),
        "does not allow patch, as the script writes it",
        "Write PATCH in the script.",
        "The server allows PATCH: nothing is to be changed there.");
  }

  // -------------------------------------------------------------------------------------- mistakes

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          api.example.com/x    | https://app.example.com  | write https://api.example.com/x.
          localhost:9999/x     | https://app.example.com  | write http://localhost:9999/x.
          https://api.example  | 127.0.0.1:3000           | write --origin http://127.0.0.1:3000.
          ftp://api.example/x  | https://app.example.com  | is neither http nor https
          wss://               | https://app.example.com  | write it as https://host:port/path
          https://             | https://app.example.com  | write it as https://host:port/path
          https://api.example  | https://app.example.com/ | Write --origin https://app.example.com.
          https://api.example  | https://app.example.com/a| it has a slash or a path after the host
          https://api.example  | https://App.example.com  | Write --origin https://app.example.com.
          https://api.example  | https://app.example:443  | Write --origin https://app.example.
          https://api.example  | app.example.com          | write --origin https://app.example.com.
          https://api.example  | https://a b              | write it as https://app.example.com.
          https://api.example  | *                        | has no scheme
          """)
  void a_mistake_is_told_in_a_sentence(String url, String origin, String sentence) {
    Result result = crosswalk("diagnose", url, "--origin", origin);
    assertEquals(2, result.exit(), () -> result.out() + result.err());
    assertEquals("", result.out());
    assertEquals(2, result.err().lines().count(), result.err());
    assertTrue(result.err().contains(sentence), result.err());
  }

  @ParameterizedTest
  @CsvSource({
    "-H, Content-Type, write -H 'Name: value'",
    "-H, b c: d, not a header",
    "-X, TRACE, let no script send TRACE",
    "-X, P T, a method is a token",
    "--timeout, 0, accepts from 1 to 600 seconds"
  })
  void an_option_that_is_wrong_is_told_in_a_sentence(String option, String value, String sentence) {
    Result result = crosswalk("diagnose", "https://api.example/", "--origin", APP, option, value);
    assertEquals(2, result.exit(), () -> result.out() + result.err());
    assertTrue(result.err().contains(sentence), result.err());
  }

  @Test
  void an_origin_is_required() {
    Result result = crosswalk("diagnose", "https://api.example/");
    assertEquals(2, result.exit());
    assertTrue(result.err().contains("--origin"), result.err());
  }

  @Test
  void help_is_complete() {
    Result help = crosswalk("diagnose", "--help");
    assertEquals(0, help.exit());
    for (String option :
        List.of("--origin", "-X", "-H", "--credentials", "redirects", "--timeout", "--json")) {
      assertTrue(help.out().contains(option), option);
    }
    assertTrue(help.out().contains("A browser blocks it"), help.out());
  }

  @Test
  void colors_are_for_terminals_and_carry_nothing_of_the_server() throws IOException {
    ScriptedServer server =
        server("", response("200 OK", "Access-Control-Allow-Origin: x\u001B[2J"));
    StringWriter out = new StringWriter();
    Crosswalk.run(
        new PrintWriter(out, true),
        new PrintWriter(out, true),
        Ansi.ON,
        "diagnose",
        server.url("/"),
        "--origin",
        APP);
    assertTrue(out.toString().contains("\u001B[31;1m"), out.toString());
    assertFalse(out.toString().contains("\u001B[2J"), out.toString());
  }
}
