package dev.crosswalk.cors.cli.explain.layer;

/**
 * What is wrong with how a CORS layer is set up.
 *
 * @param what the name of its words
 * @param place in the code that the words show; empty if they show none
 */
public record Fault(What what, String place) {

  /** Kinds of faults, in the order in which they bite. */
  public enum What {
    EXPRESS_NOT_CALLED,
    EXPRESS_UNUSED,
    EXPRESS_OTHER_APP,
    EXPRESS_AFTER_ROUTE,
    EXPRESS_AFTER_LOGIN,
    EXPRESS_AT_ROUTES,
    EXPRESS_NO_OPTIONS,
    EXPRESS_NO_NEXT,
    NEST_AFTER_LISTEN,
    DJANGO_OLD_LIST,
    DJANGO_NO_APP,
    DJANGO_NO_MIDDLEWARE,
    DJANGO_ORDER,
    DJANGO_UNKNOWN_SETTING,
    DJANGO_NO_TUPLE,
    DJANGO_NO_ORIGIN,
    STARLETTE_UNKNOWN_ARGUMENT,
    STARLETTE_OTHER_APP,
    STARLETTE_INNER,
    FLASK_UNUSED,
    FLASK_OTHER_APP,
    FLASK_DECORATOR_ABOVE,
    ASP_NET_UNUSED,
    ASP_NET_UNKNOWN_POLICY,
    ASP_NET_NO_DEFAULT_POLICY,
    ASP_NET_DEVELOPMENT_ALONE,
    ASP_NET_AFTER_ENDPOINTS,
    LARAVEL_NO_MIDDLEWARE,
    LARAVEL_NOT_GLOBAL,
    EMPTY_ORIGIN,
    PREFLIGHT_PASSED_ON,
    NGINX_OPTIONS_ALONE,
    NGINX_OTHER_LOCATION,
    NGINX_DROPPED
  }

  static Fault of(What what) {
    return new Fault(what, "");
  }
}
