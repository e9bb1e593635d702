package dev.crosswalk.cors.cli.policy.from;

import java.util.Optional;

/**
 * A text that a regular expression matches: its first alternatives, each repetition once. It knows
 * what people write for hosts, and no more; the caller tries the text.
 */
final class Sample {

  private static final int MAX_DEPTH = 50;

  /** Repetitions inside each other multiply; no origin is as long. */
  private static final int MAX_LENGTH = 1_000;

  private final String expression;
  private int at;
  private int depth;

  private Sample(String expression) {
    this.expression = expression;
  }

  /** Returns a text; empty if the expression has something that is not known here. */
  static Optional<String> of(String expression) {
    Sample sample = new Sample(expression);
    try {
      String text = sample.alternatives();
      return sample.at == expression.length() ? Optional.of(text) : Optional.empty();
    } catch (StringIndexOutOfBoundsException e) {
      return Optional.empty(); // It ends too early, or the text would be too long.
    }
  }

  private boolean isAt(char c) {
    return at < expression.length() && expression.charAt(at) == c;
  }

  private String alternatives() {
    String first = sequence();
    while (isAt('|')) {
      at++;
      String other = sequence();
      first = first.isEmpty() ? other : first;
    }
    return first;
  }

  private String sequence() {
    StringBuilder text = new StringBuilder();
    while (at < expression.length() && !isAt('|') && !isAt(')')) {
      text.append(repeated(atom()));
    }
    return text.toString();
  }

  private String atom() {
    char c = expression.charAt(at++);
    switch (c) {
      case '^', '$':
        return "";
      case '.':
        return "a";
      case '[':
        return characters();
      case '(':
        return group();
      case '\\':
        return switch (expression.charAt(at++)) {
          case 'd' -> "1";
          case 'w', 'S', 'D' -> "a";
          case 'b', 'A', 'z', 'Z' -> "";
          default -> expression.substring(at - 1, at);
        };
      default:
        return String.valueOf(c);
    }
  }

  private String group() {
    if (isAt('?')) {
      at = expression.charAt(at + 1) == ':' ? at + 2 : expression.length() + 1;
    }
    if (depth++ > MAX_DEPTH) {
      throw new StringIndexOutOfBoundsException(at);
    }
    String text = alternatives();
    depth--;
    if (expression.charAt(at++) != ')') {
      throw new StringIndexOutOfBoundsException(at);
    }
    return text;
  }

  private String characters() {
    int end = expression.indexOf(']', at + 1);
    boolean isNegated = isAt('^');
    String first = expression.substring(isNegated ? at + 1 : at, end).replaceAll("^\\\\d", "1");
    at = end + 1;
    return isNegated || first.startsWith("\\w") || first.startsWith("-")
        ? "a"
        : first.substring(0, 1);
  }

  private String repeated(String atom) {
    String text = atom;
    if (isAt('{')) {
      int end = expression.indexOf('}', at);
      String least = expression.substring(at + 1, end).replaceAll(",.*", "");
      at = end + 1;
      int times = least.matches("[0-9]{1,2}") ? Math.max(1, Integer.parseInt(least)) : 1;
      if (times * atom.length() > MAX_LENGTH) {
        throw new StringIndexOutOfBoundsException(at);
      }
      text = atom.repeat(times);
    } else if (isAt('*') || isAt('+') || isAt('?')) {
      at++;
    } else {
      return atom;
    }
    if (isAt('?') || isAt('+')) {
      at++;
    }
    return text;
  }
}
