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
import java.util.Map;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The playground, as somebody uses it who looks at it. */
class PlaygroundTest {

  private static final int TRIALS = 8;
  private static final int FRAMEWORKS = 4;

  /** Started once: what a test changes is the policy, which the next one sets again. */
  private static Playground playground;

  @BeforeAll
  static void start() throws Exception {
    LogManager.getLogManager().reset();
    Browser.Kind.requireAll();
    playground = Playground.start();
  }

  @AfterAll
  static void stop() throws Exception {
    Browser.Kind.closeTabs();
    if (playground != null) {
      playground.close();
    }
  }

  @BeforeEach
  void theFirstPolicyIsInForce() throws Exception {
    String first =
        JsonMapper.shared()
            .readTree(
                HttpClient.newHttpClient()
                    .send(
                        HttpRequest.newBuilder(URI.create(playground.url("localhost") + "/trials"))
                            .build(),
                        HttpResponse.BodyHandlers.ofString())
                    .body())
            .path("first")
            .asString();
    assertEquals(200, post("/policy", first).statusCode());
  }

  private static HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(playground.url("localhost") + path))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Waits until the page has asked everything so many times, and returns what its cells show. */
  private static List<String> cells(Browser browser, String tab, int runs) throws Exception {
    String script =
        "new Promise((resolve, reject) => { const started = Date.now(); (function look() {"
            + " if (document.body.dataset.done === '"
            + runs
            + "') resolve(JSON.stringify([...document.querySelectorAll('td > button')]"
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
    Browser browser = kind.browser();
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

  @ParameterizedTest
  @EnumSource
  void on_a_phone_nothing_is_cut_off_and_a_tap_is_answered_where_it_is(Browser.Kind kind)
      throws Exception {
    Browser browser = kind.browser();
    String tab = browser.open(playground.url("localhost"));
    browser.resize(tab, 390, 844);
    cells(browser, tab, 1);
    for (int cell : List.of(0, 15, 31)) {
      String seen =
          browser.evaluate(
              tab,
              "(async () => { const tapped = document.querySelectorAll('td > button')["
                  + cell
                  + "]; tapped.scrollIntoView({block: 'end'}); tapped.click();"
                  + " await new Promise(later => setTimeout(later, 1000));"
                  + " const at = document.getElementById('detail').getBoundingClientRect();"
                  + " const from = tapped.getBoundingClientRect();"
                  + " return [document.documentElement.scrollWidth <= innerWidth, from.top >= 0,"
                  + " at.top < innerHeight / 2 || at.bottom <= innerHeight,"
                  + " at.top - from.bottom < 20].join(' '); })()");
      assertEquals("true true true true", seen, "cell " + cell);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_policy_to_start_from_marks_what_it_changes_and_a_link_carries_what_is_written(
      Browser.Kind kind) throws Exception {
    Browser browser = kind.browser();
    String tab = browser.open(playground.url("localhost"));
    List<String> first = cells(browser, tab, 1);
    String blocked =
        browser.evaluate(
            tab,
            "document.querySelectorAll('td > button')[12].click();"
                + " document.getElementById('detail').textContent");
    assertTrue(blocked.contains("add it to cors.allowed-methods"), blocked);

    assertEquals("too strict", press(browser, tab, "Too strict"));
    List<String> strict = cells(browser, tab, 2);
    assertEquals(List.of("✗ blocked"), row(strict, 2));
    assertEquals(
        "12", browser.evaluate(tab, "String(document.querySelectorAll('td > .changed').length)"));

    String hash =
        browser.evaluate(
            tab,
            "(async () => { document.getElementById('policy').value = 'cors.allowed-origins=*';"
                + " document.getElementById('origin').value = 'https://evil.example';"
                + " document.getElementById('link').click();"
                + " await new Promise(later => setTimeout(later, 300)); return location.hash; })()");
    String linked = browser.open(playground.url("localhost") + hash);
    List<String> same = cells(browser, linked, 1);
    assertEquals(strict, same, "whoever follows a link has not applied it");
    assertEquals(
        "cors.allowed-origins=* https://evil.example not in force yet",
        browser.evaluate(
            linked,
            "['policy', 'origin'].map(id => document.getElementById(id).value).join(' ')"
                + " + ' ' + document.getElementById('edited').textContent"));

    String own =
        browser.evaluate(
            linked,
            "(async () => { document.getElementById('send').click();"
                + " while (!document.querySelector('tr[data-done]'))"
                + " await new Promise(later => setTimeout(later, 50));"
                + " return document.querySelector('tr[data-done]').textContent; })()");
    assertEquals("Your own requestGET /notes" + "✗ blocked (model)".repeat(FRAMEWORKS), own);

    assertEquals("reset", press(browser, tab, "Reset"));
    assertEquals(first, cells(browser, tab, 3));
  }

  private static String press(Browser browser, String tab, String button) throws Exception {
    return browser.evaluate(
        tab,
        "(() => { const found = [...document.querySelectorAll('button')].find(button =>"
            + " button.textContent === '"
            + button
            + "'); found.click(); return found.textContent.toLowerCase(); })()");
  }

  @Test
  void a_request_of_the_visitor_asks_none_but_the_four() throws Exception {
    for (String path : List.of("@evil.example/", "//evil.example", "/../secret", "")) {
      String body =
          JsonMapper.shared()
              .writeValueAsString(
                  Map.of("framework", 0, "trial", Map.of("method", "GET", "path", path)));
      HttpResponse<String> response = post("/prediction", body);
      assertEquals(400, response.statusCode(), path);
      assertEquals("The request makes no sense: no service has this path.", response.body());
    }
  }

  private static List<String> row(List<String> cells, int row) {
    return cells.subList(row * FRAMEWORKS, (row + 1) * FRAMEWORKS).stream().distinct().toList();
  }

  @Test
  void a_page_of_another_origin_changes_no_policy() throws Exception {
    HttpResponse<String> response =
        post("/policy", "cors.allowed-origins=*", "Origin", "https://evil.example");
    assertEquals(403, response.statusCode());
  }
}
