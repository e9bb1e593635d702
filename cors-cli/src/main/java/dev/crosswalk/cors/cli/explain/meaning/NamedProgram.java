package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Advice that begins with an if about which program it is: where the text names that program, there
 * is no if.
 */
final class NamedProgram {

  /** Of several words only the first may be one of a sentence, as in {@code llama.cpp's server}. */
  private static final String NAME = "([A-Za-z][\\w.+-]*(?: [A-Z][\\w.+-]*){0,3})";

  private static final Pattern CONDITION =
      Pattern.compile(
          "If (?:(?:it is|the (?:framed )?page (?:is|comes from)) (?:an? )?"
              + NAME
              + "(?:'s[^:,;.]{0,40}| \\([^)]{1,60}\\))?"
              + "|"
              + NAME
              + " (?:listens|runs?) there(?: \\([^)]{1,60}\\))?): ");

  /** A word of a sentence has no such letter. */
  private static final Pattern OF_NAME = Pattern.compile("[A-Z0-9.]|^(?:rclone|etcd|aria)");

  private NamedProgram() {}

  /**
   * The advice without that if.
   *
   * @param page host of the page, whose name tells nothing of the server; empty if it is not known
   */
  static Advice told(Advice advice, PastedText text, String page) {
    Matcher condition = CONDITION.matcher(advice.words());
    if (!condition.lookingAt()) {
      return advice;
    }
    String name = condition.group(1) == null ? condition.group(2) : condition.group(1);
    return OF_NAME.matcher(name).find() && isNamed(name, text, page)
        ? advice.worded(words -> name + ": " + words.substring(condition.end()))
        : advice;
  }

  private static boolean isNamed(String name, PastedText text, String page) {
    String words = page.isEmpty() ? text.both() : text.both().replace(page, "");
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(Bytes.lowerCase(name)) + "(?![\\w])")
        .matcher(words)
        .find();
  }
}
