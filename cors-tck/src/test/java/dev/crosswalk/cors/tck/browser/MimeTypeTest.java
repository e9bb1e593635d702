package dev.crosswalk.cors.tck.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MimeTypeTest {

  @Test
  void space_is_allowed_before_the_semicolon_alone() {
    assertEquals(MimeType.parse("text/html"), MimeType.parse(" text/html \t; charset=utf-8"));
    assertEquals(Optional.empty(), MimeType.parse("text/ht ml"));
  }

  @Test
  void takes_bounded_time_for_spaces_inside() {
    String spaces = " ".repeat(100_000);
    assertTimeout(
        Duration.ofSeconds(5),
        () -> assertEquals(Optional.empty(), MimeType.parse("text/a" + spaces + "b")));
  }
}
