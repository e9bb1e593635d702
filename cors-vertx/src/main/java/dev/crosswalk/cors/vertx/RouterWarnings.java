package dev.crosswalk.cors.vertx;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
import dev.crosswalk.cors.CorsDecision;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Warns, once each, about what else in a router affects CORS: routes and handlers before the
 * policy, a second policy, and Vert.x's own CORS handler.
 *
 * <p>Only {@link RoutingContextInternal} reveals it. That interface is the same in all supported
 * versions. If the module path hides it, there are no warnings.
 */
final class RouterWarnings {

  /** The prefix of the keys of decisions in the data of a context. */
  static final String KEYS = CorsPolicyHandler.class.getName();

  private final Cors cors;
  private final boolean looksAtRoutes;
  private final AtomicBoolean warnedOfRoutes = new AtomicBoolean();
  private final AtomicBoolean warnedOfSecond = new AtomicBoolean();
  private final AtomicBoolean warnedOfHandler = new AtomicBoolean();
  private final AtomicBoolean warnedOfEarlier = new AtomicBoolean();
  private final AtomicBoolean warnedOfWriter = new AtomicBoolean();
  private volatile boolean isBehindOthers;
  private volatile boolean isHidden;

  /**
   * @param cors what decides behind the handler
   * @param looksAtRoutes whether the handler is to come before all others, so that it names them
   */
  RouterWarnings(Cors cors, boolean looksAtRoutes) {
    this.cors = cors;
    this.looksAtRoutes = looksAtRoutes;
  }

  /**
   * Checks the router when a request arrives, and marks the request as seen by a CORS handler.
   * SockJS then does not write its own CORS headers, which allow any origin with credentials.
   *
   * @param key the key of the handler's decision, which is absent unless the request is rerouted
   * @return whether another handler for CORS has seen the request, or this one before a reroute
   */
  boolean look(RoutingContext context, String key) {
    if (isHidden) {
      return false;
    }
    try {
      if (context instanceof RoutingContextInternal internal) {
        boolean isSeen = internal.seenHandler(RoutingContextInternal.CORS_HANDLER);
        if (isSeen && context.data().keySet().stream().noneMatch(other -> other.startsWith(KEYS))) {
          warnOfHandler();
        }
        internal.visitHandler(RoutingContextInternal.CORS_HANDLER);
        Route own = context.currentRoute();
        if (looksAtRoutes
            && own != null
            && !warnedOfRoutes.get()
            && !warnedOfRoutes.getAndSet(true)) {
          List<Route> routes = internal.currentRouter().getRoutes();
          isBehindOthers = routes.indexOf(own) > 0 || context.mountPoint() != null;
          warnOfRoutes(routes, own);
          warnOfMethods(routes, own);
        }
        if (isBehindOthers && !warnedOfEarlier.get() && context.get(key) == null) {
          warnOfEarlier(internal);
        }
        return isSeen;
      }
    } catch (LinkageError e) {
      isHidden = true;
    }
    return false;
  }

  /** Whether the handlers before this one are the user's, so that their headers are told of. */
  boolean knowsWhatIsBefore() {
    return looksAtRoutes && !isHidden;
  }

  /** Its values may be those of the policy, and still it answers preflights by its own lists. */
  void warnOfWriterBefore() {
    if (!warnedOfWriter.getAndSet(true)) {
      CorsAdapter.warn(
          "A handler before CorsPolicyHandler writes CORS headers. It may answer preflights, so that"
              + " the policy is never asked. Remove it. This is logged once.");
    }
  }

  /** Whether the response has the headers of another handler's policy already. */
  static boolean isOfAnother(RoutingContext context, String key) {
    return context.data().entrySet().stream()
        .anyMatch(
            kept ->
                kept.getKey().startsWith(KEYS)
                    && !kept.getKey().equals(key)
                    && kept.getValue() instanceof CorsDecision decision
                    && decision.owns("Access-Control-Allow-Origin"));
  }

  void warnOfSecond() {
    if (!warnedOfSecond.getAndSet(true)) {
      CorsAdapter.warnOfSecond("CorsPolicyHandler");
    }
  }

  /**
   * Checks how a request ended: Vert.x's own handler fails requests whose origin it does not allow.
   */
  void lookBack(RoutingContext context) {
    Throwable failure = context.failure();
    if (failure != null
        && failure.getMessage() != null
        && failure.getMessage().startsWith("CORS Rejected")) {
      warnOfHandler();
    }
  }

  private void warnOfHandler() {
    if (!warnedOfHandler.getAndSet(true)) {
      CorsAdapter.warnOfLayer(
          cors,
          "Vert.x's own CorsHandler is in the router beside CorsPolicyHandler. It answers 403 to"
              + " origins that it does not know, whatever the policy allows. Remove it. This is"
              + " logged once.");
    }
  }

  /** Says what answers before the policy. A user may also come from a session, which does not. */
  private void warnOfEarlier(RoutingContextInternal context) {
    boolean hasUser = context.session() == null && context.user() != null;
    boolean hasBody = context.seenHandler(RoutingContextInternal.BODY_HANDLER);
    if ((hasUser || hasBody) && !warnedOfEarlier.getAndSet(true)) {
      CorsAdapter.warn(
          (hasUser
                  ? "Authentication comes before CorsPolicyHandler, so its 401 has no CORS headers."
                  : "A BodyHandler comes before CorsPolicyHandler, so its 413 has no CORS headers.")
              + " Add CorsPolicyHandler first. This is logged once.");
    }
  }

  private static void warnOfRoutes(List<Route> routes, Route own) {
    List<Route> before =
        routes.subList(0, Math.max(0, routes.indexOf(own))).stream()
            .filter(route -> answers(route) && isBelow(route, own))
            .toList();
    if (!before.isEmpty()) {
      CorsAdapter.warn(
          "CorsPolicyHandler comes after "
              + before.size()
              + (before.size() == 1 ? " route, " : " routes, the first of which is ")
              + name(before.get(0))
              + ". What is answered there has no CORS headers. Add the handler before all routes,"
              + " or by router.route().order(Integer.MIN_VALUE).handler(…). This is logged once.");
    }
  }

  /** On a route for some methods, as {@code router.get(…)} makes one, no preflight arrives. */
  private static void warnOfMethods(List<Route> routes, Route own) {
    boolean isForAllMethods = own.methods() == null || own.methods().isEmpty();
    boolean takesOptions =
        routes.stream()
            .anyMatch(
                route -> route.methods() != null && route.methods().contains(HttpMethod.OPTIONS));
    if (!isForAllMethods && !takesOptions) {
      CorsAdapter.warn(
          "CorsPolicyHandler is on the route "
              + name(own)
              + ", and no preflight reaches it, because that is a request with the method OPTIONS."
              + " Add the handler to a route for all methods, by router.route(…).handler(…). This"
              + " is logged once.");
    }
  }

  /** A route that matches every request usually passes it on. */
  private static boolean answers(Route route) {
    boolean hasMethod = route.methods() != null && !route.methods().isEmpty();
    boolean hasPath = route.getPath() != null && !route.getPath().equals("/");
    return hasMethod || hasPath || route.isRegexPath();
  }

  private static boolean isBelow(Route route, Route own) {
    return own.getPath() == null
        || route.getPath() != null && route.getPath().startsWith(own.getPath());
  }

  private static String name(Route route) {
    String methods = route.methods() == null ? "" : route.methods() + " ";
    return methods + (route.getPath() == null ? "any path" : route.getPath());
  }
}
