package dev.crosswalk.cors.cli.explain.paste;

import dev.crosswalk.cors.tck.url.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words without which a pattern is not in a text. Hundreds of patterns are looked for in each
 * paste, few are there, and to look for a word is many times quicker than to look for a pattern.
 * Those of a pattern in which case does not count are in lower case, as the text has to be.
 *
 * @param choices of each, one word has to be in the text; none if nothing is known of the pattern
 */
record NeededWords(List<List<String>> choices) {

  /** A single letter is in most texts. */
  private static final int MIN = 2;

  /** What a text can be without: {@code ?}, {@code *}, {@code {0,9}}. */
  private static final Pattern OPTIONAL = Pattern.compile("[?*]|\\{0");

  private static final Pattern COUNT = Pattern.compile("(?:[?*+]|\\{[0-9,]+})[?+]?");

  /** Escapes of more than one letter. */
  private static final Pattern ESCAPED =
      Pattern.compile("\\\\(?:[pP]\\{[^}]*}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|k<[^>]*>|[0-9]+)");

  /** A group, or what has to be behind or before. What is denied has none of these beginnings. */
  private static final Pattern OPENED =
      Pattern.compile("\\((?:\\?(?::|>|=|<=|<[a-zA-Z]\\w*>)|(?!\\?))");

  private static final List<String> WITHOUT_WIDTH = List.of("\\b", "\\B", "^", "$");

  private static final NeededWords NONE = new NeededWords(List.of());

  private static final Map<Pattern, NeededWords> ALL = new ConcurrentHashMap<>();

  /** The words of a pattern, which is read once. */
  static NeededWords of(Pattern pattern) {
    return ALL.computeIfAbsent(
        pattern,
        each ->
            each.pattern().contains("(?i") || each.pattern().contains("\\Q")
                ? NONE
                : read(isOfAnyCase(each) ? Bytes.lowerCase(each.pattern()) : each.pattern()));
  }

  /** Whether it finds small letters where it has capital ones. */
  static boolean isOfAnyCase(Pattern pattern) {
    return (pattern.flags() & Pattern.CASE_INSENSITIVE) != 0;
  }

  /**
   * Whether a text has one word of each choice.
   *
   * @param contains whether a word is in the text
   */
  boolean areIn(Predicate<String> contains) {
    for (List<String> choice : choices) {
      boolean found = false;
      for (int i = 0; i < choice.size() && !found; i++) {
        found = contains.test(choice.get(i));
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private static NeededWords read(String pattern) {
    return new NeededWords(
        alternatives(pattern).size() == 1
            ? List.copyOf(ofSequence(pattern))
            : words(pattern).stream().toList());
  }

  /** Of which one has to be there; empty if something else fits as well. */
  private static Optional<List<String>> words(String pattern) {
    List<String> all = new ArrayList<>();
    for (String alternative : alternatives(pattern)) {
      Optional<List<String>> longest =
          ofSequence(alternative).stream().max(Comparator.comparingInt(NeededWords::shortest));
      if (longest.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(longest.get());
    }
    return Optional.of(List.copyOf(all));
  }

  private static int shortest(List<String> words) {
    return words.stream().mapToInt(String::length).min().orElse(0);
  }

  /** What has to be there of a pattern without alternatives: its words, and those of its groups. */
  private static List<List<String>> ofSequence(String pattern) {
    List<List<String>> needed = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int at = 0;
    while (at < pattern.length()) {
      int end = after(pattern, at);
      String element = pattern.substring(at, end);
      int behind = afterCount(pattern, end);
      boolean optional = behind > end && OPTIONAL.matcher(pattern.substring(end)).lookingAt();
      Optional<String> letter = letter(element);
      if (letter.isPresent() && !optional) {
        word.append(letter.get());
      }
      if (!WITHOUT_WIDTH.contains(element) && (letter.isEmpty() || behind > end)) {
        add(word, needed);
      }
      if (!optional) {
        inner(element).flatMap(NeededWords::words).ifPresent(needed::add);
      }
      at = behind;
    }
    add(word, needed);
    return needed;
  }

  private static void add(StringBuilder word, List<List<String>> needed) {
    if (word.length() >= MIN) {
      needed.add(List.of(word.toString()));
    }
    word.setLength(0);
  }

  /** The letter that an element is. */
  private static Optional<String> letter(String element) {
    boolean escaped = element.charAt(0) == '\\';
    String letter = escaped ? element.substring(1) : element;
    boolean known =
        letter.length() == 1
            && (escaped
                ? !Character.isLetterOrDigit(letter.charAt(0))
                : "^$.".indexOf(letter.charAt(0)) < 0);
    return known ? Optional.of(letter) : Optional.empty();
  }

  /** What is in a group, or is looked for from there; empty if it is none, or says what is not. */
  private static Optional<String> inner(String element) {
    Matcher opened = OPENED.matcher(element);
    return opened.lookingAt()
        ? Optional.of(element.substring(opened.end(), element.length() - 1))
        : Optional.empty();
  }

  private static List<String> alternatives(String pattern) {
    List<String> all = new ArrayList<>();
    int from = 0;
    int at = 0;
    while (at < pattern.length()) {
      if (pattern.charAt(at) == '|') {
        all.add(pattern.substring(from, at));
        from = at + 1;
      }
      at = after(pattern, at);
    }
    all.add(pattern.substring(from));
    return all;
  }

  /** Behind a character, what is escaped, a group, or a class, in which brackets are letters. */
  private static int after(String pattern, int at) {
    return switch (pattern.charAt(at)) {
      case '\\' -> {
        Matcher escaped = ESCAPED.matcher(pattern).region(at, pattern.length());
        yield escaped.lookingAt() ? escaped.end() : at + 2;
      }
      case '(' -> closing(pattern, at + 1, ')') + 1;
      case '[' -> closing(pattern, at + 1, ']') + 1;
      default -> at + 1;
    };
  }

  private static int closing(String pattern, int from, char bracket) {
    int at = from;
    while (pattern.charAt(at) != bracket) {
      at = bracket == ']' && pattern.charAt(at) != '\\' ? at + 1 : after(pattern, at);
    }
    return at;
  }

  /** Behind how often something may be there. */
  private static int afterCount(String pattern, int at) {
    Matcher count = COUNT.matcher(pattern).region(at, pattern.length());
    return count.lookingAt() ? count.end() : at;
  }
}
