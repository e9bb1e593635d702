package dev.crosswalk.examples.browser;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.javalin.CorsPolicyPlugin;
import dev.crosswalk.cors.jaxrs.CorsPolicyFilter;
import dev.crosswalk.cors.jaxrs.UnmappedExceptionMapper;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.SelfSigned;
import dev.crosswalk.cors.vertx.CorsPolicyHandler;
import dev.crosswalk.examples.browser.Application.Reply;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.sse.Event;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.SeBootstrap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.glassfish.jersey.server.ResourceConfig;
import org.springframework.boot.WebApplicationType;
import reactor.core.publisher.Flux;

/** The adapters, each in front of the same application on its framework. */
enum Adapter {
  JAX_RS("JAX-RS") {
    @Override
    Server start(Cors cors) {
      SeBootstrap.Instance server =
          SeBootstrap.start(
                  new ResourceConfig()
                      .register(new CorsPolicyFilter(cors))
                      .register(new UnmappedExceptionMapper())
                      .register(Resource.class),
                  SeBootstrap.Configuration.builder()
                      .host("localhost")
                      .port(SeBootstrap.Configuration.FREE_PORT)
                      .build())
              .toCompletableFuture()
              .join();
      Server started =
          new Server(
              "http://localhost:" + server.configuration().port(),
              () -> server.stop().toCompletableFuture().join());
      if (server.configuration().port() > HIGHEST_BAD_PORT) {
        return started;
      }
      server.stop().toCompletableFuture().join();
      return start(cors);
    }
  },
  JAVALIN("Javalin") {
    @Override
    Server start(Cors cors) {
      Javalin server =
          Javalin.create(
              config -> {
                config.registerPlugin(new CorsPolicyPlugin(cors));
                config.startup.showJavalinBanner = false;
                config.routes.get(Application.PATH, Adapter::answer);
                config.routes.post(Application.PATH, Adapter::answer);
                config.routes.put(Application.PATH, Adapter::answer);
                config.routes.delete(Application.PATH, Adapter::answer);
                config.routes.patch(Application.PATH, Adapter::answer);
              });
      server.start("localhost", 0);
      return new Server("http://localhost:" + server.port(), server::stop);
    }
  },
  MICRONAUT("Micronaut") {
    @Override
    Server start(Cors cors) {
      EmbeddedServer server =
          ApplicationContext.builder()
              .singletons(cors)
              .properties(
                  Map.of(
                      "micronaut.server.port",
                      -1,
                      "micronaut.server.host",
                      "localhost",
                      "micronaut.security.reject-not-found",
                      false,
                      "browser-test",
                      true))
              .run(EmbeddedServer.class);
      return new Server("http://localhost:" + server.getPort(), server::stop);
    }
  },
  SPRING_MVC("Spring MVC") {
    @Override
    Server start(Cors cors) {
      return SpringServer.start(WebApplicationType.SERVLET, cors);
    }
  },
  SPRING_WEBFLUX("Spring WebFlux") {
    @Override
    Server start(Cors cors) {
      return SpringServer.start(WebApplicationType.REACTIVE, cors);
    }
  },
  VERT_X("Vert.x") {
    @Override
    Server start(Cors cors) {
      return startVertx(cors, new HttpServerOptions());
    }
  },
  /** By HTTP/2, which browsers speak over TLS alone. */
  VERT_X_HTTP_2("Vert.x, HTTP/2") {
    @Override
    Server start(Cors cors) {
      return startVertx(
          cors,
          new HttpServerOptions()
              .setSsl(true)
              .setUseAlpn(true)
              .setKeyCertOptions(
                  new PfxOptions()
                      .setValue(Buffer.buffer(CERTIFICATE.pkcs12()))
                      .setPassword(SelfSigned.PASSWORD)));
    }
  };

  /** Of this machine, for one run of the tests. */
  static final SelfSigned CERTIFICATE = SelfSigned.of("localhost", "127.0.0.1");

  private static Server startVertx(Cors cors, HttpServerOptions options) {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router.route().handler(new CorsPolicyHandler(cors));
    router.route("/:policy/:route/:scenario").handler(Adapter::answer);
    HttpServer server =
        vertx.createHttpServer(options).requestHandler(router).listen(0, "localhost").await();
    return new Server(
        (options.isSsl() ? "https" : "http") + "://localhost:" + server.actualPort(),
        () -> vertx.close().await());
  }

  /**
   * Jersey draws its port from all of them, and no browser connects to some of those up to this
   * one.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#bad-port">Fetch: bad ports</a>
   */
  private static final int HIGHEST_BAD_PORT = 10_080;

  private final String framework;

  Adapter(String framework) {
    this.framework = framework;
  }

  /** Starts a server on a free port of {@code localhost}. */
  abstract Server start(Cors cors);

  @Override
  public String toString() {
    return framework;
  }

  /** A server that runs. */
  record Server(String base, Runnable stop) implements AutoCloseable {
    @Override
    public void close() {
      stop.run();
    }
  }

  /** The application on JAX-RS. */
  @Path(Application.PATH)
  public static final class Resource {

    @jakarta.ws.rs.core.Context private UriInfo uri;

    @PathParam("policy")
    private String policy;

    @PathParam("route")
    private String route;

    @PathParam("scenario")
    private String scenario;

    @GET
    public Response get() {
      Reply reply =
          Application.answer(
              "http://127.0.0.1:" + uri.getBaseUri().getPort(), policy, route, scenario);
      StreamingOutput stream =
          out -> {
            for (byte[] chunk : reply.chunks()) {
              out.write(chunk);
              out.flush();
            }
          };
      Response.ResponseBuilder response =
          Response.status(reply.status())
              .type(reply.contentType())
              .entity(reply.isStreamed() ? stream : reply.chunks().get(0));
      reply.headers().forEach(field -> response.header(field.name(), field.value()));
      return response.build();
    }

    @POST
    public Response post() {
      return get();
    }

    @PUT
    public Response put() {
      return get();
    }

    @DELETE
    public Response delete() {
      return get();
    }

    @PATCH
    public Response patch() {
      return get();
    }
  }

  private static void answer(Context context) throws IOException {
    Reply reply =
        Application.answer(
            "http://127.0.0.1:" + context.port(),
            context.pathParam("policy"),
            context.pathParam("route"),
            context.pathParam("scenario"));
    context.status(reply.status()).contentType(reply.contentType());
    reply.headers().forEach(field -> context.header(field.name(), field.value()));
    if (!reply.isStreamed()) {
      context.result(reply.chunks().get(0));
      return;
    }
    OutputStream body = context.outputStream();
    for (byte[] chunk : reply.chunks()) {
      body.write(chunk);
      body.flush();
    }
  }

  /** The application on Micronaut; the examples' beans are in the same class path. */
  @Controller
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Requires(property = "browser-test")
  static final class Handlers {

    @Get(Application.PATH)
    HttpResponse<?> get(HttpRequest<?> request, String policy, String route, String scenario) {
      Reply reply =
          Application.answer(
              "http://127.0.0.1:" + request.getServerAddress().getPort(), policy, route, scenario);
      MutableHttpResponse<Object> response = HttpResponse.status(reply.status(), "");
      response.contentType(reply.contentType());
      for (Headers.Field field : reply.headers()) {
        response.header(field.name(), field.value());
      }
      return response.body(
          reply.isStreamed() ? Flux.fromIterable(reply.chunks()) : reply.chunks().get(0));
    }

    // Micronaut frames events itself.
    @Get(value = "/{policy}/events/{scenario}", produces = "text/event-stream")
    Flux<Event<String>> events() {
      return Flux.just("one", "two").map(Event::of);
    }

    @Post(value = Application.PATH, consumes = "*/*")
    HttpResponse<?> post(HttpRequest<?> request, String policy, String route, String scenario) {
      return get(request, policy, route, scenario);
    }

    @Put(value = Application.PATH, consumes = "*/*")
    HttpResponse<?> put(HttpRequest<?> request, String policy, String route, String scenario) {
      return get(request, policy, route, scenario);
    }

    @Delete(value = Application.PATH, consumes = "*/*")
    HttpResponse<?> delete(HttpRequest<?> request, String policy, String route, String scenario) {
      return get(request, policy, route, scenario);
    }

    @Patch(value = Application.PATH, consumes = "*/*")
    HttpResponse<?> patch(HttpRequest<?> request, String policy, String route, String scenario) {
      return get(request, policy, route, scenario);
    }
  }

  private static void answer(RoutingContext context) {
    Reply reply =
        Application.answer(
            context.request().scheme() + "://127.0.0.1:" + context.request().localAddress().port(),
            context.pathParam("policy"),
            context.pathParam("route"),
            context.pathParam("scenario"));
    HttpServerResponse response = context.response().setStatusCode(reply.status());
    response.putHeader("Content-Type", reply.contentType());
    reply.headers().forEach(field -> response.putHeader(field.name(), field.value()));
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end(); // Vert.x would send what it is given, by HTTP/2.
      return;
    }
    if (!reply.isStreamed()) {
      response.end(Buffer.buffer(reply.chunks().get(0)));
      return;
    }
    response.setChunked(true);
    reply.chunks().forEach(chunk -> response.write(Buffer.buffer(chunk)));
    response.end();
  }
}
