package dev.crosswalk.examples.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.examples.browser.Pages.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** Browsers' consoles say of wrong servers what the kit says they do. */
class ConsoleTest {

  private static final String ACAO = "Access-Control-Allow-Origin";

  /**
   * A server's mistake, and a request that meets it.
   *
   * @param cause why the request fails
   * @param status of what answers {@code OPTIONS}
   * @param headers of every answer, names and values by turns; {@code ORIGIN} is the page's
   * @param step what the page asks for
   */
  private record Mistake(Cause cause, int status, List<String> headers, Step step) {}

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
              get().header("X-Custom", "1")));

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
    try (Pages pages = new Pages();
        Browser browser = kind.start();
        WireClient wire = new WireClient()) {
      server.createContext("/", exchange -> answer(exchange, pages.origin(Page.APP)));
      server.start();
      String base = "http://localhost:" + server.getAddress().getPort();
      String tab = browser.open(pages.url(Page.APP));
      browser.messages();
      for (int i = 0; i < MISTAKES.size(); i++) {
        Mistake mistake = MISTAKES.get(i);
        Outcome outcome =
            new UserAgent(kind.engine())
                .fetch(mistake.step().model(pages, base, Integer.toString(i)), wire);
        NotShared refusal = (NotShared) outcome.verdict();
        assertEquals(mistake.cause(), refusal.cause(), refusal.toString());
        Map<String, Object> script = mistake.step().script(base, Integer.toString(i));
        browser.evaluate(tab, "run(" + JsonMapper.shared().writeValueAsString(script) + ")");
        String prediction = refusal.inTheWordsOf(kind.engine());
        List<String> shown = browser.messagesUntil(message -> message.contains(prediction));
        if (shown.stream().noneMatch(message -> message.contains(prediction))) {
          differences.add("predicted: " + prediction + "\n    shown: " + shown);
        }
        met.add(mistake.cause());
        predictions.add(prediction);
      }
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
    assertTrue(met.size() >= 10, "only " + met);
    assertEquals(MISTAKES.size(), predictions.size());
    assertEquals("", String.join("\n", differences));
  }

  private static void answer(HttpExchange exchange, String origin) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Mistake mistake = MISTAKES.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
    for (int i = 0; i < mistake.headers().size(); i += 2) {
      exchange
          .getResponseHeaders()
          .add(mistake.headers().get(i), mistake.headers().get(i + 1).replace("ORIGIN", origin));
    }
    boolean asked = exchange.getRequestMethod().equals("OPTIONS");
    exchange.sendResponseHeaders(asked ? mistake.status() : 204, -1);
    exchange.close();
  }
}
