package dev.crosswalk.cors.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fixed text with holes, such as {@code Method {method} is not allowed}. It is looked for anywhere
 * in a text, as people paste more than a message. Each hole takes as little as it can, and the last
 * one, if nothing follows it, all the rest. Time is linear in the text: there is no going back.
 */
final class Template {

  private final List<String> literals = new ArrayList<>();
  private final List<String> holes = new ArrayList<>();

  private Template(String pattern) {
    int from = 0;
    for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', from)) {
      int close = pattern.indexOf('}', open);
      literals.add(pattern.substring(from, open));
      holes.add(pattern.substring(open + 1, close));
      from = close + 1;
    }
    literals.add(pattern.substring(from));
  }

  static Template of(String pattern) {
    return new Template(plain(pattern));
  }

  /** One kind of quotation mark and of space: what terminals and forums make of them differs. */
  static String plain(String text) {
    return text.replace('‘', '\'')
        .replace('’', '\'')
        .replace('“', '"')
        .replace('”', '"')
        // What becomes of a quotation mark that the terminal's encoding does not have.
        .replaceAll("\uFFFD+", "'")
        .replaceAll("\\s+", " ");
  }

  /**
   * Finds this in a text.
   *
   * @param plain see {@link #plain}
   * @return what stands in the holes, by their names; empty if the text does not contain it
   */
  Optional<Map<String, String>> find(String plain) {
    int at = plain.indexOf(literals.get(0));
    if (at < 0) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    int from = at + literals.get(0).length();
    for (int i = 0; i < holes.size(); i++) {
      String next = literals.get(i + 1);
      int end = next.isEmpty() ? plain.length() : plain.indexOf(next, from);
      if (end < 0) {
        return Optional.empty();
      }
      values.put(holes.get(i), plain.substring(from, end));
      from = end + next.length();
    }
    return Optional.of(values);
  }
}
