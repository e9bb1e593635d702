package dev.crosswalk.examples.vertx;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.vertx.CorsPolicyHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.Credentials;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BasicAuthHandler;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Notes on Vert.x. Pages of other origins may read and write them. */
public final class NotesServer {

  /** What pages of other origins may do. */
  public static final CorsPolicy CORS =
      CorsPolicy.builder()
          .allowOrigins("https://app.example.com", "http://localhost:*")
          .allowMethods("PUT", "DELETE")
          .allowRequestHeaders("Authorization", "Content-Type")
          .exposeResponseHeaders("Location")
          .allowCredentials()
          .maxAge(Duration.ofHours(1))
          .build();

  /**
   * Starts the server.
   *
   * @param vertx where it runs
   * @param port 0 for any that is free
   * @param cors what pages of other origins may do
   * @return the running server
   */
  public static Future<HttpServer> start(Vertx vertx, int port, Cors cors) {
    Router router = Router.router(vertx);
    router.route().handler(new CorsPolicyHandler(cors));
    router.route().handler(BodyHandler.create(false));
    new NotesServer(vertx).addRoutes(router);
    return vertx.createHttpServer().requestHandler(router).listen(port, "localhost");
  }

  /**
   * Starts the server on port 8084.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    start(Vertx.vertx(), 8084, CORS).await();
  }

  private final Vertx vertx;
  private final Map<String, JsonObject> notes = new ConcurrentSkipListMap<>();
  private final AtomicInteger lastId = new AtomicInteger();

  private NotesServer(Vertx vertx) {
    this.vertx = vertx;
    add("Buy milk");
  }

  private JsonObject add(String text) {
    int id = lastId.incrementAndGet();
    JsonObject note = new JsonObject().put("id", id).put("text", text);
    notes.put(Integer.toString(id), note);
    return note;
  }

  private void addRoutes(Router router) {
    router.get("/notes").handler(context -> context.json(notes.values()));
    router.post("/notes").handler(this::add);
    router.put("/notes/:id").handler(this::replace);
    router.delete("/notes/:id").handler(this::delete);
    router
        .get("/me")
        .handler(BasicAuthHandler.create(NotesServer::login, "notes"))
        .handler(context -> context.json(Map.of("name", "alice")));
    router
        .get("/broken")
        .handler(
            context -> {
              throw new IllegalStateException("This route is broken.");
            });
    router.get("/ticks").handler(this::ticks);
  }

  private void add(RoutingContext context) {
    String text = textOf(context);
    if (text == null) {
      context.fail(400);
      return;
    }
    JsonObject note = add(text);
    context.response().setStatusCode(201).putHeader("Location", "/notes/" + note.getInteger("id"));
    context.json(note);
  }

  private void replace(RoutingContext context) {
    String text = textOf(context);
    JsonObject note = notes.get(context.pathParam("id"));
    if (text == null) {
      context.fail(400);
    } else if (note == null) {
      context.fail(404);
    } else {
      JsonObject changed = note.copy().put("text", text);
      notes.put(context.pathParam("id"), changed);
      context.json(changed);
    }
  }

  private void delete(RoutingContext context) {
    if (notes.remove(context.pathParam("id")) == null) {
      context.fail(404);
    } else {
      context.response().setStatusCode(204).end();
    }
  }

  /** Returns the text of the note that a page sent; null if it sent none. */
  private static @Nullable String textOf(RoutingContext context) {
    try {
      JsonObject sent = context.body().asJsonObject();
      return sent == null ? null : sent.getString("text");
    } catch (DecodeException | ClassCastException e) {
      return null;
    }
  }

  /** Lets Alice in, by HTTP's Basic scheme. */
  private static Future<User> login(Credentials credentials) {
    return credentials instanceof UsernamePasswordCredentials login
            && login.getUsername().equals("alice")
            && login.getPassword().equals("wonderland")
        ? Future.succeededFuture(User.fromName("alice"))
        : Future.failedFuture("This is not Alice.");
  }

  /** Sends the time every second. */
  private void ticks(RoutingContext context) {
    HttpServerResponse response =
        context.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
    long timer =
        vertx.setPeriodic(0, 1_000, tick -> response.write("data: " + Instant.now() + "\n\n"));
    response.closeHandler(closed -> vertx.cancelTimer(timer));
  }
}
