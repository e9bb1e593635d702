package dev.crosswalk.cors.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@link Server} in a JVM of its own. */
public record Running(Framework framework, Mode mode, Process process, int port) {

  /**
   * Starts a server.
   *
   * @param errors where its errors go
   * @param options further options of its JVM
   */
  public static Running start(
      Framework framework, Mode mode, ProcessBuilder.Redirect errors, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms256m", "-Xmx256m"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Server.class.getName(), framework.name(), mode.name()));
    Process process = new ProcessBuilder(command).redirectError(errors).start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String port = said.readLine();
    if (port == null) {
      throw new IOException(framework + ", " + mode + ", has not started; see its errors.");
    }
    return new Running(framework, mode, process, Integer.parseInt(port));
  }

  public String url() {
    return "http://127.0.0.1:" + port + Server.PATH;
  }

  /** With the processes that it has started: Quarkus runs in one of its own. */
  public Duration cpu() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Returns the process that answers: Quarkus' own, or the one that was started. */
  public long answering() {
    return process.descendants().findFirst().map(ProcessHandle::pid).orElse(process.pid());
  }

  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
