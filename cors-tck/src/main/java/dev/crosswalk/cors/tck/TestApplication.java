package dev.crosswalk.cors.tck;

import dev.crosswalk.cors.tck.rules.Site;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The application that a server under test has to serve, in front of which it puts the adapter.
 *
 * <p>Register every one of {@link #routes()} as the framework's users do, so that the framework's
 * own routing, error handling and authentication are at work: a route for each, not one handler for
 * all, or there is no 404 and no 405 to test. In each handler call {@link Route#call()} once and
 * answer what it returns, in the way that {@link Route#behavior()} asks for.
 */
public final class TestApplication {

  /** How a handler answers. */
  public enum Behavior {
    /** With the whole reply. */
    REPLY,
    /**
     * With one response object that all requests to such routes get, where the framework has
     * response objects that an application can make once and return again. As {@link #REPLY}
     * elsewhere.
     */
    SHARED_REPLY,
    /**
     * Not at all: {@link Route#call()} throws, and the framework makes of it what it makes of bugs.
     */
    THROW,
    /** Later and from another thread, by whatever the framework has for that. */
    ASYNC,
    /** Later and from another thread with {@link Route#call()}'s exception, likewise. */
    ASYNC_THROW,
    /** Chunk by chunk, each flushed before the next; the headers are long gone with the last. */
    STREAM,
    /** Each chunk as the data of a server-sent event, by whatever the framework has for that. */
    EVENTS,
    /**
     * With the whole reply, behind the framework's usual authentication, which answers 401 before
     * any handler unless {@link #isAuthorized} holds.
     */
    PROTECTED,
    /** By a WebSocket that sends every message back. {@link Route#call()} is called on opening. */
    WEB_SOCKET
  }

  /**
   * What a handler answers.
   *
   * @param status the status code
   * @param headers the headers to set, as the framework's users set them; a name is listed twice if
   *     it is to be added
   * @param chunks the body in the parts in which a stream sends it; empty if there is no body
   */
  public record Reply(int status, Headers headers, List<String> chunks) {

    /** {@return the whole body; the empty string if there is none} */
    public String body() {
      return String.join("", chunks);
    }

    private Reply saying(String... parts) {
      return new Reply(status, headers, List.of(parts));
    }
  }

  /**
   * Thrown by a handler that is to fail. No framework knows it, and no mapper is to be registered.
   */
  public static final class TestFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private TestFailure() {
      super("This failure is part of the test.", null, false, false);
    }
  }

  /** One route: a method, a path, and what its handler does. */
  public static final class Route {

    private final String method;
    private final String path;
    private final Behavior behavior;
    private final Reply reply;
    private final AtomicInteger calls = new AtomicInteger();

    private Route(String method, String path, Behavior behavior, Reply reply) {
      this.method = method;
      this.path = path;
      this.behavior = behavior;
      this.reply = reply;
    }

    /** {@return the method to register, in upper case} */
    public String method() {
      return method;
    }

    /** {@return the path to register: literal, with a leading slash, without parameters} */
    public String path() {
      return path;
    }

    /** {@return how the handler answers} */
    public Behavior behavior() {
      return behavior;
    }

    /**
     * Counts a request that has reached the handler.
     *
     * @return what to answer
     * @throws TestFailure if the handler is to fail; leave it to the framework
     */
    public Reply call() {
      calls.incrementAndGet();
      if (behavior == Behavior.THROW || behavior == Behavior.ASYNC_THROW) {
        throw new TestFailure();
      }
      return reply;
    }

    int calls() {
      return calls.get();
    }

    @Override
    public String toString() {
      return method + " " + path + " (" + behavior + ")";
    }
  }

  /** The user whom the protected routes let in. */
  public static final String USER = "alice";

  /** The password of {@link #USER}; no secret. */
  public static final String PASSWORD = "wonderland";

  private static final String[] VARY = {"Vary", "Accept-Encoding"};

  /** What an application writes that has CORS of its own, and lets everybody read. */
  private static final String[] OWN_CORS = {
    "Access-Control-Allow-Origin", "*",
    "Access-Control-Allow-Credentials", "true",
    "Access-Control-Expose-Headers", "X-Tck-Hidden",
    "X-Tck-Hidden", "yes",
  };

  private static final String[] OWN_CORS_TWICE = {
    "Access-Control-Allow-Origin", "https://app.tck.example",
    "Access-Control-Allow-Origin", "https://app.tck.example",
    "Access-Control-Allow-Credentials", "true",
    "Access-Control-Allow-Credentials", "true",
    "Access-Control-Expose-Headers", "X-Tck-Exposed, ETag, Content-Range",
    "Access-Control-Expose-Headers", "X-Tck-Exposed, ETag, Content-Range",
  };

  private final List<Route> routes = new ArrayList<>();

  /** Makes the application with all its routes. No request has reached it yet. */
  public TestApplication() {
    for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
      Reply reply = reply(200, "X-Tck-Exposed", "yes", "X-Tck-Hidden", "yes");
      add(method, "/resource", Behavior.REPLY, reply.saying("hello"));
    }
    get("/only-get", reply(200).saying("hello"));
    add("PUT", "/only-put", Behavior.REPLY, reply(200).saying("hello"));
    get("/options", reply(200).saying("hello"));
    Reply options = reply(200, "X-Tck-Options", "yes").saying("options of the application");
    add("OPTIONS", "/options", Behavior.REPLY, options);
    for (int status : new int[] {400, 401, 403, 404, 409, 422, 429, 500, 503}) {
      get("/status/" + status, reply(status).saying("status " + status));
    }
    get("/no-content", reply(204));
    get("/empty", reply(200));
    get("/not-modified", reply(304, "ETag", "\"1\""));
    get("/partial", reply(206, "Content-Range", "bytes 0-4/10").saying("hello"));
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      get("/redirect/" + status, reply(status, "Location", "/resource"));
    }
    get("/cookie", reply(200, "Set-Cookie", "tck=1").saying("hello"));
    get("/vary", reply(200, VARY).saying("hello"));
    String[] lines = {"Vary", "Accept-Encoding", "Vary", "Accept-Language"};
    get("/vary-lines", reply(200, lines).saying("hello"));
    get("/vary-origin", reply(200, "Vary", "origin").saying("hello"));
    get("/vary-star", reply(200, "Vary", "*").saying("hello"));
    get("/own-cors", reply(200, OWN_CORS).saying("hello"));
    get("/own-cors-error", reply(500, OWN_CORS).saying("oops"));
    get("/own-cors-twice", reply(200, OWN_CORS_TWICE).saying("hello"));
    String[] ownNames = {"Access-Control-Expose-Headers", "X-Tck-Hidden"};
    get("/own-exposed-headers", reply(200, ownNames).saying("hello"));
    String[] isolation = {"Timing-Allow-Origin", "*", "Cross-Origin-Resource-Policy", "same-site"};
    get("/own-isolation", reply(200, isolation).saying("hello"));
    for (String path : List.of("/shared-reply", "/shared-reply-too")) {
      add("GET", path, Behavior.SHARED_REPLY, reply(200).saying("hello"));
    }
    add("GET", "/throw", Behavior.THROW, reply(500));
    add("PUT", "/throw", Behavior.THROW, reply(500));
    add("GET", "/async", Behavior.ASYNC, reply(200, VARY).saying("hello"));
    add("GET", "/async-throw", Behavior.ASYNC_THROW, reply(500));
    add("GET", "/stream", Behavior.STREAM, reply(200, VARY).saying("one ", "two ", "three"));
    add("GET", "/stream-large", Behavior.STREAM, reply(200, VARY).saying(large()));
    add("GET", "/events", Behavior.EVENTS, reply(200).saying("one", "two", "three"));
    for (String method : List.of("GET", "PUT")) {
      add(method, "/protected", Behavior.PROTECTED, reply(200).saying("secret"));
    }
    for (String path : List.of("/webhook", "/hooks", "/hooks/inner")) {
      add("POST", path, Behavior.REPLY, reply(200).saying("hello"));
    }
    add("GET", "/socket", Behavior.WEB_SOCKET, reply(101));
  }

  /** Larger than the buffers in which servers wait for the end of a response. */
  private static String[] large() {
    String[] chunks = new String[32];
    Arrays.fill(chunks, "0123456789abcdef".repeat(512));
    return chunks;
  }

  /** {@return every route, in no order that matters} */
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  /**
   * Returns whether a protected route lets a request in.
   *
   * @param authorization the value of the request's {@code Authorization}; null if it has none
   * @return whether it names {@link #USER} with {@link #PASSWORD}, in the scheme Basic
   */
  public static boolean isAuthorized(@Nullable String authorization) {
    return Site.AUTHORIZATION.equals(authorization);
  }

  /** How many requests have reached the handler of a route. */
  int calls(String method, String path) {
    return routes.stream()
        .filter(route -> route.method.equals(method) && route.path.equals(path))
        .mapToInt(Route::calls)
        .sum();
  }

  /**
   * How many requests have reached any handler. A WebSocket does not count: it may open long after
   * its 101 has been read, and in the middle of another request.
   */
  int calls() {
    return routes.stream()
        .filter(route -> route.behavior != Behavior.WEB_SOCKET)
        .mapToInt(Route::calls)
        .sum();
  }

  private void get(String path, Reply reply) {
    add("GET", path, Behavior.REPLY, reply);
  }

  private void add(String method, String path, Behavior behavior, Reply reply) {
    routes.add(new Route(method, path, behavior, reply));
  }

  private static Reply reply(int status, String... headers) {
    return new Reply(status, Headers.of(headers), List.of());
  }
}
