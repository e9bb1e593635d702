package dev.crosswalk.cors.vertx;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.CorsTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.TestApplication.Reply;
import dev.crosswalk.cors.tck.wire.Headers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.handler.SimpleAuthenticationHandler;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Every rule of the protocol, on a router as users write it. */
class CorsPolicyHandlerTckTest extends CorsTck {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
    return start(cors, application, router -> {});
  }

  static ServerUnderTest start(Cors cors, TestApplication application, Consumer<Router> more)
      throws Exception {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router.route().handler(new CorsPolicyHandler(cors));
    more.accept(router);
    for (TestApplication.Route route : application.routes()) {
      if (route.behavior() == TestApplication.Behavior.PROTECTED) {
        router.route(route.path()).handler(authentication());
      }
      router
          .route(HttpMethod.valueOf(route.method()), route.path())
          .handler(context -> answer(context, route));
    }
    HttpServer server =
        await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    return ServerUnderTest.onPort(server.actualPort(), () -> await(vertx.close()));
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, SECONDS);
  }

  private static SimpleAuthenticationHandler authentication() {
    return SimpleAuthenticationHandler.create()
        .authenticate(
            context ->
                TestApplication.isAuthorized(context.request().getHeader("Authorization"))
                    ? Future.succeededFuture(User.fromName(TestApplication.USER))
                    : Future.failedFuture(new HttpException(401)));
  }

  private static void answer(RoutingContext context, TestApplication.Route route) {
    switch (route.behavior()) {
      case REPLY, SHARED_REPLY, PROTECTED -> reply(context.response(), route.call());
      case THROW -> route.call();
      case ASYNC, ASYNC_THROW ->
          // executeBlocking has another signature in each version.
          Future.fromCompletionStage(
                  CompletableFuture.supplyAsync(route::call), context.vertx().getOrCreateContext())
              .onSuccess(reply -> reply(context.response(), reply))
              .onFailure(context::fail);
      case STREAM -> {
        Reply reply = route.call();
        stream(head(context.response(), reply).setChunked(true), reply.chunks().iterator());
      }
      case EVENTS -> {
        Reply reply = route.call();
        stream(
            head(context.response(), reply)
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream"),
            reply.chunks().stream().map(data -> "data: " + data + "\n\n").toList().iterator());
      }
      case WEB_SOCKET ->
          context
              .request()
              .toWebSocket()
              .onSuccess(
                  socket -> {
                    route.call();
                    socket.textMessageHandler(socket::writeTextMessage);
                    socket.binaryMessageHandler(socket::writeBinaryMessage);
                  })
              .onFailure(context::fail);
    }
  }

  private static void reply(HttpServerResponse response, Reply reply) {
    head(response, reply);
    if (reply.chunks().isEmpty()) {
      response.end();
    } else {
      response.end(reply.body());
    }
  }

  private static HttpServerResponse head(HttpServerResponse response, Reply reply) {
    response.setStatusCode(reply.status());
    Set<String> seen = new HashSet<>();
    for (Headers.Field field : reply.headers()) {
      if (seen.add(field.name().toLowerCase(Locale.ROOT))) {
        response.putHeader(field.name(), field.value());
      } else {
        response.headers().add(field.name(), field.value());
      }
    }
    return response;
  }

  private static void stream(HttpServerResponse response, Iterator<String> chunks) {
    if (chunks.hasNext()) {
      response.write(chunks.next()).onSuccess(written -> stream(response, chunks));
    } else {
      response.end();
    }
  }
}
