package dev.crosswalk.cors.internal.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A word")
class TypoTest {

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
    assertEquals(distance, Typo.distance(one, other));
  }
}
