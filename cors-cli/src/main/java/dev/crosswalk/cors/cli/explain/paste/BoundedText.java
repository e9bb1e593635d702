package dev.crosswalk.cors.cli.explain.paste;

import dev.crosswalk.cors.tck.url.Bytes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text of which only a limited number of characters can be looked at, in all. */
public final class BoundedText implements CharSequence {

  /**
   * How many characters one search may look at: each of the longest paste fifty times. Some
   * patterns look far ahead from each of many places, and no paste may hold that up.
   */
  private static final int MAX = 50 * Paste.MAX_LENGTH;

  /** What is no longer than this is searched without counting, which is quicker. */
  private static final int SHORT = 1_000;

  private static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooMany() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private int looks;

  private BoundedText(String text) {
    this.text = text;
  }

  /**
   * Whether a pattern is in a text; what takes too long to find is not. In a long one, the words
   * that it needs are looked for first.
   */
  public static boolean find(Pattern pattern, String text) {
    return hasWordsOf(pattern, text) && next(matcher(pattern, text));
  }

  /** Whether a long text has the words that a pattern needs; a short one is searched as quickly. */
  public static boolean hasWordsOf(Pattern pattern, String text) {
    return text.length() <= SHORT || NeededWords.of(pattern).areIn(lower(pattern, text)::contains);
  }

  private static String lower(Pattern pattern, String text) {
    return NeededWords.isOfAnyCase(pattern) ? Bytes.lowerCase(text) : text;
  }

  /** What searches a text so far, and not further. */
  public static Matcher matcher(Pattern pattern, String text) {
    return pattern.matcher(text.length() <= SHORT ? text : new BoundedText(text));
  }

  /** Whether a pattern is in the rest of a text; what takes too long to find is not. */
  public static boolean next(Matcher matcher) {
    try {
      return matcher.find();
    } catch (TooMany e) {
      return false;
    }
  }

  @Override
  public char charAt(int index) {
    if (++looks > MAX) {
      throw new TooMany();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int from, int to) {
    return text.subSequence(from, to);
  }

  @Override
  public String toString() {
    return text;
  }
}
