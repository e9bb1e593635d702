package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.log.Log;
import dev.crosswalk.cors.internal.syntax.Text;
import dev.crosswalk.cors.internal.syntax.Token;
import dev.crosswalk.cors.internal.syntax.UnsafeRequestHeaders;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides about requests. Usually it is a {@link CorsPolicy}. Adapters ask it, and find the rest of
 * what they need in {@link CorsAdapter}.
 *
 * <p>Implementations are immutable, or replace their state atomically, so one instance serves every
 * thread.
 *
 * <p>One of your own that wraps another one has three methods to pass on: {@link #decide}, {@link
 * #decideAgain}, without which observers count some requests twice, and {@link #warnings}, without
 * which nobody reads the warnings. What looks further into a policy stops at a type that this
 * library does not know: {@link CorsAdapter#warnOfMissingContextPath} is silent then.
 */
public interface Cors {

  /**
   * Decides what to do with a request. Reads no more of it than the decision needs, and never
   * throws unless the reader does. It takes time linear in the length of what it reads. Every
   * header that it reads itself has a limit, and so has the path; a header that was named to {@link
   * #choosing} is read as far as the server accepts it.
   *
   * <p>The decision depends only on the request's method, path and headers. An adapter asks once
   * for each request. If it has no place to keep the decision, it asks {@link #decideAgain} later.
   *
   * @param request the request
   * @param reader how to read it
   * @param <Q> the framework's type of a request
   * @return the decision, never null; it may be shared between requests
   */
  <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader);

  /**
   * Decides again about a request that {@link #decide} has decided about. Some frameworks give an
   * adapter the request twice, and no place to keep a decision in between: such an adapter asks the
   * second time, and every later time, through this method. The decision is the same, and observers
   * do not hear of it again, so metrics count each request once.
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
   * Tells an observer about each decision, including those about requests that are not CORS
   * requests.
   *
   * @param cors what decides
   * @param observer who hears of each decision
   * @return what decides as {@code cors} does
   * @throws NullPointerException if an argument is null
   */
  static Cors observed(Cors cors, CorsObserver observer) {
    return new Observed(
        Objects.requireNonNull(cors, "The policy is null: give one, or CorsPolicy.none()"),
        null,
        Objects.requireNonNull(observer, "The observer is null: give one, or leave observed out"));
  }

  /**
   * Enforces one policy, and tells an observer what a stricter one would refuse. Use it to learn
   * who depends on the looser policy before you remove it. The observer hears of a request only if
   * the first policy allows it and the second refuses it or does not cover it. The event has the
   * second one's decision, and {@link CorsObserver.Event#isReportOnly()} is true. The second may be
   * a {@link CrossOriginGuard}: the observer then hears of everything that the guard would refuse.
   *
   * <p>A server cannot see everything that would break. It does not know whether a script needs
   * credentials, or reads a response header, that only the looser policy allows. So that is not
   * reported.
   *
   * @param enforced what decides
   * @param stricter what is tried out
   * @param observer who hears of each request that only {@code enforced} allows
   * @return what decides as {@code enforced} does
   * @throws NullPointerException if an argument is null
   */
  static Cors reportOnly(Cors enforced, Cors stricter, CorsObserver observer) {
    return new Observed(
        Objects.requireNonNull(enforced, "The enforced policy is null: give one"),
        Objects.requireNonNull(stricter, "The stricter policy is null: give one"),
        Objects.requireNonNull(observer, "The observer is null: give one"));
  }

  /**
   * Decides by the request's path. Of the paths that cover it, the longest one wins.
   *
   * <p>A path covers itself and what is below it, by whole segments: {@code /api} covers {@code
   * /api} and {@code /api/users}, and not {@code /apiary}; {@code /} covers everything. The order
   * of the map does not matter. A preflight has the path of the request that it asks for (<a
   * href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">Fetch</a>), so both have the same
   * policy.
   *
   * <p>A request whose path is not covered has {@linkplain CorsDecision.Outcome#NO_POLICY no
   * policy}: it proceeds, and no header is touched. The same is true if the path can be read in
   * several ways that lead to different policies, because nobody knows how the framework and the
   * file servers behind it read the path: encoded once or more, with {@code /../}, {@code //},
   * {@code ;} or a backslash, with white space or dots at the edges of a segment, in upper and
   * lower case. If all readings lead to the same policy, that policy applies: {@code /api/a%2Fb} is
   * below {@code /api} to everybody.
   *
   * @param policies policies by path; a path consists of unreserved characters (RFC 3986 §2.3) and
   *     slashes, begins with a slash and does not end in one; no segment ends in a dot, and no two
   *     paths differ only in case
   * @return what decides by path; the policies are copied
   * @throws NullPointerException if the map is null
   * @throws InvalidCorsPolicyException if a path is wrong, or there is none; it lists all problems
   */
  static Cors byPath(Map<String, ? extends Cors> policies) {
    return Combined.ByPath.of(
        Objects.requireNonNull(policies, "The policies are null: give a map by path"));
  }

  /**
   * Decides by the host that the request is sent to: {@code Host}, or {@code :authority} of HTTP/2.
   * {@code X-Forwarded-Host} is not read, because clients can send it, too. Some servers put it in
   * the place of the host before any adapter sees the request, if they are told to: Jetty,
   * Undertow, Tomcat over HTTP/2, and Quarkus. In Kubernetes Spring Boot tells its server so by
   * default.
   *
   * <p>A request to a host that is not in the map has {@linkplain CorsDecision.Outcome#NO_POLICY no
   * policy}. {@code Vary} does not name the host, because the host is part of the URL.
   *
   * @param policies policies by host, in any case, with a port or for all ports: {@code
   *     acme.example.com}, {@code localhost:8080}, {@code [::1]}; a dot at the end of a request's
   *     host is ignored
   * @return what decides by host; the policies are copied
   * @throws NullPointerException if the map is null
   * @throws InvalidCorsPolicyException if a host is wrong, or there is none; it lists all problems
   */
  static Cors byHost(Map<String, ? extends Cors> policies) {
    return Combined.ByHost.of(
        Objects.requireNonNull(policies, "The policies are null: give a map by host"));
  }

  /**
   * Decides by a policy that a function chooses for each request, such as the policy of a tenant.
   * The function chooses between policies that have been validated. It does not learn the origin:
   * the policies say who may read.
   *
   * <pre>{@code
   * Cors cors = Cors.choosing(facts -> {
   *   String tenant = facts.header("X-Tenant");
   *   return tenant == null ? null : policies.get(tenant);
   * }, "X-Tenant");
   * }</pre>
   *
   * <p>A preflight does not have the headers that a script sets. Choose by a header that a proxy
   * adds to every request.
   *
   * @param chooser the function; it must not block, and several threads call it
   * @param headers the request headers that it reads; {@code Vary} names them on every response,
   *     because the answer depends on them. Not {@code Host}: read {@link Chooser.Facts#host()}
   * @return what decides by the chosen policy
   * @throws NullPointerException if an argument is null
   * @throws InvalidCorsPolicyException if a name is not the name of a header, or is {@code Host} or
   *     that of a header that reveals the origin
   */
  static Cors choosing(Chooser chooser, String... headers) {
    return Combined.Choosing.of(
        Objects.requireNonNull(chooser, "The function is null: pass one"),
        Objects.requireNonNull(headers, "The headers are null: name them, or leave them out"));
  }

  /** Chooses a policy for a request. See {@link #choosing}. */
  @FunctionalInterface
  interface Chooser {

    /**
     * Chooses a policy. If this throws, the exception is logged once, and the request has no
     * policy.
     *
     * @param facts what the choice may depend on; read it during this call only
     * @return the policy; null if the request has none
     */
    @Nullable CorsPolicy choose(Facts facts);

    /** What a choice may depend on. */
    interface Facts {

      /**
       * Returns the path, as the client sent it. If it can be read in several ways, such as {@code
       * /public/%2e%2e/admin}, this method throws, and the request has no policy, because nobody
       * knows what the path means. Do not catch that. Use {@link Cors#byPath} to choose only by
       * path.
       *
       * @return the path, without the query
       * @throws RuntimeException if the path can be read in several ways
       */
      String path();

      /**
       * Returns the host and, if the client sent it, the port: {@code acme.example}, {@code
       * acme.example:8443}. In lower case and without a dot at its end, however the client wrote
       * it. Clients can send any host.
       *
       * @return the host; null if there is none, or no client could reach it
       */
      @Nullable String host();

      /**
       * Returns a header that was named to {@link Cors#choosing}.
       *
       * @param name the header's name, in any case
       * @return its combined value; null if the request has no such header
       * @throws IllegalArgumentException if {@code choosing} was not given this name
       */
      @Nullable String header(String name);
    }
  }

  /**
   * Returns the warnings of the policies behind this: what is probably a mistake, but not an error.
   *
   * @return the warnings in the order written; empty if there is none
   */
  default List<PolicyProblem> warnings() {
    return List.of();
  }

  /**
   * Logs each warning, to the system logger named {@code dev.crosswalk.cors}. Adapters call this
   * once, at registration.
   */
  default void logWarnings() {
    for (PolicyProblem warning : warnings()) {
      Log.write(System.Logger.Level.WARNING, warning.toString(), null);
    }
  }

  /**
   * Decides about a request that is made of plain values, to test a policy without a server. A
   * request alone is not its preflight: it is about the response, whatever its method is. Only
   * {@link Request#preflight()} asks whether its method and its headers are allowed.
   *
   * <pre>{@code
   * Cors.Request put = Cors.Request.of("PUT", "/orders/7").from("https://app.example.com");
   * assertEquals(Outcome.ALLOWED, policy.decide(put.preflight()).outcome());
   * }</pre>
   *
   * @param request the request
   * @return the decision, never null
   * @throws NullPointerException if the request is null
   */
  default CorsDecision decide(Request request) {
    Objects.requireNonNull(request, "The request is null: pass one, such as Request.of(…)");
    return decide(request, Request.READER);
  }

  /**
   * A request made of plain values, to test a policy without a server, and to ask a policy about a
   * request that nobody has sent.
   *
   * @param method the method, exactly as a client sends it
   * @param path the path of the target, as a client sends it: with the leading slash, neither
   *     decoded nor normalized
   * @param headers the combined value of each header, by its name in any case; the names are in
   *     lower case afterwards, as HTTP/2 sends them, and are found in any case
   */
  record Request(String method, String path, Map<String, String> headers) {

    /** What a preflight has as the request has it. */
    private static final List<String> OF_PREFLIGHTS = List.of("host", "origin", "sec-fetch-site");

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
            return request.headers.get(Token.lower(name));
          }
        };

    /**
     * Makes a request.
     *
     * @param method the method
     * @param path the path
     * @param headers the headers, which are copied
     * @throws NullPointerException if an argument, a name or a value is null
     * @throws IllegalArgumentException if two names differ only in case
     */
    public Request {
      Objects.requireNonNull(method, "The method is null: pass one, such as GET");
      Objects.requireNonNull(path, "The path is null: pass one, such as /");
      Objects.requireNonNull(headers, "The headers are null: pass a map, or Map.of()");
      Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      headers.forEach(
          (name, value) -> {
            requireName(name);
            Objects.requireNonNull(
                value, () -> "The value of " + name + " is null: leave the header out");
            if (copy.put(Token.lower(name), value) != null) {
              throw new IllegalArgumentException(
                  "The header " + Text.quote(name) + " is there twice: combine its values");
            }
          });
      headers = Collections.unmodifiableMap(copy);
    }

    private static String requireName(@Nullable String name) {
      return Objects.requireNonNull(name, "The name of a header is null: leave the header out");
    }

    /**
     * Begins a request.
     *
     * @param method the method
     * @param path the path
     * @return a request without any header
     * @throws NullPointerException if an argument is null
     */
    public static Request of(String method, String path) {
      return new Request(method, path, Map.of());
    }

    /**
     * Returns the same request, sent by a page of an origin.
     *
     * @param origin the value of {@code Origin}
     * @return a request with this header
     * @throws NullPointerException if an argument is null
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
     * @throws NullPointerException if an argument is null
     */
    public Request with(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(Token.lower(requireName(name)), value);
      return new Request(method, path, more);
    }

    /**
     * Returns the preflight that a browser sends before this request (<a
     * href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">Fetch</a>), whether this request
     * needs one or not. It goes to the same {@code Host}. It asks for the <a
     * href="https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names">headers that need a
     * permission</a>: not for {@code Accept}, and for {@code Content-Type} if it is that of JSON
     * and not that of a form. A header that a proxy adds to every request is not one to ask for:
     * add it to the preflight that this returns.
     *
     * @return the preflight
     */
    public Request preflight() {
      Map<String, String> preflight = new HashMap<>();
      preflight.put("access-control-request-method", method);
      List<String> asked = UnsafeRequestHeaders.names(headers);
      if (!asked.isEmpty()) {
        preflight.put("access-control-request-headers", String.join(",", asked));
      }
      for (String name : OF_PREFLIGHTS) {
        if (headers.containsKey(name)) {
          preflight.put(name, headers.get(name));
        }
      }
      return new Request("OPTIONS", path, preflight);
    }
  }
}
