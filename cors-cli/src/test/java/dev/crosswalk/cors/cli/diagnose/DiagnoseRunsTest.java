package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than one question at once, and answers for a ticket. */
class DiagnoseRunsTest {

  @TempDir private Path folder;

  private static ScriptedServer server(String... answers) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    return ScriptedServer.start(
        wire -> {
          wire.readHead();
          wire.say(answers[Math.min(answers.length - 1, asked.getAndIncrement())]);
        });
  }

  @Test
  void a_list_of_urls_has_a_line_for_each() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.start(
            wire ->
                wire.say(
                    wire.readHead().startsWith("GET /good")
                        ? response("200 OK", ALLOW)
                        : response("200 OK")))) {
      Path file =
          Files.writeString(
              folder.resolve("urls.txt"),
              "# mine\n\n" + server.url("/good") + "\n" + server.url("/bad") + "\n");
      Result result = crosswalk("diagnose", "--urls", file.toString(), "--origin", Diagnosing.APP);
      assertEquals(1, result.exit(), result.err());
      assertEquals(
          "ALLOWED  %s\nBLOCKED  ACAO_MISSING  %s\n"
              .formatted(server.url("/good"), server.url("/bad")),
          result.out());
      assertTrue(
          result.err().startsWith("ACAO_MISSING: The response (200) has no Access-Control-Allow"),
          result.err());
    }
  }

  @Test
  void a_line_that_is_no_url_is_told_before_the_first_request() throws IOException {
    ScriptedServer server = ScriptedServer.start(wire -> wire.say(response("200 OK", ALLOW)));
    Path file =
        Files.writeString(
            folder.resolve("urls.txt"), "# ours\n" + server.url("/") + "\n\napi.example.com\n");
    Result result = crosswalk("diagnose", "--urls", file.toString(), "--origin", Diagnosing.APP);
    assertEquals(2, result.exit(), result.out());
    assertTrue(
        result.err().contains(file + ", line 4: The URL api.example.com has no scheme"),
        result.err());
    assertEquals(List.of(), server.heads());
  }

  @Test
  void watching_ends_when_all_is_well() throws IOException {
    String bad = response("200 OK");
    // The first round asks more than once, to find out why: with another origin, and without one.
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.start(
            wire -> {
              String head = wire.readHead();
              boolean page = head.contains("Origin: " + Diagnosing.APP + "\r\n");
              wire.say(page && asked.incrementAndGet() > 1 ? response("200 OK", ALLOW) : bad);
            })) {
      Result result = visit(server.url("/"), "--watch", "1");
      assertEquals(0, result.exit(), result.out() + result.err());
      assertTrue(result.out().contains("BLOCKED"), result.out());
      assertTrue(result.out().contains("ALLOWED"), result.out());
    }
  }

  @Test
  void watching_changes_nothing_on_the_server() {
    Result result = visit("http://localhost/", "--watch", "1", "-X", "DELETE");
    assertEquals(2, result.exit());
    assertTrue(result.err().contains("it accepts only GET and HEAD"), result.err());
  }

  @Test
  void a_ticket_has_no_secrets() throws IOException {
    try (ScriptedServer server = server(response("200 OK", "Server: ````x"))) {
      Result result =
          crosswalk(
              "diagnose",
              server.url("/items?page=1&access_token=hunter2"),
              "--origin",
              Diagnosing.APP,
              "--markdown");
      assertEquals(1, result.exit(), result.err());
      assertTrue(result.out().startsWith("### CORS: `GET "), result.out());
      assertTrue(result.out().contains("\n`````text\n"), result.out());
      assertTrue(result.out().contains("page=1&access_token=not-shown"), result.out());
      assertFalse(result.out().contains("hunter2"), result.out());
    }
  }

  @Test
  void keys_in_headers_are_not_shown() throws IOException {
    String allowed = response("204 No Content", ALLOW, "Access-Control-Allow-Headers: x-api-key");
    try (ScriptedServer server = server(allowed, response("200 OK", ALLOW))) {
      Result result = visit(server.url("/"), "-H", "X-Api-Key: hunter2");
      assertTrue(result.out().contains("X-Api-Key: not-shown"), result.out());
      assertFalse(result.out().contains("hunter2"), result.out());
    }
  }
}
