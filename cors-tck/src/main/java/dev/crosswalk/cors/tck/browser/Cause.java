package dev.crosswalk.cors.tck.browser;

/** Why a browser does not share a response, or part of it. */
public enum Cause {
  /** The response has no {@code Access-Control-Allow-Origin}. */
  ACAO_MISSING,
  /** {@code Access-Control-Allow-Origin} has several values, on one line or on several. */
  ACAO_MULTIPLE,
  /** {@code Access-Control-Allow-Origin} is neither an origin nor {@code *} nor {@code null}. */
  ACAO_INVALID,
  /** {@code Access-Control-Allow-Origin} is not byte for byte the request's origin. */
  ACAO_MISMATCH,
  /** {@code Access-Control-Allow-Origin} is {@code *}, but credentials are included. */
  ACAO_WILDCARD_CREDENTIALS,
  /** Credentials are included, but {@code Access-Control-Allow-Credentials} is not {@code true}. */
  ACAC_NOT_TRUE,
  /** The answer to the preflight has a status outside 200 to 299. */
  PREFLIGHT_STATUS,
  /** The answer to the preflight is a redirect, which a preflight never follows. */
  PREFLIGHT_REDIRECT,
  /** {@code Access-Control-Allow-Methods} contains something that is not a method. */
  ACAM_SYNTAX,
  /** {@code Access-Control-Allow-Headers} contains something that is not a header name. */
  ACAH_SYNTAX,
  /** {@code Access-Control-Allow-Methods} does not list the request's method. */
  METHOD_NOT_ALLOWED,
  /** {@code Access-Control-Allow-Headers} does not list one of the request's headers. */
  HEADER_NOT_ALLOWED,
  /** The response is shared, but a header of it is not exposed to the script. */
  NOT_EXPOSED,
  /** A redirect goes to a URL with a user name or password. */
  REDIRECT_USERINFO,
  /** A redirect goes to a scheme other than HTTP and HTTPS. */
  REDIRECT_SCHEME,
  /** There were more than 20 redirects. */
  REDIRECT_LIMIT,
  /** The {@code Location} of a redirect cannot be parsed. */
  REDIRECT_LOCATION,
  /** A redirect other than 303 would send again a body that was streamed. */
  REDIRECT_STREAM,
  /** The request allows no redirect. */
  REDIRECT_MODE,
  /** The request's mode allows no other origin. */
  MODE_SAME_ORIGIN,
  /** The request's mode is "no-cors", and its redirect mode is not "follow". */
  NO_CORS_REDIRECT,
  /** The URL's scheme is neither HTTP nor HTTPS. */
  SCHEME,
  /** The URL's port belongs to another protocol, and browsers do not connect to it. */
  PORT,
  /** {@code Cross-Origin-Resource-Policy} keeps the response from other origins. */
  CORP,
  /** The response came, and browsers drop it for its head: two lengths that differ, for example. */
  RESPONSE_HEAD,
  /** No HTTP response came: DNS, TLS, refusal, time-out, malformed bytes. No CORS header helps. */
  NETWORK
}
