package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.TestApplication.Reply;
import dev.crosswalk.cors.tck.TestApplication.Route;
import dev.crosswalk.cors.tck.wire.Headers;
import io.micronaut.context.annotation.Executable;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.sse.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;

/** Answers as the kit's routes ask for, by the means of Micronaut. */
@Singleton
@Requires(beans = TestApplication.class)
class TestHandlers {

  /** As a {@code static final HttpResponse} is. */
  private static final Map<Reply, HttpResponse<String>> CONSTANTS = new ConcurrentHashMap<>();

  private final Map<String, Route> routes;

  TestHandlers(TestApplication application) {
    routes =
        application.routes().stream()
            .collect(Collectors.toMap(route -> route.method() + route.path(), route -> route));
  }

  private Reply call(HttpRequest<?> request) {
    // Micronaut lets a route for GET answer HEAD, and one for /path answer /path/.
    String method = request.getMethodName().equals("HEAD") ? "GET" : request.getMethodName();
    String path = request.getPath().replaceFirst("/$", "");
    return routes.get(method + path).call();
  }

  @Executable
  HttpResponse<String> reply(HttpRequest<?> request) {
    Reply reply = call(request);
    MutableHttpResponse<String> response = response(reply);
    return reply.chunks().isEmpty() ? response : response.body(reply.body());
  }

  @Executable
  HttpResponse<String> shared(HttpRequest<?> request) {
    return CONSTANTS.computeIfAbsent(
        call(request), reply -> TestHandlers.<String>response(reply).body(reply.body()));
  }

  @Executable
  CompletableFuture<HttpResponse<String>> async(HttpRequest<?> request) {
    // Not at once: what is done before it is returned is answered as if it were synchronous.
    return CompletableFuture.supplyAsync(
        () -> reply(request), CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
  }

  @Executable
  HttpResponse<Flux<String>> stream(HttpRequest<?> request) {
    Reply reply = call(request);
    Flux<String> chunks = Flux.fromIterable(reply.chunks());
    // The first at once, the others after it.
    return TestHandlers.<Flux<String>>response(reply)
        .body(chunks.take(1).concatWith(chunks.skip(1).delaySequence(Duration.ofMillis(1))));
  }

  @Executable
  HttpResponse<Flux<Event<String>>> events(HttpRequest<?> request) {
    Reply reply = call(request);
    return TestHandlers.<Flux<Event<String>>>response(reply)
        .body(Flux.fromIterable(reply.chunks()).map(Event::of));
  }

  private static <T> MutableHttpResponse<T> response(Reply reply) {
    MutableHttpResponse<T> response = HttpResponse.status(reply.status(), "");
    for (Headers.Field field : reply.headers()) {
      response.header(field.name(), field.value());
    }
    return response;
  }
}
