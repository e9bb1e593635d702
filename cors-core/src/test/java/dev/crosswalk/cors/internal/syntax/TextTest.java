package dev.crosswalk.cors.internal.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Text from outside")
class TextTest {

  @Test
  void is_shown_in_ASCII_on_one_line() {
    assertEquals("\" ~\\\"\\\\\"", Text.quote(" ~\"\\"));
    assertEquals("\"\\u001f\\u007f\\u0080\\u2028\"", Text.quote("\u001f\u007f\u0080\u2028"));
    assertEquals("a\\u000a\\u2028\\u2029é", Text.oneLine("a\n\u2028\u2029é"));
  }

  @Test
  void is_cut_and_says_so() {
    String longest = "a".repeat(Text.MAX_SHOWN);
    assertEquals('"' + longest + '"', Text.quote(longest));
    assertEquals('"' + longest + "…\"", Text.quote(longest + "a"));
    assertEquals(Text.MAX_SHOWN + 2, Text.quote("\n".repeat(1_000)).replace("…", "").length());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "https://a.example # the shop, 18",
    "https://a.example\t// the shop, 18",
    "# nothing, 0",
    "'', -1",
    "https://a.example, -1",
    "//a.example, -1",
    "https://a.example#top, -1",
    "https://a.example //, 18",
    "GET / POST, -1",
  })
  void begins_a_comment_behind_a_space(String text, int at) {
    assertEquals(at, Text.comment(text));
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "abc, '', 3",
    "abc, abc, 0",
    "abc, abd, 1",
    "abc, ab, 1",
    "ab, abc, 1",
    "abc, xabc, 1",
    "kitten, sitting, 3",
    "ab, ba, 2",
  })
  void is_as_far_from_another_as_there_are_characters_to_change(
      String one, String other, int distance) {
    assertEquals(distance, Text.distance(one, other));
  }
}
