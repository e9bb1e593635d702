package dev.crosswalk.cors.internal.origin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression for origins, as other libraries accept them, translated into patterns. It is
 * never evaluated. The translation may allow less than the expression, but never more.
 */
final class RegularExpression {

  /** With more alternatives than this, a list of origins is better anyway. */
  private static final int MAX_TEXTS = 32;

  /** {@code .*} or {@code .+} at the beginning, or behind a scheme or a part of it. */
  private static final Pattern ANYTHING_AT_ALL = Pattern.compile("(^|/|^https?)\\.[*+]");

  // Placeholders for parts that match more than themselves: characters that no origin has.
  private static final char ANYTHING = '\u0001';
  private static final char LABEL = '\u0002';
  private static final char NUMBER = '\u0003';
  private static final char UNESCAPED_DOT = '\u0004';

  private final String text;
  private final List<String> texts = new ArrayList<>();
  private final Set<String> withoutBeginning = new HashSet<>();
  private final Set<String> withoutEnd = new HashSet<>();
  private int at;

  private RegularExpression(String text) {
    this.text = text;
    do {
      boolean begins = skipped("^") || skipped("\\A");
      List<String> alternative = sequence();
      boolean ends = skipped("$") || skipped("\\z") || skipped("\\Z");
      texts.addAll(alternative);
      withoutBeginning.addAll(begins ? List.of() : alternative);
      withoutEnd.addAll(begins && !ends ? alternative : List.of());
    } while (skipped("|"));
    bounded(texts);
    if (at < text.length()) {
      throw new UnsupportedOperationException();
    }
  }

  /** Parses an expression; null if it is not one, or if no pattern can say the same. */
  static @Nullable RegularExpression of(String value) {
    try {
      return new RegularExpression(bare(value.strip()));
    } catch (UnsupportedOperationException e) {
      return null;
    }
  }

  /** Without what JavaScript, Ruby and nginx write around an expression, or in front of it. */
  private static String bare(String expression) {
    String text = expression;
    if (text.startsWith("%r{") && text.lastIndexOf('}') > 2) {
      text = text.substring(3, text.lastIndexOf('}'));
    } else if (text.startsWith("/") && text.lastIndexOf('/') > 1 && !text.startsWith("//")) {
      text = text.substring(1, text.lastIndexOf('/'));
    }
    return text.replaceFirst("^(~\\*?|\\(\\?i\\))", "");
  }

  /** Whether a text is an expression, and not an origin or a pattern with a mistake. */
  static boolean isMeant(String value) {
    int backslash = value.indexOf('\\');
    boolean isSlashed = value.startsWith("/") && value.endsWith("/") && value.length() > 2;
    boolean escapes =
        backslash >= 0
            && backslash + 1 < value.length()
            && ".-/dwA".indexOf(value.charAt(backslash + 1)) != -1;
    int bracket = value.indexOf('[');
    boolean isClass = bracket != -1 && value.indexOf('-', bracket) > 0 && !value.contains("::");
    return escapes
        || isClass
        || isSlashed
        || value.contains("?://")
        || OriginPatternParser.any(value, c -> "^$()|{}".indexOf(c) != -1)
        || value.contains(".") && ANYTHING_AT_ALL.matcher(value).find();
  }

  private boolean skipped(String token) {
    boolean isNext = text.startsWith(token, at);
    at += isNext ? token.length() : 0;
    return isNext;
  }

  /** Whether it matches every origin. */
  boolean isEverything() {
    return texts.stream()
        .map(any -> any.replaceFirst("^https?(://)?", ""))
        .anyMatch(any -> any.equals(String.valueOf(ANYTHING)));
  }

  /**
   * Whether a {@code *.} of the patterns matches more labels than the expression, which matches
   * one.
   */
  boolean isOneLabel() {
    return texts.stream()
        .map(any -> any.substring(any.indexOf("://") == -1 ? 0 : any.indexOf("://") + 3))
        .anyMatch(host -> host.startsWith(LABEL + "."));
  }

  /**
   * Returns an origin that it matches by mistake: by a dot without backslash, or by a missing end
   * or beginning.
   */
  @Nullable String witness() {
    for (String any : texts) {
      int dot = any.indexOf(UNESCAPED_DOT);
      boolean isOpen = dot == -1 && withoutEnd.contains(any);
      String wrong = dot == -1 ? any : any.substring(0, dot) + "x" + any.substring(dot + 1);
      wrong =
          wrong
                  .replace(UNESCAPED_DOT, '.')
                  .replace(ANYTHING, 'a')
                  .replace(LABEL, 'a')
                  .replace(NUMBER, '8')
              + (isOpen ? ".evil.example" : "");
      boolean isHost =
          withoutBeginning.contains(any) && !any.contains("://") && any.matches("[A-Za-z].*");
      wrong = isHost ? "https://evil" + wrong : wrong;
      if ((dot != -1 || isOpen || isHost) && new OriginPatternParser(wrong).parse() != null) {
        return wrong;
      }
    }
    return null;
  }

  /** Returns a pattern that says the same for any number of labels. */
  String deeper() {
    return patterns().stream().filter(any -> any.contains("://*.")).findFirst().orElse("");
  }

  /** Returns patterns that say the same, or less; empty if there are none. */
  List<String> patterns() {
    Set<String> patterns = new LinkedHashSet<>();
    for (String any : texts) {
      if (hasPath(any)) {
        continue; // No origin has one.
      }
      // Two dots that are any character might be anything, if there is a label that is any, too.
      if (any.indexOf(UNESCAPED_DOT) != -1 && any.indexOf(LABEL) != -1) {
        return List.of();
      }
      String pattern = any.replaceAll("[" + ANYTHING + LABEL + NUMBER + "]", "*");
      pattern = pattern.replace(UNESCAPED_DOT, '.');
      if (pattern.startsWith("*.") || pattern.startsWith(".")) {
        pattern = "https://*" + pattern.substring(pattern.indexOf('.'));
      }
      if (isMeant(pattern) || new OriginPatternParser(pattern).parse() == null) {
        return List.of();
      }
      patterns.add(pattern);
    }
    patterns.removeIf(pattern -> patterns.contains(pattern + ":*"));
    return List.copyOf(patterns);
  }

  private static boolean hasPath(String any) {
    int schemeEnd = any.indexOf("://");
    return schemeEnd != -1 && any.indexOf('/', schemeEnd + "://".length()) != -1;
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
    while (at < text.length() && "|)$".indexOf(text.charAt(at)) < 0 && !isEnd()) {
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

  private boolean isEnd() {
    return text.startsWith("\\z", at) || text.startsWith("\\Z", at);
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
    if (!skipped(")")) {
      throw new UnsupportedOperationException();
    }
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
    if (members.length() == 1 || members.length() == 2 && members.charAt(0) == '\\') {
      char only = members.charAt(members.length() - 1);
      if (members.length() == 1 || !Character.isLetterOrDigit(only)) {
        return only;
      }
    }
    if (members.startsWith("^")) {
      return members.indexOf('.') > 0 ? LABEL : ANYTHING;
    }
    if (members.equals("0-9") || members.equals("\\d")) {
      return NUMBER;
    }
    return members.replace("\\-", "").indexOf('.') != -1 ? ANYTHING : LABEL;
  }

  /** The quantifier after an atom: once, at most once, or more often. */
  private List<String> repeated(List<String> atom, boolean isGroup) {
    String only = isGroup ? "" : atom.get(0);
    boolean isKind = !isGroup && only.charAt(0) <= UNESCAPED_DOT;
    if (isGroup && atom.equals(List.of(LABEL + ".")) && at < text.length()) {
      // Any number of labels, each with its dot.
      List<String> any = List.of(ANYTHING + ".");
      if (skipped("+")) {
        return any;
      }
      if (skipped("*")) {
        return List.of("", any.get(0));
      }
    }
    char c = at < text.length() ? text.charAt(at) : ' ';
    if (c == '?' || text.startsWith("{0,1}", at)) {
      at += c == '?' ? 1 : "{0,1}".length();
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
