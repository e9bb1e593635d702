package dev.crosswalk.examples.proxy;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.CorsTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.TestApplication.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.handler.SimpleAuthenticationHandler;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import org.junit.jupiter.api.BeforeAll;

/** Every rule of the protocol: before an API that knows nothing of CORS, as any adapter does. */
class ProxyTckTest extends CorsTck {

  @BeforeAll
  static void keepQuiet() {
    LogManager.getLogManager().reset(); // Vert.x logs each failure that a rule asks for.
  }

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    for (TestApplication.Route route : application.routes()) {
      if (route.behavior() == TestApplication.Behavior.PROTECTED) {
        router.route(route.path()).handler(authentication());
      }
      router
          .route(HttpMethod.valueOf(route.method()), route.path())
          .handler(context -> answer(context, route));
    }
    int port =
        vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await().actualPort();
    Proxy proxy = new Proxy(Map.of());
    proxy.listen(cors, List.of(Upstream.parse("/api=http://127.0.0.1:" + port)), 0);
    return new ServerUnderTest(
        URI.create("http://127.0.0.1:" + proxy.port() + "/api"),
        () -> {
          proxy.close();
          vertx.close().await();
        });
  }

  @Override
  protected Map<String, String> limitations() {
    String webSockets = "the proxy refuses WebSockets, whose servers look at Origin themselves";
    String hosts = "the proxy answers 421 to requests for other hosts than its own";
    String paths = "a guard's paths are those of the proxy, and begin with the upstream's prefix";
    return Map.of(
        "BO15", "the proxy drops the CORS headers of an upstream before anybody sees them",
        "BO16", hosts,
        "BO17", hosts,
        "CR11", "cookies are not handed on unless --forward-cookies says so",
        "GU30", paths,
        "GU31", paths,
        "IN17", webSockets,
        "IN22", webSockets,
        "GU37", webSockets);
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
    HttpServerResponse response = context.response();
    switch (route.behavior()) {
      case ASYNC, ASYNC_THROW ->
          context
              .vertx()
              .executeBlocking(route::call)
              .onSuccess(reply -> head(response, reply).end(reply.body()))
              .onFailure(context::fail);
      case STREAM -> {
        Reply reply = route.call();
        stream(head(response, reply).setChunked(true), reply.chunks().iterator());
      }
      case EVENTS -> {
        Reply reply = route.call();
        head(response, reply).setChunked(true).putHeader("Content-Type", "text/event-stream");
        stream(response, reply.chunks().stream().map(d -> "data: " + d + "\n\n").iterator());
      }
      default -> {
        Reply reply = route.call();
        head(response, reply).end(reply.body());
      }
    }
  }

  private static HttpServerResponse head(HttpServerResponse response, Reply reply) {
    reply.headers().forEach(field -> response.headers().add(field.name(), field.value()));
    return response.setStatusCode(reply.status());
  }

  private static void stream(HttpServerResponse response, Iterator<String> chunks) {
    if (chunks.hasNext()) {
      response.write(chunks.next()).onSuccess(written -> stream(response, chunks));
    } else {
      response.end();
    }
  }
}
