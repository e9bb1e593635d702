package dev.crosswalk.cors.bench.server;

import dev.crosswalk.cors.vertx.CorsPolicyHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.Set;
import java.util.stream.Collectors;

/** The server on Vert.x. */
final class VertxServer {

  private VertxServer() {}

  static int start(Mode mode) {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    share(router, mode);
    router.get(Server.PATH).handler(context -> context.end(Server.TEXT));
    router.put(Server.PATH).handler(context -> context.end(Server.TEXT));
    router.get(Server.ENDLESS).handler(context -> {});
    return vertx
        .createHttpServer()
        .requestHandler(router)
        .listen(0, "127.0.0.1")
        .await()
        .actualPort();
  }

  private static void share(Router router, Mode mode) {
    switch (mode) {
      case NONE -> {}
      case BY_HAND -> router.route().handler(VertxServer::byHand);
      case OWN ->
          router
              .route()
              .handler(
                  CorsHandler.create()
                      .addOrigins(Server.ORIGINS)
                      .allowedMethods(
                          Server.METHODS.stream()
                              .map(HttpMethod::valueOf)
                              .collect(Collectors.toSet()))
                      .allowedHeaders(Set.copyOf(Server.REQUEST_HEADERS))
                      .maxAgeSeconds((int) Server.MAX_AGE_SECONDS));
      case CROSSWALK -> router.route().handler(new CorsPolicyHandler(Server.cors()));
    }
  }

  private static void byHand(RoutingContext context) {
    boolean preflight =
        Server.writeByHand(
            context.request().method().name(),
            context.request()::getHeader,
            context.response()::putHeader);
    if (preflight) {
      context.response().setStatusCode(204).end();
    } else {
      context.next();
    }
  }
}
