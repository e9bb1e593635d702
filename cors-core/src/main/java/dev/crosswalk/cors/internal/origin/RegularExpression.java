package dev.crosswalk.cors.internal.origin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression for origins, as other libraries accept them, translated into patterns. It is
 * never evaluated. The translation may allow less than the expression, but never more.
 */
final class RegularExpression {

  /** With more alternatives than this, a list of origins is better anyway. */
  private static final int MAX_TEXTS = 32;

  // Placeholders for parts that match more than themselves: characters that no origin has.
  private static final char ANYTHING = '\u0001';
  private static final char LABEL = '\u0002';
  private static final char NUMBER = '\u0003';
  private static final char UNESCAPED_DOT = '\u0004';

  private final String text;
  private final boolean isOpen;
  private final List<String> texts;
  private int at;

  private RegularExpression(String text, boolean isOpen) {
    this.text = text;
    this.isOpen = isOpen;
    texts = alternatives();
    if (at < text.length()) {
      throw new UnsupportedOperationException();
    }
  }

  /** Parses an expression; null if it is not one, or if no pattern can say the same. */
  static @Nullable RegularExpression of(String value) {
    String text = value.strip();
    if (text.startsWith("/") && text.lastIndexOf('/') > 1 && !text.startsWith("//")) {
      text = text.substring(1, text.lastIndexOf('/'));
    }
    boolean begins = text.startsWith("^");
    boolean ends = text.endsWith("$") && !text.endsWith("\\$");
    text = text.substring(begins ? 1 : 0, ends ? text.length() - 1 : text.length());
    try {
      return new RegularExpression(text, begins && !ends);
    } catch (UnsupportedOperationException e) {
      return null;
    }
  }

  /** Whether it matches every origin. */
  boolean isEverything() {
    return texts.stream()
        .map(any -> any.replaceFirst("^https?://", ""))
        .anyMatch(any -> any.equals(String.valueOf(ANYTHING)));
  }

  /**
   * Whether a {@code *.} of the patterns matches more labels than the expression, which matches
   * one.
   */
  boolean isOneLabel() {
    return texts.stream()
        .map(any -> any.substring(any.indexOf("://") < 0 ? 0 : any.indexOf("://") + 3))
        .anyMatch(host -> host.startsWith(LABEL + "."));
  }

  /** Returns an origin that it matches by mistake: by a dot without backslash, or no end. */
  @Nullable String witness() {
    for (String any : texts) {
      int dot = any.indexOf(UNESCAPED_DOT);
      String wrong = dot < 0 ? any : any.substring(0, dot) + "x" + any.substring(dot + 1);
      wrong =
          wrong
                  .replace(UNESCAPED_DOT, '.')
                  .replace(ANYTHING, 'a')
                  .replace(LABEL, 'a')
                  .replace(NUMBER, '8')
              + (isOpen && dot < 0 ? ".evil.example" : "");
      if ((dot >= 0 || isOpen) && Origin.isSerialized(wrong)) {
        return wrong;
      }
    }
    return null;
  }

  /** Returns patterns that say the same, or less; empty if there are none. */
  List<String> patterns() {
    Set<String> patterns = new LinkedHashSet<>();
    for (String any : texts) {
      // Two dots that are any character might be anything, if there is a label that is any, too.
      if (any.indexOf(UNESCAPED_DOT) >= 0 && any.indexOf(LABEL) >= 0) {
        return List.of();
      }
      String pattern = any.replaceAll("[" + ANYTHING + LABEL + NUMBER + "]", "*");
      pattern = pattern.replace(UNESCAPED_DOT, '.');
      pattern = pattern.startsWith("*.") ? "https://" + pattern : pattern;
      OriginPatternParser parser = new OriginPatternParser(pattern);
      if (parser.isRegularExpression() || parser.parse() == null) {
        return List.of();
      }
      patterns.add(pattern);
    }
    patterns.removeIf(pattern -> patterns.contains(pattern + ":*"));
    return List.copyOf(patterns);
  }

  private List<String> alternatives() {
    List<String> all = new ArrayList<>(sequence());
    while (at < text.length() && text.charAt(at) == '|') {
      at++;
      all.addAll(sequence());
    }
    return bounded(all);
  }

  private List<String> sequence() {
    List<String> all = List.of("");
    while (at < text.length() && "|)".indexOf(text.charAt(at)) < 0) {
      boolean isGroup = text.charAt(at) == '(';
      List<String> next = repeated(atom(), isGroup);
      List<String> longer = new ArrayList<>();
      for (String before : all) {
        next.forEach(part -> longer.add(before + part));
      }
      all = bounded(longer);
    }
    return all;
  }

  private static List<String> bounded(List<String> all) {
    if (all.size() > MAX_TEXTS) {
      throw new UnsupportedOperationException();
    }
    return all;
  }

  private List<String> atom() {
    char c = text.charAt(at++);
    return switch (c) {
      case '(' -> group();
      case '[' -> List.of(String.valueOf(characters()));
      case '.' -> List.of(String.valueOf(UNESCAPED_DOT));
      case '\\' -> List.of(String.valueOf(escaped()));
      case '*', '+', '?', '{', '}', ']', '^', '$' -> throw new UnsupportedOperationException();
      default -> List.of(String.valueOf(c));
    };
  }

  private List<String> group() {
    at += text.startsWith("?:", at) ? 2 : 0;
    List<String> all = alternatives();
    if (at == text.length()) {
      throw new UnsupportedOperationException();
    }
    at++;
    return all;
  }

  private char escaped() {
    if (at == text.length()) {
      throw new UnsupportedOperationException();
    }
    char c = text.charAt(at++);
    if (Character.isLetterOrDigit(c) && c != 'd' && c != 'w') {
      throw new UnsupportedOperationException();
    }
    return c == 'd' ? NUMBER : c == 'w' ? LABEL : c;
  }

  private char characters() {
    int end = text.indexOf(']', at);
    if (end < 0) {
      throw new UnsupportedOperationException();
    }
    String members = text.substring(at, end);
    at = end + 1;
    if (members.startsWith("^")) {
      return members.indexOf('.') > 0 ? LABEL : ANYTHING;
    }
    if (members.equals("0-9") || members.equals("\\d")) {
      return NUMBER;
    }
    return members.replace("\\-", "").indexOf('.') >= 0 ? ANYTHING : LABEL;
  }

  /** The quantifier after an atom: once, at most once, or more often. */
  private List<String> repeated(List<String> atom, boolean isGroup) {
    String only = isGroup ? "" : atom.get(0);
    boolean isKind = !isGroup && only.charAt(0) <= UNESCAPED_DOT;
    char c = at < text.length() ? text.charAt(at) : ' ';
    if (c == '?') {
      at++;
      List<String> optional = new ArrayList<>(List.of(""));
      optional.addAll(atom);
      return optional;
    }
    if (c == '*' || c == '+' || c == '{') {
      at = c == '{' ? text.indexOf('}', at) + 1 : at + 1;
      at += at < text.length() && text.charAt(at) == '?' ? 1 : 0;
      if (!isKind || at == 0) {
        throw new UnsupportedOperationException();
      }
      return only.charAt(0) == UNESCAPED_DOT ? List.of(String.valueOf(ANYTHING)) : atom;
    }
    if (isKind && only.charAt(0) != UNESCAPED_DOT) {
      throw new UnsupportedOperationException(); // One letter of some.
    }
    return atom;
  }
}
