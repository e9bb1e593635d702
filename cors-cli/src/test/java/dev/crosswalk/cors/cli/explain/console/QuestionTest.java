package dev.crosswalk.cors.cli.explain.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.meaning.Meaning;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.tck.browser.Cause;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What people ask in their own words, and what the file says of it. */
class QuestionTest {

  private static Map<String, String> values(String asked) {
    return Question.in(Paste.of(asked)).orElseThrow().details().holes();
  }

  @Test
  void each_question_is_about_a_known_meaning() {
    Set<String> known = new TreeSet<>(Arrays.stream(Cause.values()).map(Cause::name).toList());
    Meaning.blocks().stream().map(Facts.Block::code).forEach(known::add);
    List<String> codes = Question.all().stream().map(Question::code).toList();
    assertTrue(codes.size() > 68);
    assertEquals(List.of(), codes.stream().filter(code -> !known.contains(code)).toList());
  }

  @Test
  void the_status_is_the_one_that_stands_first() {
    assertEquals(
        Map.of("status", "405"),
        values("I get 405 for the OPTIONS request, and with a proxy the preflight returns 403."));
  }

  @Test
  void the_subject_is_the_header_that_the_script_reads() {
    assertEquals(
        Map.of("subject", "X-Total-Count"),
        values("console.log(response.headers.get('X-Total-Count')) prints null in the browser"));
  }

  @Test
  void a_sentence_that_asks_nothing_is_no_question() {
    assertTrue(Question.in(Paste.of("I am new to this.")).isEmpty());
  }
}
