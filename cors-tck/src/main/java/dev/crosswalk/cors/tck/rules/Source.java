package dev.crosswalk.cors.tck.rules;

/** The paragraphs that rules follow, or the pages of this project with the reason for a rule. */
final class Source {

  private static final String FETCH = "https://fetch.spec.whatwg.org/#";
  private static final String RFC = "https://www.rfc-editor.org/rfc/";

  /** Where a rule is about our own API, and no standard speaks of it. */
  static final String PROJECT = "https://github.com/crosswalk-cors/crosswalk/blob/main/docs/";

  static final String CORS_CHECK = FETCH + "concept-cors-check";
  static final String CORS_PREFLIGHT = FETCH + "cors-preflight-fetch";
  static final String CORS_REQUEST = FETCH + "cors-request";
  static final String PREFLIGHT_REQUEST = FETCH + "cors-preflight-request";
  static final String HTTP_RESPONSES = FETCH + "http-responses";
  static final String HTTP_REQUESTS = FETCH + "http-requests";
  static final String SYNTAX = FETCH + "http-new-header-syntax";
  static final String CREDENTIALS = FETCH + "cors-protocol-and-credentials";
  static final String CACHES = FETCH + "cors-protocol-and-http-caches";
  static final String ALLOW_ORIGIN = FETCH + "http-access-control-allow-origin";
  static final String ALLOW_CREDENTIALS = FETCH + "http-access-control-allow-credentials";
  static final String ALLOW_METHODS = FETCH + "http-access-control-allow-methods";
  static final String ALLOW_HEADERS = FETCH + "http-access-control-allow-headers";
  static final String MAX_AGE = FETCH + "http-access-control-max-age";
  static final String EXPOSE_HEADERS = FETCH + "http-access-control-expose-headers";
  static final String REQUEST_METHOD = FETCH + "http-access-control-request-method";
  static final String REQUEST_HEADERS = FETCH + "http-access-control-request-headers";
  static final String ORIGIN_HEADER = FETCH + "origin-header";
  static final String METHODS = FETCH + "methods";
  static final String SAFELISTED_METHOD = FETCH + "cors-safelisted-method";
  static final String FORBIDDEN_METHOD = FETCH + "forbidden-method";
  static final String FORBIDDEN_REQUEST_HEADER = FETCH + "forbidden-request-header";
  static final String FORBIDDEN_RESPONSE_HEADER = FETCH + "forbidden-response-header-name";
  static final String NON_WILDCARD_NAME = FETCH + "cors-non-wildcard-request-header-name";
  static final String FILTERED_RESPONSE = FETCH + "concept-filtered-response-cors";
  static final String PREFLIGHT_CACHE = FETCH + "cors-preflight-cache";
  static final String REDIRECT = FETCH + "http-redirect-fetch";
  static final String MAIN_FETCH = FETCH + "concept-main-fetch";
  static final String USE_PREFLIGHT = FETCH + "use-cors-preflight-flag";
  static final String WEBSOCKETS = "https://websockets.spec.whatwg.org/#websocket-protocol";
  static final String SEC_FETCH = "https://w3c.github.io/webappsec-fetch-metadata/";
  static final String SEC_FETCH_SITE = SEC_FETCH + "#sec-fetch-site-header";
  static final String PRIVATE_NETWORK = "https://wicg.github.io/local-network-access/";
  static final String SAME_ORIGIN =
      "https://html.spec.whatwg.org/multipage/browsers.html#same-origin";

  static final String PATHS = RFC + "rfc3986#section-6.2.2";
  static final String WEBSOCKET_HANDSHAKE = RFC + "rfc6455#section-4.2.1";
  static final String WEBSOCKET_ORIGIN = RFC + "rfc6455#section-10.2";
  static final String FIELD_NAMES = RFC + "rfc9110#section-5.1";
  static final String FIELD_LINES = RFC + "rfc9110#section-5.2";
  static final String FIELD_ORDER = RFC + "rfc9110#section-5.3";
  static final String FIELD_LIMITS = RFC + "rfc9110#section-5.4";
  static final String FIELD_VALUES = RFC + "rfc9110#section-5.5";
  static final String LISTS = RFC + "rfc9110#section-5.6.1";
  static final String METHOD_CASE = RFC + "rfc9110#section-9.1";
  static final String SAFE_METHODS = RFC + "rfc9110#section-9.2.1";
  static final String HEAD = RFC + "rfc9110#section-9.3.2";
  static final String OPTIONS = RFC + "rfc9110#section-9.3.7";
  static final String VARY = RFC + "rfc9110#section-12.5.5";
  static final String NO_CONTENT = RFC + "rfc9110#section-15.3.5";
  static final String NOT_MODIFIED = RFC + "rfc9110#section-15.4.5";
  static final String FORBIDDEN = RFC + "rfc9110#section-15.5.4";
  static final String SERVER_ERRORS = RFC + "rfc9110#section-15.6";
  static final String CACHE_KEYS = RFC + "rfc9111#section-4.1";
  static final String MESSAGES = RFC + "rfc9112#section-9.3";
  static final String PIPELINING = RFC + "rfc9112#section-9.3.2";
  static final String ABSOLUTE_FORM = RFC + "rfc9112#section-3.2.2";
  static final String TIMING = "https://w3c.github.io/resource-timing/#sec-timing-allow-origin";
  static final String RESOURCE_POLICY = FETCH + "cross-origin-resource-policy-header";
  static final String HOST = RFC + "rfc9112#section-3.2";
  static final String HTTP_2 = RFC + "rfc9113#section-8.2.1";
  static final String LOOK_ALIKES =
      "https://portswigger.net/web-security/cors#errors-parsing-origin-headers";

  static final String REGISTRATION = PROJECT + "adapters.md#six-steps";
  static final String ASKED_TWICE = PROJECT + "rationale.md#an-adapter-may-ask-twice-by-two-names";
  static final String SECOND_LAYER = PROJECT + "observing.md#a-second-cors-layer";

  private Source() {}
}
