package dev.crosswalk.cors.bench.soak;

import dev.crosswalk.cors.bench.server.Framework;
import dev.crosswalk.cors.bench.server.Mode;
import dev.crosswalk.cors.bench.server.Running;
import dev.crosswalk.cors.bench.server.Server;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import javax.management.MBeanServerConnection;

/**
 * Asks each adapter's server for minutes, in good and in bad ways, while the file of its policy is
 * replaced, and fails if an answer is not one policy's, whole, or if the server holds more and more
 * memory, threads or sockets.
 */
public final class Soak {

  /** One soak's result. */
  record Verdict(String line, List<String> failures) {}

  /**
   * When a server is taken to be at rest.
   *
   * @param between two looks, as long as it needs to notice that its clients have left
   * @param looks how many in a row find no less than before; on a busy machine nothing may happen
   *     between two of them
   */
  record Rest(Duration between, int looks) {}

  private static final Rest REST = new Rest(Duration.ofSeconds(3), 3);

  /** So often the server is looked at, if it does not come to rest. */
  private static final int MOST_LOOKS = 20;

  /** At least this many answers come before a part is over. */
  private static final int FEW = 300;

  /** A machine may be too busy for that, but not so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Of the answers that a connection waits for. Servers close some, for reasons of their own. */
  private static final double MOST_UNANSWERED = 0.01;

  private static final PrintStream OUT = System.out;

  private final String title;
  private final MBeanServerConnection jvm;
  private final Path file;
  private final Rest rest;
  private final Judge judge = new Judge(SoakPolicy.FIRST);
  private final SoakClient client;
  private SoakPolicy policy = SoakPolicy.FIRST;
  private int reloads;

  private Soak(String title, int port, MBeanServerConnection jvm, Path file, Rest rest) {
    this.title = title;
    this.jvm = jvm;
    this.file = file;
    this.rest = rest;
    client = new SoakClient(port, judge);
  }

  /**
   * Soaks the servers one after another, prints a line for each, and writes them to {@code
   * target/soak.md}. Exits with 1 if one of them fails.
   *
   * @param arguments {@code --minutes M} for all servers together: 10 unless said otherwise; {@code
   *     --framework NAME} for one of them alone; {@code --mode NONE} for a server without CORS,
   *     whose answers do not count; {@code --patience 0} for containers of servlets that never end
   *     what the application does not end; {@code --histogram N}, the N classes with the most live
   *     bytes at the end
   * @throws IOException if the file cannot be written
   * @throws InterruptedException if interrupted
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    double minutes = 10;
    Mode mode = Mode.CROSSWALK;
    int histogram = 0;
    List<Framework> frameworks = List.of(Framework.values());
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value.");
      }
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--minutes" -> minutes = Double.parseDouble(value);
        case "--mode" -> mode = Mode.valueOf(value);
        case "--histogram" -> histogram = Integer.parseInt(value);
        case "--patience" -> System.setProperty(Server.PATIENCE, value);
        case "--framework" -> frameworks = List.of(named(value));
        default ->
            throw new IllegalArgumentException(
                arguments[i]
                    + " is none of --minutes, --framework, --mode, --patience and --histogram.");
      }
    }
    Duration each = Duration.ofMillis((long) (minutes * 60_000 / frameworks.size()));
    List<String> failures = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Framework framework : frameworks) {
      Verdict verdict;
      try {
        verdict = soak(framework, mode, each, histogram);
      } catch (IOException e) {
        String line = framework + ": the server is gone. Failed.";
        verdict = new Verdict(line, List.of(framework + " does not answer any more: " + e));
      }
      lines.add("- " + verdict.line());
      OUT.println(verdict.line());
      verdict.failures().forEach(failure -> OUT.println("  FAILED: " + failure));
      failures.addAll(verdict.failures());
    }
    Path written = Path.of("target", "soak.md");
    Files.createDirectories(written.getParent());
    Files.write(written, lines, StandardCharsets.UTF_8);
    OUT.println("Written to " + written.toAbsolutePath());
    System.exit(failures.isEmpty() ? 0 : 1);
  }

  private static Framework named(String name) {
    return Arrays.stream(Framework.values())
        .filter(framework -> framework.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name
                        + " is none of "
                        + Arrays.stream(Framework.values()).map(Enum::name).toList()
                        + "."));
  }

  private static Verdict soak(Framework framework, Mode mode, Duration time, int histogram)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("soak");
    Path file = folder.resolve("cors.properties");
    SoakPolicy.FIRST.moveTo(file);
    // They complain of their clients, rightly and at length.
    Path log = Path.of("target", "soak-" + framework.name().toLowerCase(Locale.ROOT) + ".log");
    Files.createDirectories(log.getParent());
    Running server =
        Running.start(
            framework,
            mode,
            ProcessBuilder.Redirect.to(log.toFile()),
            "-Xmx1g", // Nine thousand streams of Tomcat do not fit into less.
            // Without memory a server answers nothing, not even what it holds.
            "-XX:+ExitOnOutOfMemoryError",
            "-D" + Server.PATIENCE + "=" + Server.patience(),
            "-D" + Server.POLICY_FILE + "=" + file);
    try {
      MBeanServerConnection jvm = Health.of(server.answering());
      Verdict verdict = run(framework + "", server.port(), jvm, file, time, REST);
      if (histogram > 0) {
        Health.histogram(jvm, histogram).forEach(OUT::println);
      }
      return mode == Mode.CROSSWALK
          ? verdict
          : new Verdict(mode + ": " + verdict.line(), List.of());
    } finally {
      server.stop();
      Files.delete(file);
      Files.delete(folder);
    }
  }

  /**
   * Soaks a server: a fifth of the time until its caches are full and its code is compiled, and
   * then in two halves. Before, between and after them nobody asks, and what the JVM holds is
   * measured.
   *
   * @param title the name of the server
   * @param port where it listens
   * @param jvm the JVM in which it runs
   * @param file the file of its policy, which now has the first policy
   */
  static Verdict run(
      String title, int port, MBeanServerConnection jvm, Path file, Duration time, Rest rest)
      throws IOException, InterruptedException {
    Soak soak = new Soak(title, port, jvm, file, rest);
    try {
      return soak.run(time);
    } finally {
      soak.client.close();
    }
  }

  private Verdict run(Duration time) throws IOException, InterruptedException {
    Health start = ask(time.dividedBy(5));
    Health middle = ask(time.multipliedBy(2).dividedBy(5));
    Health end = ask(time.multipliedBy(2).dividedBy(5));

    List<String> failures = new ArrayList<>(judge.told());
    if (judge.wrongAnswers() > failures.size()) {
      failures.add(judge.wrongAnswers() + " wrong answers, of which these are the first");
    }
    if (judge.answers() == 0) {
      failures.add("nothing was answered");
    }
    if (client.unanswered.get() > MOST_UNANSWERED * judge.answers()) {
      failures.add(client.unanswered + " requests have no answer");
    }
    // A pool that fills up grows once. What leaks grows in both halves.
    if (!middle.growthSince(start).isEmpty()) {
      failures.addAll(end.growthSince(middle));
    }
    return new Verdict(line(start, middle, end, failures.isEmpty()), failures);
  }

  private String line(Health start, Health middle, Health end, boolean hasPassed) {
    return String.format(
        Locale.ROOT,
        "%s: %,d answers (%,d by HTTP/2), %d wrong, %d missing; %d policies, %,d connections,"
            + " %,d resets, %,d streams canceled, %,d open at once; heap %s, %s, %s MB; threads"
            + " %d, %d, %d; descriptors %d, %d, %d. %s",
        title,
        judge.answers(),
        client.streams().answers.get(),
        judge.wrongAnswers(),
        client.unanswered.get(),
        reloads,
        client.connections.get(),
        client.resets.get(),
        client.streams().canceled.get(),
        client.streams().mostOpen.get(),
        start.heapInMegabytes(),
        middle.heapInMegabytes(),
        end.heapInMegabytes(),
        start.threads(),
        middle.threads(),
        end.threads(),
        start.descriptors(),
        middle.descriptors(),
        end.descriptors(),
        hasPassed ? "Passed." : "Failed.");
  }

  /** Asks for some time, replaces the policy meanwhile, and says what the JVM holds after that. */
  private Health ask(Duration time) throws IOException, InterruptedException {
    client.start();
    long end = System.nanoTime() + time.toNanos();
    long patience = end + PATIENCE.toNanos();
    long few = judge.answers() + FEW;
    for (long left = time.toNanos();
        left > 0 || judge.answers() < few && System.nanoTime() < patience;
        left = end - System.nanoTime()) {
      // Mostly as quickly as a change is seen; now and then so slowly that the old one must be
      // gone.
      long pause =
          reloads % 10 == 9
              ? Duration.ofSeconds(15).toNanos()
              : ThreadLocalRandom.current().nextLong(500_000_000L, 2_500_000_000L);
      Thread.sleep(Duration.ofNanos(Math.min(pause, Math.max(left, 100_000_000L))).toMillis());
      policy = policy.other();
      policy.moveTo(file);
      judge.replaced(policy);
      reloads++;
    }
    client.pause();
    Health after = Health.measure(jvm);
    int unchanged = 0;
    for (int looks = 0; looks < MOST_LOOKS && unchanged < rest.looks(); looks++) {
      Thread.sleep(rest.between().toMillis());
      Health before = after;
      after = Health.measure(jvm);
      unchanged = after.isLessThan(before) ? 0 : unchanged + 1;
    }
    return after;
  }
}
