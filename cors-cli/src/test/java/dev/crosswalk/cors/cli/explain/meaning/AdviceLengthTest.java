package dev.crosswalk.cors.cli.explain.meaning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.remedy.error.KnownBody;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever reads an advice at a console has to act on it. */
class AdviceLengthTest {

  /** For the folder {@code clues} there is a lower limit. */
  private static final int MAX_WORDS = 75;

  private static final Pattern KEY =
      Pattern.compile("(?:advice[^:]*|note|cause|proxy|paths|host|list|scheme|null): .*");

  private static final Pattern MARKS =
      Pattern.compile("^(?:[a-z][^:@]{0,60}: )?(?:@[A-Z_]+ )*|\\{program|}");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "console.txt",
        "services.txt",
        "known.txt",
        "layer-faults.txt",
        "origin-checks.txt",
        "bodies.txt"
      })
  void no_advice_of_a_file_is_longer_than_a_person_reads(String file) {
    Class<?> reader = file.equals("bodies.txt") ? KnownBody.class : Clue.class;
    assertShort(Facts.lines(reader, file).stream().filter(KEY.asMatchPredicate()).toList());
  }

  @Test
  void no_advice_of_a_rule_is_longer_than_a_person_reads() {
    assertShort(SignRules.all().rules().stream().map(rule -> rule.advice().words()).toList());
  }

  private static void assertShort(List<String> advice) {
    assertTrue(advice.size() > 10);
    Stream<String> longer =
        advice.stream()
            .map(line -> MARKS.matcher(line).replaceAll(""))
            .filter(words -> words.strip().split("\\s+").length > MAX_WORDS);
    assertEquals(List.of(), longer.toList());
  }
}
