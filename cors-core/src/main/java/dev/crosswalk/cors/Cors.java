package dev.crosswalk.cors;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
   * <p>The decision depends on nothing but the request's method, path and headers. An adapter asks
   * once for each request, and asks {@link #decideAgain} if it has no place to keep the decision.
   *
   * @param request the request
   * @param reader how to read it
   * @param <Q> the framework's type of a request
   * @return the decision, never null; it may be shared between requests
   */
  <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader);

  /**
   * Decides again about a request that {@link #decide} has decided about. For adapters whose
   * framework gives them the request twice, and no place to keep a decision in between: they ask
   * the second time, and every further time, through this method. The decision is the same, and
   * observers are not told of it again, so that metrics count each request once.
   *
   * <p>A {@code Cors} around another passes this on to it.
   *
   * @param request the request
   * @param reader how to read it
   * @param <Q> the framework's type of a request
   * @return the decision, never null
   */
  default <Q> CorsDecision decideAgain(Q request, RequestReader<? super Q> reader) {
    return decide(request, reader);
  }

  /**
   * Tells an observer of each decision, also of those about requests that are not CORS.
   *
   * @param cors what decides
   * @param observer who is told
   * @return what decides as {@code cors} does
   */
  static Cors observed(Cors cors, CorsObserver observer) {
    return new Combined.Observed(
        Objects.requireNonNull(cors, "The policy is null: give one, or CorsPolicy.none()"),
        Objects.requireNonNull(observer, "The observer is null: give one, or leave observed out"));
  }

  /**
   * Enforces one policy, and tells an observer what another, stricter one would refuse: to learn
   * who depends on the looser one before it goes. The observer is told of a request only if the
   * first allows it and the second does not; the event has the second one's decision. The second
   * may be a {@link CrossOriginGuard}: the observer is then told of all that it would refuse.
   *
   * <p>A server cannot see everything that breaks. Whether scripts need credentials, or read a
   * response header, that only the looser policy allows, is not reported.
   *
   * @param enforced what decides
   * @param stricter what is tried out
   * @param observer who is told
   * @return what decides as {@code enforced} does
   */
  static Cors reportOnly(Cors enforced, Cors stricter, CorsObserver observer) {
    return new Combined.ReportOnly(
        Objects.requireNonNull(enforced, "The enforced policy is null: give one"),
        Objects.requireNonNull(stricter, "The stricter policy is null: give one"),
        Objects.requireNonNull(observer, "The observer is null: give one"));
  }

  /**
   * Loads what the surroundings configure. Of several sources that set the same key, a later one
   * wins:
   *
   * <ol>
   *   <li>{@code cors.properties} on the class path, in UTF-8;
   *   <li>{@code cors-prod.properties} there, if {@code prod} is the profile: the environment
   *       variable {@code CORS_PROFILE} or the system property {@code cors.profile} names it;
   *   <li>environment variables such as {@code CORS_ALLOWED_ORIGINS};
   *   <li>system properties such as {@code cors.allowed-origins}.
   * </ol>
   *
   * <p>The settings have the names that {@link CorsPolicy#toString()} shows. Lists are separated by
   * commas, durations are {@code 3600}, {@code 60m}, {@code 1h} or {@code PT1H}. Several policies
   * are {@code cors.policies.<name>.…}, each with {@code paths}; they are chosen as {@link #byPath}
   * does, and what has no name covers the rest. In the profile {@code prod} an origin of the user's
   * own machine or without encryption is an error. With {@code cors.guard.enabled=true} a {@link
   * CrossOriginGuard} goes round the whole.
   *
   * @return a {@link CorsPolicy}, or policies by path, or a guard around either
   * @throws InvalidCorsPolicyException if anything is wrong, an unknown key included; it lists all
   *     problems with file and line
   */
  static Cors fromConfiguration() {
    return Configuration.load(null, System.getenv(), Configuration.systemProperties());
  }

  /**
   * Loads as {@link #fromConfiguration()} does, from a file in place of the one on the class path.
   * The profile's file stands beside it: {@code cors-prod.properties} beside {@code
   * cors.properties}.
   *
   * @param file the file, which must exist
   * @return a {@link CorsPolicy}, or policies by path, or a guard around either
   * @throws InvalidCorsPolicyException if anything is wrong; it lists all problems with file and
   *     line
   */
  static Cors fromConfiguration(Path file) {
    return Configuration.load(file, System.getenv(), Configuration.systemProperties());
  }

  /**
   * Loads from properties alone, for a framework that has a configuration system of its own.
   *
   * @param properties the properties; those whose key does not begin with {@code cors.} are not
   *     looked at, and {@code cors.profile} is the profile
   * @return a {@link CorsPolicy}, or policies by path, or a guard around either
   * @throws InvalidCorsPolicyException if anything is wrong; it lists all problems
   */
  static Cors fromProperties(Map<String, String> properties) {
    return Configuration.load(properties == null ? Map.of() : properties);
  }

  /**
   * Loads a file as {@link #fromConfiguration(Path)} does, watches it and the profile's, and loads
   * them again whenever they have changed. A change is noticed within a few seconds. If it is wrong
   * the old policy stays and the problems are logged, by the system logger named {@code
   * dev.crosswalk.cors}. A daemon thread watches; closing the result ends it.
   *
   * @param file the file, which must exist
   * @return what decides by the newest policy that is right
   * @throws InvalidCorsPolicyException if the file is wrong to begin with
   */
  static ReloadableCors watching(Path file) {
    return watching(file, problems -> {});
  }

  /**
   * Watches a file as {@link #watching(Path)} does and tells a listener of every change.
   *
   * @param file the file, which must exist
   * @param listener is told, by the watching thread, why the old policy stays; an empty list says
   *     that the new one decides from now on
   * @return what decides by the newest policy that is right
   * @throws InvalidCorsPolicyException if the file is wrong to begin with
   */
  static ReloadableCors watching(Path file, Consumer<? super List<PolicyProblem>> listener) {
    return ReloadableCors.watching(
        Configuration.files(file, System.getenv(), Configuration.systemProperties()),
        () -> fromConfiguration(file),
        listener,
        ReloadableCors.INTERVAL);
  }

  /**
   * Decides by a policy that can be replaced at any time, by {@link ReloadableCors#reload}.
   *
   * @param first what decides at first
   * @return what decides by the newest policy
   * @throws InvalidCorsPolicyException if the policy is null
   */
  static ReloadableCors reloadable(Cors first) {
    return new ReloadableCors(first);
  }

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
   * policy}: it proceeds, and no header is touched. So does one whose path can be read in several
   * ways that lead to different policies, because nobody knows how the framework and the file
   * servers behind read it: encoded once or more, with {@code /../}, {@code //}, {@code ;} or a
   * backslash, with white space or dots at the edges of a segment, in upper and lower case. Where
   * all readings lead to the same policy, that one decides: {@code /api/a%2Fb} is below {@code
   * /api} to everybody.
   *
   * @param policies policies by path; a path consists of unreserved characters (RFC 3986 §2.3) and
   *     slashes, begins with a slash and ends in none; no segment ends in a dot, and no two paths
   *     differ in case alone
   * @return what decides by path; the policies are copied
   * @throws InvalidCorsPolicyException if a path is wrong, or there is none; it lists all problems
   */
  static Cors byPath(Map<String, ? extends Cors> policies) {
    return Combined.ByPath.of(policies);
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

  /**
   * Decides about a request that is made of plain values, to test a policy without a server.
   *
   * <pre>{@code
   * Cors.Request put = Cors.Request.of("PUT", "/orders/7").from("https://app.example.com");
   * assertEquals(Outcome.ALLOWED, policy.decide(put.preflight()).outcome());
   * }</pre>
   *
   * @param request the request
   * @return the decision, never null
   */
  default CorsDecision decide(Request request) {
    return decide(request, Request.READER);
  }

  /**
   * A request made of plain values: to test a policy without a server, and to ask one about a
   * request that nobody has sent.
   *
   * @param method the method, exactly as a client sends it
   * @param path the path of the target, as a client sends it: with the leading slash, neither
   *     decoded nor normalized
   * @param headers the combined value of each header, by its name in any case
   */
  record Request(String method, String path, Map<String, String> headers) {

    /** Reads such a request. */
    public static final RequestReader<Request> READER =
        new RequestReader<>() {
          @Override
          public String method(Request request) {
            return request.method;
          }

          @Override
          public String path(Request request) {
            return request.path;
          }

          @Override
          public @Nullable String header(Request request, String name) {
            return request.headers.get(name);
          }
        };

    /** Copies the headers. */
    public Request {
      Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      copy.putAll(headers);
      headers = Collections.unmodifiableMap(copy);
    }

    /**
     * Begins a request.
     *
     * @param method the method
     * @param path the path
     * @return a request without any header
     */
    public static Request of(String method, String path) {
      return new Request(method, path, Map.of());
    }

    /**
     * Returns the same request, sent by a page of an origin.
     *
     * @param origin the value of {@code Origin}
     * @return a request with this header
     */
    public Request from(String origin) {
      return with("Origin", origin);
    }

    /**
     * Returns the same request with a header.
     *
     * @param name the header's name
     * @param value its value; takes the place of the one that is there
     * @return a request with this header
     */
    public Request with(String name, String value) {
      Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      more.putAll(headers);
      more.put(name, value);
      return new Request(method, path, more);
    }

    /**
     * Returns the preflight that a browser sends before this request (<a
     * href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">Fetch</a>), whether this request
     * needs one or not. It asks for every header of this request but {@code Origin}.
     *
     * @return the preflight
     */
    public Request preflight() {
      Map<String, String> asked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      asked.putAll(headers);
      String origin = asked.remove("Origin");
      Request preflight = of("OPTIONS", path).with("Access-Control-Request-Method", method);
      if (!asked.isEmpty()) {
        String names = String.join(",", asked.keySet()).toLowerCase(Locale.ROOT);
        preflight = preflight.with("Access-Control-Request-Headers", names);
      }
      return origin == null ? preflight : preflight.from(origin);
    }
  }
}
