package dev.crosswalk.cors;

import java.util.List;

/**
 * Decides about requests: everything an adapter needs to know. Most often a {@link CorsPolicy}.
 *
 * <p>Implementations are immutable or swap their state atomically, so that one instance serves
 * every thread.
 */
public interface Cors {

  /**
   * Decides what to do with a request. Reads no more of it than the decision needs, never throws
   * (unless the reader does), and takes time linear in the length of the headers it reads, each
   * bounded by a named limit.
   *
   * <p>The decision depends on nothing but the request's method, path and headers, so that an
   * adapter may ask twice instead of keeping state.
   *
   * @param request the request
   * @param reader how to read it
   * @param <Q> the framework's type of a request
   * @return the decision, never null; it may be shared between requests
   */
  <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader);

  /**
   * Returns what is doubtful about the policies behind this, though not wrong enough to refuse
   * them.
   *
   * @return the warnings in the order written; empty if there is none
   */
  default List<PolicyProblem> warnings() {
    return List.of();
  }

  /**
   * Logs every warning once, to the system logger named {@code dev.crosswalk.cors}. Adapters call
   * this when they are registered.
   */
  default void logWarnings() {
    System.Logger logger = System.getLogger("dev.crosswalk.cors");
    for (PolicyProblem warning : warnings()) {
      logger.log(System.Logger.Level.WARNING, warning::toString);
    }
  }
}
