package dev.crosswalk.cors.cli.explain.paste;

import dev.crosswalk.cors.tck.url.PercentEncoding;
import java.util.regex.Pattern;

/**
 * How a text was written down or sent, where it is more than one character: in a URL, by a phone's
 * log, with the colors of a terminal that has lost them, with ligatures or spaces of a document.
 */
final class CopyArtifacts {

  /** The beginning of each further line of a log of Android. */
  private static final Pattern LOG =
      Pattern.compile(
          "\\n(?:[0-9-]{5,10} [0-9:.]{8,12} {1,3}[0-9]{1,6}(?: {1,3}|-)[0-9]{1,6} )?[VDIWEF][/ ][A-Za-z0-9_.:-]{1,40} ?(?:\\( ?[0-9]{1,6}\\))?: ");

  /** What is left of a terminal's command for colors without the character in front. */
  private static final Pattern COLOR = Pattern.compile("\\[(?:[0-9]{1,3};){0,4}[0-9]{1,3}m");

  /** A URL that somebody has broken, so that a forum makes no link of it. */
  private static final Pattern BROKEN_LINK =
      Pattern.compile("(?i)\\b(https?|wss?)(?: ://|: //)(?=[a-z0-9])");

  /** What Chrome's console offers behind a message, joined to its last word by copying. */
  private static final Pattern OFFER =
      Pattern.compile("(?<=[A-Za-z0-9.)'])Understand(?: this (?:error|warning))?(?![a-z])");

  private static final Pattern WHITE_SPACE = Pattern.compile("\\s");

  private static final Pattern SPACE_OF_URL = Pattern.compile("%20|\\+");

  /** From this many words on, a line is a sentence. */
  private static final int SENTENCE = 5;

  /** No window is narrower. */
  private static final int MIN_WIDTH = 40;

  private static final String LIGATURES = "ﬀﬁﬂﬃﬄ";

  private static final String[] LETTERS = {"ff", "fi", "fl", "ffi", "ffl"};

  private CopyArtifacts() {}

  static String plain(String text) {
    String plain = withoutLigatures(withSpaces(decoded(text)));
    plain = plain.indexOf('\n') < 0 ? plain : LOG.matcher(plain).replaceAll("\n");
    plain = plain.indexOf('[') < 0 ? plain : COLOR.matcher(plain).replaceAll("");
    plain = plain.contains("Understand") ? OFFER.matcher(plain).replaceAll("") : plain;
    return BROKEN_LINK.matcher(plain).replaceAll("$1://");
  }

  /** A whole sentence as it is in the query of a URL. */
  private static String decoded(String text) {
    long encoded = text.indexOf('%') < 0 ? 0 : SPACE_OF_URL.matcher(text).results().count();
    if (encoded < SENTENCE || WHITE_SPACE.matcher(text).results().count() * 2 > encoded) {
      return text;
    }
    return PercentEncoding.decode(text.replace('+', ' ')).orElse(text);
  }

  /** A page may have nothing but spaces at which no line may break. */
  private static String withSpaces(String text) {
    long unbreakable =
        text.indexOf('\u00A0') < 0 ? 0 : text.chars().filter(c -> c == '\u00A0').count();
    return unbreakable > text.chars().filter(c -> c == ' ').count()
        ? text.replace('\u00A0', ' ')
        : text;
  }

  private static String withoutLigatures(String text) {
    String plain = text;
    for (int i = 0; i < LETTERS.length; i++) {
      plain = plain.replace(LIGATURES.substring(i, i + 1), LETTERS[i]);
    }
    return plain;
  }

  /**
   * Without the line breaks of a window that breaks lines within a word: all lines but the last of
   * a paragraph are equally long then.
   *
   * @return the text itself if it has none
   */
  static String unwrapped(String text) {
    String[] lines = text.split("\n", -1);
    int width = 0;
    for (int i = 0; i + 1 < lines.length; i++) {
      width = Math.max(width, lines[i].length());
    }
    if (width < MIN_WIDTH) {
      return text;
    }
    StringBuilder joined = new StringBuilder(text.length());
    for (int i = 0; i < lines.length; i++) {
      joined.append(lines[i]);
      if (i + 1 < lines.length && lines[i].length() < width) {
        joined.append('\n');
      }
    }
    return joined.toString();
  }
}
