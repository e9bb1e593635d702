package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * A browser, as far as CORS goes: the client's half of Fetch. It sends what a browser would send,
 * and judges what comes back as a browser would.
 *
 * <p>{@link #fetch} does all of it. The other methods are its single steps, for a request and a
 * response that someone else has exchanged.
 *
 * <p>It keeps a preflight cache, so a new user agent is a browser just started. Safe for use by
 * several threads.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-fetch">Fetch: fetch</a>
 */
public final class UserAgent {

  private final Engine engine;
  private final Set<String> publicSuffixes;
  private final PreflightCache cache;

  /** A browser that keeps to the standard. */
  public UserAgent() {
    this(Engine.STANDARD);
  }

  /**
   * A browser of some engine.
   *
   * @param engine whose departures from the standard it has
   */
  public UserAgent(Engine engine) {
    this(engine, InstantSource.system(), Origin.SOME_PUBLIC_SUFFIXES);
  }

  /**
   * A browser of some engine, with a clock of its own.
   *
   * @param engine whose departures from the standard it has
   * @param clock what the preflight cache ages by
   * @param publicSuffixes those of several labels; a last label is always one
   */
  public UserAgent(Engine engine, InstantSource clock, Set<String> publicSuffixes) {
    this.engine = engine;
    this.publicSuffixes = Set.copyOf(publicSuffixes);
    this.cache = new PreflightCache(engine, clock);
  }

  /** {@return whose rules it follows} */
  public Engine engine() {
    return engine;
  }

  /**
   * Fetches: asks first where it must, sends the request, follows redirects, and lets the script
   * see what it may see.
   *
   * @param request what the page asks for
   * @param transport sends each HTTP request
   * @return what the script sees, and all that was exchanged; an error is an outcome too
   * @see <a href="https://fetch.spec.whatwg.org/#concept-main-fetch">Fetch: main fetch</a>
   */
  public Outcome fetch(Request request, Transport transport) {
    return new Fetch(engine, cache, publicSuffixes, transport, request).run();
  }

  /**
   * Says whether a cross-origin request needs a preflight, if none is cached.
   *
   * @param request in mode "cors", to another origin
   * @return whether the browser asks first
   * @see <a href="https://fetch.spec.whatwg.org/#concept-main-fetch">Fetch: main fetch</a>
   */
  public boolean needsPreflight(Request request) {
    return Fetch.needsPreflight(request, engine);
  }

  /**
   * The preflight of a request, whether or not it needs one.
   *
   * @param request in mode "cors", to another origin
   * @return the {@code OPTIONS} request; it has no credentials
   * @see <a href="https://fetch.spec.whatwg.org/#cors-preflight-fetch-0">Fetch: CORS-preflight
   *     fetch</a>
   */
  public WireRequest preflight(Request request) {
    Headers headers =
        Preflight.headers(
                request.method(),
                RequestHeaders.unsafeNames(Fetch.withAccept(request.headers()), engine))
            .with("Origin", request.origin());
    return new WireRequest(
        "OPTIONS",
        request.parsedUrl().withFragment(null).toString(),
        FetchMetadata.append(
            headers, request, List.of(request.parsedUrl()), Request.Mode.CORS, publicSuffixes));
  }

  /**
   * Judges the answer to a preflight.
   *
   * @param request the actual request that is to follow
   * @param response to its preflight
   * @return whether the actual request may follow
   * @see <a href="https://fetch.spec.whatwg.org/#cors-preflight-fetch-0">Fetch: CORS-preflight
   *     fetch</a>
   */
  public Verdict judgePreflight(Request request, WireResponse response) {
    return judge(request, response).verdict();
  }

  /**
   * For how long the answer to a preflight is kept.
   *
   * @param request the actual request that is to follow
   * @param response to its preflight
   * @return seconds; 0 if it is not kept, as no answer is that refuses; only WebKit keeps some
   * @see <a href="https://fetch.spec.whatwg.org/#http-access-control-max-age">Fetch:
   *     Access-Control-Max-Age</a>
   */
  public long maxAge(Request request, WireResponse response) {
    Preflight.Answer answer = judge(request, response);
    return answer.verdict().isShared() || engine.cachesRefusals() ? answer.maxAge() : 0;
  }

  private Preflight.Answer judge(Request request, WireResponse response) {
    Preflight.Wanted wanted =
        new Preflight.Wanted(
            request.method(),
            Fetch.withAccept(request.headers()),
            request.includesCredentials(),
            request.usesCorsPreflight());
    return Preflight.judge(wanted, response, engine, where(true, request, response));
  }

  /**
   * The CORS check: whether a script may read the response to an actual request.
   *
   * @param request to another origin, in mode "cors"
   * @param response to it, whatever its status
   * @return whether it is shared
   * @see <a href="https://fetch.spec.whatwg.org/#concept-cors-check">Fetch: CORS check</a>
   */
  public Verdict corsCheck(Request request, WireResponse response) {
    return CorsCheck.of(
        response.headers(), request.includesCredentials(), where(false, request, response));
  }

  /**
   * The headers of a shared response that a script may read.
   *
   * @param request to another origin, in mode "cors"
   * @param response that has passed the CORS check
   * @return those that are safelisted or exposed
   * @see <a href="https://fetch.spec.whatwg.org/#concept-filtered-response-cors">Fetch: CORS
   *     filtered response</a>
   */
  public Headers readable(Request request, WireResponse response) {
    return ExposedHeaders.ofCorsResponse(response.headers(), request.includesCredentials());
  }

  /**
   * Judges whether a script may read one header of a response.
   *
   * @param request to another origin, in mode "cors"
   * @param response to it
   * @param name of a header that the response has
   * @return the CORS check's verdict, or that the header is not exposed
   */
  public Verdict judgeHeader(Request request, WireResponse response, String name) {
    Verdict verdict = corsCheck(request, response);
    if (!verdict.isShared() || readable(request, response).has(name)) {
      return verdict;
    }
    return new NotShared(
        Cause.NOT_EXPOSED,
        name,
        response.headers().lines("Access-Control-Expose-Headers"),
        where(false, request, response));
  }

  private static Where where(boolean preflight, Request request, WireResponse response) {
    return new Where(
        preflight,
        request.initiator(),
        request.origin(),
        request.url(),
        request.url(),
        response.status());
  }
}
