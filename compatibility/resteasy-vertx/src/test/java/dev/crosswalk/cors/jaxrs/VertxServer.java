package dev.crosswalk.cors.jaxrs;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Application;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.plugins.server.vertx.VertxRequestHandler;
import org.jboss.resteasy.plugins.server.vertx.VertxResteasyDeployment;

/** RESTEasy behind the router of Vert.x, which may have handlers before it. */
final class VertxServer {

  private VertxServer() {}

  @SafeVarargs
  @SuppressWarnings("removal") // RESTEasy moves this server to another artifact.
  static JaxRsServer start(Application application, Handler<RoutingContext>... before) {
    Vertx vertx = Vertx.vertx();
    VertxResteasyDeployment deployment = new VertxResteasyDeployment();
    deployment.setApplication(application);
    deployment.start();
    Router router = Router.router(vertx);
    // RESTEasy never answers such a request, and the kit would wait for it.
    router
        .route()
        .handler(
            context -> {
              if (context.request().authority() == null) {
                context.fail(400);
              } else {
                context.next();
              }
            });
    for (Handler<RoutingContext> handler : before) {
      router.route().handler(handler);
    }
    VertxRequestHandler resteasy = new VertxRequestHandler(vertx, deployment);
    router.route().handler(context -> resteasy.handle(context.request()));
    HttpServer server =
        await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    return new JaxRsServer(
        server.actualPort(),
        () -> {
          await(vertx.close());
          deployment.stop();
        });
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
