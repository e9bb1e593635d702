package dev.crosswalk.cors.bench.decision;

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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
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
   * @throws Exception if JMH does not know an option, if a benchmark fails, or if the table cannot
   *     be written
   */
  public static void main(String... arguments) throws Exception {
    OptionsBuilder options = new OptionsBuilder();
    options
        .parent(new CommandLineOptions(arguments))
        .include(DecisionBenchmark.class.getName())
        .addProfiler(Allocation.class)
        // Compiled before it goes on, so that a busy machine does not measure the interpreter. The
        // response here lives long, and G1 puts a fence behind each write to a long-lived object. A
        // server's response is young, and has none.
        .jvmArgsAppend("-Xbatch", "-XX:+UseSerialGC")
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
    String table = new Table(new Runner(options.build()).run()).text();
    System.out.println(table);
    Path file = Path.of("target", "decision-benchmark.md");
    Files.createDirectories(file.getParent());
    Files.writeString(file, table, StandardCharsets.UTF_8);
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

    String text() throws Exception {
      List<String> lines = new ArrayList<>();
      StringBuilder head = new StringBuilder("| scenario |");
      StringBuilder rule = new StringBuilder("|---|");
      for (Peer peer : Peer.values()) {
        head.append(' ').append(peer.name().toLowerCase(Locale.ROOT)).append(" |");
        rule.append("---:|");
      }
      lines.add(head.append(" crosswalk to floor |").toString());
      lines.add(rule.append("---:|").toString());
      double logarithms = 0;
      for (Map.Entry<Scenario, Map<Peer, RunResult>> row : results.entrySet()) {
        lines.add(row(row.getKey(), row.getValue()));
        logarithms += Math.log(ratio(row.getKey(), row.getValue()));
      }
      lines.add(
          String.format(
              Locale.ROOT,
              "%nGeometric mean of crosswalk to floor: %.2f",
              Math.exp(logarithms / results.size())));
      return String.join("\n", lines) + "\n";
    }

    private static String row(Scenario scenario, Map<Peer, RunResult> peers) throws Exception {
      StringBuilder row = new StringBuilder("| ");
      row.append(scenario.name().toLowerCase(Locale.ROOT).replace('_', ' ')).append(" |");
      for (Peer peer : Peer.values()) {
        row.append(' ').append(cell(scenario, peer, peers.get(peer))).append(" |");
      }
      return row.append(String.format(Locale.ROOT, " %.2f |", ratio(scenario, peers))).toString();
    }

    /** Struck out where the answer is wrong, so that its time says nothing. */
    private static String cell(Scenario scenario, Peer peer, @Nullable RunResult run)
        throws Exception {
      if (!peer.canMeasure(scenario) || run == null) {
        return "–";
      }
      double bytes =
          Objects.requireNonNull(run.getSecondaryResults().get(Allocation.LABEL)).getScore();
      String cell =
          String.format(Locale.ROOT, "%.1f ns, %.0f B", nanoseconds(scenario, run), bytes);
      return peer.isRight(scenario) ? cell : "~~" + cell + "~~";
    }

    /** The shortest of thousands of batches: other processes make some longer, and none shorter. */
    private static double nanoseconds(Scenario scenario, RunResult run) {
      return run.getPrimaryResult().getStatistics().getMin() / scenario.batch();
    }

    private static double ratio(Scenario scenario, Map<Peer, RunResult> peers) {
      RunResult ours = peers.get(Peer.CROSSWALK);
      RunResult floor = peers.get(Peer.FLOOR);
      return ours == null || floor == null
          ? Double.NaN
          : nanoseconds(scenario, ours) / nanoseconds(scenario, floor);
    }
  }
}
