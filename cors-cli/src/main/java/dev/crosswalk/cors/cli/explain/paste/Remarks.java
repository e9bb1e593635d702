package dev.crosswalk.cors.cli.explain.paste;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a person says in a paste, in lower case and without quotation marks: the sentences that are
 * neither a browser's nor a question.
 *
 * @param sentences in their order
 */
public record Remarks(List<String> sentences) {

  /** So many characters of one are looked at: what is longer is code or a log. */
  private static final int MAX_LENGTH = 600;

  private static final Pattern END =
      Pattern.compile(
          "(?<=[.!?;。！？])\\s|\\R|,? (?=(?:so )?(?:what|why|how|any idea)\\b)|,? (?=(?:but|yet|however|aber|jedoch|mais|pero|mas|но)\\b)");

  private static final Pattern MARKS =
      Pattern.compile("(?<!\\w)[\"'`“”„‘’]{1,3}|[\"'`“”„‘’]{1,3}(?!\\w)|\\*\\*");

  /** How a line begins that a browser, a program or a stack has written. */
  private static final Pattern OF_PROGRAM =
      Pattern.compile(
          "\\b(?:access to [a-z]{3,14} at|blocked by cors policy|(?:has|have) been blocked|response to preflight|on the requested resource|header is present|credentials flag|for a credentialed|therefore not allowed|the value of the .?access-control|access control checks|sec7[0-9]{3}|cross-origin request blocked|cannot load|failed to load"
              + "|did not find|mixed content:|is not allowed by access-control|net::err|request header field|must not be the wildcard|(?:not found|is not allowed) in access-control)\\b");

  /** Reads what was pasted, in lower case. */
  public static Remarks in(String pasted) {
    return new Remarks(
        END.splitAsStream(pasted)
            .map(String::strip)
            .filter(each -> !each.isEmpty() && each.length() <= MAX_LENGTH)
            .filter(each -> !each.endsWith("?") && !each.endsWith("？"))
            .filter(each -> !OF_PROGRAM.matcher(each).find())
            .map(each -> MARKS.matcher(each).replaceAll(""))
            .toList());
  }

  /** Those that have a word. */
  public Stream<String> with(Pattern word) {
    return sentences.stream().filter(each -> word.matcher(each).find());
  }
}
