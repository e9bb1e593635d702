package dev.crosswalk.examples.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crosswalk.examples.browser.Pages.Page;
import dev.crosswalk.examples.proxy.Proxy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages read an API that knows nothing of CORS, through the proxy and not without it. */
class ProxyTest {

  @TempDir private Path directory;

  /**
   * Reads the response that breaks off. To a browser that has not read its head by then, the whole
   * request has failed: so the page says when it has.
   */
  private static final String HALF =
      "fetch('%s/half').then(response => { fetch('%s/seen', {mode: 'no-cors'});"
          + " return response.text().then(() => 'whole', () => 'broken off'); }, () => 'blocked')";

  private final CountDownLatch headIsRead = new CountDownLatch(1);

  /** What the API was asked for. */
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void browsersAreInstalled() {
    LogManager.getLogManager().reset();
    Browser.Kind.requireAll();
  }

  @AfterAll
  static void closeTabs() throws IOException, InterruptedException {
    Browser.Kind.closeTabs();
  }

  @ParameterizedTest
  @EnumSource
  void a_page_reads_an_API_that_is_not_its_own(Browser.Kind kind) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer api =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.setExecutor(threads);
    api.createContext("/v1", this::answer);
    api.start();
    String upstream = "http://127.0.0.1:" + api.getAddress().getPort() + "/v1";
    Browser browser = kind.browser();
    try (Pages pages = new Pages();
        Proxy proxy = new Proxy(Map.of("KEY", "s3cret"))) {
      start(proxy, pages.origin(Page.APP), upstream);
      String base = "http://127.0.0.1:" + proxy.port() + "/weather";
      String tab = browser.open(pages.url(Page.APP));

      assertEquals("blocked", read(browser, tab, upstream + "/today", "{}"));
      assertEquals(List.of("GET /v1/today"), asked());
      assertEquals("200 sunny fine", read(browser, tab, base + "/today", "{}"));
      assertEquals(List.of("GET /v1/today s3cret"), asked());

      // It needs a preflight, of which the API hears nothing.
      String put = "{method: 'PUT', headers: {'Content-Type': 'application/json'}, body: '{}'}";
      assertEquals("200 sunny fine", read(browser, tab, base + "/today", put));
      assertEquals(List.of("PUT /v1/today s3cret"), asked());

      assertEquals("200 sunny fine", read(browser, tab, base + "/moved", "{}"));
      assertEquals(List.of("GET /v1/moved s3cret", "GET /v1/today s3cret"), asked());

      String tooLarge = "{method: 'POST', body: 'x'.repeat(3000000)}";
      String refused = read(browser, tab, base + "/today", tooLarge);
      assertTrue(refused.startsWith("413 {"), refused);
      String dead = read(browser, tab, base + "/dead", "{}");
      assertTrue(dead.startsWith("502 {"), dead);
      assertEquals("broken off", browser.evaluate(tab, HALF.formatted(base, upstream)));

      String stranger = browser.open(pages.url(Page.EVIL));
      assertEquals("blocked", read(browser, stranger, base + "/today", "{}"));
    } finally {
      api.stop(0);
      threads.shutdownNow();
    }
  }

  private void start(Proxy proxy, String origin, String upstream) throws IOException {
    Path policy = directory.resolve("cors.properties");
    Files.writeString(
        policy,
        "cors.allowed-origins="
            + origin
            + "\ncors.allowed-methods=PUT\ncors.allowed-request-headers=Content-Type\n"
            + "cors.exposed-response-headers=X-Weather\n");
    String[] options = {
      "--port=0",
      "--cors=" + policy,
      "--upstream=/weather=" + upstream,
      "--secret-header=/weather=X-Key:KEY",
      "--max-body=1000000"
    };
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    assertEquals(0, proxy.command().setOut(nowhere).execute(options));
  }

  private static String read(Browser browser, String tab, String url, String init)
      throws Exception {
    String script =
        "fetch('%s', %s).then(response => response.text().then(text => response.status + ' ' + text"
            + " + (response.ok ? ' ' + response.headers.get('X-Weather') : ''),"
            + " () => 'broken off'), () => 'blocked')";
    return browser.evaluate(tab, script.formatted(url, init));
  }

  private List<String> asked() {
    List<String> asked = List.copyOf(requests);
    requests.clear();
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String key = exchange.getRequestHeaders().getFirst("X-Key");
      requests.add(exchange.getRequestMethod() + " " + path + (key == null ? "" : " " + key));
      exchange.getRequestBody().readAllBytes();
      switch (path) {
        case "/v1/moved" -> {
          exchange.getResponseHeaders().set("Location", "/v1/today");
          exchange.sendResponseHeaders(302, -1);
        }
        case "/v1/seen" -> {
          headIsRead.countDown();
          exchange.sendResponseHeaders(204, -1);
        }
        case "/v1/dead" -> throw new IOException("It closes the connection.");
        case "/v1/half" -> {
          // Without a type Firefox waits for more of the content, to guess it.
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write("half".getBytes(UTF_8));
          exchange.getResponseBody().flush();
          await(headIsRead);
          throw new IOException("It closes the connection.");
        }
        default -> {
          exchange.getResponseHeaders().set("X-Weather", "fine");
          exchange.sendResponseHeaders(200, 5);
          exchange.getResponseBody().write("sunny".getBytes(UTF_8));
        }
      }
    }
  }

  private static void await(CountDownLatch event) {
    try {
      event.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
