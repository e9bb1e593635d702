package dev.crosswalk.cors.cli.explain.message;

import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.regex.Pattern;

/** Advice that asks which program it is: where the text names that program, nothing is asked. */
final class NamedProgram {

  private NamedProgram() {}

  /**
   * The advice without that question.
   *
   * @param page host of the page, whose name tells nothing of the server; empty if it is not known
   */
  static Advice told(Advice advice, PastedText text, String page) {
    return advice.asksFor().filter(name -> isNamed(name, text, page)).isPresent()
        ? advice.ofNamed()
        : advice;
  }

  private static boolean isNamed(String name, PastedText text, String page) {
    String words = page.isEmpty() ? text.both() : text.both().replace(page, "");
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(Bytes.lowerCase(name)) + "(?![\\w])")
        .matcher(words)
        .find();
  }
}
