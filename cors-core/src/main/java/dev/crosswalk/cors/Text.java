package dev.crosswalk.cors;

/** Shows foreign text to a person: quoted, on one line, in ASCII, and no longer than is useful. */
final class Text {

  /** Long enough for every valid origin ({@link Origin#MAX_LENGTH}); a longer text is no origin. */
  static final int MAX_SHOWN = 330;

  private Text() {}

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < Math.min(text.length(), MAX_SHOWN); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= 0x20 && c < 0x7F) {
        quoted.append(c);
      } else {
        quoted.append(String.format("\\u%04x", (int) c));
      }
    }
    if (text.length() > MAX_SHOWN) {
      quoted.append("…");
    }
    return quoted.append('"').toString();
  }
}
