package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Kind;
import dev.crosswalk.cors.CorsDecision.Outcome;

/**
 * Is told of decisions: for logs, metrics and alerts. {@link Cors#observed} and {@link
 * Cors#reportOnly} say of which ones.
 *
 * <pre>{@code
 * Cors cors = Cors.observed(policy, event -> counter(event.kind(), event.outcome()).increment());
 * }</pre>
 *
 * <p>An observer is called in the thread of the request, before it proceeds: it must be quick, and
 * safe for use by several threads. What it throws is logged once and keeps no request from
 * proceeding.
 */
@FunctionalInterface
public interface CorsObserver {

  /**
   * Tells of a decision. Called once for each request that is decided about.
   *
   * @param event the decision and its reason; to be read during this call, because a framework may
   *     use the request's memory again afterwards
   */
  void decided(Event event);

  /**
   * Returns an observer that logs refusals to the system logger {@code dev.crosswalk.cors}, at the
   * level INFO. It logs nothing that a client sent, and at most one line a minute for each outcome,
   * with the number of those that it left out.
   *
   * @return the observer; give each {@code Cors} its own, so that they do not share the limit
   */
  static CorsObserver logRefusals() {
    return new RefusalLog(false);
  }

  /**
   * Returns an observer that logs refusals as {@link #logRefusals()} does, under the same limit,
   * with {@link Event#requestExplanation()}: whose origin, which method or header, what comes near
   * it, and how to allow it. It also logs allowed requests that a browser refuses all the same,
   * because they carry a cookie and the policy allows no credentials.
   *
   * <p>Such a line contains text that clients choose, quoted and cut. That is right for
   * development, and hardly where personal data must stay out of logs.
   *
   * @return the observer
   */
  static CorsObserver explainRefusals() {
    return new RefusalLog(true);
  }

  /** A decision about a request, and its reason. */
  final class Event {

    private final CorsDecision decision;
    private final Object request;
    private final RequestReader<Object> reader;

    @SuppressWarnings("unchecked") // The reader meets no request but this one.
    <Q> Event(CorsDecision decision, Q request, RequestReader<? super Q> reader) {
      this.decision = decision;
      this.request = request;
      this.reader = (RequestReader<Object>) reader;
    }

    /** {@return the decision} */
    public CorsDecision decision() {
      return decision;
    }

    /** {@return what kind of request was decided about; one of three, fit for a metric's label} */
    public Kind kind() {
      return decision.kind();
    }

    /** {@return why the decision fell as it did; one of a few, fit for a metric's label} */
    public Outcome outcome() {
      return decision.outcome();
    }

    /** {@return the reason in a sentence that contains nothing of the request} */
    public String explanation() {
      return decision.explanation();
    }

    /**
     * Explains the decision with what the request has, as {@link CorsDecision#explanation(Object,
     * RequestReader)} does. Computed when this is called; without the call it costs nothing.
     *
     * @return some sentences with text of the client, quoted, escaped and cut
     */
    public String requestExplanation() {
      return decision.explanation(request, reader);
    }

    /** Whether a browser will refuse what the policy allows, because of a cookie. */
    boolean lacksCredentials() {
      return Explanation.lacksCredentials(decision, request, reader);
    }

    /** {@return the kind and the outcome} */
    @Override
    public String toString() {
      return kind() + ", " + outcome();
    }
  }
}
