package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Shared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.ListValues;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.SortedSet;

/**
 * The CORS-preflight fetch: what is asked, and what the answer allows.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#cors-preflight-fetch-0">Fetch: CORS-preflight
 *     fetch</a>
 */
final class Preflight {

  private Preflight() {}

  /**
   * The headers the preflight is sent with, before those of any fetch. It never has credentials.
   */
  static Headers headers(String method, SortedSet<String> unsafeNames) {
    Headers headers = Headers.of("Accept", "*/*", "Access-Control-Request-Method", method);
    // Joined with a comma alone, lower case, sorted.
    return unsafeNames.isEmpty()
        ? headers
        : headers.with("Access-Control-Request-Headers", String.join(",", unsafeNames));
  }

  /**
   * What is wanted of the server.
   *
   * @param method of the actual request
   * @param headers of the actual request
   * @param include whether the actual request's credentials mode is "include"
   * @param useCorsPreflight {@code https://fetch.spec.whatwg.org/#use-cors-preflight-flag}
   */
  record Wanted(String method, Headers headers, boolean include, boolean useCorsPreflight) {}

  /**
   * What the answer allows.
   *
   * @param verdict whether the actual request may follow
   * @param methods the methods to cache
   * @param headerNames the header names to cache
   * @param maxAge for how many seconds
   */
  record Answer(Verdict verdict, List<String> methods, List<String> headerNames, long maxAge) {

    static Answer refused(Verdict verdict) {
      return new Answer(verdict, List.of(), List.of(), 0);
    }
  }

  /** Judges the answer to a preflight: step 7 of the CORS-preflight fetch. */
  static Answer judge(Wanted wanted, WireResponse response, Engine engine, Where where) {
    Verdict access = checkAccess(wanted, response, engine, where);
    if (!access.isShared()) {
      return Answer.refused(access);
    }
    Headers headers = response.headers();
    // Steps 7.1 to 7.3: a malformed list fails the preflight, even if nothing was asked of it.
    ListValues allowMethods = headers.extractListValues("Access-Control-Allow-Methods");
    if (allowMethods instanceof ListValues.Malformed malformed) {
      List<String> lines = headers.lines("Access-Control-Allow-Methods");
      return Answer.refused(new NotShared(Cause.ACAM_SYNTAX, malformed.element(), lines, where));
    }
    ListValues allowHeaders = headers.extractListValues("Access-Control-Allow-Headers");
    if (allowHeaders instanceof ListValues.Malformed malformed) {
      List<String> lines = headers.lines("Access-Control-Allow-Headers");
      return Answer.refused(new NotShared(Cause.ACAH_SYNTAX, malformed.element(), lines, where));
    }
    // Step 7.4, so that a preflight that was forced is cached.
    List<String> methods =
        allowMethods instanceof ListValues.Absent && wanted.useCorsPreflight()
            ? List.of(wanted.method())
            : allowMethods.orNone();
    List<String> headerNames = allowHeaders.orNone();
    Verdict verdict = allows(wanted, methods, headerNames, headers, engine, where);
    // Steps 7.8 to 7.10.
    long maxAge = engine.maxAge(headers.lines("Access-Control-Max-Age"));
    return new Answer(verdict, methods, headerNames, maxAge);
  }

  // The CORS check and the status. The standard names no order between them, as a script cannot
  // tell; consoles can.
  private static Verdict checkAccess(
      Wanted wanted, WireResponse response, Engine engine, Where where) {
    Verdict status = checkStatus(response, where);
    boolean redirectFirst =
        engine.refusesPreflightRedirectFirst()
            && status instanceof NotShared refusal
            && refusal.cause() == Cause.PREFLIGHT_REDIRECT;
    if (redirectFirst || (engine.checksPreflightStatusFirst() && !status.isShared())) {
      return status;
    }
    Verdict access = CorsCheck.of(response.headers(), wanted.include(), where);
    return access.isShared() ? status : access;
  }

  private static Verdict checkStatus(WireResponse response, Where where) {
    if (response.hasOkStatus()) {
      return new Shared();
    }
    return response.hasRedirectStatus() && response.headers().has("Location")
        ? new NotShared(
            Cause.PREFLIGHT_REDIRECT, response.headers().lines("Location").get(0), List.of(), where)
        : new NotShared(Cause.PREFLIGHT_STATUS, "", List.of(), where);
  }

  /** Steps 7.5 to 7.7, which an engine that caches whole answers repeats on what it cached. */
  static Verdict allows(
      Wanted wanted,
      List<String> methods,
      List<String> headerNames,
      Headers response,
      Engine engine,
      Where where) {
    // Step 7.5: with credentials "*" is a method like any other.
    if (!methods.contains(wanted.method())
        && !Methods.isSafelisted(wanted.method())
        && (wanted.include() || !methods.contains("*"))) {
      return new NotShared(
          Cause.METHOD_NOT_ALLOWED,
          wanted.method(),
          response.lines("Access-Control-Allow-Methods"),
          where);
    }
    List<String> lines = response.lines("Access-Control-Allow-Headers");
    // Step 7.6, https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name.
    if (!engine.authorizationCoveredByWildcard()
        && wanted.headers().has("Authorization")
        && !contains(headerNames, "authorization")) {
      return new NotShared(Cause.HEADER_NOT_ALLOWED, "authorization", lines, where);
    }
    // Step 7.7.
    for (String name : RequestHeaders.unsafeNames(wanted.headers(), engine)) {
      if (!contains(headerNames, name) && (wanted.include() || !headerNames.contains("*"))) {
        return new NotShared(Cause.HEADER_NOT_ALLOWED, name, lines, where);
      }
    }
    return new Shared();
  }

  private static boolean contains(List<String> names, String name) {
    return names.stream().anyMatch(other -> Bytes.equalIgnoringCase(other, name));
  }
}
