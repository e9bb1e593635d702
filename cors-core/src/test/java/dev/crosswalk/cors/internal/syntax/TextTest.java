package dev.crosswalk.cors.internal.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
}
