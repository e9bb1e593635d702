package dev.crosswalk.cors.cli.explain.paste;

/**
 * Brackets in code or configuration, whatever language it is: where what is in them ends. Those in
 * quotation marks do not count.
 */
public final class Brackets {

  private static final String OPEN = "([{";

  private static final String CLOSE = ")]}";

  private static final String QUOTES = "\"'`";

  private Brackets() {}

  /**
   * The bracket that closes the one in front of a position.
   *
   * @param to where the search ends
   * @return {@code to} if none does
   */
  public static int close(String text, int from, int to) {
    return end(text, from, to, "");
  }

  /**
   * The same, or the first of some characters that are in no further brackets.
   *
   * @param until those characters
   */
  public static int end(String text, int from, int to, String until) {
    int depth = 0;
    char quote = 0;
    for (int at = from; at < to; at++) {
      char c = text.charAt(at);
      if (quote != 0) {
        // A quotation mark that nothing closes on its line is an apostrophe.
        quote = c == quote || c == '\n' ? 0 : quote;
      } else if (QUOTES.indexOf(c) >= 0) {
        quote = c;
      } else if (OPEN.indexOf(c) >= 0) {
        depth++;
      } else if (CLOSE.indexOf(c) >= 0) {
        if (--depth < 0) {
          return at;
        }
      } else if (depth == 0 && until.indexOf(c) >= 0) {
        return at;
      }
    }
    return to;
  }
}
