package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.APP;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.allowed;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The handshake of a WebSocket, as Chromium makes it, and as it complains of what comes back. */
class DiagnoseWebSocketTest extends ScriptedServers {

  private static final String FAILED = "WebSocket connection to 'ws://";

  /** A server that decides by the head of the request. */
  private String live(UnaryOperator<String> answer) throws IOException {
    ScriptedServer server = start(wire -> wire.say(answer.apply(wire.readHead())));
    return "ws" + server.url("/live").substring("http".length());
  }

  private static String switching(String head, String... more) {
    String key = head.replaceAll("(?s).*\r\nSec-WebSocket-Key: ([^\r]*).*", "$1");
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest =
          sha1.digest(
              (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
      return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: "
          + Base64.getEncoder().encodeToString(digest)
          + "\r\n"
          + String.join("", more)
          + "\r\n";
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isFrom(String origin, String head) {
    return head.contains("\r\nOrigin: " + origin + "\r\n");
  }

  @Test
  void a_server_that_knows_the_page_opens_it() throws IOException {
    String url = live(head -> isFrom(APP, head) ? switching(head) : response("403 Forbidden"));
    Result result = opens(visit(url));
    assertFalse(result.text().contains("for every origin"), result.out());
    assertFalse(result.text().contains("Access-Control"), result.out());
  }

  private static Result opens(Result result) {
    allowed(result, "ALLOWED by every browser: the WebSocket opens.");
    return result;
  }

  @Test
  void a_server_that_knows_everybody_is_warned_of() throws IOException {
    allowed(
        visit(live(head -> switching(head))),
        "The server opens a WebSocket for every origin",
        "Compare Origin with a list on the server");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Upgrade: websocket | 'Upgrade' header must not appear more than once in a response",
        "Sec-WebSocket-Accept: x | 'Sec-WebSocket-Accept' header must not appear more than once",
        "Sec-WebSocket-Extensions: x-zip | Found an unsupported extension 'x-zip' in"
      })
  void an_answer_with_more_than_browsers_take(String line, String says) throws IOException {
    blocked(visit(live(head -> switching(head, line + "\r\n"))), says);
  }

  @Test
  void an_extension_that_browsers_offer() throws IOException {
    opens(
        visit(
            live(
                head -> switching(head, "Sec-WebSocket-Extensions: permessage-deflate; a=1\r\n"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"100 Continue", "103 Early Hints"})
  void an_answer_before_the_answer(String status) throws IOException {
    blocked(
        visit(live(head -> "HTTP/1.1 " + status + "\r\n\r\n" + switching(head))),
        "Unexpected response code: " + status.substring(0, 3));
  }

  @Test
  void the_prefix_of_sockjs_is_no_websocket_itself() throws IOException {
    blocked(
        visit(live(head -> Diagnosing.body("200 OK", "Welcome to SockJS!\n"))),
        "opens this URL with /websocket at its end");
  }

  @Test
  void a_server_that_compares_the_origin_with_its_own_host() throws IOException {
    String url =
        live(
            head ->
                head.contains("\r\nOrigin: http://127.0.0.1:")
                    ? switching(head)
                    : response("403 Forbidden", "Server: TornadoServer/6.2"));
    blocked(
        visit(url),
        "WebSocket " + url + " from " + APP,
        "The server compares Origin with a list of its own, and refuses " + APP + " (403).",
        "It accepts the same handshake from http://127.0.0.1:",
        "In Tornado, override check_origin(self, origin)",
        FAILED,
        "failed: Error during WebSocket handshake: Unexpected response code: 403",
        "Firefox can’t establish a connection to the server at ws://",
        "failed: There was a bad response from the server.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:3000", "http://app.example.com"})
  void a_server_that_has_the_page_of_another_stage_on_its_list(String listed) throws IOException {
    String url = live(head -> isFrom(listed, head) ? switching(head) : response("401 X"));
    blocked(
        visit(url),
        "The server compares Origin with a list of its own, and refuses " + APP + " (401).",
        "It accepts the same handshake from " + listed + ".");
  }

  @Test
  void a_password_is_not_sent_again_and_again() throws IOException {
    AtomicInteger handshakes = new AtomicInteger();
    String url =
        live(
            head -> {
              handshakes.incrementAndGet();
              return response("401 X", "WWW-Authenticate: Basic realm=\"x\"");
            });
    blocked(visit(url), "also without Origin and from its own origin");
    assertEquals(3, handshakes.get());
  }

  @Test
  void a_server_that_opens_it_for_programs_alone() throws IOException {
    String url =
        live(
            head ->
                head.contains("\r\nOrigin: ")
                    ? response("401 Unauthorized", "Content-Type: text/html")
                    : switching(head));
    Result result = visit(url);
    blocked(
        result,
        "It accepts the same handshake without Origin.",
        "It is verifyClient in ws (npm)",
        "failed: HTTP Authentication failed; no valid credentials available");
    assertFalse(result.text().contains("With Crosswalk"), result.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 Unauthorized          | WEBSOCKET_LOGIN   | A script cannot set Authorization on a WebSocket.
          401 Unauthorized          | WEBSOCKET_LOGIN   | verifyClient answers so
          403 Forbidden             | WEBSOCKET_LOGIN   | also without Origin
          400 Bad Request           | WEBSOCKET         | it knows no such path, or it lacks something
          404 Not Found             | WEBSOCKET         | There is nothing at this path (404).
          426 Upgrade Required      | WEBSOCKET_UPGRADE | proxy_set_header Upgrade $http_upgrade
          200 OK                    | WEBSOCKET         | like an ordinary request (200)
          502 Bad Gateway           | WEBSOCKET         | failed: its log tells why
          """)
  void a_refusal_of_everybody_is_told_by_its_status(String status, String code, String sentence)
      throws IOException {
    Result result = visit(live(head -> response(status)), "--json");
    assertEquals(1, result.exit(), result.out());
    assertEquals(code, result.json().path("cause").asString(), result.out());
    assertTrue(result.out().contains(sentence), result.out());
  }

  /** Any site can make its pages' origin null. */
  @Test
  void null_that_is_refused_is_not_added_to_a_list() throws IOException {
    String url =
        live(
            head ->
                head.contains("\r\nOrigin: http://127.0.0.1:")
                    ? switching(head)
                    : response("403 Forbidden"));
    blocked(visit(url, "--origin", "null"), "Do not add null to that list");
  }

  @Test
  void a_list_that_has_neither_the_server_itself_nor_nobody() throws IOException {
    String body = "Failed to open a WebSocket connection: invalid Origin header: x.";
    String answer =
        response("403 Forbidden", "Server: Python/3.11 websockets/10.4")
            .replace("Content-Length: 0", "Content-Length: " + body.length());
    blocked(
        visit(live(head -> answer + body)),
        "compares Origin with a list of its own",
        "The body of the response says so.",
        "the argument origins of serve()");
  }

  @Test
  void a_connection_that_ends_without_an_answer() throws IOException {
    blocked(
        visit(live(head -> "")),
        "failed: Connection closed before receiving a handshake response",
        "ends the connection where Upgrade is requested");
    blocked(
        visit(live(head -> "hello, world\r\n\r\n")),
        "failed: Error during WebSocket handshake: net::ERR_INVALID_HTTP_RESPONSE");
  }

  @Test
  void a_redirect_is_not_followed() throws IOException {
    String url = live(head -> response("301 Moved Permanently", "Location: /live/"));
    blocked(
        visit(url),
        "redirects the handshake to " + url + "/, and no browser follows that",
        "failed: Error during WebSocket handshake: Unexpected response code: 301");
  }

  @Test
  void a_subprotocol_that_nobody_chooses() throws IOException {
    blocked(
        visit(live(head -> switching(head)), "-H", "Sec-WebSocket-Protocol: graphql-ws"),
        "Let page and server name the same subprotocol",
        "Error during WebSocket handshake: Sent non-empty 'Sec-WebSocket-Protocol' header but no"
            + " response was received");
    allowed(
        visit(
            live(head -> switching(head, "Sec-WebSocket-Protocol: graphql-ws\r\n")),
            "-H",
            "Sec-WebSocket-Protocol: graphql-ws, soap"));
  }

  @Test
  void an_answer_that_belongs_to_another_key() throws IOException {
    blocked(
        visit(live(head -> switching("\r\nSec-WebSocket-Key: x\r\n"))),
        "Incorrect 'Sec-WebSocket-Accept' header value");
  }

  @Test
  void nobody_answers() throws IOException {
    blocked(
        visit("ws://127.0.0.1:1/live"),
        "no answer to the WebSocket's handshake came",
        "failed: Error in connection establishment: net::ERR_CONNECTION_REFUSED",
        "failed: Could not connect to the server.");
  }

  @Test
  void a_page_on_https_opens_no_ws_elsewhere() throws IOException {
    blocked(
        visit("ws://api.example.com/live"),
        "A page on https may open WebSockets only by wss:",
        "Open wss://api.example.com/live",
        "but attempted to connect to the insecure WebSocket endpoint 'ws://api.example.com/live'.");
  }

  @Test
  void a_script_sets_no_method_and_no_body() throws IOException {
    Result result = visit("ws://127.0.0.1:1/live", "-X", "POST");
    assertEquals(2, result.exit());
    assertTrue(result.err().contains("leave out -X, --data and --data-json"), result.err());
  }
}
