package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsObserver.Event;
import dev.crosswalk.cors.internal.log.Log;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tells an observer, who cannot break a request, about each decision, or about what a policy on
 * trial would refuse. See {@link Cors#observed} and {@link Cors#reportOnly}.
 */
final class Observed extends Combined {

  private final Cors cors;

  /** A policy on trial, which decides nothing; null if the observer hears of each decision. */
  private final @Nullable Cors tried;

  private final CorsObserver observer;
  private final AtomicBoolean failed = new AtomicBoolean();

  Observed(Cors cors, @Nullable Cors tried, CorsObserver observer) {
    this.cors = cors;
    this.tried = tried;
    this.observer = observer;
  }

  @Override
  List<Cors> parts() {
    return tried == null ? List.of(cors) : List.of(cors, tried);
  }

  @Override
  <Q> Cors chosen(Q request, RequestReader<? super Q> reader) {
    return cors;
  }

  @Override
  <Q> void tell(CorsDecision decision, Q request, RequestReader<? super Q> reader) {
    if (tried == null) {
      tell(new Event(decision, request, reader, false));
      return;
    }
    CorsDecision other = tried.decide(request, reader);
    if (isStricter(decision.outcome(), other.outcome())) {
      tell(new Event(other, request, reader, true));
    }
  }

  private static boolean isStricter(Outcome enforced, Outcome tried) {
    if (tried.isWriteRefusal()) {
      return !enforced.isWriteRefusal(); // A request that a policy refuses is handled anyway.
    }
    return enforced == Outcome.ALLOWED && (tried.isRefusal() || tried == Outcome.NO_POLICY);
  }

  private void tell(Event event) {
    try {
      observer.decided(event);
    } catch (Throwable e) {
      Log.firstFailure(
          failed,
          "An observer of CORS decisions failed. The request proceeds, and further failures are not"
              + " logged.",
          e);
    }
  }

  /** Returns the policy that decides, and the setting that makes such a log, if there is one. */
  @Override
  public String toString() {
    return tried == null && observer instanceof RefusalLog
        ? cors + "\n" + observer
        : cors.toString();
  }
}
