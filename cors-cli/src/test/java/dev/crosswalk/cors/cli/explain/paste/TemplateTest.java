package dev.crosswalk.cors.cli.explain.paste;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateTest {

  private static Optional<Map<String, String>> find(String pattern, String text) {
    return Template.of(pattern).find(Paste.of(text), 0).map(match -> match.details().holes());
  }

  @Test
  void words_are_found_anywhere_whatever_their_case() {
    assertEquals(Optional.of(Map.of()), find("is not", "this IS Not it"));
    assertEquals(Optional.empty(), find("is not", "this is it"));
    assertEquals(Optional.empty(), find("is not", "this not"));
  }

  @Test
  void a_hole_takes_as_little_as_it_can_and_the_last_one_a_word() {
    assertEquals(Optional.of(Map.of("a", "x", "b", "y")), find("so: [{a}] {b}", "so: [x] y, z"));
    assertEquals(
        Optional.of(Map.of("a", "y, z")), find("so: [x] {a...}", "so: [x] y, z\nand more"));
    assertEquals(Optional.of(Map.of("a", "")), find("is '{a}'.", "is ''."));
    assertEquals(Optional.of(Map.of("a", "*, *")), find("is '{a}'", "is ‘*, *’)."));
  }

  @Test
  void braces_of_a_message_are_no_hole() {
    assertEquals(
        Optional.of(Map.of("status", "401")),
        find("{headers: x, status: {status}, text", "{headers: x, status: 401, text: y}"));
    assertEquals(
        Optional.of(Map.of("status", "401")),
        find("x: true} status {status}", "{x: true} status 401"));
  }

  @Test
  void what_follows_a_hole_has_to_come() {
    assertEquals(Optional.empty(), find("Method {m} is not allowed", "Method PUT is allowed"));
  }

  @Test
  void a_url_is_one_word_and_a_full_stop_inside_of_it_is_its_own() {
    assertEquals(
        Optional.of(Map.of("url", "https://api.example/x")),
        find("cannot load {url}. No", "cannot load https://api.example/x. No header"));
    assertEquals(
        Optional.empty(), find("cannot load {url}. No", "cannot load it at all. No header"));
  }

  @Test
  void a_status_has_three_digits() {
    assertEquals(Optional.of(Map.of("status", "404")), find("status {status} (", "status 404 (x"));
    assertEquals(Optional.empty(), find("status {status} (", "status of (x"));
  }

  @Test
  void quotation_marks_white_space_and_comment_marks_do_not_matter() {
    assertEquals(Optional.of(Map.of("v", "*")), find("is ‘{v}’ here", "is\n  '*'\there"));
    assertEquals(Optional.of(Map.of("v", "*")), find("is ‘{v}’ here", "is * here"));
    assertEquals(Optional.of(Map.of()), find("is not here", "> is\n > not\n// here"));
    assertEquals(Optional.of(Map.of("v", "x")), find("is \"{v}\" here", "is \\\"x\\\" here"));
    assertEquals(Optional.of(Map.of()), find("(原因:x", "（原因：x"));
  }

  @Test
  void a_template_cannot_start_with_a_hole() {
    assertThrows(IllegalArgumentException.class, () -> Template.of("{url} is not allowed"));
  }

  @Test
  void a_text_made_to_be_slow_is_not() {
    String hostile = "Method ".repeat(Paste.MAX_LENGTH / 7);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertEquals(Optional.empty(), find("Method {a} Method {b} is {c} not", hostile)));
  }
}
