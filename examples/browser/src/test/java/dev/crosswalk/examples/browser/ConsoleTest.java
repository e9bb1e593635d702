package dev.crosswalk.examples.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.browser.Request.Redirect;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.examples.browser.Pages.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Browsers' consoles say of wrong servers what the kit says they do. The browsers run side by side:
 * most of the time is waiting for what a console does not say.
 */
@Execution(ExecutionMode.CONCURRENT)
class ConsoleTest {

  private static final String ACAO = "Access-Control-Allow-Origin";
  private static final String CORP = "Cross-Origin-Resource-Policy";

  /**
   * A server's mistake, and a request that meets it.
   *
   * @param cause why the request fails
   * @param status of what answers {@code OPTIONS}, and of every redirect; or one of the below
   * @param headers of every answer, names and values by turns; {@code ORIGIN} is the page's
   * @param step what the page asks for
   */
  private record Mistake(Cause cause, int status, List<String> headers, Step step) {}

  private static final int CLOSES = 0;
  private static final int NOBODY_LISTENS = -1;
  private static final int NO_SUCH_HOST = -2;
  private static final int NO_HTTP = -3;

  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake(Cause.ACAO_MISSING, 204, List.of(), get()),
          new Mistake(Cause.ACAO_MISSING, 403, List.of(), put()),
          new Mistake(Cause.ACAO_MISSING, 204, List.of(), Step.xhr("GET", "console/mistake")),
          new Mistake(
              Cause.ACAO_MULTIPLE,
              204,
              List.of(ACAO, "https://a.example, https://b.example"),
              get()),
          new Mistake(Cause.ACAO_MULTIPLE, 204, List.of(ACAO, "*", ACAO, "*"), get()),
          new Mistake(Cause.ACAO_INVALID, 204, List.of(ACAO, "app.example"), get()),
          new Mistake(Cause.ACAO_MISMATCH, 204, List.of(ACAO, "https://app.example"), get()),
          new Mistake(Cause.ACAO_MISMATCH, 204, List.of(ACAO, "https://app.example"), put()),
          new Mistake(Cause.ACAO_WILDCARD_CREDENTIALS, 204, List.of(ACAO, "*"), get().include()),
          new Mistake(
              Cause.ACAO_WILDCARD_CREDENTIALS,
              204,
              List.of(ACAO, "*"),
              Step.xhr("GET", "console/mistake").include()),
          new Mistake(Cause.ACAC_NOT_TRUE, 204, List.of(ACAO, "ORIGIN"), get().include()),
          new Mistake(
              Cause.ACAC_NOT_TRUE,
              204,
              List.of(ACAO, "ORIGIN", "Access-Control-Allow-Credentials", "True"),
              get().include()),
          new Mistake(Cause.PREFLIGHT_STATUS, 404, List.of(ACAO, "*"), put()),
          new Mistake(Cause.PREFLIGHT_REDIRECT, 302, List.of(ACAO, "*", "Location", "/"), put()),
          new Mistake(
              Cause.ACAM_SYNTAX,
              204,
              List.of(ACAO, "*", "Access-Control-Allow-Methods", "PUT; DELETE"),
              put()),
          new Mistake(
              Cause.ACAH_SYNTAX,
              204,
              List.of(ACAO, "*", "Access-Control-Allow-Headers", "\"X-Custom\""),
              get().header("X-Custom", "1")),
          new Mistake(
              Cause.METHOD_NOT_ALLOWED,
              204,
              List.of(ACAO, "*", "Access-Control-Allow-Methods", "PATCH"),
              put()),
          new Mistake(
              Cause.HEADER_NOT_ALLOWED,
              204,
              List.of(ACAO, "*", "Access-Control-Allow-Headers", "X-Other"),
              get().header("X-Custom", "1")),
          new Mistake(Cause.ACAO_INVALID, 204, List.of(ACAO, ""), get()),
          new Mistake(Cause.CORP, 204, List.of(CORP, "same-origin"), get().mode(Mode.NO_CORS)),
          new Mistake(Cause.MODE_SAME_ORIGIN, 204, List.of(), get().mode(Mode.SAME_ORIGIN)),
          // Redirects.
          new Mistake(Cause.ACAO_MISSING, 302, redirect("/without/0"), get()),
          new Mistake(Cause.REDIRECT_USERINFO, 302, redirect("http://u:p@localhost:9/"), get()),
          new Mistake(Cause.REDIRECT_SCHEME, 302, redirect("ftp://localhost/"), get()),
          new Mistake(
              Cause.REDIRECT_SCHEME,
              302,
              redirect("ftp://localhost/"),
              Step.xhr("GET", "console/mistake")),
          new Mistake(Cause.REDIRECT_LOCATION, 302, redirect("http://["), get()),
          new Mistake(Cause.REDIRECT_LIMIT, 302, redirect("?"), get()),
          new Mistake(Cause.REDIRECT_MODE, 302, redirect("/"), get().redirect(Redirect.ERROR)),
          new Mistake(
              Cause.NO_CORS_REDIRECT,
              302,
              redirect("/"),
              get().mode(Mode.NO_CORS).redirect(Redirect.MANUAL)),
          // The network.
          new Mistake(Cause.SCHEME, NO_HTTP, List.of(), get()),
          new Mistake(Cause.SCHEME, NO_HTTP, List.of(), Step.xhr("GET", "console/mistake")),
          new Mistake(Cause.NETWORK, CLOSES, List.of(), get()),
          new Mistake(Cause.NETWORK, CLOSES, List.of(), put()),
          new Mistake(Cause.NETWORK, NOBODY_LISTENS, List.of(), get()),
          new Mistake(Cause.NETWORK, NOBODY_LISTENS, List.of(), put()),
          new Mistake(Cause.NETWORK, NO_SUCH_HOST, List.of(), get()),
          new Mistake(Cause.NETWORK, 302, redirect("http://no-such-host.invalid/"), get()));

  private static List<String> redirect(String target) {
    return List.of(ACAO, "*", "Location", target);
  }

  private static Step get() {
    return Step.fetch("GET", "console/mistake");
  }

  private static Step put() {
    return Step.fetch("PUT", "console/mistake");
  }

  @BeforeAll
  static void browsersAreInstalled() {
    Browser.Kind.requireAll();
  }

  @AfterAll
  static void closeTabs() throws IOException, InterruptedException {
    Browser.Kind.closeTabs();
  }

  @ParameterizedTest
  @EnumSource
  void a_console_says_what_the_kit_says(Browser.Kind kind) throws Exception {
    Set<Cause> met = new TreeSet<>();
    List<String> predictions = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    Browser browser = kind.browser();
    try (Pages pages = new Pages();
        WireClient wire = new WireClient()) {
      server.createContext("/", exchange -> answer(exchange, pages.origin(Page.APP)));
      server.start();
      String base = "http://localhost:" + server.getAddress().getPort();
      String tab = browser.open(pages.url(Page.APP));
      browser.messages();
      for (int i = 0; i < MISTAKES.size(); i++) {
        Mistake mistake = MISTAKES.get(i);
        String asked = server(mistake.status(), base);
        Outcome outcome =
            new UserAgent(kind.engine())
                .fetch(mistake.step().model(pages, asked, Integer.toString(i)), wire);
        NotShared refusal = (NotShared) outcome.verdict();
        assertEquals(mistake.cause(), refusal.cause(), refusal.toString());
        Map<String, Object> script = mistake.step().script(asked, Integer.toString(i));
        browser.evaluate(tab, "run(" + JsonMapper.shared().writeValueAsString(script) + ")");
        List<String> predicted =
            refusal.console(kind.engine()).stream()
                .filter(line -> !line.startsWith("(nothing"))
                .toList();
        List<String> shown = shown(browser, predicted);
        if (!predicted.equals(shown)) {
          differences.add(
              "predicted: "
                  + String.join("\n           ", predicted)
                  + "\n    shown: "
                  + String.join("\n           ", shown));
        }
        met.add(mistake.cause());
        predictions.addAll(predicted);
      }
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
    assertTrue(met.size() >= 18, "only " + met);
    assertTrue(predictions.size() >= 30, predictions::toString);
    assertEquals("", String.join("\n", differences));
  }

  /** What a mistake has instead of a server that answers. */
  private static String server(int status, String base) throws IOException {
    return switch (status) {
      case NO_SUCH_HOST -> "http://no-such-host.invalid";
      case NO_HTTP -> "localhost:8080";
      case NOBODY_LISTENS -> {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
          yield "http://localhost:" + closed.getLocalPort();
        }
      }
      default -> base;
    };
  }

  /** All that a console shows, but for what Chromium adds after each line about CORS. */
  private static List<String> shown(Browser browser, List<String> predicted)
      throws IOException, InterruptedException {
    List<String> shown = new ArrayList<>();
    boolean last = false;
    for (int i = 0; i < 100 && !last; i++) {
      last = shown.size() >= predicted.size();
      Thread.sleep(last ? 300 : 100);
      for (String message : browser.messages()) {
        // Chromium's driver puts the page's or the resource's URL first.
        String line = message.replaceFirst("^\\S+ (?:-|[0-9:]+) ", "");
        if (shown.isEmpty() || !line.startsWith("Failed to load resource: ")) {
          shown.add(line);
        }
      }
    }
    return shown;
  }

  private static void answer(HttpExchange exchange, String origin) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Mistake mistake = MISTAKES.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
    for (int i = 0; i < mistake.headers().size() && path.contains("mistake"); i += 2) {
      exchange
          .getResponseHeaders()
          .add(mistake.headers().get(i), mistake.headers().get(i + 1).replace("ORIGIN", origin));
    }
    boolean first = path.contains("mistake");
    if (mistake.status() != CLOSES) {
      boolean asked =
          exchange.getRequestMethod().equals("OPTIONS") || mistake.headers().contains("Location");
      exchange.sendResponseHeaders(first && asked ? mistake.status() : 204, -1);
    }
    exchange.close();
  }
}
