package dev.crosswalk.cors.cli.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An application that knows nothing of CORS, but for headers that somebody left in it. */
public final class Upstream implements AutoCloseable {

  private final HttpServer server;

  /** Starts it; it has {@code /items}. */
  public Upstream() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Upstream::answer);
    server.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "https://wrong.example");
    exchange.getResponseHeaders().add("Access-Control-Allow-Credentials", "true");
    exchange.getResponseHeaders().add("Vary", "Accept-Encoding");
    boolean isFound = exchange.getRequestURI().getPath().equals("/items");
    byte[] body = "[]".getBytes(UTF_8);
    boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(isFound ? 200 : 404, hasBody ? body.length : -1);
    if (hasBody) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  /** Returns its port on 127.0.0.1. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
