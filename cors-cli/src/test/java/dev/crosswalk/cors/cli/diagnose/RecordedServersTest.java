package dev.crosswalk.cors.cli.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.cli.remedy.RealServer;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What real servers answered, word for word, and what Chromium made of it: {@code diagnose} comes
 * to the same. {@code RealServersTest} records it; where a question is new, it has to be recorded
 * anew.
 */
class RecordedServersTest {

  static Stream<ServerCase> servers() {
    return ServerCase.all().stream().filter(ServerCase::isRecorded);
  }

  static JsonNode recorded(ServerCase server) {
    return JsonMapper.shared()
        .readTree(ServerCase.resource(server.software() + ".json"))
        .path(server.name());
  }

  @Test
  void enough_servers_of_every_software_are_recorded() {
    List<ServerCase> all = servers().toList();
    assertTrue(all.size() > 200, "docs/diagnosing.md says so");
    assertTrue(ServerCase.all().size() > 230, "docs/diagnosing.md says so");
    assertTrue(all.stream().map(ServerCase::kind).distinct().count() >= 20);
    assertTrue(all.stream().filter(ServerCase::allowed).count() >= 15);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void diagnose_says_what_chromium_did_and_why(ServerCase server) throws Exception {
    JsonNode recorded = recorded(server);
    JsonNode exchanges = recorded.path("exchanges");
    List<String> unknown = new ArrayList<>();
    try (ScriptedServer replay =
        ScriptedServer.start(
            wire -> {
              String head = wire.readHead();
              String port = head.replaceAll("(?is).*\r\nhost: [^\r]*(:[0-9]+)\r.*", "$1");
              String key = RealServer.key(head).replace(port, ":{port}");
              String answer = exchanges.path(key).asString("");
              if (!exchanges.has(key)) {
                unknown.add(key);
              }
              wire.say(framed(answer.replace(":{port}", port)));
            })) {
      List<String> more = RealServer.arguments(server, "http://127.0.0.1:" + replay.port());
      String url = more.remove(0);
      more.add("--json");
      Result result = Diagnosing.visit(url, more.toArray(new String[0]));
      assertEquals(List.of(), unknown, "asked anew, and not recorded");
      assertEquals("", RealServersTest.compare(server, result));
      JsonNode chromium = result.json().path("browsers").path("chromium");
      assertEquals(
          recorded.path("chromium").asString().equals("ALLOWED"),
          chromium.path("allowed").asBoolean());
      for (JsonNode line : recorded.path("console")) {
        String said = chromium.path("console").asString("").replace(":" + replay.port(), ":{port}");
        assertTrue(said.contains(line.asString()), () -> line.asString() + "\nis not in\n" + said);
      }
    }
  }

  /** What was cut, or came in chunks, ends where the connection does. */
  private static String framed(String answer) {
    int end = answer.indexOf("\r\n\r\n");
    if (end < 0) {
      return answer;
    }
    String head =
        answer
            .substring(0, end)
            .replaceAll("(?im)^(content-length|transfer-encoding|connection):.*\r?\n?", "")
            .stripTrailing();
    return head + "\r\nConnection: close\r\n\r\n" + answer.substring(end + 4);
  }
}
