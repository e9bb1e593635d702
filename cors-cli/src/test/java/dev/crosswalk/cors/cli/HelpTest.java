package dev.crosswalk.cors.cli;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --help} prints, and what a command with a typo. */
class HelpTest {

  /** A line that is too long is broken at any dot, also inside a URL. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "diagnose",
        "explain",
        "policy show",
        "policy diff",
        "policy import",
        "policy export"
      })
  void an_example_can_be_copied(String command) {
    Result help = crosswalk((command + " --help").split(" "));

    assertEquals(0, help.exit(), help.err());
    List<String> example =
        help.out().lines().dropWhile(line -> !line.equals("Example:")).skip(1).toList();
    assertTrue(example.get(0).startsWith("  crosswalk " + command), help.out());
    assertTrue(example.stream().allMatch(line -> line.startsWith("  ")), help.out());
  }

  @ParameterizedTest
  @CsvSource({
    "polcy diff a b, There is no command polcy. Did you mean policy?",
    "policy dif a b, There is no command dif. Did you mean diff?",
    "policy export x.properties --to foo, there is no server \"foo\"; there are nginx",
  })
  void a_typo_is_told_with_what_was_meant(String command, String sentence) {
    Result result = crosswalk(command.split(" "));

    assertTrue(result.err().contains(sentence), result.err());
  }
}
