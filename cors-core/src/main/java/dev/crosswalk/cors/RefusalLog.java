package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/** Logs refusals, and not all of them: anybody can cause as many as he likes. */
final class RefusalLog implements CorsObserver {

  /** For each outcome at most one line in this time, so that all of them stay legible. */
  static final Duration INTERVAL = Duration.ofMinutes(1);

  private static final System.Logger LOGGER = System.getLogger("dev.crosswalk.cors");

  private final boolean withRequest;
  private final LongSupplier nanoTime;
  private final AtomicLongArray due;
  private final AtomicLongArray leftOut;

  RefusalLog(boolean withRequest) {
    this(withRequest, System::nanoTime);
  }

  RefusalLog(boolean withRequest, LongSupplier nanoTime) {
    this.withRequest = withRequest;
    this.nanoTime = nanoTime;
    int outcomes = Outcome.values().length;
    due = new AtomicLongArray(outcomes);
    leftOut = new AtomicLongArray(outcomes);
    long now = nanoTime.getAsLong();
    for (int i = 0; i < outcomes; i++) {
      due.set(i, now);
    }
  }

  @Override
  public void decided(Event event) {
    boolean refused = event.outcome().isRefusal();
    if (!refused && !(withRequest && event.lacksCredentials())) {
      return;
    }
    int outcome = event.outcome().ordinal();
    long now = nanoTime.getAsLong();
    long then = due.get(outcome);
    if (now - then < 0 || !due.compareAndSet(outcome, then, now + INTERVAL.toNanos())) {
      leftOut.incrementAndGet(outcome);
      return;
    }
    long more = leftOut.getAndSet(outcome, 0);
    LOGGER.log(
        System.Logger.Level.INFO,
        "CORS: "
            + event.kind().name().toLowerCase(Locale.ROOT)
            + (refused ? " refused, " : " allowed, and refused by the browser, ")
            + event.outcome()
            + ". "
            + (withRequest ? event.requestExplanation() : event.explanation())
            + (more == 0 ? "" : " (And " + more + " more since the last such line.)"));
  }

  /** An observer that cannot break a request. */
  static final class Told {

    private final CorsObserver observer;
    private final AtomicBoolean failed = new AtomicBoolean();

    Told(CorsObserver observer) {
      this.observer = observer;
    }

    <Q> void of(CorsDecision decision, Q request, RequestReader<? super Q> reader) {
      try {
        observer.decided(new Event(decision, request, reader));
      } catch (VirtualMachineError e) {
        throw e;
      } catch (Throwable e) {
        if (!failed.getAndSet(true)) {
          System.getLogger("dev.crosswalk.cors")
              .log(
                  System.Logger.Level.WARNING,
                  "An observer of CORS decisions failed. The request proceeds, and further failures"
                      + " are not logged.",
                  e);
        }
      }
    }
  }
}
