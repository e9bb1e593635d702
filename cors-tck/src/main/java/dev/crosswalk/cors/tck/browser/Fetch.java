package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.browser.Outcome.Type;
import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.browser.Request.Redirect;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Shared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireException;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * One fetch, from the request to what the script sees. The methods are in the order of the
 * standard: main fetch, HTTP fetch, CORS-preflight fetch, HTTP-redirect fetch, HTTP-network fetch.
 *
 * <p>Absent, because no server can tell or no CORS step reads it: service workers, content security
 * policy, mixed content, the HTTP cache (every request goes out), authentication prompts, {@code
 * Referer}.
 */
final class Fetch {

  /** {@code https://fetch.spec.whatwg.org/#http-redirect-fetch}, the step on the redirect count. */
  private static final int MAX_REDIRECTS = 20;

  /** {@code https://fetch.spec.whatwg.org/#concept-request-response-tainting}. */
  private enum Tainting {
    BASIC,
    CORS,
    OPAQUE
  }

  private final Engine engine;
  private final PreflightCache cache;
  private final Set<String> publicSuffixes;
  private final Transport transport;
  private final Request request;
  private final Origin origin;

  // What redirects change.
  private String method;
  private Headers headers;
  private byte[] body;
  private boolean streamed;
  private ReferrerPolicy referrerPolicy;
  private Tainting tainting = Tainting.BASIC;
  private int redirects;
  private final List<Url> urls = new ArrayList<>();
  private final List<Exchange> exchanges = new ArrayList<>();

  Fetch(
      Engine engine,
      PreflightCache cache,
      Set<String> publicSuffixes,
      Transport transport,
      Request request) {
    request.requireSendable();
    this.engine = engine;
    this.cache = cache;
    this.publicSuffixes = publicSuffixes;
    this.transport = transport;
    this.request = request;
    this.origin = request.parsedOrigin();
    this.method = request.method();
    this.headers = withAccept(request.headers());
    this.body = request.body();
    this.streamed = request.isStreamed();
    this.referrerPolicy = request.referrerPolicy();
    urls.add(request.parsedUrl());
  }

  /** {@code https://fetch.spec.whatwg.org/#concept-fetch}, the step on {@code Accept}. */
  static Headers withAccept(Headers headers) {
    return headers.has("Accept") ? headers : headers.with("Accept", "*/*");
  }

  /** Leaves a fetch that has come to a network error. */
  private static final class NetworkError extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient NotShared refusal;

    NetworkError(NotShared refusal) {
      super(refusal.toString());
      this.refusal = refusal;
    }
  }

  Outcome run() {
    try {
      return filter(mainFetch());
    } catch (NetworkError e) {
      return unreadable(Type.ERROR, e.refusal);
    }
  }

  /** {@code https://fetch.spec.whatwg.org/#concept-main-fetch}: which way a request takes. */
  private WireResponse mainFetch() throws NetworkError {
    Mode mode = request.mode();
    boolean sameOrigin = current().origin().isSameOrigin(origin) && tainting == Tainting.BASIC;
    if (sameOrigin || mode == Mode.NAVIGATE || mode == Mode.WEBSOCKET) {
      tainting = Tainting.BASIC;
      return httpFetch(false);
    }
    // A redirect never gets here with such a URL: it leads to HTTP or fails.
    if (current().scheme().equals("data")) {
      return DataUrl.response(current()).orElseThrow(() -> error(Cause.NETWORK, "malformed URL"));
    }
    if (mode == Mode.SAME_ORIGIN) {
      throw error(Cause.MODE_SAME_ORIGIN, "");
    }
    if (mode == Mode.NO_CORS) {
      if (request.redirect() != Redirect.FOLLOW) {
        throw error(Cause.NO_CORS_REDIRECT, "");
      }
      tainting = Tainting.OPAQUE;
      return httpFetch(false);
    }
    if (!current().isHttp()) {
      throw error(Cause.SCHEME, current().scheme());
    }
    tainting = Tainting.CORS;
    if (!needsPreflight(request, method, headers, engine)) {
      return httpFetch(false);
    }
    try {
      return httpFetch(true);
    } catch (NetworkError e) {
      // Of the URL at which it failed: a redirect may have led on from the one that was asked for.
      if (!engine.cachesRefusals()) {
        cache.clear(cacheKey());
      }
      throw e;
    }
  }

  /** Whether a cross-origin request needs a preflight, wherever it goes first. */
  static boolean needsPreflight(Request request, Engine engine) {
    return needsPreflight(request, request.method(), withAccept(request.headers()), engine);
  }

  private static boolean needsPreflight(
      Request request, String method, Headers headers, Engine engine) {
    return request.usesCorsPreflight()
        || (request.initiator().setsUnsafeRequestFlag()
            && (!Methods.isSafelisted(method)
                || !RequestHeaders.unsafeNames(headers, engine).isEmpty()));
  }

  /** {@code https://fetch.spec.whatwg.org/#concept-http-fetch}. */
  private WireResponse httpFetch(boolean makePreflight) throws NetworkError {
    if (makePreflight && !cache.allows(cacheKey(), wanted())) {
      preflightFetch();
    }
    boolean credentials = includesCredentials();
    WireResponse response = send(actualRequest(credentials), false, credentials);
    // Every response is checked, each redirect among them. A 407 never gets here in a browser: it
    // is its proxy's, and the browser handles it.
    if (tainting == Tainting.CORS) {
      Verdict verdict =
          CorsCheck.of(response.headers(), request.includesCredentials(), where(false, response));
      if (verdict instanceof NotShared refusal) {
        throw new NetworkError(refusal);
      }
    }
    if (tainting == Tainting.OPAQUE
        && ResourcePolicy.blocks(
            response.headers(), origin, current(), request.mode(), publicSuffixes)) {
      throw new NetworkError(
          new NotShared(
              Cause.CORP,
              "",
              response.headers().lines("Cross-Origin-Resource-Policy"),
              where(false, response)));
    }
    if (!response.hasRedirectStatus()) {
      return response;
    }
    // https://websockets.spec.whatwg.org/#concept-websocket-establish: its redirect mode is
    // "error".
    Redirect redirect = request.mode() == Mode.WEBSOCKET ? Redirect.ERROR : request.redirect();
    return switch (redirect) {
      case ERROR -> throw error(Cause.REDIRECT_MODE, "", response);
      case MANUAL -> response;
      case FOLLOW -> redirectFetch(response);
    };
  }

  /** {@code https://fetch.spec.whatwg.org/#cors-preflight-fetch-0}. */
  private void preflightFetch() throws NetworkError {
    SortedSet<String> unsafeNames = RequestHeaders.unsafeNames(headers, engine);
    Headers asked = Preflight.headers(method, unsafeNames).with("Origin", preflightOrigin());
    asked = FetchMetadata.append(asked, request, urls, Mode.CORS, publicSuffixes);
    WireRequest preflight = new WireRequest("OPTIONS", withoutUserinfo(current()), asked);
    WireResponse response = send(preflight, true, false);
    Preflight.Answer answer = Preflight.judge(wanted(), response, engine, where(true, response));
    if (answer.verdict().isShared() || engine.cachesRefusals()) {
      cache.store(cacheKey(), wanted(), answer);
    }
    if (answer.verdict() instanceof NotShared refusal) {
      throw new NetworkError(refusal);
    }
  }

  private String preflightOrigin() {
    return engine.preflightsWithThePagesOrigin()
        ? origin.serialize()
        : RequestOrigin.serialize(origin, urls);
  }

  /** {@code https://fetch.spec.whatwg.org/#concept-http-redirect-fetch}. */
  private WireResponse redirectFetch(WireResponse response) throws NetworkError {
    List<String> locations = response.headers().lines("Location");
    if (engine.takesEqualLocationsForOne()) {
      locations = locations.stream().distinct().toList();
    }
    if (locations.isEmpty()) {
      return response;
    }
    String reference = String.join(", ", locations);
    Optional<Url> resolved =
        locations.size() == 1 ? current().resolve(utf8(reference)) : Optional.empty();
    if (resolved.isEmpty()) {
      throw error(Cause.REDIRECT_LOCATION, reference, response);
    }
    Url location = resolved.get();
    if (!location.isHttp()) {
      throw error(Cause.REDIRECT_SCHEME, location.toString(), response);
    }
    if (redirects == MAX_REDIRECTS) {
      throw error(Cause.REDIRECT_LIMIT, location.toString(), response);
    }
    redirects++;
    boolean foreign = request.mode() == Mode.CORS && !origin.isSameOrigin(location.origin());
    if (location.includesCredentials() && (foreign || tainting == Tainting.CORS)) {
      throw error(Cause.REDIRECT_USERINFO, location.toString(), response);
    }
    int status = response.status();
    // An empty stream is a stream.
    if (status != 303 && streamed) {
      throw error(Cause.REDIRECT_STREAM, location.toString(), response);
    }
    boolean becomesGet =
        ((status == 301 || status == 302) && method.equals("POST"))
            || (status == 303 && !method.equals("GET") && !method.equals("HEAD"));
    if (becomesGet) {
      method = "GET";
      body = new byte[0];
      streamed = false;
      headers = RequestHeaders.withoutBodyHeaders(headers);
    }
    // It does not come back, even if a later redirect leads home.
    if (!current().origin().isSameOrigin(location.origin())) {
      headers = headers.without("Authorization");
    }
    urls.add(location);
    // https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect:
    // the last token that is known.
    for (String token : response.headers().split("Referrer-Policy").orElse(List.of())) {
      referrerPolicy = ReferrerPolicy.of(Bytes.lowerCase(token)).orElse(referrerPolicy);
    }
    return mainFetch();
  }

  // Bytes beyond ASCII in Location are read as UTF-8 by every browser.
  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private WireRequest actualRequest(boolean credentials) {
    Headers sent = headers;
    Optional<String> originHeader =
        RequestOrigin.header(
            origin, urls, method, request.mode(), referrerPolicy, sendsOriginAnyway());
    if (originHeader.isPresent()) {
      sent = sent.with("Origin", originHeader.get());
    }
    sent = FetchMetadata.append(sent, request, urls, request.mode(), publicSuffixes);
    if (credentials && !request.cookie().isEmpty()) {
      sent = sent.with("Cookie", request.cookie());
    }
    return new WireRequest(method, withoutUserinfo(current()), sent, body);
  }

  private boolean sendsOriginAnyway() {
    return tainting == Tainting.CORS
        || request.mode() == Mode.CORS
            && request.initiator() == Initiator.ELEMENT
            && engine.sendsOriginWithCrossoriginElements();
  }

  /**
   * {@code https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch}, includeCredentials.
   */
  private boolean includesCredentials() {
    return request.includesCredentials()
        || (request.credentials() == Credentials.SAME_ORIGIN && tainting == Tainting.BASIC);
  }

  private WireResponse send(WireRequest wireRequest, boolean preflight, boolean credentials)
      throws NetworkError {
    if (!current().isHttp()) {
      throw error(Cause.SCHEME, current().scheme());
    }
    // https://fetch.spec.whatwg.org/#port-blocking
    if (BlockedPorts.contains(current().port(), engine)) {
      throw error(Cause.PORT, Integer.toString(current().port()));
    }
    try {
      WireResponse response = ResponseHead.read(transport.send(wireRequest), engine);
      exchanges.add(new Exchange(wireRequest, response, preflight, credentials));
      Optional<String> defect = ResponseHead.defect(response, engine);
      if (defect.isPresent()) {
        List<String> lines = ResponseHead.lines(response, defect.get());
        throw new NetworkError(
            new NotShared(Cause.RESPONSE_HEAD, defect.get(), lines, where(preflight, response)));
      }
      return response;
    } catch (IOException e) {
      String complaint = e.getMessage() == null ? e.toString() : e.getMessage();
      Optional<WireException.Failure> failure =
          e instanceof WireException wire ? Optional.of(wire.failure()) : Optional.empty();
      throw new NetworkError(
          new NotShared(Cause.NETWORK, complaint, List.of(), where(preflight, 0), failure));
    }
  }

  /** {@code https://fetch.spec.whatwg.org/#concept-filtered-response}. */
  private Outcome filter(WireResponse response) {
    if (response.hasRedirectStatus() && request.redirect() == Redirect.MANUAL) {
      return unreadable(Type.OPAQUE_REDIRECT, new Shared());
    }
    Headers all = response.headers();
    return switch (tainting) {
      case BASIC -> outcome(Type.BASIC, response, ExposedHeaders.ofBasicResponse(all));
      case CORS ->
          outcome(
              Type.CORS,
              response,
              ExposedHeaders.ofCorsResponse(all, request.includesCredentials()));
      case OPAQUE -> unreadable(Type.OPAQUE, new Shared());
    };
  }

  private Outcome outcome(Type type, WireResponse response, Headers readable) {
    return new Outcome(
        type, response.status(), readable, response.body(), new Shared(), List.copyOf(exchanges));
  }

  private Outcome unreadable(Type type, Verdict verdict) {
    return new Outcome(type, 0, Headers.none(), new byte[0], verdict, List.copyOf(exchanges));
  }

  private Preflight.Wanted wanted() {
    return new Preflight.Wanted(
        method, headers, request.includesCredentials(), request.usesCorsPreflight());
  }

  private PreflightCache.Key cacheKey() {
    return new PreflightCache.Key(
        request.topLevel().site(publicSuffixes),
        RequestOrigin.serialize(origin, urls),
        current().withFragment(null).toString());
  }

  private Url current() {
    return urls.get(urls.size() - 1);
  }

  private static String withoutUserinfo(Url url) {
    return new Url(url.scheme(), "", "", url.host(), url.port(), url.path(), url.query(), null)
        .toString();
  }

  private NetworkError error(Cause cause, String subject) {
    return new NetworkError(new NotShared(cause, subject, List.of(), where(false, 0)));
  }

  private NetworkError error(Cause cause, String subject, WireResponse response) {
    return new NetworkError(new NotShared(cause, subject, List.of(), where(false, response)));
  }

  private Where where(boolean preflight, WireResponse response) {
    return where(preflight, response.status());
  }

  private Where where(boolean preflight, int status) {
    return new Where(
        preflight,
        request.initiator(),
        RequestOrigin.serialize(origin, urls),
        urls.get(0).toString(),
        current().toString(),
        status,
        origin.serialize());
  }
}
