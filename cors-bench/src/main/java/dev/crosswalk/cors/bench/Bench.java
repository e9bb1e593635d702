package dev.crosswalk.cors.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmark and writes a table: nanoseconds and bytes of every peer in every scenario, and
 * the ratio to the floor. Takes JMH's options, which override the ones set here.
 */
public final class Bench {

  private Bench() {}

  /**
   * Runs it.
   *
   * @param arguments JMH's options; {@code -h} lists them
   * @throws CommandLineOptionException if JMH does not know an option
   * @throws RunnerException if a benchmark fails
   * @throws IOException if the table cannot be written
   */
  public static void main(String... arguments)
      throws CommandLineOptionException, RunnerException, IOException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .parent(new CommandLineOptions(arguments))
        .include(DecisionBenchmark.class.getName())
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true);
    CommandLineOptions given = new CommandLineOptions(arguments);
    if (!given.getForkCount().hasValue()) {
      options.forks(1);
    }
    if (!given.getWarmupIterations().hasValue()) {
      options.warmupIterations(3).warmupTime(TimeValue.milliseconds(500));
    }
    if (!given.getMeasurementIterations().hasValue()) {
      options.measurementIterations(5).measurementTime(TimeValue.milliseconds(500));
    }
    Table table = new Table(new Runner(options.build()).run());
    System.out.println(table);
    Path file = Path.of("target", "decision-benchmark.md");
    Files.createDirectories(file.getParent());
    Files.writeString(file, table.toString(), StandardCharsets.UTF_8);
    PrintStream out = System.out;
    out.println("Written to " + file.toAbsolutePath());
  }

  /** What was measured, a row for each scenario. */
  private static final class Table {

    private final Map<Scenario, Map<Peer, RunResult>> results = new EnumMap<>(Scenario.class);

    Table(Collection<RunResult> runs) {
      for (RunResult run : runs) {
        results
            .computeIfAbsent(
                Scenario.valueOf(run.getParams().getParam("scenario")),
                scenario -> new EnumMap<>(Peer.class))
            .put(Peer.valueOf(run.getParams().getParam("peer")), run);
      }
    }

    @Override
    public String toString() {
      List<String> lines = new ArrayList<>();
      StringBuilder head = new StringBuilder("| scenario |");
      StringBuilder rule = new StringBuilder("|---|");
      for (Peer peer : Peer.values()) {
        head.append(' ').append(peer.name().toLowerCase(Locale.ROOT)).append(" |");
        rule.append("---:|");
      }
      lines.add(head.append(" crosswalk to floor |").toString());
      lines.add(rule.append("---:|").toString());
      results.forEach((scenario, peers) -> lines.add(row(scenario, peers)));
      return String.join("\n", lines) + "\n";
    }

    private static String row(Scenario scenario, Map<Peer, RunResult> peers) {
      StringBuilder row = new StringBuilder("| ");
      row.append(scenario.name().toLowerCase(Locale.ROOT).replace('_', ' ')).append(" |");
      for (Peer peer : Peer.values()) {
        row.append(' ').append(cell(scenario, peer, peers.get(peer))).append(" |");
      }
      RunResult ours = peers.get(Peer.CROSSWALK);
      RunResult floor = peers.get(Peer.FLOOR);
      return row.append(' ').append(ratio(ours, floor)).append(" |").toString();
    }

    private static String cell(Scenario scenario, Peer peer, @Nullable RunResult run) {
      if (!peer.canMeasure(scenario) || run == null) {
        return "–";
      }
      Result<?> time = run.getPrimaryResult();
      Result<?> bytes = run.getSecondaryResults().get("gc.alloc.rate.norm");
      return String.format(
          Locale.ROOT,
          "%.1f ± %.1f ns, %.0f B",
          time.getScore(),
          time.getScoreError(),
          bytes == null ? Double.NaN : bytes.getScore());
    }

    private static String ratio(@Nullable RunResult ours, @Nullable RunResult floor) {
      return ours == null || floor == null
          ? "–"
          : String.format(
              Locale.ROOT,
              "%.2f",
              ours.getPrimaryResult().getScore() / floor.getPrimaryResult().getScore());
    }
  }
}
