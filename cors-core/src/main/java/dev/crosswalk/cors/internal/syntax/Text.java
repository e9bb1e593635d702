package dev.crosswalk.cors.internal.syntax;

import java.util.function.IntPredicate;

/**
 * Text from outside: which of its characters nobody sees, and how to show it to a person, quoted,
 * on one line, in ASCII, and cut to a useful length.
 */
public final class Text {

  /**
   * Long enough for every valid origin, which has at most 326 characters: a scheme of 64, a host of
   * 253, and a port.
   */
  public static final int MAX_SHOWN = 330;

  private Text() {}

  /** Returns the text with everything escaped that could look like a separate line in a log. */
  public static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean breaks = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
      line.append(breaks ? String.format("\\u%04x", (int) c) : c);
    }
    return line.toString();
  }

  /**
   * Returns a text with {@code ***} for each user name and password of a URL in it: what is in
   * front of an {@code @}, from two slashes or white space on. In the path of a URL an {@code @} is
   * an {@code @}; but a password may have a slash, which its author forgot to encode.
   */
  public static String withoutUserInfo(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    int from = 0;
    boolean behindSlashes = false;
    boolean hasColon = false;
    boolean inPath = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char last = i == 0 ? ' ' : text.charAt(i - 1);
      if (c == '@' && last != '/' && (hasColon || behindSlashes && !inPath)) {
        shown.setLength(from);
        shown.append("***");
      }
      shown.append(c);
      if (isUnseen(c) || c == '/' && last == '/') {
        from = shown.length();
        behindSlashes = c == '/';
        hasColon = false;
        inPath = false;
      } else {
        hasColon |= c == ':' && !inPath;
        inPath |= c == '/';
      }
    }
    return shown.toString();
  }

  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    int shown = 0;
    // An escape counts with its full length, so that nobody can make a log line six times as long.
    for (; shown < text.length() && quoted.length() <= MAX_SHOWN; shown++) {
      char c = text.charAt(shown);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= 0x20 && c < 0x7F) {
        quoted.append(c);
      } else {
        quoted.append(String.format("\\u%04x", (int) c));
      }
    }
    if (shown < text.length()) {
      quoted.append("…");
    }
    return quoted.append('"').toString();
  }

  /**
   * Whether a character leaves no trace on paper: white space of any kind, a control character of
   * ASCII, or one that only joins, parts or turns others, such as a zero-width space.
   */
  public static boolean isUnseen(int c) {
    return c <= ' '
        || c == 0x7F
        || c > 0x7F && (Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT);
  }

  /**
   * Returns which characters of a text nobody sees. Some scripts spell names with joiners (RFC 5892
   * A).
   */
  public static IntPredicate unseenOf(String value) {
    boolean mayJoin = any(value, c -> c > 0x7F && !isUnseen(c));
    return c -> isUnseen(c) && !(mayJoin && (c == 0x200C || c == 0x200D));
  }

  /**
   * Not a stream, because this runs for each of 100 000 origins, and a stream makes ten objects.
   */
  public static boolean any(String text, IntPredicate predicate) {
    for (int i = 0; i < text.length(); i++) {
      if (predicate.test(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Returns a text with a space for each {@link #isUnseen unseen} character that has a width. */
  public static String seen(String text, IntPredicate unseen) {
    StringBuilder seen = new StringBuilder(text.length());
    text.chars()
        .filter(c -> !unseen.test(c) || Character.getType(c) != Character.FORMAT)
        .forEach(c -> seen.append(unseen.test(c) ? ' ' : (char) c));
    return seen.toString();
  }
}
