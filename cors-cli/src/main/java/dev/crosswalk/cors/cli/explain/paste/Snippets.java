package dev.crosswalk.cors.cli.explain.paste;

import java.util.regex.Pattern;

/** Parts of several files, one below the other: what stands between two of them belongs to none. */
public final class Snippets {

  /** The mark of code in Markdown, or that of the next document in YAML. */
  private static final Pattern MARK = Pattern.compile("\\s*(?:[`~]{3}.*|-{3,}\\s*)");

  /** Three words or more, and nothing of a setting. */
  private static final Pattern SENTENCE =
      Pattern.compile("\\s*(?:[\\p{L}\\d][\\p{L}\\d'’./_-]*[,;:]? ){2,}[\\p{L}\\d'’`\"(][^={}]*");

  private Snippets() {}

  /**
   * Whether a line ends the part above it, so that its names stand in front of nothing below. The
   * words of a comment do not, which have nothing in front of them and no colon.
   *
   * @param before the line above it
   */
  public static boolean isBetween(String before, String line) {
    return MARK.matcher(line).matches()
        || (before.isBlank() || line.strip().endsWith(":")) && SENTENCE.matcher(line).matches();
  }
}
