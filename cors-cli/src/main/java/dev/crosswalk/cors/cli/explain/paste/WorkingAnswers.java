package dev.crosswalk.cors.cli.explain.paste;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Answers that somebody shows side by side, under a line that says which of them is good and which
 * is not: {@code Response headers (success):}. What a good one has is not that of the failing one.
 *
 * @param good the lines of those that work; empty if the text does not show both
 * @param rest all other lines
 */
public record WorkingAnswers(String good, String rest) {

  private static final String BAD_WORDS =
      "fail(?:s|ed|ing|ure)?|bad|broken|errors?|block(?:s|ed)|wrong|(?:do|does|did)(?:es)?(?: not|n[’']?t) work|not work(?:ing)?|problem(?:atic)?|unsuccessful";

  private static final String GOOD_WORDS =
      "success(?:ful|es|fully)?|succe(?:eds?|eded|eding)|works?|working|good|ok|okay|fine|pass(?:es|ed|ing)?";

  /** A short line in front of an answer, whose end is a colon, a bracket or its last word. */
  private static final Pattern LABEL = Pattern.compile("(?!.{0,40}://)[^:{}=;]{0,90}:?\\s{0,4}");

  private static final Pattern BAD = Pattern.compile("(?i)\\b(?:" + BAD_WORDS + ")\\b");

  private static final Pattern GOOD = Pattern.compile("(?i)(?<!not )\\b(?:" + GOOD_WORDS + ")\\b");

  /** A field of a head, or its first line. */
  private static final Pattern FIELD =
      Pattern.compile(
          "\\s{0,12}[<>]? ?(?:HTTP/[0-9.]{1,3} [1-5][0-9]{2}.*|:?[A-Za-z][A-Za-z0-9-]{1,50}:(?!//).*)");

  /** Reads a text. */
  public static WorkingAnswers in(String text) {
    String[] lines = text.split("\\R", -1);
    List<String> good = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    boolean works = false;
    boolean fails = false;
    boolean inGood = false;
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      if (i + 1 < lines.length && isLabel(line) && FIELD.matcher(next(lines, i)).matches()) {
        boolean bad = BAD.matcher(line).find();
        inGood = !bad && GOOD.matcher(line).find();
        works |= inGood;
        fails |= bad;
      } else if (inGood && line.isBlank() && !FIELD.matcher(next(lines, i)).matches()) {
        inGood = false;
      }
      (inGood ? good : rest).add(line);
    }
    return works && fails
        ? new WorkingAnswers(String.join("\n", good), String.join("\n", rest))
        : new WorkingAnswers("", text);
  }

  private static boolean isLabel(String line) {
    return !line.isBlank() && LABEL.matcher(line).matches();
  }

  /** The next line that is not blank. */
  private static String next(String[] lines, int from) {
    for (int i = from + 1; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        return lines[i];
      }
    }
    return "";
  }
}
