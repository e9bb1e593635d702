package dev.crosswalk.examples.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The page that runs scenarios, on two ports, and so on as many origins as names lead there. */
final class Pages implements AutoCloseable {

  /** Whose script asks. */
  enum Page {
    /** Allowed by name. */
    APP,
    /** Allowed by name, on the host of the first: the same site, another origin. */
    SHOP,
    /** Allowed by a pattern. */
    TEAM,
    /** Allowed nowhere but where any origin is. */
    EVIL,
    /** The opaque origin of a sandboxed frame in the first. */
    SANDBOX
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer first;
  private final HttpServer second;

  Pages() throws IOException {
    first = start();
    second = start();
  }

  private HttpServer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    byte[] page;
    try (InputStream in = Pages.class.getResourceAsStream("page.html")) {
      page = Objects.requireNonNull(in).readAllBytes();
    }
    server.createContext("/", exchange -> answer(exchange, page));
    server.createContext(
        "/framing",
        exchange ->
            answer(
                exchange,
                "<!DOCTYPE html><iframe sandbox=allow-scripts src=/></iframe>"
                    .getBytes(StandardCharsets.UTF_8)));
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, byte[] page) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    // For the server, whichever port it is on: cookies know no ports.
    exchange.getResponseHeaders().set("Set-Cookie", "crosswalk=1");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  /** The origin that a browser sends for a page. */
  String origin(Page page) {
    return switch (page) {
      case APP -> "http://localhost:" + first.getAddress().getPort();
      case SHOP -> "http://localhost:" + second.getAddress().getPort();
      case TEAM -> "http://team.localhost:" + first.getAddress().getPort();
      case EVIL -> "http://127.0.0.1:" + first.getAddress().getPort();
      case SANDBOX -> "null";
    };
  }

  /** Where a browser finds it. */
  String url(Page page) {
    return page == Page.SANDBOX ? origin(Page.APP) + "/framing" : origin(page) + "/";
  }

  @Override
  public void close() {
    first.stop(0);
    second.stop(0);
    threads.shutdownNow();
  }
}
