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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.net.httpserver.HttpServer;
import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

/** Servers that look at what should make no difference: one change of the request tells it. */
class DiagnoseVariationTest extends ScriptedServers {

  private static final String PUT = "Access-Control-Allow-Methods: PUT";

  private static boolean has(String head, String line) {
    return head.contains("\r\n" + line);
  }

  // ------------------------------------------------------------------------------------- the time

  @Test
  void two_servers_on_one_port_of_localhost() throws IOException {
    twoServers(
        true,
        port ->
            blocked(
                visit("http://localhost:" + port + "/x"),
                "BLOCKED by Chrome and Safari only.",
                "Two servers listen on port " + port,
                "let the page call http://127.0.0.1:" + port));
  }

  @Test
  void two_servers_on_one_port_of_localhost_of_which_firefox_asks_the_other() throws IOException {
    twoServers(
        false,
        port ->
            blocked(
                visit("http://localhost:" + port + "/x"),
                "BLOCKED by Firefox only.",
                "localhost is 127.0.0.1 first for Firefox",
                "let the page call http://[::1]:" + port));
  }

  /**
   * One of them allows each origin.
   *
   * @param atIPv4 whether that is the one at 127.0.0.1
   */
  private static void twoServers(boolean atIPv4, IntConsumer asked) throws IOException {
    HttpServer older = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    int port = older.getAddress().getPort();
    HttpServer newer;
    try {
      newer = HttpServer.create(new InetSocketAddress("::1", port), 0);
    } catch (IOException e) {
      older.stop(0);
      throw new TestAbortedException("no IPv6 here", e);
    }
    HttpServer right = atIPv4 ? older : newer;
    HttpServer wrong = atIPv4 ? newer : older;
    right.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
          exchange.sendResponseHeaders(200, -1);
        });
    wrong.createContext("/", exchange -> exchange.sendResponseHeaders(404, -1));
    right.start();
    wrong.start();
    try {
      asked.accept(port);
    } finally {
      right.stop(0);
      wrong.stop(0);
    }
  }

  @Test
  void an_instance_that_is_not_configured_as_the_others() throws IOException {
    AtomicInteger count = new AtomicInteger();
    blocked(
        diagnose(
            head ->
                count.getAndIncrement() % 2 == 0
                    ? response("200 OK", VARY)
                    : response("200 OK", ALLOW, VARY)),
        "The server does not always give the same answer",
        "Call each one directly");
  }

  @Test
  void a_preflight_that_another_instance_answers() throws IOException {
    AtomicInteger count = new AtomicInteger();
    blocked(
        diagnose(
            head ->
                count.getAndIncrement() == 0
                    ? response("404 Not Found")
                    : response("204 No Content", ALLOW, VARY, PUT),
            "-X",
            "PUT"),
        "this time the answer to the preflight (404) does not allow the origin");
  }

  @ParameterizedTest
  @CsvSource({"401 Unauthorized", "429 Too Many Requests"})
  void a_wrong_password_is_not_sent_again_and_a_limit_is_not_used_up(String status)
      throws IOException {
    ScriptedServer server = server(head -> response(status));
    visit(server.url("/"), "-H", "Authorization: Basic dTpw");
    long same = server.heads().stream().filter(head -> head.equals(server.heads().get(0))).count();
    assertEquals(1, same);
  }

  // ------------------------------------------------------------------- what tells of another site

  @Test
  void a_rule_about_Sec_Fetch_Site() throws IOException {
    blocked(
        diagnose(
            head ->
                has(head, "Sec-Fetch-Site: cross-site")
                    ? response("403 Forbidden")
                    : response("200 OK", ALLOW, VARY)),
        "for its header Sec-Fetch-Site: cross-site",
        "With same-origin the same request gets 200.",
        "Keep it for all others");
  }

  @Test
  void a_rule_about_Sec_Fetch_Site_on_DELETE_is_told_by_GET() throws IOException {
    blocked(
        diagnose(
            head ->
                asks(head)
                    ? response(
                        "204 No Content", ALLOW, VARY, "Access-Control-Allow-Methods: DELETE")
                    : has(head, "Sec-Fetch-Site: cross-site")
                        ? response("403 Forbidden")
                        : response("200 OK", ALLOW, VARY),
            "-X",
            "DELETE"),
        "for its header Sec-Fetch-Site: cross-site",
        "Keep it for all others");
  }

  @Test
  void a_rule_about_sites_on_DELETE_alone_is_told_by_its_words() throws IOException {
    blocked(
        diagnose(
            head ->
                asks(head)
                    ? response(
                        "204 No Content", ALLOW, VARY, "Access-Control-Allow-Methods: DELETE")
                    : head.startsWith("DELETE ")
                        ? body("403 Forbidden", "Cross-site requests are not allowed")
                        : response("200 OK", ALLOW, VARY),
            "-X",
            "DELETE"),
        "The body mentions a request from another site",
        "CSRF_TRUSTED_ORIGINS");
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com, And call it over https",
    "http://localhost:3000, valid_referers"
  })
  void a_protection_against_hot_links(String origin, String says) throws IOException {
    String own = "Referer: http://127.0.0.1";
    blocked(
        diagnose(
            head -> has(head, own) ? response("200 OK") : response("403 Forbidden"),
            "--origin",
            origin),
        "The server refuses the request (403) for its header Referer.",
        says);
  }

  // ---------------------------------------------------------------------------------- compression

  @ParameterizedTest
  @CsvSource({"gzip", "br", "zstd"})
  void a_compressed_response_that_a_cache_has_kept(String coding) throws IOException {
    blocked(
        diagnose(
            head ->
                head.matches("(?s).*\r\nAccept-Encoding: [^\r]*\\b" + coding + "\\b.*")
                    ? response("200 OK", "Content-Encoding: " + coding)
                    : response("200 OK", ALLOW, VARY)),
        "The compressed response (200) does not allow the origin",
        "send Vary: Origin with every response, and empty the cache");
  }

  @Test
  void an_error_that_comes_as_brotli_is_read_without() throws IOException {
    blocked(
        diagnose(
            head ->
                has(head, "Accept-Encoding: gzip, deflate, br, zstd")
                    ? body("400 Bad Request", "\u0001", "Content-Encoding: br")
                    : body("400 Bad Request", "Invalid host header")),
        "does not answer for the host in the URL");
  }

  @Test
  void a_response_that_comes_as_brotli_is_allowed() throws IOException {
    allowed(diagnose(head -> response("200 OK", ALLOW, VARY, "Content-Encoding: br")));
  }

  // ------------------------------------------------------------------ the names of request headers

  @Test
  void names_that_are_split_at_a_comma_and_a_space() throws IOException {
    blocked(
        diagnose(
            head ->
                !asks(head)
                    ? response("200 OK", ALLOW, VARY)
                    : has(head, "Access-Control-Request-Headers: content-type, x-tenant")
                        ? response(
                            "204 No Content",
                            ALLOW,
                            VARY,
                            PUT,
                            "Access-Control-Allow-Headers: Content-Type, X-Tenant")
                        : response("403 Forbidden"),
            "-X",
            "PUT",
            "-H",
            "Content-Type: application/json",
            "-H",
            "X-Tenant: 1"),
        "It refuses \"content-type,x-tenant\", and it allows \"content-type, x-tenant\"",
        "Split the value at each comma");
  }

  @Test
  void names_that_are_compared_as_they_are_written() throws IOException {
    blocked(
        diagnose(
            head ->
                asks(head) && has(head, "Access-Control-Request-Headers: Content-Type")
                    ? response(
                        "204 No Content",
                        ALLOW,
                        VARY,
                        PUT,
                        "Access-Control-Allow-Headers: Content-Type")
                    : response("204 No Content", ALLOW, VARY, PUT),
            "-X",
            "PUT",
            "-H",
            "Content-Type: application/json"),
        "It refuses \"content-type\", and it allows \"Content-Type\"",
        "without regard to upper and lower case");
  }

  @Test
  void a_preflight_that_is_refused_for_its_missing_Content_Type() throws IOException {
    blocked(
        diagnose(
            head ->
                asks(head)
                    ? response("415 Unsupported Media Type")
                    : response("200 OK", ALLOW, VARY),
            "-X",
            "PUT"),
        "a preflight has no body and no Content-Type");
  }

  // ------------------------------------------------------------------------------ bytes of a value

  @ParameterizedTest
  @CsvSource({
    "'', \u00C2\u00A0, a no-break space",
    "'', \u00A0, a no-break space",
    "\u00EF\u00BB\u00BF, '', a byte order mark",
    "'', \u00E2\u0080\u008B, a zero-width space",
    "'', \u00C2\u00AD, a soft hyphen"
  })
  void bytes_that_nobody_sees(String before, String after, String name) throws IOException {
    String value = before + "https://app.example.com" + after;
    ScriptedServer server =
        start(
            wire -> {
              wire.readHead();
              wire.say(response("200 OK", "Access-Control-Allow-Origin: " + value));
            });
    blocked(visit(server.url("/notes")), "There is " + name + " in it, which nobody sees");
  }

  @Test
  void a_proxy_that_refuses_a_request_header_has_no_list() throws IOException {
    String page = "<html><head><title>403 Forbidden</title></head><body><hr><center>nginx</center>";
    Result result =
        diagnose(
            head ->
                head.contains("x-trace")
                    ? body("403 Forbidden", page, "Server: nginx")
                    : response("204 No Content", ALLOW),
            "-H",
            "X-Trace: 1");
    blocked(
        result,
        "nginx itself answers the preflight with 403, and not for its origin",
        "Look in the configuration of nginx for the rule that refuses this",
        "Let x-trace pass.");
    assertFalse(result.text().contains("to its list"), result.out());
  }

  @ParameterizedTest
  @CsvSource({"/denied", "/errors/403.html", "/error", "https://www.example.com/not-found"})
  void a_redirect_that_shows_an_error(String location) throws IOException {
    String redirect = response("302 Found", ALLOW, "Location: " + location);
    Result result = diagnose(head -> redirect, "-X", "PUT");
    blocked(result, "the server refuses the request and shows the error by a redirect");
    assertFalse(result.text().contains("Let the page request"), result.out());
  }

  @Test
  void a_default_port_and_an_empty_line() throws IOException {
    blocked(
        diagnose(head -> response("200 OK", ALLOW + ":443")),
        "browsers leave the default port out",
        "write https://app.example.com instead, exactly like this.");
    blocked(
        diagnose(head -> response("200 OK", "Access-Control-Allow-Origin: http://app.example.com")),
        "People open the page over https: where the server has http://app.example.com, write"
            + " https://app.example.com.");
    blocked(diagnose(head -> response("200 OK", ALLOW + "/")), "sends back the header Referer");
    blocked(
        diagnose(head -> response("200 OK", ALLOW, "Access-Control-Allow-Origin: ")),
        "(https://app.example.com and an empty one)");
  }

  // ------------------------------------------------------------------------------------ redirects

  @Test
  void a_redirect_without_headers_where_preflights_have_them() throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? response("204 No Content", ALLOW, VARY)
                    : response("301 Moved Permanently", "Location: /Notes"));
    blocked(
        result, "Upper and lower case differ in the path.", "let the redirect have the headers");
  }

  @Test
  void a_preflight_that_fails_where_the_redirect_leads() throws IOException {
    Result result =
        diagnose(
            head ->
                head.contains(" /v2 ")
                    ? (asks(head) ? response("404 Not Found") : response("200 OK", ALLOW, VARY))
                    : asks(head)
                        ? response(
                            "204 No Content",
                            ALLOW,
                            VARY,
                            "Access-Control-Allow-Headers: content-type")
                        : response("307 Temporary Redirect", ALLOW, VARY, "Location: /v2"),
            "--data-json",
            "{}");
    blocked(result, "/notes was redirected to", "/v2 itself.", "Nothing at this path answers");
  }

  @Test
  void a_path_that_is_another_one_with_a_slash() throws IOException {
    Result result =
        diagnose(
            head ->
                head.startsWith("GET /notes/ ")
                    ? response("200 OK", ALLOW)
                    : response("404 Not Found"));
    blocked(result, "So a slash is missing at the end.", "/notes/.");
    Result nowhere = diagnose(head -> response("404 Not Found"));
    assertFalse(nowhere.text().contains("slash is missing"), nowhere.out());
  }

  @ParameterizedTest
  @CsvSource({
    "//api/notes, 404, GET, a slash is there twice",
    "/api//notes, 404, PUT, a slash is there twice",
    "//api/notes, 200, GET, a slash is there twice",
    "//api/notes, 400, GET, a slash is there twice",
    "/Api/notes, 404, GET, upper and lower case differ",
    "/API/Notes, 404, PUT, upper and lower case differ"
  })
  void a_path_that_is_written_otherwise_on_the_server(
      String path, int status, String method, String difference) throws IOException {
    ScriptedServer server =
        start(
            wire ->
                wire.say(
                    wire.readHead().contains(" /api/notes ")
                        ? response("200 OK", ALLOW, "Access-Control-Allow-Methods: PUT")
                        : response(status + " Whatever")));
    Result result = visit(server.url(path), "-X", method);
    blocked(result, "So " + difference + ".", "Let the page request " + server.url("/api/notes"));
    says(result, "(" + (method.equals("PUT") ? "OPTIONS, " : "") + status + ")");
  }

  @Test
  void a_path_with_capitals_that_nobody_answers_otherwise() throws IOException {
    Result result = visit(start(wire -> wire.say(nothing(wire))).url("//Api/Notes"));
    assertFalse(result.text().contains("twice"), result.out());
    assertFalse(result.text().contains("case differ"), result.out());
  }

  private static String nothing(ScriptedServer.Wire wire) throws IOException {
    wire.readHead();
    return response("404 Not Found");
  }
}
