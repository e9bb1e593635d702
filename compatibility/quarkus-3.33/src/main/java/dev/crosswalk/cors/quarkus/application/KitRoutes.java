package dev.crosswalk.cors.quarkus.application;

import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.TestApplication.Reply;
import dev.crosswalk.cors.tck.wire.Headers;
import io.quarkus.vertx.http.HttpServer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The routes of the kit, where that starts the application. */
@Singleton
public class KitRoutes {

  void route(@Observes Router router, HttpServer server) {
    if (!Boolean.getBoolean(Kit.STARTS)) {
      return;
    }
    Kit.port = server::getPort;
    for (TestApplication.Route route : Kit.application.routes()) {
      Route quarkus = router.route(HttpMethod.valueOf(route.method()), route.path());
      if (route.method().equals("GET")) {
        quarkus.method(HttpMethod.HEAD);
      }
      quarkus.handler(context -> answer(context, route));
    }
  }

  private static void answer(RoutingContext context, TestApplication.Route route) {
    switch (route.behavior()) {
      // Quarkus' own security has authenticated whoever asks for what is protected.
      case REPLY, SHARED_REPLY, PROTECTED -> reply(context.response(), route.call());
      case THROW -> route.call();
      case ASYNC, ASYNC_THROW ->
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
        HttpServerResponse response = head(context.response(), reply).setChunked(true);
        response.putHeader("Content-Type", "text/event-stream");
        stream(response, reply.chunks().stream().map(data -> "data: " + data + "\n\n").iterator());
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
