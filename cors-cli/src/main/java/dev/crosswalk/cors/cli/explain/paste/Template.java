package dev.crosswalk.cors.cli.explain.paste;

import dev.crosswalk.cors.tck.url.Bytes;
import java.util.ArrayList;
import java.util.Collections;
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

  /** The hole for a method or a header. */
  private static final String NAME = "subject";

  /** The hole for what a header has. */
  private static final String VALUE = "value";

  /** What a header may have that is one word. */
  private static final List<String> WORDS_OF_HEADERS = List.of("null", "true", "false");

  private static final int MAX_SHORT = 3;

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
    return Collections.unmodifiableList(literals);
  }

  /**
   * Whether a text is how it begins: what is left where somebody has cut the rest off.
   *
   * @param beginning made plain
   */
  public boolean beginsAs(String beginning) {
    // The first words have no hole before them.
    String first = literals.get(0);
    if (!beginning.startsWith(first)) {
      return first.startsWith(beginning);
    }
    int from = first.length();
    for (String literal : literals.subList(1, literals.size())) {
      int found = literal.isEmpty() ? from : beginning.indexOf(literal, from);
      if (found < 0) {
        return endsIn(beginning.substring(from), literal);
      }
      from = found + literal.length();
    }
    return false;
  }

  /** Whether a text is a hole's value, and as much of the words after it as is left. */
  private static boolean endsIn(String rest, String literal) {
    String left = rest.strip();
    int space = left.indexOf(' ');
    return space < 0
        || literal.startsWith(left.substring(space).strip())
        // The value is empty, as two quotation marks are.
        || literal.startsWith(left);
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
        if (i + 1 == holes.size() && paste.cut(from, paste.length()).isEmpty()) {
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
