package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.APP;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.TRUE;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.allowed;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.says;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What {@code diagnose} says where a request is allowed, and what it warns of. */
class DiagnoseAllowedTest extends ScriptedServers {

  // -------------------------------------------------------------------------------------- it works

  @Test
  void what_the_script_can_read() throws IOException {
    allowed(
        answering(
            response(
                "204 No Content",
                ALLOW,
                "Access-Control-Allow-Methods: PUT",
                "Access-Control-Max-Age: 86400"),
            response(
                "201 Created",
                ALLOW,
                VARY,
                "Access-Control-Expose-Headers: Location",
                "Location: /notes/1",
                "X-Total: 7"),
            "-X",
            "PUT"),
        "status 201",
        "headers Location: /notes/1",
        "hidden Vary, X-Total To show one:",
        "kept for 7200 s by Chrome, 86400 s by Firefox, 600 s by Safari");
  }

  @Test
  void of_one_origin() throws IOException {
    ScriptedServer server = server("", response("200 OK"));
    allowed(visit(server.url("/"), "--origin", server.url("")), "CORS does not apply");
  }

  @Test
  void a_request_goes_out_once_for_three_browsers() throws IOException {
    ScriptedServer server =
        server(
            response("204 No Content", ALLOW, "Access-Control-Allow-Methods: DELETE"),
            response("200 OK", ALLOW));
    allowed(visit(server.url("/notes/1"), "-X", "DELETE"));
    assertEquals(
        List.of("OPTIONS /notes/1 HTTP/1.1", "DELETE /notes/1 HTTP/1.1"),
        server.heads().stream().map(head -> head.lines().findFirst().orElse("")).toList());
  }

  // -------------------------------------------------------------------------------------- warnings

  @Test
  void an_error_of_a_request_that_a_redirect_has_changed() throws IOException {
    String any = "Access-Control-Allow-Origin: *";
    String names = "Access-Control-Allow-Headers: authorization";
    ScriptedServer other = server("", response("401 Unauthorized", any));
    ScriptedServer first =
        start(
            wire ->
                wire.say(
                    wire.readHead().startsWith("OPTIONS ")
                        ? response("204 No Content", any, names)
                        : response("302 Found", any, "Location: " + other.url("/v2"))));
    allowed(
        visit(first.url("/"), "-H", "Authorization: Bearer t"),
        "lost the header Authorization",
        "let the page request " + other.url("/v2") + " itself");
    allowed(visit(first.url("/"), "-d", "a=b"), "turned POST into GET", "redirect with 307 or 308");
    Result unchanged = visit(first.url("/"));
    allowed(unchanged);
    assertFalse(unchanged.text().contains("A redirect"), unchanged.out());
  }

  @Test
  void a_missing_vary() throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              boolean mine = wire.readHead().contains("Origin: " + APP + "\r\n");
              wire.say(mine ? response("200 OK", ALLOW) : response("200 OK"));
            });
    allowed(
        visit(server.url("/")), "Vary: Origin is missing, and another origin gets no such header.");
  }

  @Test
  void no_vary_is_missed_where_every_origin_gets_the_same() throws IOException {
    Result result = diagnose(response("200 OK", ALLOW));
    allowed(result);
    assertFalse(result.out().contains("Vary: Origin is missing"), result.out());
  }

  /** Sends back the origin that asks, and other fields. */
  private ScriptedServer startEcho(String... others) throws IOException {
    return start(
        wire -> {
          String head = wire.readHead();
          int at = head.indexOf("Origin: ") + 8;
          String allow =
              "Access-Control-Allow-Origin: " + head.substring(at, head.indexOf("\r\n", at));
          String[] fields =
              Stream.concat(Stream.of(allow), Stream.of(others)).toArray(String[]::new);
          wire.say(response("200 OK", fields));
        });
  }

  @Test
  void any_origin_in_disguise_of_a_post_is_asked_for_by_get() throws IOException {
    ScriptedServer server = startEcho(TRUE);
    Result result = visit(server.url("/"), "-d", "x=1", "--credentials");
    allowed(
        result,
        "it also allowed https://crosswalk.invalid (requested with GET), with credentials. So any site");
    assertFalse(result.out().contains("Vary: Origin is missing"), result.out());
    assertEquals(
        List.of("POST / HTTP/1.1", "GET / HTTP/1.1"),
        server.heads().stream().map(head -> head.lines().findFirst().orElse("")).toList());
  }

  @Test
  void a_misspelled_header_that_refuses_nothing() throws IOException {
    allowed(
        answering(
            response(
                "204 No Content",
                ALLOW,
                "Access-Control-Allow-Methods: PUT",
                "Access-Control-Allow-Max-Age: 600"),
            response("200 OK", ALLOW, VARY, "Access-Control-Allow-Expose-Headers: X-Total"),
            "-X",
            "PUT"),
        "the header Access-Control-Allow-Max-Age, which is misspelled: Access-Control-Max-Age is"
            + " meant. As it is, it has no effect.",
        "the header Access-Control-Allow-Expose-Headers, which is misspelled:"
            + " Access-Control-Expose-Headers is meant.");
  }

  @Test
  void any_origin_in_disguise() throws IOException {
    ScriptedServer server = startEcho(TRUE, VARY);
    allowed(
        visit(server.url("/"), "--credentials"),
        "The server allows every origin: it also allowed https://crosswalk.invalid, with"
            + " credentials.");
  }

  @Test
  void a_login_that_is_missing_as_no_cookie_came() throws IOException {
    String answer = response("401 Unauthorized", ALLOW, TRUE, VARY);
    allowed(diagnose(answer, "--credentials"), "This request had no cookie", "SameSite=None");
    Result with = diagnose(answer, "--credentials", "-H", "Cookie: a=b");
    assertFalse(with.text().contains("had no cookie"), with.out());
    Result without = diagnose(answer);
    assertFalse(without.text().contains("had no cookie"), without.out());
  }

  @Test
  void a_cookie_that_no_browser_keeps() throws IOException {
    Result result =
        diagnose(
            response("200 OK", ALLOW, TRUE, VARY, "Set-Cookie: session=secret; HttpOnly; Secure"),
            "--credentials",
            "-H",
            "Cookie: a=secret");
    allowed(result, "The cookie session lacks SameSite=None", "Set-Cookie: session=not-shown");
    says(result, "Cookie: not-shown");
    assertFalse(result.out().contains("secret"), result.out());
  }

  @Test
  void authorization_under_a_wildcard() throws IOException {
    Result result =
        put(
            response(
                "204 No Content",
                "Access-Control-Allow-Origin: *",
                "Access-Control-Allow-Methods: *",
                "Access-Control-Allow-Headers: *"),
            "-H",
            "Authorization: Bearer secret");
    allowed(result, "by the standard does not cover Authorization");
    assertFalse(result.out().contains("secret"), result.out());
  }

  @Test
  void a_header_that_no_script_sets_is_left_out_aloud() throws IOException {
    Result result =
        diagnose(response("200 OK", ALLOW), "-H", "Host: evil.example", "-H", "Cookie: a=b");
    allowed(result);
    assertEquals(
        List.of(
            "Not sent, because browsers let no script set it: Host",
            "Not sent, because cookies go only with --credentials: Cookie"),
        result.err().lines().toList());
  }

  // ------------------------------------------------------------------------------------------ JSON

  @Test
  void json_is_for_tools() throws IOException {
    Result result = put(response("204 No Content", ALLOW), "--json");
    assertEquals(1, result.exit());
    JsonNode json = result.json();
    assertFalse(json.get("allowed").asBoolean());
    assertEquals("METHOD_NOT_ALLOWED", json.get("cause").asString());
    assertEquals(
        "Access-Control-Allow-Methods",
        json.get("exchanges").get(0).get("decidingHeader").asString());
    assertEquals(
        "Method PUT is not allowed by Access-Control-Allow-Methods.",
        json.get("browsers").get("webkit").get("console").asString());
    assertFalse(json.get("browsers").get("firefox").has("preflightKeptForSeconds"));
    assertTrue(result.out().contains("\\u2018Access-Control-Allow-Methods\\u2019"), result.out());
    Result fine = diagnose(response("200 OK", ALLOW, "X-Total: 7"), "--json");
    assertEquals(0, fine.exit());
    assertEquals(200, fine.json().get("script").get("status").asInt());
    assertEquals("X-Total", fine.json().get("script").get("hiddenHeaders").get(0).asString());
  }
}
