package dev.crosswalk.cors.bench.server;

import dev.crosswalk.cors.bench.Spread;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures whole servers under load: how many requests a second each framework answers without
 * CORS, with its own, and with Crosswalk, and how much CPU time a request takes. The load is made
 * by wrk, on the same machine.
 *
 * <p>All servers of a framework run at once and are asked in turn, one second each, in an order
 * that changes from round to round; so what disturbs the machine disturbs them all, and a ratio is
 * that of neighbors. After some rounds all of them are started again: two JVMs that run the same
 * code differ by a few percent, for as long as they live, in what their compilers made of it.
 */
public final class EndToEnd {

  private static final int CONNECTIONS = 16;

  private final int forks;
  private final int rounds;
  private final int seconds;
  private final int warmUp;
  private final HttpClient client = HttpClient.newHttpClient();
  private final PrintStream out = System.out;

  private EndToEnd(int forks, int rounds, int seconds, int warmUp) {
    this.forks = forks;
    this.rounds = rounds;
    this.seconds = seconds;
    this.warmUp = warmUp;
  }

  /**
   * Measures, prints a table, and writes it to {@code target/end-to-end.md}.
   *
   * @param arguments {@code --forks N}, how often the servers are started: 5 unless said otherwise;
   *     {@code --rounds N} with each of them: 4; {@code --seconds S} for each request to each
   *     server in each round: 1; {@code --warm-up S} for the same in the first round of a JVM,
   *     which does not count, until the code is compiled: 3; {@code --framework NAME} for one of
   *     them alone
   * @throws IOException if wrk or a server does not start, or answers wrongly
   * @throws InterruptedException if interrupted
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    int forks = 5;
    int rounds = 4;
    int seconds = 1;
    int warmUp = 3;
    List<Framework> frameworks = List.of(Framework.values());
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value.");
      }
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--forks" -> forks = Integer.parseInt(value);
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--seconds" -> seconds = Integer.parseInt(value);
        case "--warm-up" -> warmUp = Integer.parseInt(value);
        case "--framework" ->
            frameworks = List.of(Framework.valueOf(value.toUpperCase(Locale.ROOT)));
        default ->
            throw new IllegalArgumentException(
                arguments[i]
                    + " is none of --forks, --rounds, --seconds, --warm-up and --framework.");
      }
    }
    new EndToEnd(forks, rounds, seconds, warmUp).measure(frameworks);
  }

  private void measure(List<Framework> frameworks) throws IOException, InterruptedException {
    List<String> table = new ArrayList<>();
    table.add(
        "| framework | request | without CORS | by hand | its own | Crosswalk"
            + " | Crosswalk to without | Crosswalk to by hand | Crosswalk to its own |");
    table.add("|---|---|---:|---:|---:|---:|---:|---:|---:|");
    List<String> times = new ArrayList<>();
    times.add("| framework | request | without CORS | by hand | its own | Crosswalk |");
    times.add("|---|---|---:|---:|---:|---:|");
    for (Framework framework : frameworks) {
      Map<Load, Map<Mode, List<Measured>>> measured = new EnumMap<>(Load.class);
      for (int fork = 1; fork <= forks; fork++) {
        measure(framework, fork, measured);
      }
      measured.forEach(
          (load, byMode) -> {
            table.add(row(framework, load, byMode));
            times.add(times(framework, load, byMode));
          });
    }
    table.add("");
    table.add("Microseconds of CPU time for a request:");
    table.add("");
    table.addAll(times);
    Path file = Path.of("target", "end-to-end.md");
    Files.createDirectories(file.getParent());
    Files.write(file, table, StandardCharsets.UTF_8);
    table.forEach(out::println);
    out.println("Written to " + file.toAbsolutePath());
  }

  /**
   * Starts the servers and measures some rounds.
   *
   * @param measured what was measured, by request and mode, once for each round
   */
  private void measure(Framework framework, int fork, Map<Load, Map<Mode, List<Measured>>> measured)
      throws IOException, InterruptedException {
    List<Running> servers = new ArrayList<>();
    try {
      for (Mode mode : Mode.values()) {
        Running server = Running.start(framework, mode, ProcessBuilder.Redirect.INHERIT);
        servers.add(server);
        for (Load load : Load.values()) {
          if (load.canMeasure(mode)) {
            check(server, load);
          }
        }
      }
      Collections.rotate(servers, fork);
      for (int round = 0; round <= rounds; round++) {
        out.printf(
            "%s, fork %d, %s%n", framework, fork, round == 0 ? "warming up" : "round " + round);
        for (Load load : Load.values()) {
          for (Running server : servers) {
            if (load.canMeasure(server.mode())) {
              Measured once = load(server, load, round == 0 ? warmUp : seconds);
              if (round > 0) {
                measured
                    .computeIfAbsent(load, any -> new EnumMap<>(Mode.class))
                    .computeIfAbsent(server.mode(), any -> new ArrayList<>())
                    .add(once);
              }
            }
          }
        }
        Collections.rotate(servers, 1);
      }
    } finally {
      servers.forEach(Running::stop);
    }
  }

  private void check(Running server, Load load) throws IOException, InterruptedException {
    List<String> faults = load.faults(server.mode(), load.ask(client, server.url()));
    if (!faults.isEmpty()) {
      throw new IOException(
          "%s, %s, answers wrongly, %s: %s"
              .formatted(server.framework(), server.mode(), load, String.join("; ", faults)));
    }
  }

  /**
   * What one second of load has shown. The CPU time is the whole process's, from the operating
   * system, which counts it in hundredths of a second. It tells servers apart that wrk keeps
   * waiting.
   */
  private record Measured(double requestsPerSecond, double cpuMicroseconds) {}

  private Measured load(Running server, Load load, int seconds)
      throws IOException, InterruptedException {
    Path script = Files.createTempFile("load", ".lua");
    try {
      Files.writeString(script, load.script(), StandardCharsets.UTF_8);
      Duration before = server.cpu();
      Process wrk =
          wrk("-t1", "-c" + CONNECTIONS, "-d" + seconds + "s", "-s" + script, server.url());
      String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      wrk.waitFor();
      double cpu = server.cpu().minus(before).toNanos() / 1e3;
      String[] measured =
          said.lines()
              .filter(line -> line.startsWith("measured "))
              .findFirst()
              .orElseThrow(() -> new IOException("wrk has measured nothing: " + said))
              .split(" ");
      if (!measured[3].equals("0")) {
        throw new IOException(
            "%s, %s, has failed %s times, %s: %s"
                .formatted(server.framework(), server.mode(), measured[3], load, said));
      }
      double requests = Double.parseDouble(measured[1]);
      return new Measured(requests * 1e6 / Double.parseDouble(measured[2]), cpu / requests);
    } finally {
      Files.delete(script);
    }
  }

  private static Process wrk(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("wrk"));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(
          "wrk is missing, which makes the load: apt-get install wrk, or brew install wrk.", e);
    }
  }

  private static String row(Framework framework, Load load, Map<Mode, List<Measured>> measured) {
    StringBuilder row = new StringBuilder("| " + framework + " | " + load + " |");
    for (Mode mode : Mode.values()) {
      List<Double> rates = rates(measured, mode);
      row.append(' ').append(rates.isEmpty() ? "–" : Spread.of(rates).toString("%,.0f"));
      row.append(" |");
    }
    List<Double> ours = rates(measured, Mode.CROSSWALK);
    for (Mode mode : List.of(Mode.NONE, Mode.BY_HAND, Mode.OWN)) {
      List<Double> theirs = rates(measured, mode);
      row.append(' ').append(theirs.isEmpty() ? "–" : ratio(ours, theirs).toString("%.2f"));
      row.append(" |");
    }
    return row.toString();
  }

  private static List<Double> rates(Map<Mode, List<Measured>> measured, Mode mode) {
    return measured.getOrDefault(mode, List.of()).stream()
        .map(Measured::requestsPerSecond)
        .toList();
  }

  private static String times(Framework framework, Load load, Map<Mode, List<Measured>> measured) {
    StringBuilder row = new StringBuilder("| " + framework + " | " + load + " |");
    for (Mode mode : Mode.values()) {
      List<Double> times =
          measured.getOrDefault(mode, List.of()).stream().map(Measured::cpuMicroseconds).toList();
      row.append(' ').append(times.isEmpty() ? "–" : Spread.of(times).toString("%.2f"));
      row.append(" |");
    }
    return row.toString();
  }

  /**
   * Round by round: what slows down a whole round makes no difference between two of its members.
   */
  private static Spread ratio(List<Double> ours, List<Double> theirs) {
    return Spread.of(
        IntStream.range(0, ours.size()).mapToObj(i -> ours.get(i) / theirs.get(i)).toList());
  }
}
