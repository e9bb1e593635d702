package dev.crosswalk.cors.cli;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --help} prints. */
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
}
