package dev.crosswalk.cors.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateTest {

  private static Optional<Map<String, String>> find(String pattern, String text) {
    return Template.of(pattern).find(Template.plain(text));
  }

  @Test
  void fixed_text_is_found_anywhere() {
    assertEquals(Optional.of(Map.of()), find("is not", "this is not it"));
    assertEquals(Optional.empty(), find("is not", "this is it"));
  }

  @Test
  void a_hole_takes_as_little_as_it_can_and_the_last_one_all_the_rest() {
    assertEquals(Optional.of(Map.of("a", "x", "b", "y, z")), find("[{a}] {b}", "so: [x] y, z"));
    assertEquals(Optional.of(Map.of("a", "")), find("'{a}'", "''"));
  }

  @Test
  void what_follows_a_hole_has_to_come() {
    assertEquals(Optional.empty(), find("Method {m} is not allowed", "Method PUT is allowed"));
  }

  @Test
  void one_quotation_mark_is_as_good_as_another_and_so_is_white_space() {
    assertEquals(Optional.of(Map.of("v", "*")), find("is ‘{v}’ here", "is\n  '*'\there"));
  }

  @Test
  void a_text_made_to_be_slow_is_not() {
    String hostile = "Method ".repeat(10_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertEquals(Optional.empty(), find("Method {a} Method {b} is {c} not", hostile)));
  }
}
