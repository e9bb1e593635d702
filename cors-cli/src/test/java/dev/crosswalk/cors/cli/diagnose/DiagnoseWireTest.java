package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.allowed;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.unanswered;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over the wire is not misread: no verdict is better than a false one. */
class DiagnoseWireTest extends ScriptedServers {

  private static final String HEAD = "HTTP/1.1 200 OK\r\n" + ALLOW + "\r\n" + VARY + "\r\n";

  // ----------------------------------------------------------------- judged when the headers come

  @Test
  void a_stream_of_events_without_end() throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              wire.readHead();
              wire.say(HEAD + "Content-Type: text/event-stream\r\n\r\ndata: 1\n\n");
              Thread.sleep(60_000);
            });
    Instant begin = Instant.now();
    allowed(visit(server.url("/events")), "9 bytes came; the rest was not read");
    assertTrue(Duration.between(begin, Instant.now()).toSeconds() < 8, "it waits for no end");
  }

  @Test
  void a_body_of_300_megabytes() throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              wire.readHead();
              wire.say(HEAD + "Content-Length: 314572800\r\n\r\n");
              while (true) {
                wire.say("x".repeat(64 * 1024));
              }
            });
    allowed(visit(server.url("/video")), "the rest was not read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Length: 100\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n9\r\nhal"})
  void a_body_that_breaks_off(String rest) throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              wire.readHead();
              wire.say(HEAD + rest);
            });
    allowed(visit(server.url("/")), "The body ends early.", "That is not CORS");
  }

  @Test
  void a_body_that_breaks_off_hides_no_cors_error() throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              wire.readHead();
              wire.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            });
    blocked(visit(server.url("/")), "has no Access-Control-Allow-Origin");
  }

  // --------------------------------------------------------- what browsers make of an odd head

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\nHTTP/1.1 200 OK",
        "\r\n\r\nHTTP/1.1 200 OK",
        "HTTP/2 200",
        "HTTP/1.1  200 OK",
        "HTTP/1.1",
        "HTTP/1.1 20 OK",
        "HTTP/1.1 000 Odd",
        "HTTP/1.1 099 Odd",
        "HTTP/1.10 200 OK",
        " HTTP/1.1 200 OK",
        "xxHTTP/1.1 200 OK",
        "\u00EF\u00BB\u00BFHTTP/1.1 200 OK"
      })
  void a_start_that_is_not_as_it_should_be_and_that_browsers_take(String start) throws IOException {
    allowed(diagnose(start + "\r\n" + ALLOW + "\r\nContent-Length: 2\r\n\r\n{}"), "2 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http/1.1 200 OK",
        "HTTP 200 OK",
        "HTTPS/1.1 200 OK",
        "HTTP/0.9 200 OK",
        "HTTP/1 200 OK",
        "HTTP/11 200 OK",
        "HTTP/1.1 200OK",
        "HTTP/1.1 2000 OK",
        "HTTP/1.1 20x OK",
        "HTTP/1.1 200.5 OK",
        "HTTP/1.1 -200 OK",
        "HTTP/1.1 OK"
      })
  void a_status_line_that_firefox_does_not_take(String start) throws IOException {
    blocked(
        diagnose(start + "\r\n" + ALLOW + "\r\nContent-Length: 2\r\n\r\n{}"),
        "BLOCKED by Firefox only.",
        "begins with " + start + ". Chrome treats that as HTTP; Firefox does not",
        "Let the first line be a version, a space, a status of three digits");
  }

  @Test
  void a_byte_0_in_the_status_line() throws IOException {
    blocked(
        diagnose("HTTP/1.1 200 O\0K\r\n" + ALLOW + "\r\nContent-Length: 2\r\n\r\n{}"),
        "BLOCKED by Chrome only.",
        "begins with HTTP/1.1 200 O\\x00K, which has a byte 0 in it",
        "net::ERR_INVALID_HTTP_RESPONSE");
  }

  @Test
  void a_stream_of_music_has_headers_in_firefox_alone() throws IOException {
    blocked(
        diagnose("ICY 200 OK\r\n" + ALLOW + "\r\n\r\n"),
        "BLOCKED by Chrome only.",
        "begins with ICY 200 OK, as a SHOUTcast server does",
        "No 'Access-Control-Allow-Origin' header is present");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X-Late: ye"})
  void a_head_that_ends_with_the_connection(String rest) throws IOException {
    allowed(
        diagnose(HEAD + rest),
        "The connection ends before the empty line that ends the headers.",
        "a proxy or another program may refuse it");
  }

  @Test
  void a_head_that_ends_before_its_headers_of_cors() throws IOException {
    blocked(
        diagnose("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"),
        "This is not CORS: the head of the response (200) ends early. The connection ends before the empty"
            + " line that ends the headers",
        "No 'Access-Control-Allow-Origin' header is present");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "+2", "two", ""})
  void a_length_that_is_no_number(String length) throws IOException {
    Result result = diagnose(HEAD + "Content-Length: " + length + "\r\n\r\n{}");
    allowed(result, "2 bytes");
    assertFalse(result.text().contains("ends early"), result.out());
  }

  @Test
  void hints_without_number_before_the_answer() throws IOException {
    String hint = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n";
    allowed(diagnose(hint.repeat(40) + response("200 OK", ALLOW, VARY)));
  }

  @Test
  void a_response_of_another_connection_is_asked_for_again() throws IOException {
    List<String> heads = new CopyOnWriteArrayList<>();
    allowed(
        diagnose(
            head -> {
              heads.add(head);
              return heads.size() == 1
                  ? response("421 Misdirected Request")
                  : response("200 OK", ALLOW, VARY);
            }));
  }

  @Test
  void a_header_that_begins_with_a_space_belongs_to_the_one_before() throws IOException {
    blocked(
        diagnose("HTTP/1.1 200 OK\r\nX-Host: a\r\n " + ALLOW + "\r\nContent-Length: 0\r\n\r\n"),
        "has a space in front of Access-Control-Allow-Origin, so browsers read the line as a part of"
            + " the header before it",
        "Remove the space in front");
  }

  @Test
  void a_byte_0_in_a_header_that_has_nothing_to_do_with_cors() throws IOException {
    blocked(
        diagnose(response("200 OK", ALLOW, "X-User: a\0b")),
        "BLOCKED by every browser.",
        "This is not CORS",
        "a byte 0 in the header X-User",
        "net::ERR_INVALID_HTTP_RESPONSE");
  }

  @Test
  void the_line_end_of_windows_at_the_end_of_the_value() throws IOException {
    blocked(
        diagnose(response("200 OK", ALLOW + "\r", VARY)),
        "BLOCKED by Firefox only.",
        "a carriage return in the header Access-Control-Allow-Origin",
        "CRLF");
  }

  @Test
  void a_file_whose_name_has_a_comma() throws IOException {
    blocked(
        diagnose(
            response(
                "200 OK", ALLOW, VARY, "Content-Disposition: attachment; filename=Q1, Q2.csv")),
        "BLOCKED by Chrome only.",
        "a comma in Content-Disposition, outside quotation marks",
        "filename=\"a,b.csv\"",
        "net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION");
    allowed(
        diagnose(
            response(
                "200 OK", ALLOW, VARY, "Content-Disposition: attachment; filename=\"a, b.csv\"")));
  }

  @Test
  void a_length_of_two_numbers() throws IOException {
    blocked(
        diagnose("HTTP/1.1 200 OK\r\n" + ALLOW + "\r\nContent-Length: 2, 3\r\n\r\n{}"),
        "BLOCKED by every browser.",
        "has Content-Length with two values (2, 3)");
  }

  @Test
  void a_redirect_that_does_not_say_where() throws IOException {
    Result result = diagnose(response("302 Found", ALLOW, "Location:"));
    blocked(result, "BLOCKED by Firefox and Safari only.", "its Location is empty");
    assertFalse(result.out().contains("in a circle"), result.out());
  }

  @Test
  void an_upgrade_that_nobody_has_asked_for() throws IOException {
    blocked(
        diagnose("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"),
        "101 (Switching Protocols), and nobody has requested another protocol",
        "net::ERR_EMPTY_RESPONSE");
  }

  @Test
  void a_head_that_is_too_large() throws IOException {
    unanswered(
        diagnose(response("200 OK", ALLOW, ("X-Session: " + "x".repeat(300_000)))),
        "net::ERR_RESPONSE_HEADERS_TOO_BIG",
        "Send less in the head of the response");
  }
}
