package dev.crosswalk.cors.cli.explain.paste;

import dev.crosswalk.cors.tck.url.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Words with holes, such as {@code Method {method} is not allowed}. They are looked for anywhere in
 * a text, as people paste more than one message. A hole takes as little as it can, and no more than
 * {@value #MAX_HOLE} characters; the last one, if no words follow it, takes one word, or, as {@code
 * {hole...}}, the rest of its line. Time is linear in the text: there is no going back.
 */
public final class Template {

  /** URLs of login pages are long; nothing else in a message is nearly so. */
  public static final int MAX_HOLE = 2_000;

  /** With the marks and the white space that the plain text does not have. */
  private static final int MAX_PASTED = 2 * MAX_HOLE;

  /** What Persian writes at the end of a word, and nobody sees. */
  private static final Pattern JOINER = Pattern.compile("^\\p{Cf}+\\s*");

  /** No URL, and no value of a header, has these: they are a sentence. */
  private static final Pattern OTHER_WORDS = Pattern.compile("\\. |\\s[^,;]*[^\\x00-\\x7f]");

  /** The hole for a method or a header. */
  private static final String NAME = "subject";

  /** The hole for what a header has. */
  private static final String VALUE = "value";

  /** What a header may have that is one word. */
  private static final List<String> WORDS_OF_HEADERS = List.of("null", "true", "false");

  private static final int MAX_SHORT = 3;

  /** More words of a value are not left in front of what follows it. */
  private static final int MAX_WORDS = 2;

  /** Holes that are one word, unless they are quoted: everything else between the words is one. */
  private static final List<String> WORDS =
      List.of(
          "url",
          "origin",
          "subject",
          "status",
          "space",
          "directive",
          "initialUrl",
          "page",
          "path",
          "cookie");

  /** Holes that a message fills in any case, be it with two quotation marks. */
  private static final List<String> NEVER_EMPTY = List.of("subject", "origin");

  private final List<String> literals = new ArrayList<>();
  private final List<String> holes = new ArrayList<>();
  private final int weight;
  private final String beginning;

  private Template(String pattern) {
    int from = 0;
    for (int close = pattern.indexOf('}'); close >= 0; close = pattern.indexOf('}', close + 1)) {
      int open = pattern.lastIndexOf('{', close);
      if (open >= from) { // Otherwise it is a brace of the message itself.
        literals.add(PlainText.ofWords(pattern.substring(from, open)));
        holes.add(pattern.substring(open + 1, close));
        from = close + 1;
      }
    }
    String last = PlainText.ofWords(pattern.substring(from));
    // The full stop after a last hole may be left out, or stand inside of quotation marks.
    boolean stop = last.equals(".") && !pattern.endsWith("{status}.");
    literals.add(stop ? "" : last);
    if (literals.get(0).isEmpty()) {
      throw new IllegalArgumentException("starts with a hole: " + pattern);
    }
    beginning = literals.get(0).substring(0, Math.min(Paste.ROW, literals.get(0).length()));
    weight = literals.stream().mapToInt(String::length).sum();
  }

  public static Template of(String pattern) {
    return new Template(pattern);
  }

  /**
   * Where a text contains it.
   *
   * @param start of the first word, in the plain text
   * @param end after the last word or hole
   * @param details that are in the holes
   */
  public record Match(int start, int end, Details details) {}

  /** How many characters of it are words: what says more is preferred. */
  public int weight() {
    return weight;
  }

  /** Finds the first match at or after a position. */
  public Optional<Match> find(Paste paste, int from) {
    String first = literals.get(0);
    if (!paste.hasRow(beginning)) {
      return Optional.empty();
    }
    for (int at = paste.plain().indexOf(first, from);
        at >= 0;
        at = paste.plain().indexOf(first, at + 1)) {
      if (!paste.startsInsideWord(at)
          && !paste.isAfterHyphen(at)
          && (holes.isEmpty() || !paste.isInsideWord(at + first.length()))) {
        Optional<Match> match = matchAt(paste, at);
        if (match.isPresent()) {
          return match;
        }
      }
    }
    return Optional.empty();
  }

  /** The words between the holes. */
  public List<String> words() {
    return List.copyOf(literals);
  }

  /**
   * How a text is a part of it.
   *
   * @param end behind it, in the plain text
   * @param words of the template that are in the text
   */
  public record Part(int end, String words, Details details) {}

  /**
   * What is left of it where somebody has cut it: all of a text, or the beginning of the text up to
   * where the template ends.
   *
   * @param from where the text starts, in the plain text
   * @param to where it ends
   * @param whole whether the first words are there; if not, the text may start anywhere in it
   */
  public Optional<Part> left(Paste paste, int from, int to, boolean whole) {
    String plain = paste.plain();
    // What ends in the text is whole.
    Optional<Part> best = follow(paste, from, to, 0, 0).filter(part -> part.end == to);
    for (int i = 0; i < literals.size() && !whole; i++) {
      String literal = literals.get(i);
      for (int at = literal.indexOf(plain.charAt(from), i == 0 ? 1 : 0); at >= 0; ) {
        best = heavier(best, follow(paste, from, to, i, at));
        at = literal.indexOf(plain.charAt(from), at + 1);
      }
      // The end of a value, and the words behind it.
      int value = i == 0 || literal.isEmpty() ? to : endOfWord(plain, from);
      for (int words = 0; words < MAX_WORDS && value < to; words++) {
        int mark = ",.)".indexOf(literal.charAt(0)) >= 0 ? value - 1 : value + 1;
        best = mark < to ? heavier(best, follow(paste, mark, to, i, 0)) : best;
        value = endOfWord(plain, value);
      }
    }
    return best;
  }

  private static Optional<Part> heavier(Optional<Part> one, Optional<Part> other) {
    return one.isEmpty()
            || other.isPresent() && other.get().words.length() > one.get().words.length()
        ? other
        : one;
  }

  /** The same for a text that starts at a position of one of the literals. */
  private Optional<Part> follow(Paste paste, int from, int to, int literal, int offset) {
    String plain = paste.plain();
    Details details = Details.NONE;
    int at = from;
    StringBuilder found = new StringBuilder();
    String words = literals.get(literal);
    int start = offset;
    for (int i = literal; ; i++) {
      int length = Math.min(words.length() - start, to - at);
      if (!plain.regionMatches(at, words, start, length)) {
        return Optional.empty();
      }
      found.append(found.isEmpty() ? "" : " ").append(words, start, start + length);
      at += length;
      boolean complete = start + length == words.length() && i == holes.size();
      if (at == to || complete) {
        return paste.isInsideWord(at) && complete
            ? Optional.empty()
            : Optional.of(new Part(at, found.toString(), details));
      }
      words = literals.get(i + 1);
      start = 0;
      int next = words.isEmpty() ? endOfWord(plain, at) : indexOf(plain, words, at);
      next = next < 0 || next > to ? cutWords(plain, at, to, words) : next;
      String value = words.isEmpty() ? paste.wordAt(at) : paste.cut(at, next);
      if (paste.isInsideWord(at) || !fits(holes.get(i), value)) {
        return Optional.empty();
      }
      if (next == to && !words.isEmpty()) {
        // The value itself is cut, or other words than these follow it.
        return OTHER_WORDS.matcher(value).find()
            ? Optional.empty()
            : Optional.of(new Part(to, found.toString(), details));
      }
      details = details.with(holes.get(i), Paste.unquoted(value));
      at = next;
    }
  }

  /** Where words begin that a text ends in; its end if there are none. */
  private static int cutWords(String plain, int from, int to, String words) {
    for (int at = plain.indexOf(' ', from + 1); at >= 0 && at + 1 < to; ) {
      if (plain.regionMatches(at + 1, words, 0, to - at - 1)) {
        return at + 1;
      }
      at = plain.indexOf(' ', at + 1);
    }
    return to;
  }

  private Optional<Match> matchAt(Paste paste, int start) {
    Map<String, String> values = new HashMap<>();
    String plain = paste.plain();
    int from = start + literals.get(0).length();
    for (int i = 0; i < holes.size(); i++) {
      String hole = holes.get(i);
      String next = literals.get(i + 1);
      if (next.isEmpty()) {
        boolean rest = hole.endsWith("...");
        String value =
            rest
                ? Paste.unquoted(Paste.withoutPunctuation(paste.restOfLine(from)))
                : hole.equals("status") ? paste.numberAt(from) : paste.wordAt(from);
        if (hole.equals(VALUE) && isProse(paste, from, value)) {
          value = "";
        }
        // Between two words of a sentence is a comma, and no path.
        boolean none = value.isEmpty() && hole.equals("path") && i + 1 < holes.size();
        if (none || !fits(hole, value)) {
          return Optional.empty();
        }
        boolean last = i + 1 == holes.size();
        if (last && paste.cut(from, paste.length()).isEmpty()
            || hole.equals(VALUE) && paste.isOpen(from)) {
          // It has been cut off.
          break;
        }
        values.put(rest ? hole.substring(0, hole.length() - 3) : hole, value);
        from = endOfWord(plain, from);
        continue;
      }
      int end = indexOf(plain, next, from);
      // A single full stop or colon is also inside of URLs.
      while ((next.equals(".") || next.equals(":"))
          && end >= 0
          && end + 1 < plain.length()
          && plain.charAt(end + 1) != ' ') {
        end = indexOf(plain, next, end + 1);
      }
      // A short word is also inside of others; some languages put endings on a value.
      while (next.length() <= MAX_SHORT && end > from && paste.isGluedTo(end)) {
        end = indexOf(plain, next, end + 1);
      }
      if (end < 0) {
        return Optional.empty();
      }
      String raw = JOINER.matcher(paste.cut(from, end)).replaceFirst("");
      if (raw.length() > MAX_PASTED || !fits(hole, raw)) {
        return Optional.empty();
      }
      String value = Paste.unquoted(raw);
      // A window has broken the name at its edge.
      values.put(hole, hole.equals(NAME) ? value.replaceAll("\\s*[\\r\\n]+\\s*", "") : value);
      from = end + next.length();
    }
    return Optional.of(new Match(start, from, new Details(values)));
  }

  /**
   * Whether a sentence of a person goes on where a browser writes a value: its word has no
   * quotation marks, and the next one follows.
   */
  private static boolean isProse(Paste paste, int from, String value) {
    boolean word = !value.isEmpty() && value.chars().allMatch(Character::isLetter);
    if (!word || WORDS_OF_HEADERS.contains(value)) {
      return false;
    }
    String rest = paste.cut(from, Math.min(paste.length(), from + MAX_HOLE));
    int at = rest.indexOf(value);
    boolean quoted =
        at > 0 && Paste.isQuotationMark(rest.charAt(at - 1)) && !rest.startsWith(" ", at - 1);
    int end = at + value.length();
    return !quoted && end + 1 < rest.length() && rest.charAt(end) == ' ';
  }

  private static boolean fits(String hole, String value) {
    boolean quoted =
        !value.isEmpty()
            && Paste.isQuotationMark(value.charAt(0))
            && Paste.unquoted(value).chars().noneMatch(c -> Paste.isQuotationMark((char) c));
    boolean word = !value.isEmpty() && value.chars().allMatch(Character::isLetter);
    if (hole.equals("path") && (word || value.contains(" "))) {
      // Words of a sentence, or of a command.
      return false;
    }
    return hole.equals("status")
        ? value.length() == 3 && Bytes.isDigits(value)
        : !WORDS.contains(hole)
            || quoted
            || (!value.contains(" ") && !(NEVER_EMPTY.contains(hole) && value.isEmpty()));
  }

  private static int indexOf(String plain, String words, int from) {
    int end = Math.min(plain.length(), from + MAX_HOLE + words.length());
    int found = plain.substring(from, end).indexOf(words);
    return found < 0 ? -1 : from + found;
  }

  private static int endOfWord(String plain, int from) {
    int end = from;
    int last = Math.min(plain.length(), from + MAX_HOLE);
    while (end < last && plain.charAt(end) == ' ') {
      end++;
    }
    while (end < last && plain.charAt(end) != ' ') {
      end++;
    }
    return end;
  }
}
