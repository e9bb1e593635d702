package dev.crosswalk.cors.cli.explain.paste;

import dev.crosswalk.cors.tck.url.Bytes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text that can be looked at so many times, and not more. */
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

  /** What is in a text, and what is not, as far as somebody has asked. */
  private record Asked(String text, String lower, String plain, Map<Pattern, Boolean> found) {}

  /** Each message of a paste asks the same of it, so that the answers are kept for one text. */
  private static volatile Asked asked = new Asked("", "", "", new ConcurrentHashMap<>());

  /** What is in a paste as it was pasted, and not in plain words. */
  private static final Pattern OF_MARKS = Pattern.compile("[\"'`]|\\\\[nr]");

  /**
   * Whether a pattern is in a {@linkplain Paste#whole whole paste}. That has each thing twice, so
   * that a pattern without marks is looked for in the plain words alone: else whatever comes first
   * comes last, too.
   */
  public static boolean findInPaste(Pattern pattern, String whole) {
    Asked last = asked(whole);
    return last.found.computeIfAbsent(
        pattern,
        each ->
            NeededWords.of(each).areIn(whole)
                && next(
                    matcher(each, OF_MARKS.matcher(each.pattern()).find() ? whole : last.plain)));
  }

  /** Whether all of these are in a whole paste. The words that they need are looked for first. */
  public static boolean findAllInPaste(List<Pattern> patterns, String whole) {
    return patterns.stream().allMatch(each -> NeededWords.of(each).areIn(whole))
        && patterns.stream().allMatch(each -> findInPaste(each, whole));
  }

  /** Whether a pattern is in a text; what takes too long to find is not. */
  public static boolean find(Pattern pattern, String text) {
    if (text.length() <= SHORT) {
      return pattern.matcher(text).find();
    }
    Asked last = asked(text);
    String words = NeededWords.isOfAnyCase(pattern) ? last.lower : text;
    return last.found.computeIfAbsent(
        pattern, each -> NeededWords.of(each).areIn(words) && next(matcher(each, text)));
  }

  private static Asked asked(String text) {
    Asked last = asked;
    if (last.text != text) {
      int plain = text.indexOf('\n');
      last =
          new Asked(
              text,
              Bytes.lowerCase(text),
              plain < 0 ? text : text.substring(0, plain),
              new ConcurrentHashMap<>());
      asked = last;
    }
    return last;
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
