package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.allowed;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.says;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.unanswered;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code diagnose} says where a redirect, the network or the protocol is at fault. */
class DiagnoseNetworkTest extends ScriptedServers {

  // ------------------------------------------------------------------------------------- redirects

  @Test
  void a_redirect_to_another_origin_takes_the_origin_away() throws IOException {
    ScriptedServer second = server("", response("200 OK", ALLOW));
    ScriptedServer first =
        server("", response("302 Found", ALLOW, "Location: " + second.url("/there")));
    Result result = visit(first.url("/here"));
    blocked(
        result,
        "The request for "
            + first.url("/here")
            + " was redirected to "
            + second.url("/there")
            + ", from one origin to another, and from there on its Origin is null.",
        "Called directly, that server allows https://app.example.com: only the redirect is in the way.",
        "Do not allow null there",
        "Let the page request " + second.url("/there") + " itself, or let the first server",
        "from origin 'https://app.example.com' has been blocked",
        "(redirected from '" + first.url("/here") + "')");
    Result stopped = visit(first.url("/here"), "--no-redirects");
    allowed(stopped, "the redirect was not followed");
  }

  @Test
  void a_redirect_to_the_inner_address_of_an_application() throws IOException {
    ScriptedServer server =
        server("", response("301 Moved", ALLOW, "Location: http://backend.internal:8080/docs/"));
    blocked(
        visit(server.url("/docs")),
        "it is mixed content",
        "let the proxy pass Host on (proxy_set_header Host $http_host in nginx)");
  }

  // ------------------------------------------------------------ a head that browsers do not take

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 OK    | Content-Length: 9                 | MULTIPLE_CONTENT_LENGTH      | has Content-Length twice, with different values (0 and 9)
          200 OK    | Content-Disposition: attachment   | MULTIPLE_CONTENT_DISPOSITION | has Content-Disposition twice
          302 Found | Location: /b                      | MULTIPLE_LOCATION            | has Location twice, with different values (/a and /b)
          """)
  void two_values_where_there_is_one(String status, String field, String error, String says)
      throws IOException {
    String first =
        field.startsWith("Content-Length")
            ? "X: 1"
            : field.startsWith("Location") ? "Location: /a" : "Content-Disposition: inline";
    String answer = response(status, ALLOW, first).replace("\r\n\r\n", "\r\n" + field + "\r\n\r\n");
    Result result = visit(server("", answer).url("/notes"));
    blocked(result, says, "net::ERR_RESPONSE_HEADERS_" + error, "This is not CORS");
    assertFalse(result.text().contains("With Crosswalk"), result.out());
  }

  @Test
  void two_lengths_on_the_answer_to_a_preflight() throws IOException {
    blocked(
        put(
            response("200 OK", ALLOW, "Access-Control-Allow-Methods: PUT")
                .replace("Content-Length: 0", "Content-Length: 2\r\nContent-Length: 0")),
        "the answer to the preflight (200) has Content-Length twice",
        "add_header Content-Length beside return",
        "net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH");
  }

  @Test
  void a_status_for_proxies_alone() throws IOException {
    blocked(
        diagnose(response("407 Proxy Authentication Required", ALLOW)),
        "BLOCKED by Chrome only",
        "answers 407, which is only for proxies",
        "net::ERR_UNEXPECTED_PROXY_AUTH");
  }

  @Test
  void a_space_in_front_of_the_colon() throws IOException {
    blocked(
        diagnose(response("200 OK", "Access-Control-Allow-Origin : *")),
        "BLOCKED by Firefox and Safari only",
        "has a space between Access-Control-Allow-Origin and its colon. Chrome accepts that");
  }

  @Test
  void a_connection_that_is_closed_for_large_headers() throws IOException {
    ScriptedServer server = start(wire -> wire.readHead());
    String[] large = {"-H", "Accept: " + "a,".repeat(60), "-H", "X-State: " + "x".repeat(3_000)};
    String ok = response("204 No Content", ALLOW, "Access-Control-Allow-Headers: x-state");
    ScriptedServer closes =
        start(
            wire -> {
              if (wire.readHead().startsWith("OPTIONS")) {
                wire.say(ok);
              }
            });
    blocked(visit(closes.url("/a"), large), "buffer-size in uWSGI", "have 31");
    assertFalse(visit(server.url("/a")).text().contains("uWSGI"));
  }

  @Test
  void redirects_in_a_circle() throws IOException {
    ScriptedServer server = server("", response("302 Found", ALLOW, "Location: /notes"));
    blocked(visit(server.url("/notes")), "more than 20 redirects", "in a circle");
    assertEquals(1, server.connections(), "what is known is not asked for again");
  }

  @ParameterizedTest
  @CsvSource({
    "https://u:p@app.example.com/, leads to a URL with a user name or password",
    "app://open, leads to something that is not http or https",
    "http://[/, Location of a redirect is not a URL"
  })
  void a_redirect_that_no_browser_follows(String location, String says) throws IOException {
    blocked(diagnose(response("302 Found", ALLOW, "Location: " + location)), says);
  }

  @Test
  void a_setting_that_redirects_to_tls_on_the_same_port() throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              String host = wire.readHead().replaceFirst("(?s).*Host: ([^\r]+).*", "$1");
              wire.say(response("301 Moved", "Location: https://" + host + "/items"));
            });
    blocked(
        visit(server.url("/items")),
        "Only the scheme differs, and not the port",
        "SECURE_SSL_REDIRECT (Django)");
  }

  // -------------------------------------------------------------------------------- it is not CORS

  @Test
  void nobody_listens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    unanswered(
        visit("http://127.0.0.1:" + port + "/"),
        "This is not CORS: no response came. http://127.0.0.1:" + port + ": connection refused.",
        "Start the server, or check the port.",
        "net::ERR_CONNECTION_REFUSED");
  }

  @Test
  void a_host_that_does_not_exist() {
    unanswered(
        visit("https://no-such-host.invalid/", "--timeout", "30"),
        "DNS does not know the host no-such-host.invalid.",
        "Check the host name, and DNS on the machine where the browser runs.",
        "net::ERR_NAME_NOT_RESOLVED");
  }

  @Test
  void tls_where_there_is_none() throws IOException {
    ScriptedServer server = start(wire -> wire.say(response("400 Bad Request")));
    unanswered(
        visit("https://127.0.0.1:" + server.port() + "/"),
        "the TLS handshake failed",
        "Use http, or give the port a certificate.");
  }

  @Test
  void a_port_that_takes_the_connection_and_speaks_no_tls() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Result result = visit("https://127.0.0.1:" + silent.getLocalPort() + "/", "--timeout", "1");
      unanswered(result, "does not speak TLS. Check the port and the scheme");
      assertFalse(result.text().contains("drops the packets"), result.out());
    }
  }

  @Test
  void a_server_that_answers_one_path_alone_is_not_waited_for_again() throws IOException {
    AtomicInteger others = new AtomicInteger();
    ScriptedServer server =
        start(
            wire -> {
              if (wire.readHead().contains(" /socket.io/?")) {
                wire.say(Diagnosing.body("200 OK", "0{}"));
              } else {
                others.incrementAndGet();
                Thread.sleep(60_000);
              }
            });
    long start = System.nanoTime();
    Diagnosing.blocked(visit(server.url("/socket.io/?EIO=4&transport=polling")), "socket.io has");
    assertEquals(1, others.get());
    assertTrue(System.nanoTime() - start < 9_000_000_000L, "longer than nine seconds");
  }

  @Test
  void a_slow_server_is_waited_for_again() throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              boolean ofPage = wire.readHead().contains("\r\nOrigin: ");
              Thread.sleep(ofPage ? 2_100 : 4_500);
              wire.say(Diagnosing.response(ofPage ? "403 Forbidden" : "200 OK"));
            });
    Diagnosing.blocked(visit(server.url("/notes")), "Without Origin the same request gets 200.");
  }

  @Test
  void a_server_that_hangs() throws IOException {
    unanswered(
        visit(silent().url("/"), "--timeout", "1"),
        "timed out after 1 s",
        "The server accepts the connection, and then does not answer.",
        "for a stream of events, at compression",
        "--timeout waits longer");
  }

  @Test
  void a_server_that_speaks_no_http() throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              wire.readHead();
              wire.say("220 ftp.example ready\r\n");
            });
    unanswered(visit(server.url("/")), "not HTTP", "Something else listens");
  }

  @Test
  void a_server_that_closes() throws IOException {
    unanswered(visit(start(ScriptedServer.Wire::readHead).url("/")), "closed without an answer");
  }

  @Test
  void mixed_content() {
    Result result = visit("http://api.example.com/notes");
    blocked(
        result,
        "This is not CORS: it is mixed content.",
        "Request https://api.example.com/notes:",
        "Mixed Content: The page at 'https://app.example.com/' was loaded over HTTPS, but requested"
            + " an insecure resource 'http://api.example.com/notes'.",
        "Blocked loading mixed active content “http://api.example.com/notes”");
    assertFalse(result.out().contains("Preflight"), result.out());
  }

  @Test
  void a_local_network_is_no_mixed_content_to_chrome() throws IOException {
    String there = response("200 OK", ALLOW, VARY);
    ScriptedServer server = start(wire -> wire.say(there));
    blocked(
        visit(server.url("/").replace("127.0.0.1", "0.0.0.0")),
        "BLOCKED by Firefox and Safari only.",
        "Chrome sends it, as it is in a local network",
        "Then the server's CORS headers allow it there.");
    ScriptedServer without = start(wire -> wire.say(response("200 OK")));
    blocked(
        visit(without.url("/").replace("127.0.0.1", "0.0.0.0")),
        "BLOCKED by every browser.",
        "But then Chrome refuses it, too. The response (200) has no Access-Control-Allow-Origin",
        "This content should also be served over HTTPS.",
        "No 'Access-Control-Allow-Origin' header is present");
  }

  @Test
  void a_port_that_chrome_does_not_block() {
    unanswered(
        visit("http://127.0.0.1:4190/"), "Failed to load resource: net::ERR_CONNECTION_REFUSED");
  }

  // ------------------------------------------------------------------ from one redirect to the
  // next

  private static final String STAR = "Access-Control-Allow-Origin: *";

  @Test
  void a_second_redirect_without_headers() throws IOException {
    Result result =
        diagnose(
            head ->
                head.startsWith("GET /notes ")
                    ? response("302 Found", STAR, "Location: /second")
                    : head.startsWith("GET /second ")
                        ? response("302 Found", "Location: /third")
                        : response("200 OK", STAR));
    blocked(
        result, "/second answers with a redirect to", "/third itself, if that is what it needs.");
    assertFalse(result.text().contains("/second itself"), result.out());
  }

  @Test
  void a_second_redirect_from_another_origin() throws IOException {
    ScriptedServer third = server(head -> response("200 OK", ALLOW, VARY));
    ScriptedServer second =
        server(head -> response("302 Found", "Location: " + third.url("/third")));
    Result result =
        diagnose(head -> response("302 Found", STAR, "Location: " + second.url("/second")));
    blocked(
        result,
        "That redirects it on to " + third.url("/third") + ".",
        "Called directly, that server allows https://app.example.com",
        "Let the page request " + third.url("/third") + " itself");
    assertFalse(result.text().contains(second.url("/second") + " itself"), result.out());
  }

  @Test
  void another_port_is_another_origin() throws IOException {
    ScriptedServer other = server(head -> response("200 OK"));
    blocked(
        diagnose(head -> response("302 Found", "Location: " + other.url("/notes"))),
        "Only the port differs. Let the page request " + other.url("/notes") + " itself",
        "Then that server has to allow the page's origin.");
  }

  @Test
  void a_redirect_that_changes_neither_origin_nor_method() throws IOException {
    Result result =
        diagnose(
            head ->
                head.startsWith("GET /notes ")
                    ? response("302 Found", STAR, "Location: /third")
                    : response("200 OK"));
    String text = result.text();
    blocked(result, "/third itself, too, so nothing is redirected.");
    assertTrue(text.indexOf("CORS layer") < text.indexOf("/third itself"), result.out());
  }

  @Test
  void a_redirect_that_leads_nowhere() throws IOException {
    blocked(
        diagnose(response("302 Found")),
        "302 says that something is elsewhere, and the answer does not say where");
  }

  @Test
  void a_token_that_a_redirect_has_lost() throws IOException {
    ScriptedServer other = server(head -> response("401 Unauthorized"));
    String asked = response("204 No Content", STAR, "Access-Control-Allow-Headers: authorization");
    ScriptedServer first =
        server(asked, response("302 Found", STAR, "Location: " + other.url("/notes")));
    blocked(
        visit(first.url("/"), "-H", "Authorization: Bearer abc"),
        "A redirect to another origin lost the header Authorization");
  }

  @Test
  void a_circle_of_two_servers() throws IOException {
    List<String> urls = new ArrayList<>();
    ScriptedServer first =
        server(head -> response("302 Found", STAR, "Location: " + urls.get(1) + "/"));
    ScriptedServer second =
        server(head -> response("302 Found", STAR, "Location: " + urls.get(0) + "/"));
    urls.add(first.url(""));
    urls.add(second.url(""));
    blocked(visit(first.url("/")), "they go in a circle: " + first.url("/") + " leads to");
  }

  @Test
  void mixed_content_behind_a_redirect() throws IOException {
    ScriptedServer server =
        server("", response("302 Found", ALLOW, "Location: http://api.example.com/notes"));
    blocked(
        visit(server.url("/")),
        "This is not CORS: it is mixed content.",
        "< Location: http://api.example.com/notes",
        "requested insecure content from http://api.example.com/notes.");
  }

  @Test
  void a_page_without_tls_may_not_ask_for_a_local_network() throws IOException {
    allowed(
        diagnose(
            response("200 OK", "Access-Control-Allow-Origin: *"),
            "--origin",
            "http://app.example.com"),
        "Chrome blocks that, whatever the headers (Local Network Access).");
  }
}
