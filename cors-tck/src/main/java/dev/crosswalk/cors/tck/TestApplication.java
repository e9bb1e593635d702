package dev.crosswalk.cors.tck;

import dev.crosswalk.cors.tck.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The application that a server under test has to serve, in front of which it puts the adapter.
 *
 * <p>Register every one of {@link #routes()} as the framework's users do, so that the framework's
 * own routing, error handling and authentication are at work: a route for each, not one handler for
 * all, or there is no 404 and no 405 to test. In each handler call {@link Route#call()} once and
 * answer what it returns, in the way that {@link Route#behaviour()} asks for.
 */
public final class TestApplication {

  /** How a handler answers. */
  public enum Behaviour {
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
    private final Behaviour behaviour;
    private final Reply reply;
    private final AtomicInteger calls = new AtomicInteger();

    private Route(String method, String path, Behaviour behaviour, Reply reply) {
      this.method = method;
      this.path = path;
      this.behaviour = behaviour;
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
    public Behaviour behaviour() {
      return behaviour;
    }

    /**
     * Counts a request that has reached the handler.
     *
     * @return what to answer
     * @throws TestFailure if the handler is to fail; leave it to the framework
     */
    public Reply call() {
      calls.incrementAndGet();
      if (behaviour == Behaviour.THROW || behaviour == Behaviour.ASYNC_THROW) {
        throw new TestFailure();
      }
      return reply;
    }

    int calls() {
      return calls.get();
    }

    @Override
    public String toString() {
      return method + " " + path + " (" + behaviour + ")";
    }
  }

  /** The user whom the protected routes let in. */
  public static final String USER = "alice";

  /** The password of {@link #USER}; no secret. */
  public static final String PASSWORD = "wonderland";

  private static final String AUTHORIZATION =
      "Basic "
          + Base64.getEncoder()
              .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.US_ASCII));

  private final List<Route> routes = new ArrayList<>();

  public TestApplication() {
    for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
      add(
          method,
          "/resource",
          Behaviour.REPLY,
          reply(200).with("X-Tck-Exposed", "yes").with("X-Tck-Hidden", "yes").body("hello"));
    }
    add("GET", "/only-get", Behaviour.REPLY, reply(200).body("hello"));
    add("PUT", "/only-put", Behaviour.REPLY, reply(200).body("hello"));
    add("GET", "/options", Behaviour.REPLY, reply(200).body("hello"));
    add(
        "OPTIONS",
        "/options",
        Behaviour.REPLY,
        reply(200).with("X-Tck-Options", "yes").body("options of the application"));
    for (int status : new int[] {400, 401, 403, 404, 409, 422, 429, 500, 503}) {
      add("GET", "/status/" + status, Behaviour.REPLY, reply(status).body("status " + status));
    }
    add("GET", "/no-content", Behaviour.REPLY, reply(204));
    add("GET", "/not-modified", Behaviour.REPLY, reply(304).with("ETag", "\"1\""));
    add(
        "GET",
        "/partial",
        Behaviour.REPLY,
        reply(206).with("Content-Range", "bytes 0-4/10").body("hello"));
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      add(
          "GET",
          "/redirect/" + status,
          Behaviour.REPLY,
          reply(status).with("Location", "/resource"));
    }
    add("GET", "/cookie", Behaviour.REPLY, reply(200).with("Set-Cookie", "tck=1").body("hello"));
    add("GET", "/vary", Behaviour.REPLY, reply(200).with("Vary", "Accept-Encoding").body("hello"));
    add(
        "GET",
        "/vary-lines",
        Behaviour.REPLY,
        reply(200).with("Vary", "Accept-Encoding").with("Vary", "Accept-Language").body("hello"));
    add("GET", "/vary-origin", Behaviour.REPLY, reply(200).with("Vary", "origin").body("hello"));
    add("GET", "/vary-star", Behaviour.REPLY, reply(200).with("Vary", "*").body("hello"));
    add("GET", "/own-cors", Behaviour.REPLY, ownCors(200).body("hello"));
    add("GET", "/own-cors-error", Behaviour.REPLY, ownCors(500).body("oops"));
    add(
        "GET",
        "/own-cors-twice",
        Behaviour.REPLY,
        reply(200)
            .with("Access-Control-Allow-Origin", "https://app.tck.example")
            .with("Access-Control-Allow-Origin", "https://app.tck.example")
            .with("Access-Control-Allow-Credentials", "true")
            .with("Access-Control-Allow-Credentials", "true")
            .with("Access-Control-Expose-Headers", "X-Tck-Exposed, ETag, Content-Range")
            .with("Access-Control-Expose-Headers", "X-Tck-Exposed, ETag, Content-Range")
            .body("hello"));
    add(
        "GET",
        "/own-exposed-headers",
        Behaviour.REPLY,
        reply(200).with("Access-Control-Expose-Headers", "X-Tck-Hidden").body("hello"));
    add(
        "GET",
        "/own-isolation",
        Behaviour.REPLY,
        reply(200)
            .with("Timing-Allow-Origin", "*")
            .with("Cross-Origin-Resource-Policy", "same-site")
            .body("hello"));
    for (String path : List.of("/shared-reply", "/shared-reply-too")) {
      add("GET", path, Behaviour.SHARED_REPLY, reply(200).body("hello"));
    }
    add("GET", "/throw", Behaviour.THROW, reply(500));
    add("PUT", "/throw", Behaviour.THROW, reply(500));
    add("GET", "/async", Behaviour.ASYNC, reply(200).with("Vary", "Accept-Encoding").body("hello"));
    add("GET", "/async-throw", Behaviour.ASYNC_THROW, reply(500));
    add(
        "GET",
        "/stream",
        Behaviour.STREAM,
        reply(200).with("Vary", "Accept-Encoding").body("one ", "two ", "three"));
    add(
        "GET",
        "/stream-large",
        Behaviour.STREAM,
        reply(200).with("Vary", "Accept-Encoding").body(large()));
    add("GET", "/events", Behaviour.EVENTS, reply(200).body("one", "two", "three"));
    for (String method : List.of("GET", "PUT")) {
      add(method, "/protected", Behaviour.PROTECTED, reply(200).body("secret"));
    }
    for (String path : List.of("/webhook", "/hooks", "/hooks/inner")) {
      add("POST", path, Behaviour.REPLY, reply(200).body("hello"));
    }
    add("GET", "/socket", Behaviour.WEB_SOCKET, reply(101));
  }

  /** Larger than the buffers in which servers wait for the end of a response. */
  private static String[] large() {
    String[] chunks = new String[32];
    Arrays.fill(chunks, "0123456789abcdef".repeat(512));
    return chunks;
  }

  private static ReplyBuilder ownCors(int status) {
    return reply(status)
        .with("Access-Control-Allow-Origin", "*")
        .with("Access-Control-Allow-Credentials", "true")
        .with("Access-Control-Expose-Headers", "X-Tck-Hidden")
        .with("X-Tck-Hidden", "yes");
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
    return AUTHORIZATION.equals(authorization);
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
        .filter(route -> route.behaviour != Behaviour.WEB_SOCKET)
        .mapToInt(Route::calls)
        .sum();
  }

  private void add(String method, String path, Behaviour behaviour, ReplyBuilder reply) {
    routes.add(new Route(method, path, behaviour, reply.build()));
  }

  private static ReplyBuilder reply(int status) {
    return new ReplyBuilder(status);
  }

  private static final class ReplyBuilder {
    private final int status;
    private final List<String> headers = new ArrayList<>();
    private List<String> chunks = List.of();

    ReplyBuilder(int status) {
      this.status = status;
    }

    ReplyBuilder with(String name, String value) {
      headers.add(name);
      headers.add(value);
      return this;
    }

    ReplyBuilder body(String... parts) {
      chunks = List.of(parts);
      return this;
    }

    Reply build() {
      return new Reply(status, Headers.of(headers.toArray(new String[0])), chunks);
    }
  }
}
