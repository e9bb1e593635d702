package dev.crosswalk.cors.cli.explain.layer;

import java.util.Map;

/**
 * What is wrong with how a CORS layer is set up, or that nothing is.
 *
 * @param what the name of the words about it
 * @param words that fill the holes in them
 */
public record Fault(What what, Map<String, String> words) {

  /** Kinds of faults; their words are in {@code layer-faults.txt}, in the order of telling. */
  public enum What {
    UNUSED,
    PERHAPS_UNUSED,
    UNTOLD,
    MISPLACED,
    EXPRESS_NOT_CALLED,
    EXPRESS_OTHER_APP,
    EXPRESS_AFTER_ROUTE,
    EXPRESS_AFTER_LOGIN,
    EXPRESS_AT_ROUTES,
    EXPRESS_NO_OPTIONS,
    EXPRESS_NO_NEXT,
    EXPRESS_OTHER_ROUTER,
    NODE_NO_CALLBACK,
    DJANGO_OLD_LIST,
    DJANGO_NO_APP,
    DJANGO_NO_MIDDLEWARE,
    DJANGO_LATE,
    DJANGO_ORDER,
    DJANGO_UNKNOWN_SETTING,
    DJANGO_NO_TUPLE,
    DJANGO_NO_ORIGIN,
    STARLETTE_UNKNOWN_ARGUMENT,
    STARLETTE_OTHER_APP,
    STARLETTE_INNER,
    FLASK_OTHER_APP,
    FLASK_DECORATOR_ABOVE,
    FLASK_UNKNOWN_ARGUMENT,
    ASP_NET_UNKNOWN_POLICY,
    ASP_NET_NO_DEFAULT_POLICY,
    ASP_NET_OTHER_POLICY,
    ASP_NET_DEVELOPMENT_ALONE,
    ASP_NET_AFTER_OWN,
    ASP_NET_AFTER_OWIN,
    ASP_NET_AFTER_ENDPOINTS,
    ASP_NET_AFTER_CACHE,
    LARAVEL_NO_MIDDLEWARE,
    LARAVEL_NOT_GLOBAL,
    EMPTY_ORIGIN,
    PREFLIGHT_PASSED_ON,
    NGINX_NOT_PASSED_ON,
    NGINX_OPTIONS_ALONE,
    NGINX_OTHER_LOCATION,
    NGINX_DROPPED,
    MISNAMED_ORIGINS,
    MISNAMED_ORIGINS_ANY,
    MISNAMED_METHODS,
    MISNAMED_HEADERS,
    MISNAMED_EXPOSED,
    MISNAMED_CREDENTIALS,
    SETTING_MISPLACED,
    OUTSIDE_PREFIXES,
    METHOD_REFUSED,
    HEADER_REFUSED,

    // Of Spring:
    ANY_WITH_CREDENTIALS_ANNOTATED,
    ANY_WITH_CREDENTIALS,
    ANY_ORIGIN_OF_SOCKJS,
    ANY_WITH_CREDENTIALS_BY_HAND,
    NO_BEAN,
    NOT_IMPLEMENTED,
    NO_CONFIGURATION,
    BEAN_WITHOUT_CONFIGURATION,
    CORS_DISABLED,
    FILTER_BEHIND_SECURITY,
    FILTER_PASSES_PREFLIGHTS,
    MAPPINGS_BEHIND_SECURITY,
    MAPPINGS_OF_WEBFLUX,
    MAPPINGS_BESIDE_LOGIN,
    SOURCE_WITHOUT_CORS,
    GATEWAY_BEHIND_SECURITY,
    CHAIN_WITHOUT_CORS,
    ONE_CHAIN_WITHOUT_CORS,
    OTHER_NAME_OF_SOURCE,
    CORS_WITHOUT_POLICY,
    ANY_WITH_CREDENTIALS_BEHIND,
    ROUTES_OF_GATEWAY,
    PATH_IGNORED,
    PATH_WITHOUT_CHAIN,
    GATEWAY_MISPLACED,
    OTHER_PLACEHOLDER,
    OTHER_METHOD_ANNOTATED,
    CONTEXT_PATH,
    PATH_OUTSIDE,
    OTHER_CONTROLLER,
    MISNAMED,
    NO_ORIGIN_OF_ENDPOINT,
    NO_ORIGIN,
    ORIGINS_IN_ONE_TEXT,
    PATTERN_AS_ORIGIN,
    ORIGIN_WITH_SLASH,
    ORIGIN_WITH_PATH,
    ORIGIN_WITHOUT_SCHEME,
    ORIGIN_OF_SERVER,
    ORIGIN_UNLISTED,
    PATTERN_UNFIT,
    METHODS_IN_ONE_TEXT,
    METHOD_IN_LOWER_CASE,
    METHOD_UNTOLD,
    METHOD_UNLISTED,
    HEADERS_IN_ONE_TEXT,
    HEADER_WITH_TYPO,
    HEADERS_UNTOLD,
    ONLY_ORIGINS,
    HEADER_UNLISTED,
    NO_CREDENTIALS,
    TWO_LAYERS,
    NOTHING_EXPOSED,
    BEHIND_FILTERS,
    CSRF_BEFORE_CORS,
    ERRORS_OF_CHAIN,
    GRANTED,
    GRANTED_WITHOUT_SECURITY
  }

  public static Fault of(What what) {
    return new Fault(what, Map.of());
  }

  public static Fault of(What what, String hole, String word) {
    return new Fault(what, Map.of(hole, word));
  }

  public static Fault of(What what, String hole, String word, String other, String otherWord) {
    return new Fault(what, Map.of(hole, word, other, otherWord));
  }

  /** A fault at a place in the code, which the words show. */
  static Fault at(What what, String place) {
    return of(what, "place", place);
  }
}
