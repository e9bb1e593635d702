package dev.crosswalk.cors.cli.remedy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line of a data file names what its advice is about, or says it alone. */
class AdviceTest {

  @Test
  void a_line_is_words_alone() {
    assertEquals(Advice.of("Add the origin."), Advice.read("Add the origin.", "clues.txt"));
  }

  @Test
  void a_topic_stands_in_front_of_the_words() {
    assertEquals(
        Topic.SLASH.advice("Remove the slash."),
        Advice.read("@SLASH Remove the slash.", "clues.txt"));
  }

  @Test
  void what_it_tells_stands_behind_its_topic_or_alone() {
    assertEquals(
        Topic.LISTS_PAGE.advice("It is there.").with(Trait.AS_IT_IS),
        Advice.read("@LISTS_PAGE @AS_IT_IS It is there.", "signs.txt"));
    assertEquals(
        Advice.of("See the body, and add it.").with(Trait.READS_BODY).with(Trait.ADDS_PAGE),
        Advice.read("@READS_BODY @ADDS_PAGE See the body, and add it.", "signs.txt"));
  }

  @Test
  void other_words_and_another_topic_tell_the_same() {
    Advice add = Advice.of("Add the origin.").with(Trait.ADDS_PAGE);
    assertTrue(
        add.about(Topic.GUESS).worded(words -> "If it is so: " + words).has(Trait.ADDS_PAGE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@SLASH @QUOTED Remove both.",
        "@ADDS_PAGE @SLASH Add it.",
        "@ADDS_PAGE @ADDS_PAGE Add it.",
        "@ADDS_PAGE @ADDED_PAGE Add it."
      })
  void a_second_topic_and_a_name_that_comes_twice_or_too_late_are_refused(String line) {
    assertThrows(IllegalStateException.class, () -> Advice.read(line, "clues.txt"));
  }

  @Test
  void an_example_stands_for_the_pages_origin_where_the_line_says_so() {
    Advice advice = Advice.read("Write cors(\"https://app.example.com\"){yours} origin.", "a.txt");
    assertEquals(
        "Write cors(\"https://app.example.com\"), with your page's origin.", advice.words());
    assertTrue(advice.has(Trait.NAMES_PAGE));
    assertEquals("Write cors(\"https://a.b\").", advice.ofPage("https://a.b").words());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Write https://app.example.com, with your page's origin.",
        "Write it{yours} origin.",
        "@NAMES_PAGE Write https://app.example.com."
      })
  void an_example_that_is_marked_in_another_way_is_refused(String line) {
    assertThrows(IllegalStateException.class, () -> Advice.read(line, "a.txt"));
  }

  @Test
  void an_annotation_of_java_is_no_topic() {
    assertEquals(Topic.NONE, Advice.read("@CrossOrigin is on the class.", "clues.txt").topic());
  }

  @Test
  void a_topic_that_there_is_not_is_an_error_that_names_file_and_line() {
    assertEquals(
        "clues.txt: no topic SLASHES in: @SLASHES Remove the slash.",
        assertThrows(
                IllegalStateException.class,
                () -> Advice.read("@SLASHES Remove the slash.", "clues.txt"))
            .getMessage());
  }
}
