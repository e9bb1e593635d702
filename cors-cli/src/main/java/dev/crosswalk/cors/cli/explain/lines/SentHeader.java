package dev.crosswalk.cors.cli.explain.lines;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import dev.crosswalk.cors.tck.url.Bytes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A header of CORS where code or a configuration sends it with a value of its own.
 *
 * @param text all of it
 * @param start of what sends it
 * @param name where its name begins
 * @param value where its value begins, behind a quotation mark
 * @param end of its value
 * @param entry whether it is one of several in a list
 */
record SentHeader(String text, int start, int name, int value, int end, boolean entry) {

  private static final String PREFIX = "Access-Control-Allow-";

  private static final Pattern NAME =
      Pattern.compile(PREFIX + "(Origin|Methods|Headers|Credentials)\\b", CASE_INSENSITIVE);

  private static final Pattern BETWEEN =
      Pattern.compile("[\"'`]?\\]?[ \\t]*(?:=>|,?\\s*\"?\\bvalue\"?\\s*[:=]|[,:=])?\\s*");

  private static final Pattern VALUE =
      Pattern.compile(
          "\"'([^'\"\\n]*)'\"|\"([^\"\\n]*)\"|'([^'\\n]*)'|`([^`\\n]*)`|([^\\s;\"'`()]*[^\\s;\"'`(),])");

  /** Of a value with which nothing more is done. */
  private static final Pattern BEHIND =
      Pattern.compile(
          "[\"'`]{0,2}[ \\t]*(?:[,;)}\\]/>\\r\\n]|\\z|always\\b|early\\b|env=|expr=|if\\b|unless\\b|#)");

  private static final Pattern LITERAL = Pattern.compile("[\\w*:/.,\\[\\] -]*");

  /** A value without quotation marks that is no variable. */
  private static final Pattern BARE =
      Pattern.compile("\\*|https?://.*|true|false", CASE_INSENSITIVE);

  /**
   * One of which the name may begin at an offset.
   *
   * @param start of what sends it
   * @return empty if no name and value are there
   */
  static Optional<SentHeader> at(String text, int start, int name, boolean entry) {
    Matcher called = NAME.matcher(text).region(name, text.length());
    if (!called.lookingAt()) {
      return Optional.empty();
    }
    int behind = called.end();
    if (text.startsWith(":", behind) && isQuote(text.charAt(name - 1))) {
      // Name and value are one text.
      int from = behind + (text.startsWith(": ", behind) ? 2 : 1);
      int end = text.indexOf(text.charAt(name - 1), from);
      return Optional.of(new SentHeader(text, start, name, from, end, entry))
          .filter(each -> end > 0 && !entry && !each.written().contains("\n"));
    }
    Matcher between = BETWEEN.matcher(text).region(behind, text.length());
    Matcher found = VALUE.matcher(text);
    if (!between.lookingAt()
        || between.end() == behind
        || !found.region(between.end(), text.length()).lookingAt()) {
      return Optional.empty();
    }
    int group = 1;
    while (found.group(group) == null) {
      group++;
    }
    return Optional.of(
            new SentHeader(text, start, name, found.start(group), found.end(group), entry))
        .filter(each -> !entry || !each.isDirective());
  }

  /** Whether its value is what is written there, and not made of something else. */
  boolean isLiteral() {
    boolean bare = !isQuoted() && !isDirective();
    return LITERAL.matcher(written()).matches()
        && BEHIND.matcher(text).region(end, text.length()).lookingAt()
        && (!bare || BARE.matcher(written()).matches());
  }

  /** Whether a space alone is between its name and its value. */
  private boolean isDirective() {
    return text.substring(nameEnd(), value).matches("[\"'`]?[ \\t]+[\"'`]?");
  }

  private static boolean isQuote(char c) {
    return "\"'`".indexOf(c) >= 0;
  }

  /** What it allows, in lower case: origin, methods, headers or credentials. */
  String kind() {
    return Bytes.lowerCase(text.substring(name + PREFIX.length(), nameEnd()));
  }

  private int nameEnd() {
    int end = name + PREFIX.length();
    while (Character.isLetter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  String written() {
    return text.substring(value, end);
  }

  boolean isStar() {
    return written().equals("*");
  }

  /** Whether a list has a value, in whatever case. */
  boolean has(String one) {
    return Stream.of(written().split(",")).map(String::strip).anyMatch(one::equalsIgnoreCase);
  }

  /** Its value with one more, parted as the others are. */
  String with(String one) {
    String there = written();
    String more = there.isBlank() ? one : there.stripTrailing().replaceFirst(",$", "") + ", " + one;
    return !isQuoted() || there.contains(",") && !there.contains(", ")
        ? more.replace(", ", ",")
        : more;
  }

  private boolean isQuoted() {
    return end < text.length() && isQuote(text.charAt(end));
  }

  /** Where its value ends with its quotation marks. */
  int close() {
    int close = end;
    while (close < text.length() && isQuote(text.charAt(close))) {
      close++;
    }
    return close;
  }

  /** The same for another header, from what sends it up to its value's end. */
  String like(String kind, String other) {
    String prefix = text.substring(name, name + PREFIX.length());
    boolean lower = prefix.equals(Bytes.lowerCase(prefix));
    String quote = isQuoted() || isDirective() ? "" : String.valueOf(text.charAt(name - 1));
    return text.substring(start, name)
        + prefix
        + (lower ? kind : Character.toUpperCase(kind.charAt(0)) + kind.substring(1))
        + text.substring(nameEnd(), value)
        + quote
        + (isQuoted() || !quote.isEmpty() ? other : other.replace(", ", ","))
        + quote
        + text.substring(end, close());
  }
}
