package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.url.Bytes;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/**
 * Whose rules a {@link UserAgent} follows: those of the standard, or those of an engine where it
 * departs from them. Each method is one departure. Those about blocked ports and about the head of
 * a response stand beside the tables that they need.
 */
public enum Engine {
  /** Fetch, to the letter. */
  STANDARD,
  /** Chrome, Edge, Opera and others. */
  CHROMIUM,
  /** Gecko. */
  FIREFOX,
  /** Safari, and every browser of iOS. */
  WEBKIT;

  /** {@code https://fetch.spec.whatwg.org/#http-access-control-max-age}. */
  private static final long DEFAULT_MAX_AGE = 5;

  private static final Set<String> CLIENT_HINTS =
      Set.of("device-memory dpr width viewport-width rtt downlink ect intervention".split(" "));

  /** {@return the best-known browser of this engine, such as {@code "Chrome"}} */
  public String browser() {
    return switch (this) {
      case STANDARD -> "the standard";
      case CHROMIUM -> "Chrome";
      case FIREFOX -> "Firefox";
      case WEBKIT -> "Safari";
    };
  }

  /**
   * Whether {@code Access-Control-Allow-Headers: *} covers {@code Authorization}. The standard says
   * it does not; every engine lets it pass, and Firefox warns. Neither Chromium nor Firefox lets it
   * pass by a {@code *} that it has kept: they ask again.
   *
   * @return whether it does
   */
  public boolean authorizationCoveredByWildcard() {
    return this != STANDARD;
  }

  /** Whether this engine safelists a request header that the standard does not. */
  boolean alsoSafelists(String lowerCaseName, String value) {
    if (this != CHROMIUM) {
      return false;
    }
    return CLIENT_HINTS.contains(lowerCaseName)
        || lowerCaseName.startsWith("sec-ch-")
        || (lowerCaseName.equals("save-data") && value.equals("on"));
  }

  /** Whether a redirect has a message of its own before the CORS check of a preflight. */
  boolean refusesPreflightRedirectFirst() {
    return this == CHROMIUM;
  }

  /** Whether the status of a preflight is looked at before its CORS check. */
  boolean checksPreflightStatusFirst() {
    return this == WEBKIT;
  }

  /**
   * For how many seconds a preflight's answer is kept.
   *
   * @param lines the lines of {@code Access-Control-Max-Age}
   * @return seconds; 0 if it is not kept at all
   */
  public long maxAge(List<String> lines) {
    String value = String.join(", ", lines);
    if (value.isEmpty()) {
      return DEFAULT_MAX_AGE;
    }
    boolean parses64Bits = this == CHROMIUM || this == WEBKIT;
    boolean signed = parses64Bits && (value.startsWith("-") || value.startsWith("+"));
    String digits = signed ? value.substring(1) : value;
    if (!Bytes.isDigits(digits)) {
      return this == FIREFOX ? 0 : DEFAULT_MAX_AGE;
    }
    BigInteger seconds = new BigInteger(digits);
    if (seconds.bitLength() >= Long.SIZE) {
      return parses64Bits ? DEFAULT_MAX_AGE : maxAgeCap();
    }
    return value.startsWith("-") ? 0 : Math.min(seconds.longValue(), maxAgeCap());
  }

  private long maxAgeCap() {
    return switch (this) {
      // The standard leaves the limit to the user agent.
      case STANDARD -> Long.MAX_VALUE;
      case CHROMIUM -> 7_200;
      case FIREFOX -> 86_400;
      case WEBKIT -> 600;
    };
  }

  /** Whether a cached {@code *} answers a later request. In Firefox it never does. */
  boolean reusesCachedWildcard() {
    return this != FIREFOX;
  }

  /** Whether the cache lets a HEAD pass that no preflight listed. In Firefox it does not. */
  boolean exemptsHeadFromCacheLookup() {
    return this != FIREFOX;
  }

  /** Whether what was asked with credentials answers only a request with credentials. */
  boolean keepsCredentialedPreflightsApart() {
    return this == FIREFOX;
  }

  /** Whether an answer is cached though it refused the method or a header. */
  boolean cachesRefusals() {
    return this == WEBKIT;
  }

  /** Whether one answer replaces all that was cached for its origin and URL. */
  boolean cachesWholeAnswers() {
    return this == CHROMIUM || this == WEBKIT;
  }

  /** Whether several lines of {@code Location} that are equal count as one. */
  boolean takesEqualLocationsForOne() {
    return this != STANDARD;
  }

  /** How many entries the preflight cache holds. The standard names no number. */
  int cacheLimit() {
    return this == FIREFOX ? 100 : 1_024;
  }

  /** How long a URL may be for its preflight to be cached. */
  int maxCachedUrlLength() {
    return this == CHROMIUM ? 1_023 : Integer.MAX_VALUE;
  }

  /** Whether a preflight after a redirect names the page, though the request itself says null. */
  boolean preflightsWithThePagesOrigin() {
    return this == FIREFOX;
  }

  /** Whether an element with {@code crossorigin} sends {@code Origin} to the page's own server. */
  boolean sendsOriginWithCrossoriginElements() {
    return this == CHROMIUM;
  }

  /** Whether the console shows the number of a character that would not print. */
  boolean numbersUnprintableCharacters() {
    return this == CHROMIUM;
  }
}
