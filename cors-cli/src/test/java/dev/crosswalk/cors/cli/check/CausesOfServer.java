package dev.crosswalk.cors.cli.check;

import static dev.crosswalk.cors.cli.check.FlawedServer.APP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Crosswalk;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command, and what it says of one server. */
class CausesOfServer {

  static final String[] PROFILE = {
    "--allowed-origin",
    APP,
    "--refused-origin",
    "https://evil.example",
    "--credentials",
    "--header",
    "X-Token,X-Trace",
    "--method",
    "PUT,PATCH"
  };

  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  @TempDir Path directory;

  final JsonNode check(URI url, String... options) throws Exception {
    Path json = directory.resolve("report.json");
    List<String> arguments = new ArrayList<>(List.of("check", url.toString()));
    arguments.addAll(Arrays.asList(options));
    arguments.addAll(List.of("--json", json.toString()));
    int exit =
        Crosswalk.run(
            new PrintWriter(out), new PrintWriter(err), Ansi.OFF, arguments.toArray(new String[0]));
    assertEquals("", err.toString());
    JsonNode server =
        JsonMapper.builder().build().readTree(Files.readString(json)).get("servers").get(0);
    boolean serious = false;
    for (JsonNode cause : server.get("causes")) {
      serious |= !cause.get("severity").asString().equals("note");
    }
    assertTrue(exit == 1 || !serious, "a cause that is no note breaks the build");
    return server;
  }

  static List<String> causes(JsonNode server) {
    List<String> names = new ArrayList<>();
    for (JsonNode cause : server.get("causes")) {
      String name = cause.get("cause").asString();
      names.add(name.replaceAll("[:?].*", "") + " / " + cause.get("severity").asString());
    }
    return names;
  }
}
