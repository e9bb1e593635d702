package dev.crosswalk.cors.internal.origin;

import java.util.regex.Pattern;

/** What a shell, a template or a build was to replace by a value, and did not. */
final class Placeholder {

  /** {@code {tenant}} of a template. What repeats in a regular expression is a number. */
  private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z_][A-Za-z0-9_.-]*}");

  private Placeholder() {}

  /** Whether there is one in a text: {@code ${X}}, {@code $X}, {@code {{x}}}, {@code %X%}. */
  static boolean isIn(String text) {
    int dollar = text.indexOf('$') + 1;
    boolean isOfShell =
        dollar > 0 && dollar < text.length() && isNameStart(text.charAt(dollar))
            || text.contains("${");
    return isOfShell
        || text.contains("#{")
        || text.contains("{{")
        || text.contains("{") && VARIABLE.matcher(text).find()
        || text.contains("<") && text.indexOf('>') > text.indexOf('<')
        || isBetween(text, "%")
        || isBetween(text, "__")
        || isBetween(text, "@");
  }

  private static boolean isNameStart(char c) {
    return c == '_' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
  }

  private static boolean isBetween(String text, String mark) {
    return text.length() > 2 * mark.length() && text.startsWith(mark) && text.endsWith(mark);
  }
}
