package dev.crosswalk.cors.bench.server;

import dev.crosswalk.cors.Cors;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import io.micronaut.http.server.cors.CorsFilter;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The server on Micronaut. Its own filter is always there; {@code localhost-pass-through} lets it
 * do nothing where nothing is configured.
 */
final class MicronautServer {

  private MicronautServer() {}

  static int start(Mode mode) {
    ApplicationContextBuilder builder = ApplicationContext.builder().banner(false);
    if (mode == Mode.CROSSWALK) {
      Cors policy = Server.cors();
      builder.singletons(policy);
    }
    return builder
        .properties(mode == Mode.OWN ? own() : Map.of("bench.mode", mode.name()))
        .properties(
            Map.of(
                "micronaut.server.host",
                "127.0.0.1",
                "micronaut.server.port",
                0,
                "micronaut.server.cors.localhost-pass-through",
                true))
        .properties(Map.of("micronaut.server.http-version", Server.isSoaked() ? "2.0" : "1.1"))
        .run(EmbeddedServer.class)
        .getPort();
  }

  private static Map<String, Object> own() {
    String prefix = "micronaut.server.cors.configurations.web.";
    return Map.of(
        "micronaut.server.cors.enabled",
        true,
        prefix + "allowed-origins",
        Server.ORIGINS,
        prefix + "allowed-methods",
        Server.METHODS,
        prefix + "allowed-headers",
        Server.REQUEST_HEADERS,
        prefix + "allow-credentials",
        false,
        prefix + "max-age",
        Server.MAX_AGE_SECONDS);
  }

  @Controller(Server.ENDLESS)
  static final class EndlessController {

    @Get
    CompletableFuture<String> get() {
      return new CompletableFuture<>();
    }
  }

  @Controller(Server.PATH)
  static final class TextController {

    @Get(produces = MediaType.TEXT_PLAIN)
    String get() {
      return Server.TEXT;
    }

    @Put(produces = MediaType.TEXT_PLAIN)
    String put() {
      return Server.TEXT;
    }
  }

  @ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
  @Replaces(CorsFilter.class)
  @Requires(property = "bench.mode", value = "BY_HAND")
  static final class ByHand {

    @PreMatching
    @RequestFilter
    @Nullable
    HttpResponse<?> respond(HttpRequest<?> request) {
      if (!request.getMethodName().equals("OPTIONS")) {
        return null;
      }
      MutableHttpResponse<?> response = HttpResponse.noContent();
      write(request, response);
      return response;
    }

    @ResponseFilter
    void write(HttpRequest<?> request, MutableHttpResponse<?> response) {
      Server.writeByHand(
          request.getMethodName(), request.getHeaders()::get, response.getHeaders()::set);
    }
  }
}
