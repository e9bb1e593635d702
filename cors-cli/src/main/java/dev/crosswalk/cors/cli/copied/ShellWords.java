package dev.crosswalk.cors.cli.copied;

import dev.crosswalk.cors.tck.url.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The words of a command, as a shell or cmd splits them. */
final class ShellWords {

  private ShellWords() {}

  /** What cmd's carets keep from being special; one at the end of a line joins it with the next. */
  static String withoutCarets(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '^' && i + 1 < text.length()) {
        i++;
        if (text.charAt(i) == '\r' && i + 1 < text.length()) {
          i++;
        }
        plain.append(text.charAt(i) == '\n' ? ' ' : text.charAt(i));
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }

  /** As a shell splits them: quotation marks of both kinds, {@code $'…'}, and backslashes. */
  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    boolean escapes = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean more = i + 1 < text.length();
      if (quote == 0 && Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else if (quote == 0 && c == '$' && more && text.charAt(i + 1) == '\'') {
        escapes = true;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
        begun = true;
      } else if (c == quote) {
        quote = 0;
        escapes = false;
      } else if (c == '\\' && more && (quote != '\'' || escapes)) {
        char next = text.charAt(++i);
        if (escapes && next == 'u' && isHex(text, i + 1)) {
          word.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
          i += 4;
        } else if (next == '\n' || next == '\r') {
          // The line goes on.
          i += next == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? 1 : 0;
        } else {
          begun = true;
          word.append(escapes && next == 'n' ? '\n' : next);
        }
      } else {
        begun = true;
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("the curl command ends inside quotation marks");
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }

  private static boolean isHex(String text, int from) {
    return from + 4 <= text.length()
        && text.substring(from, from + 4).chars().allMatch(Bytes::isHexDigit);
  }
}
