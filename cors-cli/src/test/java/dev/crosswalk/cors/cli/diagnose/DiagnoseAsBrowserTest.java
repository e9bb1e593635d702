package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.APP;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.allowed;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks as a browser does, with its headers and its body. */
class DiagnoseAsBrowserTest extends ScriptedServers {

  @TempDir private Path folder;

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
    "-d, @/no/such/file, --data @/no/such/file cannot be read: there is no such file",
    "--data-json, {}, Write only one of --data and --data-json",
    "--cacert, /no/such/file, cannot be read: there is no such file"
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
}
