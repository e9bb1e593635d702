package dev.crosswalk.cors.cli.explain.clue;

import static dev.crosswalk.cors.cli.ProcessorTime.assertAtMost;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.Explain;
import dev.crosswalk.cors.cli.explain.console.Console;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rest of a paste tells, and what it does not. */
class ClueTest {

  private static final String MISSING =
      "Access to fetch at 'https://api.example.com/x' from origin 'https://app.example.com' has been"
          + " blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the"
          + " requested resource.\n";

  private static List<String> advice(String paste) {
    return Console.read(paste).get(0).remedy().words();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I cleared the browser cache, and it is the same",
        "this is my first time with CORS",
        "nothing works, I tried a hard refresh",
        "if ($_SERVER['REQUEST_METHOD'] == 'OPTIONS') { header('Allow: GET'); exit(0); }",
        "mysqli_connect(...) or die('no database');"
      })
  void what_proves_nothing_changes_nothing(String beside) {
    assertEquals(advice(MISSING), advice(MISSING + beside));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "goes away with \"Disable cache\"",
        "after a hard refresh it works",
        "add_header Access-Control-Allow-Origin * always;",
        "add_header 'Access-Control-Allow-Origin' '*';",
        "Header set Access-Control-Allow-Origin \"*\"",
        "it is in my manifest_version 3 extension"
      })
  void what_tells_more_comes_first(String beside) {
    List<String> more = advice(MISSING + beside);
    assertEquals(advice(MISSING), more.subList(1, more.size()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dd($request);",
        "app.UseRouting(); app.UseAuthorization(); app.UseCors(); app.MapControllers();",
        "origin: 'https://app.example.com/'"
      })
  void behind_a_fault_that_is_certain_nothing_general_is_told(String beside) {
    List<String> general = advice(MISSING);
    assertTrue(advice(MISSING + beside).stream().noneMatch(general::contains));
  }

  /** Enough to see what grows faster than a paste, and quicker than the longest one. */
  private static final int LONG = Paste.MAX_LENGTH / 8;

  /** What looks far ahead from each of these takes a minute, unless it is bounded. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.get(/",
        "app.use(/a, a_route",
        "large ",
        "cors origin = https://a.b/",
        "\n- cors_origin=\"a",
        "access-control-allow-origin http://a if ($request_method = options) { add_header a "
            + "middleware = [ commonmiddleware allowedorigins allowedmethods origin: * ",
        "page at https://a/ was loaded over https, but requested an insecure a credentials: true "
            + "fetch(headers: app.addcors( app.userouting( ",
        "allowed_origins: [https://a origins [ without headers token works get post when add "
            + "new apolloserver({ statuscode: 200 headers access-control-allow-origin devserver "
      })
  void no_paste_holds_up_the_search(String again) {
    String all = again.repeat(LONG / again.length());
    assertAtMost(Duration.ofSeconds(5), () -> Console.read(MISSING + all));
  }

  /** They took minutes when each of them was the start of a search. */
  @Test
  void line_breaks_up_to_the_longest_paste_are_read_once() {
    String all = "\n".repeat(Paste.MAX_LENGTH - MISSING.length());
    assertAtMost(
        Duration.ofSeconds(5),
        () ->
            Explain.explain(
                List.of(MISSING + all),
                Optional.empty(),
                false,
                false,
                new PrintWriter(new StringWriter())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "advice: Remove it.",
        "without: cors\nadvice: Remove it.",
        "with: cors",
        "with: cors\nadvice: Remove it.\nadvice: Add it.",
        "with: cors\nadvise: Remove it."
      })
  void a_block_without_a_pattern_or_a_single_advice_is_refused(String lines) {
    Facts.Block block = new Facts.Block(List.of("ACAO_MISSING"), lines.lines().toList());
    assertThrows(IllegalStateException.class, () -> Clue.read(block));
  }

  @Test
  void there_are_clues_of_texts_and_of_headers() {
    assertTrue(Clue.all().size() > 1_690, () -> "only " + Clue.all().size());
    assertTrue(Clue.all().stream().anyMatch(clue -> clue.where().contains("header")));
  }

  /** Whoever reads it at a console has to act on it. */
  private static final int MAX_WORDS = 70;

  @Test
  void no_advice_is_longer_than_a_person_reads() {
    List<String> longer =
        Clue.all().stream()
            .map(clue -> clue.advice().words())
            .filter(words -> words.split(" ", -1).length > MAX_WORDS)
            .toList();
    assertEquals(List.of(), longer);
  }

  /** Who adds a clue reads that file, and not the code that reads the clue. */
  @Test
  void the_readme_names_each_file_in_its_order_and_each_word_of_a_head() {
    String readme = Facts.text(Clue.class, "README.md");
    List<String> files =
        Pattern.compile("(?m)^\\| `([a-z]+\\.txt)` \\|")
            .matcher(readme)
            .results()
            .map(row -> row.group(1))
            .toList();
    assertEquals(Clue.FILES, files);
    List<String> words =
        Clue.all().stream()
            .flatMap(clue -> clue.where().stream())
            .filter(word -> word.matches("\\*|[a-z]+|CONFIGURATION"))
            .distinct()
            .toList();
    assertTrue(words.size() > 4, words::toString);
    for (String word : words) {
      assertTrue(readme.contains("\n| `" + word + "` |"), word);
    }
  }

  /** A text names a service also where it is another server that the page asks. */
  @Test
  void what_belongs_to_a_service_is_told_of_no_other_url() {
    String beside = "Okta's Trusted Origins: we have added the page there, to Trusted Origins.";
    String words = "the page is among Okta's Trusted Origins";
    assertTrue(
        advice(
                "okta. "
                    + beside
                    + "\n"
                    + MISSING.replace("api.example.com/x", "a.okta.com/oauth2/v1"))
            .get(0)
            .contains(words));
    assertTrue(
        advice("okta. " + beside + "\n" + MISSING).stream()
            .noneMatch(each -> each.contains(words)));
  }
}
