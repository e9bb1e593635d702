package dev.crosswalk.cors.internal.origin;

import dev.crosswalk.cors.internal.syntax.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression for origins, as other libraries accept them, translated into patterns. It is
 * never evaluated. The translation may allow less than the expression, but never more, but for
 * hosts with an underscore.
 */
final class RegularExpression {

  /** With more alternatives than this, a list of origins is better anyway. */
  private static final int MAX_TEXTS = 32;

  // Placeholders for parts that match more than themselves: characters that no origin has.
  private static final char ANYTHING = '\u0001';
  private static final char LABEL = '\u0002';
  private static final char NUMBER = '\u0003';
  private static final char UNESCAPED_DOT = '\u0004';

  /** The first that stands for less than the {@code *} of a pattern; the next follow it. */
  private static final char PART = '\uE000';

  /**
   * What a label consists of, but for the underscore, which no certificate is issued for. A message
   * shows the first one that an expression takes: x, or else 8.
   */
  private static final String OF_A_LABEL = "x8abcdefghijklmnopqrstuvwyz012345679-";

  private static final int MAX_LABEL = 61;
  private static final int MAX_PORT_DIGITS = 4;

  private final String text;
  private final List<String> texts = new ArrayList<>();
  private final Set<String> withoutBeginning = new HashSet<>();
  private final Set<String> withoutEnd = new HashSet<>();

  /** What each part does not match. */
  private final List<String> strangers = new ArrayList<>();

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
      throw new Untranslatable();
    }
  }

  /** Parses an expression; null if it is not one, or if no pattern can say the same. */
  static @Nullable RegularExpression of(String value) {
    try {
      return new RegularExpression(bare(value.strip()));
    } catch (Untranslatable e) {
      return null;
    }
  }

  /** Without what JavaScript, Ruby and nginx write around an expression, or in front of it. */
  private static String bare(String expression) {
    String text = expression;
    if (text.startsWith("%r{") && text.lastIndexOf('}') != -1) {
      text = text.substring(3, text.lastIndexOf('}'));
    } else if (text.startsWith("/") && text.lastIndexOf('/') != 0 && !text.startsWith("//")) {
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
    boolean isClass = bracket != -1 && value.indexOf('-', bracket) != -1 && !value.contains("::");
    return escapes
        || isClass
        || isSlashed
        || value.contains("?://")
        || Text.any(value, c -> "^$()|{}".indexOf(c) != -1)
        || (value.contains(".*") || value.contains(".+")) && beginsWithAnything(value);
  }

  /** Whether {@code .*} or {@code .+} is at the beginning, or behind a scheme or a part of it. */
  private static boolean beginsWithAnything(String value) {
    return value.matches("(?s)(https?|.*/)?\\.[*+].*");
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

  private char part(String stranger) {
    strangers.add(stranger);
    return (char) (PART + strangers.size() - 1);
  }

  private static boolean isPart(int c) {
    return Character.getType(c) == Character.PRIVATE_USE;
  }

  /** Whether it stands for a part that matches more than itself. */
  private static boolean isKind(int c) {
    return isPart(c) || c >= ANYTHING && c <= UNESCAPED_DOT;
  }

  /**
   * Whether a {@code *.} of the patterns matches more labels than the expression, which matches
   * one.
   */
  boolean isOneLabel() {
    return texts.stream()
        .map(any -> any.substring(any.indexOf("://") == -1 ? 0 : any.indexOf("://") + 3))
        .anyMatch(host -> host.indexOf('.') == 1 && isOfOneLabel(host.charAt(0)));
  }

  private static boolean isOfOneLabel(char c) {
    return c == LABEL || c == NUMBER || isPart(c);
  }

  /**
   * Returns a pattern, and an origin that it allows and the expression does not match; empty if no
   * pattern allows more.
   */
  List<String> beyond() {
    for (String any : texts) {
      int colon = any.lastIndexOf(':');
      int port = colon > any.indexOf("://") ? colon : any.length();
      for (int i = 0; i < any.length() && !hasPath(any); i++) {
        char c = any.charAt(i);
        boolean isNumber = c == NUMBER && i < port;
        if (isNumber || isPart(c)) {
          String stranger = isNumber ? "x" : strangers.get(c - PART);
          String origin = any.substring(0, i) + stranger + any.substring(i + 1);
          return List.of(pattern(any), filled(origin));
        }
      }
      // A wildcard for the port also matches none, which is how browsers write the default one.
      String withoutPort = any.substring(0, port);
      if (any.startsWith(":" + NUMBER, port) && !texts.contains(withoutPort)) {
        return List.of(pattern(any), filled(withoutPort));
      }
    }
    return List.of();
  }

  /** An origin in which every part is as short as it can be. */
  private static String filled(String any) {
    StringBuilder origin = new StringBuilder();
    for (char c : any.toCharArray()) {
      origin.append(c == UNESCAPED_DOT ? '.' : c == NUMBER ? '8' : isKind(c) ? 'a' : c);
    }
    return origin.toString();
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
      wrong = filled(wrong) + (isOpen ? ".evil.example" : "");
      boolean isHost =
          withoutBeginning.contains(any) && !any.contains("://") && any.matches("[A-Za-z].*");
      wrong = isHost ? "https://evil" + wrong : wrong;
      if ((dot != -1 || isOpen || isHost) && OriginPatternParser.isRight(wrong)) {
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
      boolean hasLabel = any.chars().anyMatch(c -> c == LABEL || isPart(c));
      if (any.indexOf(UNESCAPED_DOT) != -1 && hasLabel) {
        return List.of();
      }
      String pattern = pattern(any);
      if (isMeant(pattern) || !OriginPatternParser.isRight(pattern)) {
        return List.of();
      }
      patterns.add(pattern);
    }
    patterns.removeIf(pattern -> patterns.contains(pattern + ":*"));
    return List.copyOf(patterns);
  }

  private static String pattern(String any) {
    StringBuilder pattern = new StringBuilder();
    for (char c : any.toCharArray()) {
      pattern.append(c == UNESCAPED_DOT ? '.' : isKind(c) ? '*' : c);
    }
    return pattern.indexOf("*.") == 0 || pattern.indexOf(".") == 0
        ? "https://*" + pattern.substring(pattern.indexOf("."))
        : pattern.toString();
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
      throw new Untranslatable();
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
      case '*', '+', '?', '{', '}', ']', '^', '$' -> throw new Untranslatable();
      default -> {
        if (isKind(c)) {
          throw new Untranslatable();
        }
        yield List.of(String.valueOf(c));
      }
    };
  }

  private List<String> group() {
    at += text.startsWith("?:", at) ? 2 : 0;
    List<String> all = alternatives();
    if (!skipped(")")) {
      throw new Untranslatable();
    }
    return all;
  }

  private char escaped() {
    if (at == text.length()) {
      throw new Untranslatable();
    }
    char c = text.charAt(at++);
    if (Character.isLetterOrDigit(c) && c != 'd' && c != 'w') {
      throw new Untranslatable();
    }
    return c == 'd' ? NUMBER : c == 'w' ? part("a-a") : c;
  }

  private char characters() {
    int end = text.indexOf(']', at);
    if (end == -1) {
      throw new Untranslatable();
    }
    String members = text.substring(at, end);
    at = end + 1;
    if (members.length() == 1 || members.length() == 2 && members.charAt(0) == '\\') {
      char only = members.charAt(members.length() - 1);
      if (members.length() == 1 || !Character.isLetterOrDigit(only)) {
        return only;
      }
    }
    if (members.equals("0-9") || members.equals("\\d")) {
      return NUMBER;
    }
    for (char c : OF_A_LABEL.toCharArray()) {
      if (!has(members, c)) {
        return part(c == '-' ? "a-a" : String.valueOf(c));
      }
    }
    return has(members, '.') ? ANYTHING : LABEL;
  }

  /** Whether a class of characters has one: by itself, in a range, or by an escape. */
  private static boolean has(String members, char c) {
    boolean isNegated = members.startsWith("^");
    for (int i = isNegated ? 1 : 0; i < members.length(); i++) {
      char first = members.charAt(i);
      char last = first;
      boolean isOne = false;
      if (first == '\\' && i + 1 < members.length()) {
        last = members.charAt(++i);
        boolean isDigit = c >= '0' && c <= '9';
        isOne = last == 'd' && isDigit || last == 'w' && (isDigit || c >= 'a' && c <= 'z');
        first = Character.isLetterOrDigit(last) ? Character.MAX_VALUE : last;
      } else if (i + 2 < members.length() && members.charAt(i + 1) == '-') {
        last = members.charAt(i + 2);
        i += 2;
      }
      char upper = Character.toUpperCase(c);
      if (isOne || first <= c && c <= last || first <= upper && upper <= last) {
        return !isNegated;
      }
    }
    return isNegated;
  }

  /** The quantifier after an atom: once, at most once, or more often. */
  private List<String> repeated(List<String> atom, boolean isGroup) {
    String only = atom.get(0);
    boolean isKind = !isGroup && isKind(only.charAt(0));
    if (isGroup && atom.equals(List.of(LABEL + "."))) {
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
      boolean isOfSome = isKind && only.charAt(0) != UNESCAPED_DOT;
      optional.addAll(isOfSome ? List.of(String.valueOf(part("a-a"))) : atom);
      return optional;
    }
    if (c == '*' || c == '+' || c == '{') {
      int from = at;
      at = c == '{' ? text.indexOf('}', at) + 1 : at + 1;
      String often = text.substring(from, Math.max(from, at));
      at += at < text.length() && text.charAt(at) == '?' ? 1 : 0;
      if (!isKind || at == 0) {
        throw new Untranslatable();
      }
      char kind = only.charAt(0) == UNESCAPED_DOT ? ANYTHING : only.charAt(0);
      return List.of(String.valueOf(c == '{' && !isPart(kind) ? often(kind, often) : kind));
    }
    if (isKind && only.charAt(0) != UNESCAPED_DOT) {
      throw new Untranslatable(); // One letter of some.
    }
    return atom;
  }

  /** A part that is repeated <code>{2,8}</code> times is less than any number of them. */
  private char often(char kind, String quantifier) {
    String[] bounds = quantifier.substring(1, quantifier.length() - 1).split(",", -1);
    int least = number(bounds[0], 0);
    int most = number(bounds[bounds.length - 1], MAX_LABEL);
    String one = kind == NUMBER ? "8" : "a";
    if (least > 1) {
      return part(one);
    }
    return most < (kind == NUMBER ? MAX_PORT_DIGITS : MAX_LABEL)
        ? part(one.repeat(most + 1))
        : kind;
  }

  private static int number(String digits, int otherwise) {
    return digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : otherwise;
  }

  /** Ends the parsing. */
  private static final class Untranslatable extends RuntimeException {

    private static final long serialVersionUID = 1;

    Untranslatable() {
      super(null, null, false, false);
    }
  }
}
