package dev.crosswalk.cors.cli.explain.paste;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NeededWordsTest {

  private static List<List<String>> of(String pattern) {
    return NeededWords.of(Pattern.compile(pattern)).choices();
  }

  @Test
  void each_look_ahead_needs_the_letters_with_which_it_begins() {
    assertEquals(
        List.of(List.of("signalr"), List.of("origin", "--cors *")),
        of("^(?=.*\\bsignalr\\b)(?=.*(?:origins?\\b[^.]{0,20}\\*|--cors \\*))(?!.*false)"));
  }

  @Test
  void what_is_behind_the_look_aheads_is_needed_as_well() {
    assertEquals(
        List.of(List.of("mux.newrouter("), List.of("cors", "origins")),
        of("^(?=.*mux\\.newrouter\\()(?!.*x).*(?:cors|origins)"));
  }

  @Test
  void an_alternative_with_no_letters_that_have_to_be_there_needs_nothing() {
    assertEquals(List.of(), of("^(?=.*(?:[0-9]{3}|vercel))"));
    assertEquals(List.of(), of("(?:http:)?/|https:"));
    assertEquals(List.of(), of("^(?=.*foo)|bar|^(?!.*x)"));
    assertEquals(List.of(), of("(?:abc){0,1}(?:def)*(?<!ghi)jk?l?"));
  }

  @Test
  void of_an_alternative_the_longest_letters_are_needed() {
    assertEquals(
        List.of(List.of(".set", ".append", "add_header ")),
        of("\\b(?:re|rw)(?:\\.set|\\.append)|\\ba.{0,9}b[cd]add_header +x"));
  }

  @Test
  void all_letters_that_have_to_be_there_are_needed() {
    assertEquals(
        List.of(List.of("cors"), List.of("yes", "true"), List.of("last")),
        of("cors+ ?[:=] ?(yes|true)\\b(?>last){1,3}"));
  }

  @Test
  void an_escape_of_several_letters_is_no_word() {
    assertEquals(List.of(), of("\\u00e9\\x41\\p{Lower}(?<n>a)\\k<n>\\1234"));
  }

  @Test
  void one_of_the_alternatives_of_the_whole_is_needed() {
    assertEquals(List.of(List.of("code=h1", "h2 ")), of("\\bcode=h1[0-9]|(?<![a-z])h2 x?"));
  }

  @Test
  void a_class_of_characters_and_what_is_escaped_end_no_group() {
    assertEquals(List.of(List.of("after")), of("^(?=[^)\\]]{0,9}\\))(?=.*after)"));
  }

  @Test
  void letters_of_either_case_are_not_known() {
    assertEquals(List.of(), of("(?i)foobar"));
  }

  @Test
  void a_text_has_one_of_each_choice() {
    NeededWords needed = NeededWords.of(Pattern.compile("^(?=.*(?:nginx|caddy))(?=.*cors)"));
    assertTrue(needed.areIn("caddy and cors"::contains));
    assertFalse(needed.areIn("caddy and nginx"::contains));
  }

  @Test
  void two_letters_are_enough() {
    assertEquals(List.of(List.of("s3", "升级")), of("\\bs3\\b|升级"));
    assertEquals(List.of(), of("\\bs3\\b|x[0-9]"));
  }
}
