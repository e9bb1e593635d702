package dev.crosswalk.cors.cli.explain.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of an environment that a paste sets, and the code in it that reads them. */
public final class Environment {

  /** How languages and configurations read a variable. */
  private static final Pattern READ =
      Pattern.compile(
          "(?:\\b(?:process|import\\.meta)\\.env(?:\\.|\\[[\"'])|\\b(?:deno|bun)\\.env(?:\\.get\\([\"']|\\.)"
              + "|\\bos\\.environ(?:\\.get\\(|\\[)[\"']|\\b(?:os\\.)?getenv\\([\"']|(?<![a-z.])env(?:\\.list)?\\([\"']|(?<![a-z.])env(?:\\.fetch\\(|\\[)[\"']"
              + "|[\"']?%env\\((?:[a-z]{1,10}:)?|[\"']?\\$\\{)"
              + "([a-z][a-z0-9_]{2,60})(?:[\"']?\\)?\\]?%[\"']?|:?[^}\\n]{0,60}\\}[\"']?|[\"']?(?:,\\s?[\"'][^\"'\\n]{0,60}[\"'])?\\s?[\\])]|)");

  private static final int MAX_VALUE = 300;

  /** The text is searched for each of them. */
  private static final int MAX_NAMES = 20;

  private Environment() {}

  /**
   * The code with the values of the variables, where the paste has a line that sets them.
   *
   * @param text in lower case, as it was pasted
   */
  public static String into(String text) {
    Map<String, Optional<String>> values = new HashMap<>();
    Matcher read = READ.matcher(text);
    return read.replaceAll(
        found -> {
          String name = found.group(1);
          if (values.size() < MAX_NAMES) {
            values.computeIfAbsent(name, each -> value(each, text));
          }
          return Matcher.quoteReplacement(
              values
                  .getOrDefault(name, Optional.empty())
                  .map(value -> '"' + value + '"')
                  .orElse(found.group()));
        });
  }

  /** Only addresses are of interest. */
  private static Optional<String> value(String name, String text) {
    Matcher set =
        Pattern.compile(
                "(?:^|\\n)[ \\t]{0,20}(?:export |set |- )?[\"']?"
                    + name
                    + "[\"']?\\s?[=:]\\s?[\"']?(https?://[^\\s\"']{1,"
                    + MAX_VALUE
                    + "})")
            .matcher(text);
    return set.find() ? Optional.of(set.group(1)) : Optional.empty();
  }
}
