package dev.crosswalk.examples.javalin;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.javalin.CorsPolicyPlugin;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.http.sse.SseClient;
import io.javalin.security.BasicAuthCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Notes on Javalin. Pages of other origins may read and write them. */
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
   * @param port 0 for any that is free
   * @param cors what pages of other origins may do
   * @return the running server
   */
  public static Javalin start(int port, Cors cors) {
    NotesServer server = new NotesServer();
    return Javalin.create(
            config -> {
              config.registerPlugin(new CorsPolicyPlugin(cors));
              config.startup.showJavalinBanner = false;
              server.addRoutes(config.routes);
            })
        .start("localhost", port);
  }

  /**
   * Starts the server on port 8082.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    start(8082, CORS);
  }

  private final Map<Integer, Note> notes = new ConcurrentSkipListMap<>();
  private final AtomicInteger lastId = new AtomicInteger();
  private final Timer clock = new Timer("ticks", true);

  private NotesServer() {
    add("Buy milk");
  }

  private Note add(String text) {
    Note note = new Note(lastId.incrementAndGet(), text);
    notes.put(note.id(), note);
    return note;
  }

  private void addRoutes(RoutesConfig routes) {
    routes.get("/notes", context -> context.json(notes.values()));
    routes.post("/notes", this::add);
    routes.put("/notes/{id}", this::replace);
    routes.delete("/notes/{id}", this::delete);
    routes.before("/me", NotesServer::login);
    routes.get("/me", context -> context.json(Map.of("name", "alice")));
    routes.get(
        "/broken",
        context -> {
          throw new IllegalStateException("This route is broken.");
        });
    routes.sse("/ticks", this::tick);
  }

  private void add(Context context) {
    Note note = add(context.bodyValidator(Note.class).get().text());
    context.status(HttpStatus.CREATED).header("Location", "/notes/" + note.id()).json(note);
  }

  private void replace(Context context) {
    int id = context.pathParamAsClass("id", Integer.class).get();
    Note note = new Note(id, context.bodyValidator(Note.class).get().text());
    if (notes.replace(id, note) == null) {
      throw new NotFoundResponse();
    }
    context.json(note);
  }

  private void delete(Context context) {
    if (notes.remove(context.pathParamAsClass("id", Integer.class).get()) == null) {
      throw new NotFoundResponse();
    }
    context.status(HttpStatus.NO_CONTENT);
  }

  /** Lets Alice in, by HTTP's Basic scheme. */
  private static void login(Context context) {
    if (!new BasicAuthCredentials("alice", "wonderland").equals(context.basicAuthCredentials())) {
      context.header("WWW-Authenticate", "Basic realm=\"notes\"");
      throw new UnauthorizedResponse();
    }
  }

  /** Sends the time every second. */
  private void tick(SseClient client) {
    client.keepAlive();
    TimerTask tick =
        new TimerTask() {
          @Override
          public void run() {
            client.sendEvent(Instant.now().toString());
          }
        };
    client.onClose(tick::cancel);
    clock.schedule(tick, 0, 1_000);
  }
}
