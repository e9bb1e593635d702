package dev.crosswalk.cors.cli.explain.lines;

import static java.util.stream.Collectors.joining;

import dev.crosswalk.cors.cli.explain.paste.Brackets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A setting where a text has it.
 *
 * @param name as it is written there
 * @param start of the name, with its quotation mark
 * @param value the start of its value
 * @param end of its value; of a call, before its last bracket
 * @param call whether its value is in brackets behind the name
 * @param text all of it
 */
record WrittenSetting(String name, int start, int value, int end, boolean call, String text) {

  private static final String QUOTES = "\"'`";

  private static final int MAX_VALUE = 2_000;

  private static final Pattern COMMENT = Pattern.compile("\\s*(?://|#|\\*|--|;).*");

  /** An item of a list of YAML. */
  private static final Pattern ITEMS =
      Pattern.compile("[ \\t]*(?:\\r?\\n[ \\t]*- [^\\n]{1,200}){1,40}");

  private static final Pattern REST =
      Pattern.compile("(?:[^\\n#]{0,300},[ \\t]*\\r?\\n){0,20}[^\\n#]{0,300}(?<!\\s)");

  /** A method as a constant or a symbol. */
  private static final Pattern CONSTANT =
      Pattern.compile(
          "([\\w.]{0,40}\\.(?:Method)?|:)?(get|head|post|put|patch|delete|options)(\\.\\w{1,12}\\(\\))?(?![\\w.(])",
          Pattern.CASE_INSENSITIVE);

  /** What stands in front of a name in a properties file. */
  private static final Pattern KEY =
      Pattern.compile("\\s*[\\w.-]{1,120}(?:\\[[^\\]\\n]{1,80}\\])?[\\w.-]{0,60}\\.");

  private static final Pattern STAR =
      Pattern.compile(
          "\\W*(?:(?:[\\w.]{1,30}[\\[\\](){}<>\"']{1,6}){0,2}(?:\\*|CorsConfiguration\\.ALL)|:any|true|True|re\\.compile\\(.\\.\\*.\\))\\W*",
          Pattern.DOTALL);

  private static final Pattern ONE_TEXT =
      Pattern.compile("\\s*(\"'|[\"'`])([^\"'`\\n]*)('\"|[\"'`])\\s*", Pattern.DOTALL);

  private static final Pattern LIST =
      Pattern.compile(
          "\\s*(?:new\\s+\\w{0,20}\\s*\\[]\\s*|\\[]string|(?:[A-Z]\\w{0,30}\\.)?(?:of|asList)|listOf|array|list|tuple|set)?"
              + "([\\[({]).*[\\])}]\\s*",
          Pattern.DOTALL);

  /** Ruby's list of words. */
  private static final Pattern WORDS =
      Pattern.compile("(%[wi][\\[({][^\\])}\\n]{1,200}?)\\s*([\\])}])");

  /** A value of XML, behind which there is more. */
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?<==)\"[^\"\\n]{0,500}\"(?=\\s{0,200}(?:/?>|[\\w:-]{1,60}=\"))");

  /** Values without quotation marks of their own, up to the end of the line or of the text. */
  private static final Pattern PLAIN = Pattern.compile("[\\w*][^\"'`\\n\\r\\[{(#]{0,500}(?<! )");

  /** How the values of a setting stand behind its name. */
  enum Form {
    USUAL,
    /** Behind a space, up to the end of the line. */
    SPACED,
    /** Without quotation marks, up to the end of the line. */
    PLAIN
  }

  private static final Pattern CALL = Pattern.compile("[\\w>]\\(");

  private static final Pattern VALUE = Pattern.compile("https?://[^\"'`,\\s]{1,200}");

  private static final Pattern METHOD = Pattern.compile("[A-Z]{3,7}");

  /** What somebody says between the values. */
  private static final Pattern REMARK = Pattern.compile("(?<!:)//|(?<![\\w'\"])#\\s");

  /** What lists one value and takes no other. */
  private static final Pattern SINGLE = Pattern.compile("\\bsingleton(?:List)?\\(");

  /**
   * The first place where one of these names is set, between two offsets.
   *
   * @param names of which one is there, usually
   * @param form how the values stand there
   */
  static Optional<WrittenSetting> find(
      List<String> names, Form form, String text, int from, int to) {
    Optional<WrittenSetting> first = Optional.empty();
    for (String name : names) {
      Matcher found =
          Pattern.compile(
                  "(?<![\\w$-])[\"'`]?"
                      + Pattern.quote(name)
                      + (form == Form.SPACED
                          ? "[ \\t]+(?=[\"'/:])"
                          : "(?:[\"'`]?\\s*:?\\s*\\{?\\s*[iI]tems)?(?:[\"'`]?[ \\t]*(?:=>|:(?!:)|=(?!=))[ \\t]*|\\s*\\()"))
              .matcher(text)
              .region(from, to)
              .useTransparentBounds(true);
      while (found.find()) {
        if (!isComment(text, found.start())) {
          WrittenSetting one =
              form == Form.SPACED
                  ? new WrittenSetting(
                      name, found.start(), found.end(), rest(text, found.end(), to), true, text)
                  : form == Form.PLAIN && PLAIN.matcher(text).region(found.end(), to).lookingAt()
                      ? plain(name, found, text, to)
                      : at(name, found, text, to);
          if (first.isEmpty() || one.start < first.get().start) {
            first = Optional.of(one);
          }
          break;
        }
      }
    }
    return first;
  }

  /** What a name is given, behind a match that ends with the sign for that. */
  static WrittenSetting behind(String name, MatchResult found, String text) {
    return at(name, found, text, text.length());
  }

  private static WrittenSetting plain(String name, Matcher found, String text, int to) {
    Matcher value = PLAIN.matcher(text).region(found.end(), to);
    int end = value.lookingAt() ? value.end() : found.end();
    return new WrittenSetting(name, found.start(), found.end(), end, true, text);
  }

  /** The end of a line, and of those behind it that a comma leads to. */
  private static int rest(String text, int from, int to) {
    Matcher line = REST.matcher(text).region(from, to);
    return line.lookingAt() ? line.end() : from;
  }

  /** Whether its line begins with the mark of a comment. */
  static boolean isComment(String text, int offset) {
    return COMMENT.matcher(text.substring(lineStart(text, offset), offset)).matches();
  }

  private static WrittenSetting at(String name, MatchResult found, String text, int to) {
    boolean call = found.group().endsWith("(");
    int value = found.end();
    int end;
    Matcher items = ITEMS.matcher(text).region(value, to);
    Matcher attribute = ATTRIBUTE.matcher(text).region(value, to).useTransparentBounds(true);
    if (!call && items.lookingAt()) {
      end = items.end();
    } else if (attribute.lookingAt()) {
      end = attribute.end();
    } else {
      // A value ends at a comma, at the end of its line, or at the bracket around it.
      end = Brackets.end(text, value, Math.min(to, value + MAX_VALUE), call ? "" : ",;\n\r");
    }
    WrittenSetting property =
        new WrittenSetting(name, found.start(), value, line(text, value), call, text);
    if (property.isProperty()) {
      end = property.end;
    }
    while (!call && end > value && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return new WrittenSetting(name, found.start(), value, end, call, text);
  }

  /** The end of the bracket in which an offset is. */
  static int close(String text, int from) {
    return Brackets.close(text, from, text.length());
  }

  private static int line(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  static int lineStart(String text, int offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }

  String written() {
    return text.substring(value, end);
  }

  boolean isStar() {
    return STAR.matcher(written()).matches();
  }

  /** Whether its line is one of a properties file, where nothing encloses a value. */
  boolean isProperty() {
    return !call
        && quotes() == 0
        && text.substring(start, value).stripTrailing().endsWith("=")
        && KEY.matcher(text.substring(lineStart(text, start), start)).matches();
  }

  boolean isOff() {
    return written().strip().replaceAll("[\"']", "").equalsIgnoreCase("false");
  }

  /** Whether a value is in it, in whatever case it is written. */
  boolean has(String one) {
    return Pattern.compile(
            "(?<![\\w-])"
                + Pattern.quote(one.toLowerCase(Locale.ROOT))
                + (one.contains("://") ? "(?![\\w.:-]|/\\w)" : "(?![\\w-])"))
        .matcher(written().toLowerCase(Locale.ROOT))
        .find();
  }

  /**
   * The value with an origin in place of what was meant to be it: without its scheme, or with a
   * slash or a path at its end. Empty if nothing was.
   */
  Optional<String> nearly(String origin) {
    String host = origin.substring(origin.indexOf(':') + 1).replaceFirst("^//", "");
    Matcher near =
        Pattern.compile(
                "(?<=[\"'`,\\s])(?:"
                    + Pattern.quote(origin)
                    + "/[^\"'`,\\s]{0,100}|"
                    + Pattern.quote(host)
                    + "/?)(?=[\"'`,\\s]|\\z)")
            .matcher(written());
    return near.find()
        ? Optional.of(near.replaceAll(Matcher.quoteReplacement(origin)))
        : Optional.empty();
  }

  /** Whether its value is one list, and nothing is made of it. */
  private boolean isList() {
    Matcher list = LIST.matcher(written());
    return list.matches()
        && close(written(), list.start(1) + 1) == written().stripTrailing().length() - 1;
  }

  /** Whether one of its values with a star in it stands for an origin. */
  boolean fits(String origin) {
    return VALUE
        .matcher(written())
        .results()
        .map(MatchResult::group)
        .filter(value -> value.contains("*"))
        .map(value -> Stream.of(value.split("\\*", -1)).map(Pattern::quote).collect(joining(".*")))
        .anyMatch(origin::matches);
  }

  char quote() {
    return written()
        .chars()
        .filter(c -> QUOTES.indexOf(c) >= 0)
        .mapToObj(c -> (char) c)
        .findFirst()
        .orElse('"');
  }

  /**
   * The value with one more; empty if it is no list, so that it comes from elsewhere.
   *
   * @param joined whether a text has several values, with commas
   * @param list writes quoted values as a list
   */
  Optional<String> with(String one, boolean joined, UnaryOperator<String> list) {
    String written = written();
    Matcher single = ONE_TEXT.matcher(written);
    if (isProperty()) {
      return Optional.of(written.stripTrailing() + "," + one);
    }
    if (written.contains("\n") && ITEMS.matcher(written).matches()) {
      int last = written.lastIndexOf('\n') + 1;
      String item = written.substring(last).replaceFirst("- (exact: )?.*", "- $1");
      boolean bare = quotes() == 0;
      return Optional.of(written + "\n" + item + (bare ? one : quoted(one)));
    }
    if (single.matches()) {
      return Optional.of(
          joined || single.group(2).contains(",")
              ? single.group(1) + inText(single.group(2).stripTrailing(), one) + single.group(3)
              : call
                  ? written.stripTrailing() + ", " + quoted(one)
                  : list.apply(written + ", " + quoted(one)));
    }
    Matcher words = WORDS.matcher(written);
    if (words.matches()) {
      return Optional.of(words.group(1) + " " + lowerLike(words.group(1), one) + words.group(2));
    }
    int sum = written.lastIndexOf(" + ");
    if (sum > 0 && !call) {
      return new WrittenSetting(name, start, value + sum + 3, end, false, text())
          .with(one, joined, list)
          .filter(longer -> quotes() > 0)
          .map(longer -> written.substring(0, sum + 3) + longer);
    }
    if (SINGLE.matcher(written).find() || REMARK.matcher(written).find()) {
      return Optional.empty();
    }
    if (quotes() == 0) {
      return withConstant(one);
    }
    if (call && !isList()) {
      // What a function gives may be a list, which takes no value beside it.
      return CALL.matcher(written).find()
          ? Optional.empty()
          : Optional.of(written.stripTrailing() + ", " + quoted(one));
    }
    return isList() ? Optional.of(inList(quoted(one))) : Optional.empty();
  }

  /** Values in one text, parted as they are there. */
  static String inText(String values, String one) {
    boolean close = values.contains(",") && !values.contains(", ");
    return values + (close ? "," : ", ") + one;
  }

  private static String lowerLike(String words, String one) {
    return words.equals(words.toLowerCase(Locale.ROOT)) ? one.toLowerCase(Locale.ROOT) : one;
  }

  private long quotes() {
    return written().chars().filter(c -> QUOTES.indexOf(c) >= 0).count();
  }

  boolean isQuoted() {
    return quotes() > 0;
  }

  private String quoted(String one) {
    return quote() + one + quote();
  }

  /** A list of constants with one more of their form. */
  private Optional<String> withConstant(String one) {
    Matcher constant = CONSTANT.matcher(written());
    Optional<MatchResult> last = constant.results().reduce((a, b) -> b);
    if (last.isEmpty() || !isList() && !call || !METHOD.matcher(one).matches()) {
      return Optional.empty();
    }
    MatchResult like = last.get();
    String prefix = like.group(1) == null ? "" : like.group(1);
    String name = like.group(2);
    String lower = one.toLowerCase(Locale.ROOT);
    String cased =
        name.equals(name.toLowerCase(Locale.ROOT))
            ? lower
            : name.equals(name.toUpperCase(Locale.ROOT))
                ? one
                : Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
    return Optional.of(
        written().substring(0, like.end())
            + ", "
            + prefix
            + cased
            + (like.group(3) == null ? "" : like.group(3))
            + written().substring(like.end()));
  }

  /** Its list with one more item, on a line of its own where the last one has that. */
  private String inList(String item) {
    String plain = written().stripTrailing();
    int close = plain.length() - 1;
    String inner = plain.substring(0, close).stripTrailing();
    String gap = plain.substring(inner.length(), close);
    int line = inner.lastIndexOf('\n');
    boolean own = line >= 0 && gap.contains("\n");
    boolean comma = inner.endsWith(",");
    String indent = own ? "\n" + inner.substring(line + 1).replaceFirst("\\S.*", "") : " ";
    return inner
        + (comma ? "" : ",")
        + indent
        + item
        + (comma ? "," : "")
        + gap
        + plain.charAt(close)
        + written().substring(plain.length());
  }
}
