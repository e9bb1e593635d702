package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Kind;
import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.internal.log.Log;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs refusals, and what would be one, and not all of them: any client can cause as many as it
 * likes. A thread of its own writes the lines and ends with them, because a log that blocks must
 * not hold up the thread of a request, which may be an event loop with a thousand others.
 */
final class RefusalLog implements CorsObserver {

  /** For each outcome a few lines in this time, so that all of them stay legible. */
  static final Duration INTERVAL = Duration.ofMinutes(1);

  /** A developer who tries several origins or methods reads about each of them. */
  private static final int MOST_EXPLAINED = 10;

  /** At most this many lines wait for a log that is slow. Further ones are left out. */
  static final int MOST_WAITING = 100;

  /** The word for lines with the request. */
  private static final String EXPLAINED = "explained";

  private final boolean withRequest;
  private final LongSupplier nanoTime;
  private final int most;
  private final AtomicLongArray due;
  private final AtomicIntegerArray logged;
  private final AtomicLongArray leftOut;
  private final Queue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean isWriting = new AtomicBoolean();
  private final Executor writer;

  RefusalLog(boolean withRequest) {
    this(withRequest, System::nanoTime, RefusalLog::inBackground);
  }

  /**
   * @param writer runs what writes the lines that wait
   */
  RefusalLog(boolean withRequest, LongSupplier nanoTime, Executor writer) {
    this.withRequest = withRequest;
    this.nanoTime = nanoTime;
    this.writer = writer;
    int outcomes = Outcome.values().length;
    most = withRequest ? MOST_EXPLAINED : 1;
    due = new AtomicLongArray(outcomes);
    logged = new AtomicIntegerArray(outcomes);
    leftOut = new AtomicLongArray(outcomes);
    long now = nanoTime.getAsLong();
    for (int i = 0; i < outcomes; i++) {
      due.set(i, now);
      logged.set(i, most); // The first line begins the first interval.
    }
  }

  /**
   * Returns the log that the settings ask for; null if they ask for none.
   *
   * @param problems takes what is wrong with the settings
   */
  static @Nullable RefusalLog of(Written settings, List<PolicyProblem> problems) {
    String written = settings.text(Setting.LOG_REFUSALS);
    String word = written == null ? "false" : written.strip();
    return switch (word) {
      case "false" -> null;
      case "true" -> new RefusalLog(false);
      case EXPLAINED -> new RefusalLog(true);
      default -> {
        Boolean meant = Setting.flag(word);
        String instead = meant == null ? "true, explained or false" : meant.toString();
        problems.add(
            settings.problem(ProblemCode.CONFIGURATION_CHOICE, Setting.LOG_REFUSALS, -1, instead));
        yield null;
      }
    };
  }

  @Override
  public void decided(Event event) {
    String what = what(event);
    if (what == null) {
      return;
    }
    int outcome = event.outcome().ordinal();
    if (!mayLog(outcome)) {
      leftOut.incrementAndGet(outcome);
      return;
    }
    long more = leftOut.getAndSet(outcome, 0);
    boolean hasRoom =
        waiting.offer(
            (event.outcome().isWriteRefusal() ? "Guard: " : "CORS: ")
                + inWords(event.kind())
                + " "
                + what
                + ", "
                + event.outcome()
                + ". "
                + (withRequest ? event.requestExplanation() : event.explanation())
                + (more == 0 ? "" : " (And " + more + " more since the last such line.)"));
    if (!hasRoom) {
      leftOut.addAndGet(outcome, more + 1);
    }
    if (isWriting.compareAndSet(false, true)) {
      try {
        writer.execute(this::write);
      } catch (OutOfMemoryError e) {
        isWriting.set(false); // There is no thread left. The lines wait for the next refusal.
      }
    }
  }

  private static String inWords(Kind kind) {
    return switch (kind) {
      case NOT_CORS -> "request without Origin";
      case ACTUAL -> "request";
      case PREFLIGHT -> "preflight";
    };
  }

  /** Returns what happens to the request, or would happen; null if there is no line about it. */
  private @Nullable String what(Event event) {
    boolean refused = event.outcome().isRefusal();
    if (event.isReportOnly()) {
      return refused ? "would be refused" : "would have no policy";
    }
    if (refused) {
      return "refused";
    }
    return withRequest && event.lacksCredentials() ? "allowed, and refused by the browser" : null;
  }

  private static void inBackground(Runnable writing) {
    Thread thread = new Thread(writing, "cors-refusals");
    thread.setDaemon(true);
    thread.start();
  }

  /** Writes until no line waits, one thread at a time. */
  private void write() {
    do {
      try {
        for (String line = waiting.poll(); line != null; line = waiting.poll()) {
          Log.write(Level.INFO, line, null);
        }
      } finally {
        isWriting.set(false);
      }
    } while (!waiting.isEmpty() && isWriting.compareAndSet(false, true));
  }

  private boolean mayLog(int outcome) {
    long now = nanoTime.getAsLong();
    long then = due.get(outcome);
    if (now - then >= 0 && due.compareAndSet(outcome, then, now + INTERVAL.toNanos())) {
      logged.set(outcome, 1);
      return true;
    }
    return logged.incrementAndGet(outcome) <= most;
  }

  /** Returns the setting that makes such a log. */
  @Override
  public String toString() {
    return Setting.PREFIX + Setting.LOG_REFUSALS.key() + "=" + (withRequest ? EXPLAINED : "true");
  }
}
