package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.allowed;
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
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What TLS decides before there is a response: certificates, and HTTP/2. */
class DiagnoseTlsTest extends ScriptedServers {

  private static final String HTTP_2_SETTINGS = "\0\0\0\4\0\0\0\0\0\0\0\0\4\1\0\0\0\0";

  @TempDir private Path folder;

  @Test
  void a_redirect_to_a_bad_certificate_is_answered() throws Exception {
    String there = https(tls(SelfSigned.of("api.example.com")));
    Result result = diagnose(response("302 Found", ALLOW, "Location: " + there));
    says(result, "was redirected to " + there + ". This is not CORS", "is for another host");
  }

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
        server(
            List.of("h2"),
            wire -> {
              if (!wire.readHead().startsWith("PRI ")) {
                wire.say(HTTP_2_SETTINGS);
                return;
              }
              wire.readBody(REST_OF_PREFACE.length());
              wire.say(HTTP_2_SETTINGS);
              while (true) { // JDK 25 asks again on the same connection
                String stream = readFramesUntilHeaders(wire);
                wire.say("\0\0\4\3\0" + stream + "\0\0\0" + (char) code);
              }
            });
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
  void a_certificate_of_a_server_that_speaks_http_2_alone() throws Exception {
    ScriptedServer server = http2(List.of("h2"), "", head -> "");
    unanswered(
        visit("https://127.0.0.1:" + server.port() + "/"),
        "no response came. The certificate is self-signed");
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

  /** A response to a request that has not come yet is an error of the protocol. */
  private static String readFramesUntilHeaders(ScriptedServer.Wire wire) throws IOException {
    byte[] head;
    do {
      head = wire.readBody(9);
      if (head.length < 9) {
        throw new IOException("the client left");
      }
      wire.readBody((head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | head[2] & 0xFF);
    } while (head[3] != 1);
    return new String(head, 5, 4, StandardCharsets.ISO_8859_1); // of the stream
  }

  private static final String REST_OF_PREFACE = "SM\r\n\r\n";

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
          wire.readBody(REST_OF_PREFACE.length());
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
}
