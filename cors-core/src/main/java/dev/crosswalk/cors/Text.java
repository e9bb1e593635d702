package dev.crosswalk.cors;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Shows foreign text to a person: quoted, on one line, in ASCII, and no longer than is useful. */
final class Text {

  /** Long enough for every valid origin ({@link Origin#MAX_LENGTH}); a longer text is no origin. */
  static final int MAX_SHOWN = 330;

  private Text() {}

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    int shown = 0;
    // What is escaped counts in full, so that nobody makes a line of a log six times as long.
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

  /** Returns the one of some names that a person most likely meant, if one is near. */
  static @Nullable String nearest(String text, Collection<String> names) {
    String nearest = null;
    // Half of it wrong is no slip any more.
    int least = Math.max(2, text.length() / 2);
    for (String name : names) {
      int distance = distance(text, name);
      if (distance < least) {
        nearest = name;
        least = distance;
      }
    }
    return nearest;
  }

  /** Returns how many characters to insert, drop or replace to make one text of the other. */
  static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
