package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Kind;
import dev.crosswalk.cors.CorsDecision.Outcome;

/**
 * Receives decisions, for logs, metrics and alerts. {@link Cors#observed} and {@link
 * Cors#reportOnly} say which ones.
 *
 * <pre>{@code
 * Cors cors = Cors.observed(policy, event -> counter(event.kind(), event.outcome()).increment());
 * }</pre>
 *
 * <p>An observer is called in the thread of the request, before the request proceeds. It must be
 * quick, and safe for use by several threads. If it throws, the exception is logged once, and the
 * request proceeds.
 */
@FunctionalInterface
public interface CorsObserver {

  /**
   * Receives a decision. Called at most once for each request; {@link Cors#observed} and {@link
   * Cors#reportOnly} say for which requests.
   *
   * @param event the decision and its reason; read it during this call only, because a framework
   *     may reuse the request's memory afterwards
   */
  void decided(Event event);

  /**
   * Returns an observer that logs refusals to the system logger {@code dev.crosswalk.cors}, at the
   * level INFO, and everything that {@link Cors#reportOnly} reports. It logs nothing that a client
   * sent, and at most one line a minute for each outcome, with the number of those that it left
   * out. Another thread writes the lines, so that a log that blocks delays no request. In
   * configuration it is {@code cors.log-refusals=true}.
   *
   * @return the observer; give each {@code Cors} its own, so that they do not share the limit
   */
  static CorsObserver logRefusals() {
    return new RefusalLog(false);
  }

  /**
   * Returns an observer that logs refusals as {@link #logRefusals()} does, at most ten lines a
   * minute for each outcome, with {@link Event#requestExplanation()}: whose origin, which method or
   * header, what comes near it, and how to allow it. In configuration it is {@code
   * cors.log-refusals=explained}. It also logs allowed requests that a browser refuses all the
   * same, because they carry a cookie and the policy allows no credentials.
   *
   * <p>Such a line contains text that clients choose, quoted and cut. Use it in development. Do not
   * use it where personal data must stay out of logs.
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
    private final boolean reportOnly;

    @SuppressWarnings("unchecked") // The reader meets no request but this one.
    <Q> Event(
        CorsDecision decision, Q request, RequestReader<? super Q> reader, boolean reportOnly) {
      this.decision = decision;
      this.request = request;
      this.reader = (RequestReader<Object>) reader;
      this.reportOnly = reportOnly;
    }

    /** {@return the decision} */
    public CorsDecision decision() {
      return decision;
    }

    /**
     * Returns whether the decision is that of a policy on trial, which {@link Cors#reportOnly} does
     * not enforce. Then the request was allowed, and the policy on trial refuses it, or does not
     * cover it: {@link Outcome#NO_POLICY} is reported, too, and is no {@linkplain
     * Outcome#isRefusal() refusal}.
     *
     * @return whether the request had a different answer
     */
    public boolean isReportOnly() {
      return reportOnly;
    }

    /** {@return what kind of request it was; one of three values, safe as a label of a metric} */
    public Kind kind() {
      return decision.kind();
    }

    /** {@return why the decision was made; one of a few values, safe as a label of a metric} */
    public Outcome outcome() {
      return decision.outcome();
    }

    /** {@return the reason in one sentence, which contains nothing from the request} */
    public String explanation() {
      return decision.explanation();
    }

    /**
     * Explains the decision with the details of the request, as {@link
     * CorsDecision#explanation(Object, RequestReader)} does. The text is made when this is called.
     *
     * @return some sentences with text from the client, which is quoted, escaped and cut
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
