package dev.crosswalk.examples.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.examples.launcher.Playground;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.logging.LogManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The playground, as somebody uses it who looks at it. */
class PlaygroundTest {

  private static final int TRIALS = 8;
  private static final int FRAMEWORKS = 4;

  @BeforeAll
  static void browsersAreInstalled() {
    LogManager.getLogManager().reset();
    Browser.Kind.requireAll();
  }

  /** Waits until the page has asked everything so many times, and returns what its cells show. */
  private static List<String> cells(Browser browser, String tab, int runs) throws Exception {
    String script =
        "new Promise((resolve, reject) => { const started = Date.now(); (function look() {"
            + " if (document.body.dataset.done === '"
            + runs
            + "') resolve(JSON.stringify([...document.querySelectorAll('td button')]"
            + ".map(button => button.textContent)));"
            + " else if (Date.now() - started > 20000) reject('not done');"
            + " else setTimeout(look, 50); })(); })";
    return JsonMapper.shared()
        .readTree(browser.evaluate(tab, script))
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  /** Writes a policy into the page, applies it, and returns what the page says of it. */
  private static String apply(Browser browser, String tab, String policy) throws Exception {
    String script =
        "(async () => { document.getElementById('policy').value = "
            + JsonMapper.shared().writeValueAsString(policy)
            + "; document.getElementById('problems').textContent = '';"
            + " document.getElementById('apply').click();"
            + " while (!document.getElementById('problems').textContent)"
            + " await new Promise(later => setTimeout(later, 50));"
            + " return document.getElementById('problems').textContent + '|'"
            + " + document.querySelector('#gutter .bad')?.textContent; })()";
    return browser.evaluate(tab, script);
  }

  @ParameterizedTest
  @EnumSource
  void it_shows_what_this_browser_does_and_takes_another_policy(Browser.Kind kind)
      throws Exception {
    try (Playground playground = Playground.start();
        Browser browser = kind.start()) {
      String tab = browser.open(playground.url("localhost"));
      List<String> allowed = cells(browser, tab, 1);
      assertEquals(TRIALS * FRAMEWORKS, allowed.size());
      assertTrue(allowed.stream().noneMatch(cell -> cell.contains("≠")), allowed.toString());
      assertEquals(List.of("✓ reads 200"), row(allowed, 0));
      assertEquals(List.of("✗ blocked"), row(allowed, 3));

      String refused = browser.open(playground.url("127.0.0.1"));
      List<String> blocked = cells(browser, refused, 1);
      assertEquals(List.of("✗ blocked"), blocked.stream().distinct().toList());

      String problem = apply(browser, tab, "# mine\ncors.allowed-origins=https://a.example/\n");
      assertTrue(problem.contains("Not in force"), problem);
      assertTrue(problem.contains("Line 2"), problem);
      assertTrue(problem.contains("https://a.example/"), problem);
      assertTrue(problem.endsWith("|▸2\n"), problem);

      String policy =
          "cors.allowed-origins=" + playground.url("localhost") + "\ncors.allowed-methods=PATCH\n";
      String applied = apply(browser, tab, policy);
      assertTrue(applied.contains("In force"), applied);
      List<String> changed = cells(browser, tab, 2);
      assertTrue(changed.stream().noneMatch(cell -> cell.contains("≠")), changed.toString());
      assertEquals(List.of("✓ reads 200"), row(changed, 0));
      assertEquals(List.of("✗ blocked"), row(changed, 1));
      assertTrue(
          row(changed, 3).stream().allMatch(cell -> cell.startsWith("✓ reads 4")),
          changed.toString());

      String detail =
          browser.evaluate(
              tab,
              "document.querySelectorAll('td button')[4].click();"
                  + " document.getElementById('detail').textContent");
      assertTrue(detail.contains("Why: "), detail);
      assertTrue(detail.contains("Access-Control-Allow-Credentials"), detail);
    }
  }

  private static List<String> row(List<String> cells, int row) {
    return cells.subList(row * FRAMEWORKS, (row + 1) * FRAMEWORKS).stream().distinct().toList();
  }

  @Test
  void a_page_of_another_origin_changes_no_policy() throws IOException, InterruptedException {
    try (Playground playground = Playground.start()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(playground.url("localhost") + "/policy"))
              .header("Origin", "https://evil.example")
              .POST(HttpRequest.BodyPublishers.ofString("cors.allowed-origins=*"))
              .build();
      assertEquals(
          403,
          HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.ofString())
              .statusCode());
    }
  }
}
