package dev.crosswalk.cors.internal.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** The token of RFC 9110 §5.6.2: what methods and header names are made of. */
public final class Token {

  private static final boolean[] IS_TCHAR = new boolean[128];

  static {
    for (char c = '0'; c <= '9'; c++) {
      IS_TCHAR[c] = true;
    }
    for (char c = 'a'; c <= 'z'; c++) {
      IS_TCHAR[c] = true;
      IS_TCHAR[c - 'a' + 'A'] = true;
    }
    for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
      IS_TCHAR[c] = true;
    }
  }

  private Token() {}

  public static boolean isTchar(char c) {
    return c < 128 && IS_TCHAR[c];
  }

  public static boolean isToken(String value) {
    return !value.isEmpty() && isToken(value, 0, value.length());
  }

  public static boolean isToken(String value, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isTchar(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a text has another in it from an index on, in any case of ASCII. Not {@link
   * String#regionMatches}: it folds more than ASCII, so that U+212A would match a k.
   */
  public static boolean isSame(String text, int from, String other) {
    if (text.length() - from < other.length()) {
      return false;
    }
    for (int i = 0; i < other.length(); i++) {
      if (lower(text.charAt(from + i)) != lower(other.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Byte-lowercases, as <a href="https://infra.spec.whatwg.org/#byte-lowercase">Infra</a> says. */
  public static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  /** Lower-cases ASCII alone: a host with other letters needs punycode. */
  public static String lower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      lower.append(lower(text.charAt(i)));
    }
    return lower.toString();
  }

  /** Returns the tokens of a value that holds several, or a header with its value. */
  public static List<String> within(String value) {
    int colon = value.indexOf(':');
    if (colon != -1 && isToken(value.substring(0, colon).strip())) {
      return List.of(value.substring(0, colon).strip());
    }
    List<String> tokens = new ArrayList<>();
    StringTokenizer parts = new StringTokenizer(Text.seen(value, Text::isUnseen), " ,;|\"'[]");
    while (parts.hasMoreTokens()) {
      String token = parts.nextToken();
      if (!isToken(token) || value.length() > Text.MAX_SHOWN) {
        return List.of();
      }
      tokens.add(token);
    }
    return tokens.size() > 1 && tokens.contains("*") ? List.of() : tokens;
  }

  /** Whether it is a valid name that nothing has, because it is written as a list is elsewhere. */
  public static boolean isDoubtful(String token) {
    return token.equalsIgnoreCase("all")
        || token.equalsIgnoreCase("any")
        || !names(token).isEmpty();
  }

  /**
   * Returns the names between quotation marks and bars that a token may have, such as {@code 'PUT'}
   * or {@code PUT|POST}; none if it has neither, or something else beside them.
   */
  public static List<String> names(String token) {
    boolean isWritten = token.startsWith("'") || token.startsWith("`") || token.contains("|");
    if (!isWritten || token.length() > Text.MAX_SHOWN) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    StringTokenizer parts = new StringTokenizer(token, "'`|");
    while (parts.hasMoreTokens()) {
      String name = parts.nextToken();
      if (!isName(name)) {
        return List.of();
      }
      names.add(name);
    }
    return names;
  }

  private static boolean isName(String token) {
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }
}
