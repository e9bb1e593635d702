package dev.crosswalk.cors.tck;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.tck.TestApplication.Behavior;
import dev.crosswalk.cors.tck.TestApplication.Reply;
import dev.crosswalk.cors.tck.TestApplication.Route;
import dev.crosswalk.cors.tck.wire.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Where the reference adapter is hooked in: the JDK's own server, which has neither routes nor
 * authentication nor error pages, so that they are here.
 */
public class JdkServer extends JdkCors {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  final TestApplication application;

  public JdkServer(Cors cors, TestApplication application) throws IOException {
    super(cors);
    this.application = application;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
  }

  /** Starts it. Not its constructor: a subclass may not be complete then. */
  public ServerUnderTest underTest() {
    server.createContext("/", this::handle);
    server.start();
    return ServerUnderTest.onPort(server.getAddress().getPort(), this::stop);
  }

  private void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  void handle(HttpExchange exchange) throws IOException {
    follow(cors.decide(exchange, this), exchange);
  }

  void follow(CorsDecision decision, HttpExchange exchange) throws IOException {
    if (decision instanceof CorsDecision.Respond respond) {
      send(exchange, decision, new Reply(respond.status(), Headers.none(), List.of()), false);
    } else {
      serve(exchange, decision);
    }
  }

  /** Routing, authentication, handlers and error pages. */
  void serve(HttpExchange exchange, CorsDecision decision) throws IOException {
    // As routers do, and after the decision, which is about the path as it came.
    String path = exchange.getRequestURI().normalize().getPath();
    String method = method(exchange).equals("HEAD") ? "GET" : method(exchange);
    List<Route> routes = application.routes().stream().filter(r -> r.path().equals(path)).toList();
    Route route = routes.stream().filter(r -> r.method().equals(method)).findFirst().orElse(null);
    if (route == null || route.behavior() == Behavior.WEB_SOCKET) {
      send(exchange, decision, page(routes.isEmpty() ? 404 : 405), false);
    } else if (route.behavior() == Behavior.PROTECTED
        && !TestApplication.isAuthorized(header(exchange, "Authorization"))) {
      send(exchange, decision, page(401), false);
    } else if (route.behavior().name().startsWith("ASYNC")) {
      threads.execute(() -> call(exchange, decision, route));
    } else {
      call(exchange, decision, route);
    }
  }

  private void call(HttpExchange exchange, CorsDecision decision, Route route) {
    Reply reply;
    try {
      reply = route.call();
    } catch (TestApplication.TestFailure e) {
      reply = page(500);
    }
    try {
      send(exchange, decision, reply, route.behavior() == Behavior.STREAM);
    } catch (IOException e) {
      exchange.close();
    }
  }

  private static Reply page(int status) {
    return new Reply(status, Headers.none(), List.of("error " + status));
  }

  /** Every response leaves by this way, so that this is where the decision is written. */
  void send(HttpExchange exchange, CorsDecision decision, Reply reply, boolean streamed)
      throws IOException {
    reply.headers().forEach(f -> exchange.getResponseHeaders().add(f.name(), f.value()));
    decision.writeTo(exchange, this);
    commit(exchange, reply.status(), reply.chunks(), streamed);
  }

  void commit(HttpExchange exchange, int status, List<String> chunks, boolean streamed)
      throws IOException {
    boolean head = method(exchange).equals("HEAD");
    int length = String.join("", chunks).length();
    exchange.sendResponseHeaders(status, head || length == 0 ? -1 : streamed ? 0 : length);
    try (OutputStream body = exchange.getResponseBody()) {
      for (String chunk : head ? List.<String>of() : chunks) {
        body.write(chunk.getBytes(StandardCharsets.UTF_8));
        body.flush();
      }
    }
    exchange.close();
  }
}
