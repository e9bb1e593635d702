package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsObserver.Event;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells an observer of each decision. See {@link Cors#observed} and {@link Cors#reportOnly}. */
final class Observed implements Cors {

  private final Cors cors;
  private final Told told;

  Observed(Cors cors, CorsObserver observer) {
    this.cors = cors;
    this.told = new Told(observer);
  }

  Cors cors() {
    return cors;
  }

  @Override
  public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
    CorsDecision decision = cors.decide(request, reader);
    told.of(decision, request, reader);
    return decision;
  }

  @Override
  public <Q> CorsDecision decideAgain(Q request, RequestReader<? super Q> reader) {
    return cors.decideAgain(request, reader);
  }

  @Override
  public List<PolicyProblem> warnings() {
    return cors.warnings();
  }

  /** {@return what is observed} */
  @Override
  public String toString() {
    return cors.toString();
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
