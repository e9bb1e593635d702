package dev.crosswalk.cors.tck.url;

/** Text of somebody else, made safe and short enough for a terminal and for a report. */
public final class Printable {

  private Printable() {}

  /** Cut twice: what is long takes no time, and one character may be printed as four. */
  public static String shown(String text, int length) {
    return cut(printable(cut(text, length)), length);
  }

  public static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "…";
  }

  public static String printable(String bytes) {
    StringBuilder text = new StringBuilder();
    for (char c : bytes.toCharArray()) {
      text.append(
          c < 0x20 || c >= 0x7F && c < 0xA0 || c == '\u2028' || c == '\u2029'
              ? String.format("\\x%02X", (int) c)
              : String.valueOf(c));
    }
    return text.toString();
  }
}
