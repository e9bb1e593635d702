package dev.crosswalk.cors.cli.explain.paste;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text made plain, and where each of its characters is in what was pasted. */
public final class PlainText {

  /** The name of a header of CORS, however its parts are separated. */
  private static final Pattern HEADER =
      Pattern.compile(
          "access ?[-_ ] ?control ?[-_ ] ?(?:allow|request|expose) ?[-_ ] ?"
              + "(?=origin|header|method|credential|private|local)");

  private final String text;
  private final int[] at;

  private PlainText(String text, int[] at) {
    this.text = text;
    this.at = at;
  }

  /** Makes a paste plain. */
  static PlainText of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    int[] at = new int[text.length()];
    boolean lineStarts = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (lineStarts && isLeader(text, i)) {
        continue;
      }
      if (Paste.isQuotationMark(c) || isJoinedLeader(text, i) || isInvisibleInWord(text, i)) {
        continue;
      }
      boolean space = isSpace(c);
      lineStarts = c == '\n' || c == '\r' || (lineStarts && space);
      if (!space) {
        if (isAfterSpace(plain, ascii(c))
            && (i + 1 == text.length() || isSpace(text.charAt(i + 1)))) {
          plain.setLength(plain.length() - 1);
        }
        at[plain.length()] = i;
        plain.append(Character.toLowerCase(ascii(c)));
      } else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') {
        at[plain.length()] = i;
        plain.append(' ');
      }
    }
    return new PlainText(plain.toString(), Arrays.copyOf(at, plain.length())).hyphenated();
  }

  /** A colon between two spaces, as French has it. */
  private static boolean isAfterSpace(StringBuilder plain, char c) {
    return c == ':' && plain.length() > 1 && plain.charAt(plain.length() - 1) == ' ';
  }

  /** The words of a template, made plain in the same way; they are on one line. */
  public static String ofWords(String words) {
    StringBuilder plain = new StringBuilder(words.length());
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c > ' ' && c < 0x7F && c != '\'' && c != '"' && c != '`') {
        plain.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
      } else if (isSpace(c)) {
        if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') {
          plain.append(' ');
        }
      } else if (!Paste.isQuotationMark(c)) {
        plain.append(Character.toLowerCase(ascii(c)));
      }
    }
    String stripped = plain.toString().strip();
    String joined = stripped.contains(" :") ? stripped.replaceAll(" :(?= |$)", ":") : stripped;
    return new PlainText(joined, new int[joined.length()]).hyphenated().text();
  }

  /**
   * {@code >}, {@code *}, {@code #} and {@code //} before a quoted or commented line. A star in
   * quotation marks is a value.
   */
  private static boolean isLeader(String text, int i) {
    char c = text.charAt(i);
    if (i > 0
        && i + 1 < text.length()
        && Paste.isQuotationMark(text.charAt(i - 1))
        && Paste.isQuotationMark(text.charAt(i + 1))) {
      return false;
    }
    boolean slash =
        c == '/'
            && ((i + 1 < text.length() && text.charAt(i + 1) == '/')
                || (i > 0 && text.charAt(i - 1) == '/'));
    return c == '>' || c == '#' || c == '*' || slash;
  }

  /**
   * The mark of a quoted line that has been joined to the line before: {@code blocked >by CORS}.
   */
  private static boolean isJoinedLeader(String text, int i) {
    return text.charAt(i) == '>'
        && i > 0
        && isSpace(text.charAt(i - 1))
        && i + 1 < text.length()
        && Character.isLetter(text.charAt(i + 1));
  }

  static boolean isSpace(char c) {
    // Format characters are those that nobody sees: a zero-width space, a mark of direction.
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT
        || Character.isISOControl(c);
  }

  /** A zero-width space or a soft hyphen, as documents have them within a word. */
  private static boolean isInvisibleInWord(String text, int i) {
    return Character.getType(text.charAt(i)) == Character.FORMAT
        && i > 0
        && i + 1 < text.length()
        && isOfWord(text.charAt(i - 1))
        && isOfWord(text.charAt(i + 1));
  }

  private static boolean isOfWord(char c) {
    return c == '-' || isLatin(c);
  }

  /** Chinese and Japanese have brackets and colons of their own, and documents have hyphens. */
  private static char ascii(char c) {
    return switch (c) {
      case '（' -> '(';
      case '）' -> ')';
      case '：' -> ':';
      case '，' -> ',';
      case '‐', '‑', '‒', '–', '−', '－' -> '-';
      default -> c;
    };
  }

  static boolean isLatin(char c) {
    return c < 0x250 && Character.isLetterOrDigit(c);
  }

  String text() {
    return text;
  }

  int[] at() {
    return at;
  }

  /** With the hyphens of these names, which people, phones and narrow windows take apart. */
  private PlainText hyphenated() {
    if (!text.contains("access")) {
      return this;
    }
    StringBuilder joined = new StringBuilder(text.length());
    int[] joinedAt = new int[at.length];
    int from = 0;
    Matcher header = HEADER.matcher(text);
    while (header.find()) {
      for (int i = from; i < header.end(); i++) {
        boolean separator = i >= header.start() && "-_ ".indexOf(text.charAt(i)) >= 0;
        if (separator && joined.charAt(joined.length() - 1) == '-') {
          continue;
        }
        joinedAt[joined.length()] = at[i];
        joined.append(separator ? '-' : text.charAt(i));
      }
      from = header.end();
    }
    if (from == 0) {
      return this;
    }
    System.arraycopy(at, from, joinedAt, joined.length(), text.length() - from);
    joined.append(text, from, text.length());
    return new PlainText(joined.toString(), Arrays.copyOf(joinedAt, joined.length()));
  }
}
