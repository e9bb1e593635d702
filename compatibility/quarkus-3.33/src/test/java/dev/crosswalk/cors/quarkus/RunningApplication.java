package dev.crosswalk.cors.quarkus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application that Quarkus has built, in a process of its own, as in production. */
final class RunningApplication implements AutoCloseable {

  private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
  private static final int SECONDS = 60;

  private final Process process;
  private final Path output;

  /**
   * Starts it.
   *
   * @param settings what its file of settings has
   * @param environment variables that it has beside ours
   * @param options of the JVM
   */
  RunningApplication(String settings, Map<String, String> environment, String... options)
      throws IOException {
    Path directory = Files.createTempDirectory(Path.of("target"), "run");
    // Quarkus reads this file of the working directory.
    Path file = directory.resolve("config/application.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, settings);
    output = directory.resolve("output.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
    command.addAll(List.of("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=0"));
    command.addAll(List.of(options));
    command.add("-jar");
    command.add(BuiltApplication.DIRECTORY.resolve("quarkus-run.jar").toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CORS_"));
    builder.environment().putAll(environment);
    process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  /** What it has printed. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** Waits until it has ended, which it does if it has not started. */
  String refusal() throws Exception {
    assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "it runs still: " + output());
    assertEquals(1, process.exitValue(), output());
    return output();
  }

  WireResponse send(String method, String path, String... headers) throws Exception {
    try (WireClient client = new WireClient()) {
      return client.send(
          new WireRequest(method, "http://127.0.0.1:" + port() + path, Headers.of(headers)));
    }
  }

  private int port() throws Exception {
    for (int i = 0; i < SECONDS * 20; i++) {
      Matcher listening = LISTENING.matcher(output());
      if (listening.find()) {
        return Integer.parseInt(listening.group(1));
      }
      assertTrue(process.isAlive(), output());
      Thread.sleep(50);
    }
    throw new AssertionError("it does not start: " + output());
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
