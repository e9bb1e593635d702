package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.policy.from.Imported.Finding;
import dev.crosswalk.cors.cli.policy.from.Imported.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A regular expression for origins as patterns of a policy, and what is lost or won by that. */
final class Translation {

  private final Expression expression;
  private final String shown;
  private final String file;
  private final int line;
  private final List<String> patterns;

  /**
   * @param written the expression, as the file has it
   */
  Translation(Expression expression, String written, String file, int line) {
    this.expression = expression;
    this.file = file;
    this.line = line;
    shown = "the expression \"" + written + "\" ";
    patterns =
        expression.isReadable() && !expression.isEverything() ? expression.patterns() : List.of();
  }

  /** Whether it matches every origin, so that it is no pattern at all. */
  boolean isEverything() {
    return expression.isReadable() && expression.isEverything();
  }

  List<String> patterns() {
    return patterns;
  }

  /** What a person has to know of it, whatever becomes of the patterns. */
  List<Finding> findings() {
    if (!expression.isReadable()) {
      return List.of(finding(Level.DROPPED, shown + "is not read; list the origins"));
    }
    if (expression.isEverything()) {
      return List.of(
          finding(Level.DANGER, shown + "matches every website, such as https://evil.example"));
    }
    List<Finding> findings = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (String mistake : expression.mistakes(patterns)) {
      String why = why(mistake);
      if (told.add(why)) {
        String stranger = "also matches " + mistake + ", which is somebody else's: " + why;
        findings.add(finding(Level.DANGER, shown + stranger));
      }
    }
    String none = shown + "has no pattern that says the same" + expression.nearest().orElse("");
    if (expression.isLess()) {
      findings.add(finding(Level.DROPPED, none + "; the policy allows only " + listed()));
    }
    if (patterns.isEmpty()) {
      findings.add(finding(Level.DROPPED, none + "; it is left out, so list the origins"));
    }
    expression
        .missing(patterns)
        .map(
            origin ->
                shown
                    + "also matches "
                    + origin
                    + ", which the policy does not allow; it allows only "
                    + listed())
        .ifPresent(sentence -> findings.add(finding(Level.DROPPED, sentence)));
    return findings;
  }

  /** What each pattern allows that the expression does not: to be said if the pattern is kept. */
  Map<String, Finding> wider() {
    Map<String, Finding> wider = new HashMap<>();
    for (String pattern : patterns) {
      expression
          .more(pattern)
          .map(more -> pattern + " also allows " + more + ", which the expression does not")
          .ifPresent(sentence -> wider.put(pattern, finding(Level.WIDER, sentence)));
    }
    return wider;
  }

  private Finding finding(Level level, String sentence) {
    return new Finding(level, file, line, sentence);
  }

  private String listed() {
    return String.join(", ", patterns);
  }

  private static String why(String mistake) {
    if (mistake.endsWith(".evil.example")) {
      return "it has no $ at its end";
    }
    return mistake.contains("evil")
        ? "nothing separates it from what comes before it"
        : "a dot without a backslash is any character";
  }
}
