package dev.crosswalk.examples.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.examples.browser.Adapter.Server;
import dev.crosswalk.examples.browser.Pages.Page;
import dev.crosswalk.examples.browser.Scenario.Expected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scenarios, on every adapter, in every browser: a script sees what the model of the browser says
 * it sees, and the server sees the requests that the model sends.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {

  /** Of the moment and the connection, in which two responses need not agree. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "date",
          "connection",
          "keep-alive",
          "transfer-encoding",
          "x-firefox-spdy"); // Firefox's own, on HTTP/2.

  private final Map<Adapter, Server> servers = new EnumMap<>(Adapter.class);
  private final Map<Adapter, Recorder> recorders = new EnumMap<>(Adapter.class);
  private final Map<Browser.Kind, Browser> browsers = new EnumMap<>(Browser.Kind.class);
  private final Map<Browser.Kind, Map<Page, String>> tabs = new HashMap<>();
  private final Report report = new Report();
  private final WireClient wire = new WireClient().trusting(Adapter.CERTIFICATE.context());
  private Pages pages;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    Browser.Kind.requireAll();
    pages = new Pages();
    for (Adapter adapter : Adapter.values()) {
      Recorder recorder = new Recorder(Scenario.policies(pages));
      recorders.put(adapter, recorder);
      servers.put(adapter, adapter.start(recorder));
    }
    for (Browser.Kind kind : Browser.Kind.values()) {
      Browser browser = kind.browser();
      browsers.put(kind, browser);
      Map<Page, String> opened = new EnumMap<>(Page.class);
      for (Page page : Page.values()) {
        String tab = browser.open(pages.url(page));
        opened.put(page, page == Page.SANDBOX ? browser.frame(tab) : tab);
      }
      tabs.put(kind, opened);
    }
  }

  @AfterAll
  void stop() throws IOException, InterruptedException {
    Browser.Kind.closeTabs();
    servers.values().forEach(Server::close);
    wire.close();
    if (pages != null) {
      pages.close();
      report.write();
    }
  }

  @Test
  void there_are_at_least_40_scenarios_and_each_has_a_path_of_its_own() {
    assertTrue(Scenario.ALL.size() >= 40);
    assertEquals(Scenario.ALL.size(), Scenario.ALL.stream().map(Scenario::key).distinct().count());
    assertEquals(List.of(), Departure.unknownTitles());
  }

  /** The browsers run side by side; what one of them does, it does in order. */
  @TestFactory
  Stream<DynamicContainer> a_browser_does_what_is_expected() {
    return Stream.of(Browser.Kind.values())
        .map(
            kind ->
                DynamicContainer.dynamicContainer(
                    container ->
                        container
                            .displayName(kind.name())
                            .executionMode(ExecutionMode.CONCURRENT)
                            .childExecutionMode(ExecutionMode.SAME_THREAD)
                            .children(
                                it_does_what_the_model_predicts(kind),
                                it_gives_no_cached_response_to_another_origin(kind))));
  }

  private DynamicContainer it_does_what_the_model_predicts(Browser.Kind kind) {
    return DynamicContainer.dynamicContainer(
        "does what the model predicts",
        Stream.of(Adapter.values())
            .map(
                adapter ->
                    DynamicContainer.dynamicContainer(
                        adapter.toString(),
                        Scenario.ALL.stream()
                            .filter(scenario -> isTried(kind, adapter, scenario))
                            .map(
                                scenario ->
                                    DynamicTest.dynamicTest(
                                        scenario.title(), () -> judge(kind, adapter, scenario))))));
  }

  /**
   * Every scenario and every adapter meets both browsers. A build tries a third of the pairs in
   * Chromium and a sixth in Firefox, and {@code -Dcases=all} tries the rest.
   */
  private static boolean isTried(Browser.Kind kind, Adapter adapter, Scenario scenario) {
    int each = kind == Browser.Kind.CHROMIUM ? 3 : 6;
    return "all".equals(System.getProperty("cases"))
        || (Scenario.ALL.indexOf(scenario) + adapter.ordinal()) % each == 0;
  }

  /**
   * The model has no HTTP cache, so this is asked of browsers alone, and counted on the server. Not
   * over TLS: Chromium keeps nothing that came under a certificate it does not trust.
   */
  private DynamicContainer it_gives_no_cached_response_to_another_origin(Browser.Kind kind) {
    return DynamicContainer.dynamicContainer(
        "gives no cached response to another origin",
        Stream.of(Adapter.values())
            .filter(adapter -> adapter != Adapter.VERT_X_HTTP_2)
            .map(
                adapter ->
                    DynamicTest.dynamicTest(adapter.toString(), () -> cache(kind, adapter))));
  }

  private void cache(Browser.Kind kind, Adapter adapter) throws Exception {
    String server = servers.get(adapter).base();
    String key = kind.pathOf("cached");
    List<Integer> requests = new ArrayList<>();
    for (Page page : List.of(Page.APP, Page.APP, Page.SHOP)) {
      Step step = Step.fetch("GET", "members/cacheable").from(page);
      assertTrue(ask(kind, step, server, key).path("shared").asBoolean(), page.name());
      requests.add(recorders.get(adapter).take(key).size());
    }
    assertEquals(List.of(1, 0, 1), requests, "requests of the first page, again, and of another");
  }

  private JsonNode ask(Browser.Kind kind, Step step, String server, String key) throws Exception {
    String script = "run(" + JsonMapper.shared().writeValueAsString(step.script(server, key)) + ")";
    String answer = browsers.get(kind).evaluate(tabs.get(kind).get(step.page()), script);
    return JsonMapper.shared().readTree(answer);
  }

  private void judge(Browser.Kind kind, Adapter adapter, Scenario scenario) throws Exception {
    String server = servers.get(adapter).base();
    Recorder recorder = recorders.get(adapter);
    String key = kind.pathOf(scenario.key());
    UserAgent model = new UserAgent(kind.engine());
    List<Sight> predicted = new ArrayList<>();
    for (Step step : scenario.steps()) {
      Outcome outcome = model.fetch(step.model(pages, server, key), wire);
      predicted.add(Sight.of(step, outcome, recorder.take(key)));
    }
    List<Sight> seen = new ArrayList<>();
    for (Step step : scenario.steps()) {
      JsonNode answer = ask(kind, step, server, key);
      seen.add(Sight.of(step, answer, recorder.take(key)));
    }
    report.add(scenario, adapter, kind, seen);
    for (Departure departure : Departure.of(kind, adapter, scenario)) {
      List<Sight> departed = predicted.stream().map(departure::change).toList();
      assertNotEquals(predicted, departed, departure + " changes nothing here");
      predicted = departed;
    }
    if (adapter == Adapter.VERT_X_HTTP_2) {
      predicted = predicted.stream().map(Sight::withoutSite).toList();
      seen = seen.stream().map(Sight::withoutSite).toList();
    }
    assertEquals(text(predicted), text(seen));
    for (int i = 0; i < seen.size(); i++) {
      Expected expected = scenario.expected().get(i);
      if (expected != Expected.DIFFERS) {
        assertEquals(expected, seen.get(i).ending(), "Step " + (i + 1) + ": " + seen.get(i));
      }
    }
  }

  /**
   * Without what Spring's own error page has of each request: the time, and a number on WebFlux.
   */
  private static String text(List<Sight> sights) {
    return sights.stream()
        .map(Sight::toString)
        .collect(Collectors.joining("\n\n"))
        .replaceAll("\"(timestamp|requestId)\":\"[^\"]*\"", "\"$1\":\"\"");
  }

  /** What a script sees of one step, and the server. */
  record Sight(boolean shared, Map<String, String> response, List<String> requests) {

    static Sight of(Step step, Outcome outcome, List<String> requests) {
      Map<String, String> response = new TreeMap<>();
      boolean shared = outcome.verdict().isShared();
      if (shared && step.via().showsResponse()) {
        if (step.via() == Step.Via.FETCH) {
          response.put("type", outcome.type().name().toLowerCase(Locale.ROOT).replace("_", ""));
        }
        response.put("status", Integer.toString(outcome.status()));
        response.put("body", outcome.text());
        for (Headers.Field field : outcome.headers()) {
          header(response, field.name(), field.value());
        }
      }
      return new Sight(shared, response, requests);
    }

    static Sight of(Step step, JsonNode answer, List<String> requests) {
      Map<String, String> response = new TreeMap<>();
      boolean shared = answer.path("shared").asBoolean(false);
      if (shared && step.via().showsResponse()) {
        if (step.via() == Step.Via.FETCH) {
          response.put("type", answer.path("type").asString());
        }
        response.put("status", Integer.toString(answer.path("status").asInt()));
        response.put("body", answer.path("body").asString());
        answer
            .path("headers")
            .forEach(field -> header(response, field.path(0).asString(), field.path(1).asString()));
      }
      return new Sight(shared, response, requests);
    }

    private static void header(Map<String, String> response, String name, String value) {
      String lowerCase = name.toLowerCase(Locale.ROOT);
      if (!OF_THE_CONNECTION.contains(lowerCase)) {
        response.put("header " + lowerCase, value);
      }
    }

    Sight withRequests(UnaryOperator<String> change) {
      return new Sight(shared, response, requests.stream().map(change).toList());
    }

    /**
     * Without what depends on the site. The page is on http, and this server on https: that is
     * cross-site by the standard and in Chromium, which then keeps the cookie; to Firefox it is the
     * same site.
     */
    Sight withoutSite() {
      return withRequests(
          request -> request.replaceAll(" \\| (Sec-Fetch-Site|Cookie): [^|]*[^| ]", ""));
    }

    Expected ending() {
      boolean asked = requests.stream().anyMatch(request -> request.startsWith("OPTIONS "));
      return shared
          ? asked ? Expected.ASKED : Expected.SHARED
          : asked ? Expected.ASKED_REFUSED : Expected.REFUSED;
    }

    @Override
    public String toString() {
      return (shared ? "shared" : "not shared")
          + "\n"
          + response
          + "\n"
          + String.join("\n", requests);
    }
  }
}
