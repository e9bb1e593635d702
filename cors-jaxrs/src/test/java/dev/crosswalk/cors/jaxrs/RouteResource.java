package dev.crosswalk.cors.jaxrs;

import dev.crosswalk.cors.tck.TestApplication.Reply;
import dev.crosswalk.cors.tck.TestApplication.Route;
import dev.crosswalk.cors.tck.wire.Headers;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** What the resources of {@link RouteResources} have in common: how they answer. */
public class RouteResource {

  /** As a {@code static final Response} is. */
  private static final Map<Reply, Response> CONSTANTS = new ConcurrentHashMap<>();

  private final Map<String, Route> routes;

  protected RouteResource(Map<String, Route> routes) {
    this.routes = routes;
  }

  protected final Response reply(String route) {
    return response(routes.get(route).call());
  }

  protected final Response shared(String route) {
    return CONSTANTS.computeIfAbsent(routes.get(route).call(), RouteResource::response);
  }

  protected final void resume(String route, AsyncResponse later) {
    Runnable work =
        () -> {
          try {
            later.resume(reply(route));
          } catch (RuntimeException e) {
            later.resume(e);
          }
        };
    new Thread(work).start();
  }

  protected final Response stream(String route) {
    return stream(route, "%s", "text/plain");
  }

  protected final Response streamEvents(String route) {
    return stream(route, "data: %s\n\n", "text/event-stream");
  }

  private Response stream(String route, String format, String type) {
    Reply reply = routes.get(route).call();
    StreamingOutput body =
        output -> {
          for (String chunk : reply.chunks()) {
            output.write(format.formatted(chunk).getBytes(StandardCharsets.UTF_8));
            output.flush();
          }
        };
    return builder(reply).entity(body).type(type).build();
  }

  /**
   * Waits for nothing, because RESTEasy calls a resource on the thread that is to send, if Vert.x
   * is its server. No thread of our own either: Jersey closes a sink while another thread still
   * writes to it, and the last event is lost.
   */
  protected final void send(String route, SseEventSink sink, Sse sse) {
    CompletionStage<?> sent = CompletableFuture.completedFuture(null);
    for (String chunk : routes.get(route).call().chunks()) {
      sent = sent.thenCompose(previous -> sink.send(sse.newEvent(chunk)));
    }
    sent.whenComplete((last, failure) -> sink.close());
  }

  private static Response response(Reply reply) {
    Response.ResponseBuilder builder = builder(reply);
    return reply.chunks().isEmpty()
        ? builder.build()
        : builder.entity(reply.body()).type("text/plain").build();
  }

  private static Response.ResponseBuilder builder(Reply reply) {
    Response.ResponseBuilder builder = Response.status(reply.status());
    for (Headers.Field field : reply.headers()) {
      builder.header(field.name(), field.value());
    }
    return builder;
  }
}
