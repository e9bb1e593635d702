package dev.crosswalk.cors.cli.explain.paste;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text made plain, and where each of its characters is in what was pasted. */
final class PlainText {

  /** The name of a header of CORS, however its parts are separated. */
  private static final Pattern HEADER =
      Pattern.compile(
          "access ?[-_ ] ?control ?[-_ ] ?(?:allow|request|expose) ?[-_ ] ?"
              + "(?=origin|header|method|credential|private|local)");

  private final String text;
  private final int[] at;

  PlainText(String text, int[] at) {
    this.text = text;
    this.at = at;
  }

  String text() {
    return text;
  }

  int[] at() {
    return at;
  }

  /** With the hyphens of these names, which people, phones and narrow windows take apart. */
  PlainText hyphenated() {
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
