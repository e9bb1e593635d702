package dev.crosswalk.cors.cli.check;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * A server that does CORS by hand, as people write it, and does it well but for what a subclass
 * overrides. It knows nothing of the library.
 */
class FlawedServer implements AutoCloseable {

  static final String APP = "https://app.example.com";

  private final Predicate<String> origins;
  private final List<String> methods = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer http;

  /**
   * @param origins which origins it grants
   */
  FlawedServer(Predicate<String> origins) {
    this.origins = origins;
  }

  /** Grants the one origin that it should. */
  FlawedServer() {
    this(APP::equals);
  }

  /** Grants all origins by a star, and no credentials. */
  static FlawedServer ofPublicData() {
    return new FlawedServer(origin -> true) {
      @Override
      String allowOrigin(String origin) {
        return "*";
      }

      @Override
      boolean credentials() {
        return false;
      }
    };
  }

  URI start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", this::answer);
    http.start();
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/resource");
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  /** The methods that were sent, in order. */
  List<String> methods() {
    return List.copyOf(methods);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      methods.add(exchange.getRequestMethod());
      Headers request = exchange.getRequestHeaders();
      Headers response = exchange.getResponseHeaders();
      List<String> lines = request.getOrDefault("Origin", List.of());
      String origin = lines.size() == 1 ? lines.get(0) : "";
      String method = String.valueOf(request.getFirst("Access-Control-Request-Method"));
      boolean preflight =
          exchange.getRequestMethod().equals("OPTIONS")
              && !origin.isEmpty()
              && request.containsKey("Access-Control-Request-Method");
      boolean found = exchange.getRequestURI().getPath().equals("/resource");
      if (!software().isEmpty()) {
        response.set("Server", software());
      }
      String vary = found ? vary(origin) : varyOnErrors(origin);
      if (!vary.isEmpty()) {
        response.add("Vary", vary);
      }
      if ((!origin.isEmpty() || withoutOrigin())
          && (preflight
              ? preflights(origin, method)
              : !found
                  ? errors(origin)
                  : exchange.getRequestMethod().equals("HEAD") ? heads(origin) : grants(origin))
          && (found || onErrors())
          && (onHead() || !exchange.getRequestMethod().equals("HEAD"))) {
        for (String value : allowOrigins(origin)) {
          response.add("Access-Control-Allow-Origin", value);
        }
        if (!allowCredentials(preflight).isEmpty()) {
          response.add("Access-Control-Allow-Credentials", allowCredentials(preflight));
        }
        if (preflight) {
          if (permitsMethod(method)) {
            response.add("Access-Control-Allow-Methods", allowMethods(method));
          }
          String names =
              String.join(",", request.getOrDefault("Access-Control-Request-Headers", List.of()));
          if (!names.isEmpty() && permitsHeaders(names)) {
            response.add("Access-Control-Allow-Headers", allowHeaders(names));
          }
        }
      }
      boolean refused = refusesRequests() && !origin.isEmpty() && !grants(origin);
      exchange.sendResponseHeaders(
          refused ? 403 : preflight ? preflightStatus() : found ? 200 : 404, -1);
    }
  }

  // What may be done badly.

  boolean grants(String origin) {
    return origins.test(origin);
  }

  boolean preflights(String origin) {
    return grants(origin);
  }

  boolean preflights(String origin, String method) {
    return preflights(origin);
  }

  boolean heads(String origin) {
    return grants(origin);
  }

  String allowOrigin(String origin) {
    return origin;
  }

  /** The lines of the header. */
  List<String> allowOrigins(String origin) {
    return List.of(allowOrigin(origin));
  }

  boolean credentials() {
    return true;
  }

  /** The value of the header; empty if it is not sent. */
  String allowCredentials(boolean preflight) {
    return credentials() ? "true" : "";
  }

  String allowMethods(String method) {
    return method;
  }

  String allowHeaders(String names) {
    return names;
  }

  int preflightStatus() {
    return 204;
  }

  /** Whether it writes the headers to errors for an origin. */
  boolean errors(String origin) {
    return grants(origin);
  }

  String vary(String origin) {
    return "Origin";
  }

  String varyOnErrors(String origin) {
    return vary(origin);
  }

  /** Whether it writes the headers to a request without an Origin. */
  boolean withoutOrigin() {
    return false;
  }

  /** What it says about itself; empty if nothing. */
  String software() {
    return "";
  }

  boolean refusesRequests() {
    return false;
  }

  boolean onHead() {
    return true;
  }

  boolean onErrors() {
    return true;
  }

  boolean permitsMethod(String method) {
    return Set.of("GET", "HEAD", "POST", "PUT", "PATCH").contains(method);
  }

  boolean permitsHeaders(String names) {
    for (String name : names.split(",", -1)) {
      if (!Set.of("x-token", "x-trace").contains(name.strip().toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return true;
  }
}
