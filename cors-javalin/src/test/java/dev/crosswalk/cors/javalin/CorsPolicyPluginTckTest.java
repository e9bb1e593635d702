package dev.crosswalk.cors.javalin;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.CorsTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.TestApplication.Reply;
import dev.crosswalk.cors.tck.wire.Headers;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.http.sse.SseHandler;
import io.javalin.websocket.WsConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Every rule of the protocol, on an application as users write it. */
class CorsPolicyPluginTckTest extends CorsTck {

  private static final Map<String, HandlerType> TYPES =
      Map.of(
          "GET", HandlerType.GET,
          "HEAD", HandlerType.HEAD,
          "POST", HandlerType.POST,
          "PUT", HandlerType.PUT,
          "PATCH", HandlerType.PATCH,
          "DELETE", HandlerType.DELETE,
          "OPTIONS", HandlerType.OPTIONS);

  Javalin create(Consumer<Routes> routes, Consumer<JavalinConfig> configuration) {
    return Javalin7.create(routes, configuration);
  }

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
    return start(cors, application, config -> {});
  }

  final ServerUnderTest start(
      Cors cors, TestApplication application, Consumer<JavalinConfig> more) {
    Javalin javalin =
        create(
            routes -> add(routes, application),
            config -> {
              config.http.prefer405over404 = true;
              config.registerPlugin(new CorsPolicyPlugin(cors));
              more.accept(config);
            });
    javalin.start("127.0.0.1", 0);
    return ServerUnderTest.onPort(javalin.port(), javalin::stop);
  }

  static void add(Routes routes, TestApplication application) {
    application.routes().forEach(route -> add(routes, route));
  }

  private static void add(Routes routes, TestApplication.Route route) {
    if (route.behavior() == TestApplication.Behavior.WEB_SOCKET) {
      routes.addWebSocket(route.path(), webSocket -> echo(webSocket, route));
      return;
    }
    if (route.behavior() == TestApplication.Behavior.PROTECTED) {
      routes.add(HandlerType.BEFORE, route.path(), CorsPolicyPluginTckTest::authenticate);
    }
    routes.add(TYPES.get(route.method()), route.path(), handler(route));
    if (route.method().equals("GET")) {
      // Else Javalin answers HEAD without asking the handler for GET, and without its headers.
      routes.add(HandlerType.HEAD, route.path(), handler(route));
    }
  }

  private static void authenticate(Context context) {
    if (!TestApplication.isAuthorized(context.header("Authorization"))) {
      throw new UnauthorizedResponse();
    }
  }

  private static Handler handler(TestApplication.Route route) {
    return switch (route.behavior()) {
      case REPLY, SHARED_REPLY, PROTECTED, THROW -> context -> reply(context, route.call());
      case ASYNC, ASYNC_THROW ->
          context ->
              context.future(
                  () ->
                      CompletableFuture.supplyAsync(route::call)
                          .thenAccept(reply -> reply(context, reply)));
      case STREAM -> context -> stream(context, route.call());
      case EVENTS ->
          new SseHandler(
              client -> {
                Reply reply = route.call();
                head(client.ctx(), reply);
                reply.chunks().forEach(client::sendEvent);
                client.close();
              });
      case WEB_SOCKET -> throw new AssertionError("A WebSocket has no handler of HTTP: " + route);
    };
  }

  private static void reply(Context context, Reply reply) {
    head(context, reply);
    if (!reply.chunks().isEmpty()) {
      context.result(reply.body());
    }
  }

  private static void head(Context context, Reply reply) {
    context.status(reply.status());
    Set<String> seen = new HashSet<>();
    for (Headers.Field field : reply.headers()) {
      if (seen.add(field.name().toLowerCase(Locale.ROOT))) {
        context.header(field.name(), field.value());
      } else {
        context.res().addHeader(field.name(), field.value());
      }
    }
  }

  private static void stream(Context context, Reply reply) throws IOException {
    head(context, reply);
    OutputStream body = context.outputStream();
    for (String chunk : reply.chunks()) {
      body.write(chunk.getBytes(StandardCharsets.UTF_8));
      body.flush();
    }
  }

  private static void echo(WsConfig webSocket, TestApplication.Route route) {
    webSocket.onConnect(context -> route.call());
    webSocket.onMessage(context -> context.send(context.message()));
  }
}
