package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.remedy.Advice;
import java.util.Map;

/**
 * Who says that she has restarted the server is not asked to, but told how to see which program
 * answers.
 */
final class Restarted {

  private static final String SIGN = "remark.restarted";

  private static final String ANOTHER =
      "another process than the one that was restarted answers (stop that one: if answers still come,"
          + " they are from elsewhere)";

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("the server runs an older version (not restarted, not deployed)", ANOTHER),
          Map.entry("it runs an older version (not restarted, not deployed)", ANOTHER),
          Map.entry("the server runs an older version (not restarted)", ANOTHER),
          Map.entry(
              "Restart it, and check that the value reaches the process",
              "Check that the value reaches the process which answers"));

  private Restarted() {}

  static Advice told(Advice advice, PastedText paste) {
    boolean said =
        WORDS.keySet().stream().anyMatch(advice.words()::contains) && WordSigns.has(SIGN, paste);
    return said ? advice.worded(Restarted::instead) : advice;
  }

  private static String instead(String words) {
    String told = words;
    for (Map.Entry<String, String> each : WORDS.entrySet()) {
      told = told.replace(each.getKey(), each.getValue());
    }
    return told;
  }
}
