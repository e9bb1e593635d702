package dev.crosswalk.cors.cli.explain.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.words.WordSigns;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What signs mean is written in a file. A name that nothing has is found when it is read. */
class SignRulesTest {

  private static SignRules read(String head, String advice) {
    Facts.Block local = new Facts.Block(List.of("remark.local"), List.of("works locally"));
    Facts.Block rule = new Facts.Block(List.of(head.split(" ")), List.of(advice));
    return SignRules.read(List.of(rule), WordSigns.read(List.of(local)));
  }

  private static String complaint(String head, String advice) {
    return assertThrows(IllegalStateException.class, () -> read(head, advice)).getMessage();
  }

  @Test
  void a_rule_names_signs_of_words_and_computed_ones() {
    assertEquals(
        1, read("ACAO_MISSING with remark.local !lists.page", "Add {origin}.").rules().size());
  }

  @Test
  void a_rule_that_names_no_sign_is_an_error() {
    assertEquals(
        "signs.txt: no sign lists.pages for [ACAO_MISSING]",
        complaint("ACAO_MISSING with lists.pages", "Add it."));
    assertEquals(
        "signs.txt: no sign lists.pages for [useless, ACAO_MISSING]",
        complaint("useless ACAO_MISSING with !lists.pages", "ADD_ORIGIN"));
  }

  @Test
  void an_advice_with_a_hole_that_nothing_fills_is_an_error() {
    assertEquals(
        "signs.txt: nothing fills {page} in: Add {page}.",
        complaint("ACAO_MISSING with lists.page", "Add {page}."));
  }

  @Test
  void a_topic_that_there_is_not_is_an_error() {
    assertEquals(
        "signs.txt: no topic ADD_ORIGINS in: ADD_NAME ADD_ORIGINS",
        complaint("useless ACAO_MISSING with lists.page", "ADD_NAME ADD_ORIGINS"));
    assertEquals("signs.txt: no topic LISTS in: LISTS", complaint("once LISTS", "ADD_ORIGIN"));
  }

  @Test
  void the_head_of_the_file_explains_every_computed_sign() {
    String text = Facts.text(SignRules.class, "signs.txt");
    String head = text.substring(0, text.indexOf("# ---"));
    List<String> names = Signs.computed().toList();
    assertTrue(names.size() > 92, names::toString);
    assertEquals(
        List.of(),
        names.stream().filter(name -> !head.matches("(?s).*[ ,]" + name + "[ ,].*")).toList());
  }

  @Test
  void the_file_has_rules_and_each_name_in_it_is_known() {
    assertTrue(SignRules.all().rules().size() > 333);
  }
}
