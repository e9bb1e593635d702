package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.APP;
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
import dev.crosswalk.cors.tck.wire.SelfSigned;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over the wire is not misread: no verdict is better than a false one. */
class DiagnoseWireTest extends ScriptedServers {

  private static final String HEAD = "HTTP/1.1 200 OK\r\n" + ALLOW + "\r\n" + VARY + "\r\n";

  private static final String HTTP_2_SETTINGS = "\0\0\0\4\0\0\0\0\0\0\0\0\4\1\0\0\0\0";

  @TempDir private Path folder;

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
    allowed(visit(server.url("/")), "The body breaks off.", "That is not CORS");
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
        "HTTP/1.1  200 OK"
      })
  void a_start_that_is_not_as_it_should_be_and_that_browsers_take(String start) throws IOException {
    allowed(diagnose(start + "\r\n" + ALLOW + "\r\nContent-Length: 2\r\n\r\n{}"), "2 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1",
        "HTTP/1.1 20 OK",
        "HTTP/1.1 000 Odd",
        "HTTP/1.1 099 Odd",
        "HTTP/1.10 200 OK",
        " HTTP/1.1 200 OK",
        "xxHTTP/1.1 200 OK",
        "\u00EF\u00BB\u00BFHTTP/1.1 200 OK"
      })
  void a_status_line_that_is_no_http_and_that_browsers_take(String start) throws IOException {
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
        "begins with " + start + ". Chrome takes that for HTTP; Firefox does not",
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
        "This is not CORS: the head of the response (200) breaks off. The connection ends before the empty"
            + " line that ends the headers",
        "No 'Access-Control-Allow-Origin' header is present");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "+2", "two", ""})
  void a_length_that_is_no_number(String length) throws IOException {
    Result result = diagnose(HEAD + "Content-Length: " + length + "\r\n\r\n{}");
    allowed(result, "2 bytes");
    assertFalse(result.text().contains("breaks off"), result.out());
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
        "has a space in front of Access-Control-Allow-Origin, so that browsers read the line as a part of"
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
        "a comma in Content-Disposition, outside of quotation marks",
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
        "101 (Switching Protocols), and nobody has asked for another protocol",
        "net::ERR_EMPTY_RESPONSE");
  }

  @Test
  void a_redirect_to_a_bad_certificate_is_answered() throws Exception {
    String there = https(tls(SelfSigned.of("api.example.com")));
    Result result = diagnose(response("302 Found", ALLOW, "Location: " + there));
    says(result, "was redirected to " + there + ". This is not CORS", "is for another host");
  }

  @Test
  void a_head_that_is_too_large() throws IOException {
    unanswered(
        diagnose(response("200 OK", ALLOW, ("X-Session: " + "x".repeat(300_000)))),
        "net::ERR_RESPONSE_HEADERS_TOO_BIG",
        "Send less in the head of the response");
  }

  // ----------------------------------------------------------------------------- asks as a browser

  @Test
  void a_filter_that_lets_browsers_pass_alone() throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              boolean browser = wire.readHead().contains("User-Agent: Mozilla/5.0 ");
              wire.say(browser ? response("200 OK", ALLOW, VARY) : response("403 Forbidden"));
            });
    allowed(visit(server.url("/")));
    blocked(visit(server.url("/"), "--user-agent", "curl/8.0"), "403");
    assertTrue(server.heads().get(server.heads().size() - 1).contains("User-Agent: curl/8.0\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept-Language", "Accept-Encoding", "Sec-Fetch-Mode", "sec-ch-ua"})
  void a_filter_that_looks_for_what_each_browser_sends(String name) throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              boolean browser = wire.readHead().contains("\r\n" + name + ": ");
              wire.say(browser ? response("200 OK", ALLOW, VARY) : response("403 Forbidden"));
            });
    allowed(visit(server.url("/")));
  }

  @Test
  void a_page_tells_the_server_its_origin_as_referer_and_not_from_https_to_http()
      throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              wire.readHead();
              wire.say(response("200 OK", ALLOW, VARY));
            });
    visit(server.url("/"));
    assertFalse(server.heads().get(0).contains("\r\nReferer: "), server.heads().get(0));
    visit(server.url("/"), "--origin", "http://localhost:3000");
    String head = server.heads().get(server.heads().size() - 1);
    assertTrue(head.contains("\r\nReferer: http://localhost:3000/\r\n"), head);
  }

  @Test
  void a_body_that_came_compressed_is_read() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("Invalid CORS request".getBytes(StandardCharsets.US_ASCII));
    }
    String body = bytes.toString(StandardCharsets.ISO_8859_1);
    ScriptedServer server =
        start(
            wire -> {
              wire.readHead();
              wire.say(
                  "HTTP/1.1 403 Forbidden\r\nContent-Encoding: gzip\r\nConnection: close\r\n"
                      + "Content-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body);
            });
    blocked(visit(server.url("/")), "It says \"Invalid CORS request\"");
  }

  @Test
  void every_name_under_localhost_is_this_machine() throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              wire.readHead();
              wire.say(response("200 OK", ALLOW, VARY));
            });
    allowed(visit("http://tenant.api.localhost:" + server.port() + "/"));
    assertTrue(server.heads().get(0).contains("Host: tenant.api.localhost:" + server.port()));
    allowed(visit("http://localhost.:" + server.port() + "/"));
  }

  // -------------------------------------------------------------------------------------- the body

  /** Refuses what has no body, before its CORS layer. */
  private ScriptedServer wantsBody() throws IOException {
    return start(
        wire -> {
          String head = wire.readHead();
          if (head.startsWith("OPTIONS ")) {
            wire.say(
                response("204 No Content", ALLOW, "Access-Control-Allow-Headers: content-type"));
          } else {
            int length = head.contains("Content-Length: 7\r\n") ? 7 : 0;
            String body = new String(wire.readBody(length), StandardCharsets.UTF_8);
            wire.say(
                body.equals("{\"a\":1}")
                    ? response("201 Created", ALLOW, VARY)
                    : response("400 Bad Request"));
          }
        });
  }

  @Test
  void a_post_without_the_body_that_the_server_wants() throws IOException {
    blocked(visit(wantsBody().url("/"), "-X", "POST"), "The request had no body");
  }

  @Test
  void a_body_of_json_is_asked_about_first() throws IOException {
    ScriptedServer server = wantsBody();
    allowed(visit(server.url("/"), "--data-json", "{\"a\":1}"), "Preflight", "status 201");
    assertTrue(server.heads().get(1).startsWith("POST / HTTP/1.1\r\n"), server.heads().get(1));
    assertTrue(server.heads().get(1).contains("Content-Type: application/json\r\n"));
  }

  @Test
  void a_body_of_text_is_not() throws IOException {
    ScriptedServer server = wantsBody();
    Path file = Files.writeString(folder.resolve("body"), "{\"a\":1}");
    Result result = visit(server.url("/"), "-d", "@" + file);
    allowed(result, "The body looks like JSON, and Content-Type does not say so.");
    assertEquals(1, server.heads().size());
    assertTrue(server.heads().get(0).contains("Content-Type: text/plain;charset=UTF-8\r\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "-X, GET, fetch() refuses a body with GET",
    "-d, @/no/such/file, The file /no/such/file cannot be read",
    "--data-json, {}, write one of them",
    "--cacert, /no/such/file, cannot be read as certificates"
  })
  void a_body_that_cannot_be_sent(String option, String value, String sentence) {
    List<String> arguments = new ArrayList<>(List.of("diagnose", "http://127.0.0.1:9/"));
    arguments.addAll(List.of("--origin", APP, option, value));
    if (!option.equals("-d")) {
      arguments.addAll(List.of("-d", "x"));
    }
    Result result = crosswalk(arguments.toArray(new String[0]));
    assertEquals(2, result.exit(), () -> result.out() + result.err());
    assertTrue(result.err().contains(sentence), result.err());
  }

  // ---------------------------------------------------------------------------------------- HTTP/2

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\0\0\4\0\0\0\0\0",
        "\0\0\u0012\4\0\0\0\0\0\0\3\0\0\0\u0064\0\4\0\0\u00ff\u00ff\0\5\0\0\u0040\0",
        "\0\0\u0008\7\0\0\0\0\0\0\0\0\0\0\0\0\1"
      })
  void a_server_that_speaks_http_2_alone(String frame) throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              wire.readHead();
              wire.say(frame);
            });
    unanswered(
        visit(server.url("/")),
        "the server speaks HTTP/2 here, and not HTTP/1.1",
        "Browsers speak HTTP/2 only with TLS",
        "net::ERR_INVALID_HTTP_RESPONSE");
  }

  @Test
  void a_server_that_chooses_http_2_in_tls_and_does_not_speak_it() throws Exception {
    String odd = "\0\0\5\4\0\0\0\0\0\0\0\0\0\0"; // SETTINGS of five bytes, instead of sixes
    ScriptedServer server =
        server(
            List.of("h2"),
            wire -> {
              wire.readHead();
              wire.say(odd);
              Thread.sleep(300);
            });
    Result result = visit("https://127.0.0.1:" + server.port() + "/", "--insecure");
    assertEquals(2, result.exit(), result.out());
    assertTrue(result.err().contains("the server speaks HTTP/2 here"), result.err());
  }

  /** Frames of RFC 9113: two of SETTINGS, then HEADERS (status 200; Allow-Origin) that end it. */
  @ParameterizedTest
  @CsvSource({
    "*, 0, ''",
    "https://app.example.com, 0, ''",
    "https://b.example, 1, ''",
    "*, 0, HTTP/1.1 426 Upgrade Required"
  })
  void a_server_that_speaks_nothing_but_http_2_in_tls(String origin, int exit, String line)
      throws Exception {
    String required = line.isEmpty() ? HTTP_2_SETTINGS : line + "\r\nContent-Length: 0\r\n\r\n";
    String block = "\u0088\u0054" + (char) origin.length() + origin;
    ScriptedServer server =
        http2(
            List.of("h2"),
            "\0\0" + (char) block.length() + "\1\5\0\0\0\1" + block,
            head -> required);
    Result result = visit("https://127.0.0.1:" + server.port() + "/", "--insecure");
    assertEquals(exit, result.exit(), () -> result.out() + result.err());
    assertTrue(result.out().contains("< access-control-allow-origin: " + origin), result::out);
  }

  /** The frame RST_STREAM of RFC 9113, with its code. */
  @ParameterizedTest
  @CsvSource({
    "1, Protocol error, ERR_HTTP2_PROTOCOL_ERROR",
    "8, Stream cancelled, ERR_HTTP2_PROTOCOL_ERROR",
    "7, Stream not processed, ERR_HTTP2_SERVER_REFUSED_STREAM"
  })
  void a_stream_of_http_2_that_is_reset_gets_no_answer(int code, String name, String error)
      throws Exception {
    ScriptedServer server =
        http2(List.of("h2"), "\0\0\4\3\0\0\0\0\1\0\0\0" + (char) code, head -> HTTP_2_SETTINGS);
    unanswered(
        visit("https://127.0.0.1:" + server.port() + "/", "--insecure"),
        "reset the stream over HTTP/2 without an answer (" + name + ")",
        "net::" + error);
  }

  /** HTTP/1.1 says yes to all; the frame is what HTTP/2 says to it. */
  @ParameterizedTest
  @CsvSource({"GET, HEADERS", "POST, HEADERS", "GET, RST_STREAM", "POST, RST_STREAM"})
  void what_http_2_answers_otherwise_decides(String method, String frame) throws Exception {
    String answer =
        frame.equals("HEADERS")
            ? "\0\0\1\1\5\0\0\0\1\u0088" // the status 200, and nothing else
            : "\0\0\4\3\0\0\0\0\1\0\0\0\1";
    List<String> posts = new CopyOnWriteArrayList<>();
    ScriptedServer server =
        http2(
            List.of("h2", "http/1.1"),
            answer,
            head -> {
              if (head.startsWith("POST ")) {
                posts.add(head);
              }
              return response("200 OK", ALLOW, "Access-Control-Allow-Headers: content-type", VARY);
            });
    String url = "https://127.0.0.1:" + server.port() + "/";
    Result result =
        method.equals("GET")
            ? visit(url, "--insecure")
            : visit(url, "--insecure", "--data-json", "{}");
    assertEquals(1, result.exit(), () -> result.out() + result.err());
    says(result, "Over HTTP/1.1 the same request is allowed");
    assertEquals(method.equals("POST") ? 1 : 0, posts.size());
  }

  @Test
  void a_server_whose_tls_knows_neither_version() throws Exception {
    ScriptedServer server = server(List.of("spdy/3"), ScriptedServer.Wire::readHead);
    unanswered(
        visit("https://127.0.0.1:" + server.port() + "/", "--insecure"),
        "no_application_protocol",
        "find nothing in common",
        "net::ERR_SSL_PROTOCOL_ERROR");
  }

  @Test
  void a_connection_of_http_2_that_is_closed_each_time() throws Exception {
    String goAway = "\0\0\u0008\7\0\0\0\0\0\0\0\0\0\0\0\0\0";
    ScriptedServer server = http2(List.of("h2"), goAway, head -> HTTP_2_SETTINGS);
    unanswered(
        visit("https://127.0.0.1:" + server.port() + "/", "--insecure"),
        "closed over HTTP/2 without an answer",
        "net::ERR_CONNECTION_CLOSED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 400 Bad Request\r\n\r\n", "HEADERS"})
  void an_http_2_that_no_client_takes(String frames) throws Exception {
    String block = "\u0088\0\3X-A\1a"; // a name in upper case
    boolean headers = frames.equals("HEADERS");
    ScriptedServer server =
        http2(
            List.of("h2", "http/1.1"),
            headers ? "\0\0" + (char) block.length() + "\1\5\0\0\0\1" + block : frames,
            head -> response("200 OK", ALLOW, VARY));
    unanswered(
        visit("https://127.0.0.1:" + server.port() + "/", "--insecure"),
        frames.isEmpty() ? "closed over HTTP/2 without an answer" : "not HTTP/2: ",
        "Over HTTP/1.1 the same request is allowed, and curl may show that.",
        frames.isEmpty() ? "net::ERR_CONNECTION_CLOSED" : "net::ERR_HTTP2_PROTOCOL_ERROR");
  }

  @Test
  void a_server_that_closes_http_1_1_and_answers_over_http_2() throws Exception {
    String block = "\u0088\u0054\1*";
    ScriptedServer server =
        http2(
            List.of("h2", "http/1.1"),
            "\0\0" + (char) block.length() + "\1\5\0\0\0\1" + block,
            head -> "");
    allowed(visit("https://127.0.0.1:" + server.port() + "/", "--insecure"));
  }

  /** A response to a request that has not come yet is an error of the protocol. */
  private static void readFramesUntilHeaders(ScriptedServer.Wire wire) throws IOException {
    byte[] head = wire.readBody("SM\r\n\r\n".length()); // the rest of the preface
    do {
      head = wire.readBody(9);
      if (head.length < 9) {
        throw new IOException("the client left");
      }
      wire.readBody((head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | head[2] & 0xFF);
    } while (head[3] != 1);
  }

  /** A server that gives these frames to a request over HTTP/2, and a text over HTTP/1.1. */
  private ScriptedServer http2(List<String> protocols, String frames, UnaryOperator<String> text)
      throws Exception {
    return server(
        protocols,
        wire -> {
          String head = wire.readHead();
          if (!head.startsWith("PRI ")) {
            wire.say(text.apply(head));
            return;
          }
          wire.say(HTTP_2_SETTINGS);
          readFramesUntilHeaders(wire);
          wire.say(frames);
          Thread.sleep(300);
        });
  }

  private ScriptedServer server(List<String> protocols, ScriptedServer.Script script)
      throws Exception {
    SSLContext tls = tls(SelfSigned.of("127.0.0.1"));
    javax.net.ssl.SSLServerSocket socket =
        (javax.net.ssl.SSLServerSocket)
            tls.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    javax.net.ssl.SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols.toArray(new String[0]));
    socket.setSSLParameters(parameters);
    return start(socket, script);
  }

  // ---------------------------------------------------------------------------------- certificates

  /** Of a server that shows this certificate, which is in {@code server.pem}, too. */
  private SSLContext tls(SelfSigned certificate) throws Exception {
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate.certificate().getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    Files.writeString(folder.resolve("server.pem"), pem);
    return certificate.context();
  }

  private String https(SSLContext tls) throws IOException {
    ScriptedServer server =
        start(
            tls.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress()),
            wire -> {
              wire.readHead();
              wire.say(response("200 OK", ALLOW, VARY));
            });
    return "https://127.0.0.1:" + server.port() + "/";
  }

  @Test
  void a_certificate_that_is_self_signed() throws Exception {
    String url = https(tls(SelfSigned.of("127.0.0.1")));
    unanswered(
        visit(url),
        "the certificate is self-signed",
        "net::ERR_CERT_AUTHORITY_INVALID",
        "--cacert FILE trusts a certificate, --insecure trusts any.");
    allowed(visit(url, "--insecure"));
    allowed(visit(url, "--cacert", folder.resolve("server.pem").toString()));
  }

  @Test
  void a_certificate_that_has_expired() throws Exception {
    String url = https(tls(SelfSigned.since(60, "127.0.0.1")));
    Result result = visit(url, "--cacert", folder.resolve("server.pem").toString());
    unanswered(result, "the certificate expired on 20", "net::ERR_CERT_DATE_INVALID");
    says(visit(url), "the certificate is self-signed", "and expired on 20");
    allowed(visit(url, "--insecure"));
  }

  @Test
  void a_certificate_for_another_host() throws Exception {
    String url = https(tls(SelfSigned.of("api.example.com")));
    Result result = visit(url, "--cacert", folder.resolve("server.pem").toString());
    unanswered(
        result,
        "the certificate is for another host: api.example.com",
        "net::ERR_CERT_COMMON_NAME_INVALID");
    assertFalse(result.out().contains("No subject alternative"), result.out());
    allowed(visit(url, "--insecure"));
  }

  @Test
  void a_certificate_with_several_faults_is_to_be_replaced_once() throws Exception {
    Result result = visit(https(tls(SelfSigned.since(60, "api.example.com"))));
    unanswered(
        result,
        "the certificate is self-signed",
        "and expired on 20",
        "and is for another host: api.example.com",
        "so get a new one: of an authority that browsers trust");
    assertFalse(result.text().contains("accept it there"), result.out());
  }
}
