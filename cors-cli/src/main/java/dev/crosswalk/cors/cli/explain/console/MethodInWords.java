package dev.crosswalk.cors.cli.explain.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The method that fails, where a person says so: "only for PUT", "GET works, DELETE does not". */
final class MethodInWords {

  /** Those for which a server has to give a permission; a word of English has other letters. */
  private static final String ASKED = "[`'\"“*]{0,2}(PUT|PATCH|DELETE)\\b[`'\"”*]{0,2}";

  /** Words between that say nothing of another request. */
  private static final String AND_OTHERS =
      "(?:(?:,| and| or|/|&| ?\\+)? ?[`'\"*]{0,2}(?:PUT|PATCH|DELETE|(?i:requests?|calls?|methods?))\\b[`'\"*]{0,2}){0,4}";

  private static final Pattern ONLY =
      Pattern.compile(
          "(?i:(?<!(?:allow|list|ha|support|permit|know)(?:s|ed)? )\\b(?:only|just|nur|solo|s[oó]lo|seulement|apenas)\\b|(?:только|仅|只有?))"
              + "(?i: ?(?:happens|fails?|falla|fallan|falha|échoue|occurs?|breaks?|get it|for|on|with|when|if|the|my|a|i|do|send|use|using|calling|doing|making|at|in|bei|con|para|pour|com|при|в|у|на)\\b){0,5} ?"
              + ASKED);

  private static final Pattern WHEN =
      Pattern.compile(
          "(?i:\\b(?:happens|occurs|comes|appears|get (?:it|this|that)|fails|error|blocked)\\b ?(?:when(?:ever)?|if|for|on|with|as soon as|once)\\b)(?i: ?(?:i|we|the|page|app|it|is|a|my|an|send(?:s|ing)?|do(?:es|ing)?|make|makes|use|uses|using|calling|call|try)\\b){0,4} ?"
              + ASKED);

  private static final Pattern FAILS =
      Pattern.compile(
          ASKED
              + AND_OTHERS
              + "(?i: (?:always|still|all|both|requests|now|it|gets?|is|are|was|were)\\b){0,3} ?[:=-]? ?"
              + "(?i:access (?:is )?denied\\b|fails?\\b|failed\\b|failing\\b|(?:is |are |gets? )?blocked\\b|refused\\b|rejected\\b|breaks?\\b|broken\\b|(?:do|does|did|is|are)(?: not|n.t) (?:work|ok|fine|allowed|go|pass|seem)|not working\\b|never (?:work|arrive|reach)|(?:with|by|a|an) (?:cors|40[0-9])|cors error)");

  private static final Pattern BUT =
      Pattern.compile(
          "\\b(?:GET|POST|HEAD)\\b[^.\\n]{0,40}(?i:\\b(?:works?|working|worked|fine|ok|okay|pass(?:es)?|succeeds?|no problem)\\b)[^.\\n]{0,30}(?i:\\b(?:but|while|whereas|only|however)\\b|[,;:–—])[^.\\n]{0,30}?"
              + ASKED
              + "(?!"
              + AND_OTHERS
              + "(?i:[^.\\n]{0,12}\\b(?:works?|worked|fine|ok|okay|too|as well)\\b))");

  private static final Pattern EXCEPT =
      Pattern.compile(
          "(?i:\\b(?:works?|working|worked|fine|ok|okay|pass(?:es)?|succeeds?|allowed)\\b)[^.\\n]{0,40}(?i:\\b(?:except|but not|apart from|other than|save|excluding|not)\\b) ?(?i:(?:for|with|the|on|when|a)\\b ?){0,3}"
              + ASKED);

  private MethodInWords() {}

  /**
   * The first one of which a text says that it fails.
   *
   * @param text as it was pasted
   * @return empty if it says nothing of one
   */
  static String failing(String text) {
    return Stream.of(ONLY, WHEN, FAILS, EXCEPT, BUT)
        .map(words -> words.matcher(text))
        .filter(Matcher::find)
        .map(words -> words.group(1))
        .findFirst()
        .orElse("");
  }
}
