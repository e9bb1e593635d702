package dev.crosswalk.cors.cli.remedy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** A line of a data file names what its advice is about, or says it alone. */
class AdviceTest {

  @Test
  void a_line_is_words_alone() {
    assertEquals(Advice.of("Add the origin."), Advice.read("Add the origin.", "clues.txt"));
  }

  @Test
  void a_topic_stands_in_front_of_the_words() {
    assertEquals(
        new Advice(Topic.SLASH, "Remove the slash."),
        Advice.read("@SLASH Remove the slash.", "clues.txt"));
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
