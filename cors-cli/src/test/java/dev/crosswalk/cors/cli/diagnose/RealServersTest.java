package dev.crosswalk.cors.cli.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.cli.remedy.Chromium;
import dev.crosswalk.cors.cli.remedy.RealServer;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real servers with real mistakes: {@code diagnose} beside Chromium and beside the right answer. It
 * needs the software, so it runs in the profile {@code servers}; it says what is not installed.
 */
@Tag("servers")
class RealServersTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Test
  void diagnose_says_what_chromium_does_and_why() throws Exception {
    List<String> wrong = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Map<String, int[]> kinds = new TreeMap<>();
    List<String> only = List.of(System.getProperty("servers.only", "").split("\\|"));
    try (Chromium chromium = new Chromium()) {
      for (String software : ServerCase.SOFTWARE) {
        Map<String, Object> recorded = new LinkedHashMap<>();
        for (ServerCase server : ServerCase.of(software)) {
          if (only.stream().noneMatch(server.toString()::contains)) {
            JsonNode before = RecordedServersTest.recorded(server);
            if (!before.isMissingNode()) {
              recorded.put(server.name(), before);
            }
            continue;
          }
          String program = RealServer.missing(server.start());
          if (!program.isEmpty()) {
            missing.add(server + " (" + program + " is not installed)");
            continue;
          }
          int[] count = kinds.computeIfAbsent(server.kind(), kind -> new int[2]);
          count[1]++;
          try {
            String mistake = judge(server, chromium, recorded);
            if (mistake.isEmpty()) {
              count[0]++;
            } else {
              wrong.add(server + "\n" + mistake);
            }
          } catch (Exception e) {
            wrong.add(server + "\n  " + e);
          }
        }
        if (Boolean.getBoolean("servers.record")) {
          Files.writeString(
              Path.of(
                  "src/test/resources/dev/crosswalk/cors/cli/diagnose/servers", software + ".json"),
              JSON.writeValueAsString(recorded) + "\n");
        }
      }
    }
    kinds.forEach((kind, count) -> System.out.println(kind + ": " + count[0] + " of " + count[1]));
    missing.forEach(line -> System.out.println("not run: " + line));
    System.out.println(
        kinds.values().stream().mapToInt(count -> count[0]).sum()
            + " of "
            + kinds.values().stream().mapToInt(count -> count[1]).sum()
            + " right");
    assertEquals("", String.join("\n", wrong));
    assertEquals(List.of(), missing);
  }

  private static String judge(ServerCase server, Chromium chromium, Map<String, Object> recorded)
      throws Exception {
    String scheme = server.options().contains("https") ? "https" : "http";
    String host =
        server.options().stream()
            .filter(option -> option.startsWith("host="))
            .map(option -> option.substring("host=".length()))
            .findFirst()
            .orElse("127.0.0.1");
    Chromium.Sight sight;
    String seenAt;
    try (RealServer real = new RealServer(server)) {
      seenAt = ":" + real.port();
      sight = see(server, chromium, scheme + "://" + host + seenAt);
    }
    Map<String, String> recording = RealServer.newRecording();
    Result result;
    try (RealServer real = new RealServer(server);
        ScriptedServer recorder = real.recorder(recording)) {
      int port = server.isRecorded() ? recorder.port() : real.port();
      List<String> more = RealServer.arguments(server, scheme + "://" + host + ":" + port);
      String url = more.remove(0);
      more.addAll(List.of("--json", "--timeout", "4"));
      result = Diagnosing.visit(url, more.toArray(new String[0]));
    }
    if (server.isRecorded()) {
      recorded.put(
          server.name(),
          Map.of(
              "chromium",
              sight.allowed() ? "ALLOWED" : "BLOCKED",
              "console",
              sight.console().stream().map(line -> line.replace(seenAt, ":{port}")).toList(),
              "exchanges",
              recording));
    }
    StringBuilder mistake = new StringBuilder(compare(server, result));
    if (sight.allowed() != server.allowed()) {
      mistake.append("  Chromium: ").append(sight).append("\n");
    }
    if (!mistake.isEmpty()) {
      mistake
          .append("  Chromium ")
          .append(sight.detail())
          .append(sight.console())
          .append("\n")
          .append(result.out().lines().limit(20).toList());
    }
    return mistake.toString();
  }

  private static Chromium.Sight see(ServerCase server, Chromium chromium, String base)
      throws Exception {
    List<String> ask = server.ask();
    String method = null;
    String body = null;
    boolean credentials = false;
    List<String> headers = new ArrayList<>();
    for (int i = 1; i < ask.size(); i++) {
      switch (ask.get(i)) {
        case "-X" -> method = ask.get(++i);
        case "-H" -> headers.add(ask.get(++i));
        case "-d" -> body = ask.get(++i);
        case "--data-json" -> {
          body = ask.get(++i);
          headers.add("Content-Type: application/json");
        }
        case "--credentials" -> credentials = true;
        case "--insecure" -> {}
        default -> throw new IllegalArgumentException(ask.get(i));
      }
    }
    String verb = method != null ? method : body == null ? "GET" : "POST";
    return chromium.fetch(base + ask.get(0), verb, headers, body, credentials);
  }

  /** What differs from the right answer, in lines; empty if nothing does. */
  static String compare(ServerCase server, Result result) {
    StringBuilder mistake = new StringBuilder();
    if (result.out().isBlank()) {
      return "  no answer: " + result.err() + "\n";
    }
    JsonNode json = result.json();
    boolean allowed = json.path("allowed").asBoolean();
    if (allowed != server.allowed()) {
      mistake.append("  verdict: allowed=").append(allowed).append("\n");
    }
    String code = json.path("cause").asString("");
    if (!code.equals(server.code())) {
      mistake
          .append("  cause: ")
          .append(code)
          .append(" and not ")
          .append(server.code())
          .append("\n");
    }
    String text = new String(result.out().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    for (String words : server.says()) {
      if (!JSON.writeValueAsString(json).contains(words.replace("\"", "\\\""))) {
        mistake.append("  does not say: ").append(words).append("\n");
      }
    }
    return mistake.toString();
  }
}
