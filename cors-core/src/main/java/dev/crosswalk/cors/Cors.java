package dev.crosswalk.cors;

import java.util.List;
import java.util.Map;

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
   * Decides by the request's path: the longest of some paths that covers it decides.
   *
   * <p>A path covers itself and what is below it, by whole segments: {@code /api} covers {@code
   * /api} and {@code /api/users}, and not {@code /apiary}; {@code /} covers everything. The order
   * of the map does not matter. A preflight has the path of the request that it asks for (<a
   * href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">Fetch</a>), so that both have the
   * same policy.
   *
   * <p>A request whose path nothing covers has {@linkplain CorsDecision.Outcome#NO_POLICY no
   * policy}: it proceeds, and no header is touched. So does one whose path is not in normal form
   * and might mean another path to the framework behind: with {@code //}, {@code /../} or {@code
   * ;}, with an encoded slash, dot, letter or digit. It never has the policy of a shorter path.
   *
   * @param policies policies by path; a path consists of unreserved characters (RFC 3986 §2.3) and
   *     slashes, begins with a slash and ends in none
   * @return what decides by path; the policies are copied
   * @throws InvalidCorsPolicyException if a path is wrong, or there is none; it lists all problems
   */
  static Cors byPath(Map<String, ? extends Cors> policies) {
    return ByPath.of(policies);
  }

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
