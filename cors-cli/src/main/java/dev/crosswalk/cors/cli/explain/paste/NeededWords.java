package dev.crosswalk.cors.cli.explain.paste;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Words without which a pattern is not in a text. Hundreds of patterns are looked for in each
 * paste, few are there, and to look for a word is many times quicker than to look for a pattern.
 *
 * @param choices of each, one word has to be in the text; none if nothing is known of the pattern
 */
record NeededWords(List<List<String>> choices) {

  /** A shorter one is in most texts. */
  private static final int MIN = 3;

  private static final String AHEAD = "(?=";

  private static final NeededWords NONE = new NeededWords(List.of());

  private static final Map<Pattern, NeededWords> ALL = new ConcurrentHashMap<>();

  /** Of a pattern, each of which is read once. */
  static NeededWords of(Pattern pattern) {
    return ALL.computeIfAbsent(
        pattern,
        each ->
            (each.flags() & Pattern.CASE_INSENSITIVE) != 0 || each.pattern().contains("(?i")
                ? NONE
                : read(each.pattern()));
  }

  boolean areIn(String text) {
    return choices.stream().allMatch(choice -> choice.stream().anyMatch(text::contains));
  }

  private static NeededWords read(String pattern) {
    List<List<String>> choices = new ArrayList<>();
    if (alternatives(pattern).size() > 1 || !pattern.startsWith("^")) {
      words(pattern).ifPresent(choices::add);
      return new NeededWords(List.copyOf(choices));
    }
    int at = 1;
    while (pattern.startsWith("(?=", at) || pattern.startsWith("(?!", at)) {
      int end = end(pattern, at);
      if (pattern.startsWith(AHEAD, at)) {
        words(pattern.substring(at + AHEAD.length(), end)).ifPresent(choices::add);
      }
      at = end + 1;
    }
    words(pattern.substring(at)).ifPresent(choices::add);
    return new NeededWords(List.copyOf(choices));
  }

  /** Of which one has to be there; empty if something else fits as well. */
  private static Optional<List<String>> words(String pattern) {
    List<String> all = new ArrayList<>();
    for (String alternative : alternatives(pattern)) {
      Optional<List<String>> words = ofSequence(alternative);
      if (words.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(words.get());
    }
    return Optional.of(List.copyOf(all));
  }

  private static Optional<List<String>> ofSequence(String pattern) {
    String rest = pattern;
    while (rest.startsWith(".*") || rest.startsWith("\\b") || isLookAround(rest)) {
      rest = rest.substring(isLookAround(rest) ? end(rest, 0) + 1 : 2);
    }
    if (!rest.startsWith("(?:")) {
      String word = beginning(rest);
      return word.length() < MIN ? Optional.empty() : Optional.of(List.of(word));
    }
    int end = end(rest, 0);
    boolean optional = end + 1 < rest.length() && "?*{".indexOf(rest.charAt(end + 1)) >= 0;
    return optional ? Optional.empty() : words(rest.substring(3, end));
  }

  private static boolean isLookAround(String pattern) {
    return pattern.startsWith("(?<!")
        || pattern.startsWith("(?<=")
        || pattern.startsWith("(?!")
        || pattern.startsWith("(?=");
  }

  /** The letters with which everything begins that fits. */
  private static String beginning(String pattern) {
    StringBuilder word = new StringBuilder();
    int at = 0;
    while (at < pattern.length()) {
      char next = pattern.charAt(at);
      if (next == '\\') {
        char escaped = pattern.charAt(at + 1);
        if (escaped != 'b') {
          if (Character.isLetterOrDigit(escaped)) {
            return word.toString();
          }
          word.append(escaped);
        }
        at += 2;
      } else if ("?*{".indexOf(next) >= 0) {
        word.setLength(Math.max(0, word.length() - 1));
        return word.toString();
      } else if ("()[].^$+|".indexOf(next) >= 0) {
        return word.toString();
      } else {
        word.append(next);
        at++;
      }
    }
    return word.toString();
  }

  private static List<String> alternatives(String pattern) {
    List<String> all = new ArrayList<>();
    int from = 0;
    int at = 0;
    while (at < pattern.length()) {
      char next = pattern.charAt(at);
      if (next == '|') {
        all.add(pattern.substring(from, at));
        from = at + 1;
      }
      at = next == '(' ? end(pattern, at) + 1 : after(pattern, at);
    }
    all.add(pattern.substring(from));
    return all;
  }

  /** Where the group ends that begins there. */
  private static int end(String pattern, int start) {
    int open = 0;
    int at = start;
    while (true) {
      char next = pattern.charAt(at);
      open += next == '(' ? 1 : next == ')' ? -1 : 0;
      if (open == 0) {
        return at;
      }
      at = after(pattern, at);
    }
  }

  /**
   * Behind a character, what is escaped, or a class of characters, in which brackets are letters.
   */
  private static int after(String pattern, int at) {
    if (pattern.charAt(at) == '\\') {
      return at + 2;
    }
    if (pattern.charAt(at) != '[') {
      return at + 1;
    }
    int in = at + 1;
    while (pattern.charAt(in) != ']') {
      in += pattern.charAt(in) == '\\' ? 2 : 1;
    }
    return in + 1;
  }
}
