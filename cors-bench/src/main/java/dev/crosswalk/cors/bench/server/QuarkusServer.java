package dev.crosswalk.cors.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server on Quarkus, in one more JVM: Quarkus builds its application itself, in {@code
 * cors-bench/quarkus}. The modes are settings of that.
 */
final class QuarkusServer {

  private static final Path APPLICATION =
      Path.of("cors-bench", "quarkus", "target", "quarkus-app", "quarkus-run.jar");

  private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");

  private QuarkusServer() {}

  static int start(Mode mode) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms256m", "-Xmx256m"));
    command.addAll(List.of("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=0"));
    settings(mode).forEach(setting -> command.add("-D" + setting));
    command.addAll(List.of("-jar", APPLICATION.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        drain(said);
        return Integer.parseInt(listening.group(1));
      }
    }
    throw new IOException(APPLICATION + " has not started: build it with -Pbench.");
  }

  /** What it logs later goes on. A pipe that nobody empties is full one day, and then it waits. */
  private static void drain(BufferedReader said) {
    Thread thread = new Thread(() -> said.lines().forEach(System.err::println), "quarkus-log");
    thread.setDaemon(true);
    thread.start();
  }

  private static List<String> settings(Mode mode) {
    String origins = String.join(",", Server.ORIGINS);
    String methods = String.join(",", Server.METHODS);
    String headers = String.join(",", Server.REQUEST_HEADERS);
    return switch (mode) {
      case NONE -> List.of();
      case BY_HAND -> List.of("bench.by-hand=true");
      case OWN ->
          List.of(
              "quarkus.http.cors.enabled=true",
              "quarkus.http.cors.origins=" + origins,
              "quarkus.http.cors.methods=" + methods,
              "quarkus.http.cors.headers=" + headers,
              "quarkus.http.cors.access-control-max-age=" + Server.MAX_AGE_SECONDS + "S");
      case CROSSWALK ->
          Server.isSoaked()
              ? List.of(
                  "soak=true", Server.POLICY_FILE + "=" + System.getProperty(Server.POLICY_FILE))
              : List.of(
                  "cors.allowed-origins=" + origins,
                  "cors.allowed-methods=" + methods,
                  "cors.allowed-request-headers=" + headers,
                  "cors.max-age=" + Server.MAX_AGE_SECONDS);
    };
  }
}
