package dev.crosswalk.cors.cli.explain.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final String OPEN = "([{";

  private static final String CLOSE = ")]}";

  private static final String QUOTES = "\"'`";

  private static final int MAX_VALUE = 2_000;

  private static final Pattern COMMENT = Pattern.compile("\\s*(?://|#|\\*|--|;).*");

  /** An item of a list of YAML. */
  private static final Pattern ITEMS =
      Pattern.compile("[ \\t]*(?:\\r?\\n[ \\t]*- [^\\n]{1,200}){1,40}");

  private static final Pattern STAR =
      Pattern.compile(
          "\\W*(?:(?:[\\w.]{1,30}[\\[\\](){}<>\"']{1,6}){0,2}(?:\\*|CorsConfiguration\\.ALL)|true|True|re\\.compile\\(.\\.\\*.\\))\\W*",
          Pattern.DOTALL);

  private static final Pattern ONE_TEXT =
      Pattern.compile("\\s*([\"'`])([^\"'`\\n]*)\\1\\s*", Pattern.DOTALL);

  private static final Pattern LIST =
      Pattern.compile(
          "\\s*(?:new\\s+\\w{0,20}\\s*\\[]\\s*|\\[]string|(?:[A-Z]\\w{0,30}\\.)?(?:of|asList)|listOf|array|list|tuple|set)?"
              + "([\\[({]).*[\\])}]\\s*",
          Pattern.DOTALL);

  /** What lists one value and takes no other. */
  private static final Pattern SINGLE = Pattern.compile("\\bsingleton(?:List)?\\(");

  /**
   * The first place where one of these names is set, between two offsets.
   *
   * @param names of which one is there, most often
   */
  static Optional<WrittenSetting> find(List<String> names, String text, int from, int to) {
    Optional<WrittenSetting> first = Optional.empty();
    for (String name : names) {
      Matcher found =
          Pattern.compile(
                  "(?<![\\w$-])[\"'`]?"
                      + Pattern.quote(name)
                      + "(?:[\"'`]?[ \\t]*(?:=>|:(?!:)|=(?!=))[ \\t]*|\\s*\\()")
              .matcher(text)
              .region(from, to)
              .useTransparentBounds(true);
      while (found.find()) {
        boolean comment =
            COMMENT
                .matcher(text.substring(lineStart(text, found.start()), found.start()))
                .matches();
        if (!comment) {
          WrittenSetting one = at(name, found, text, to);
          if (first.isEmpty() || one.start < first.get().start) {
            first = Optional.of(one);
          }
          break;
        }
      }
    }
    return first;
  }

  private static WrittenSetting at(String name, Matcher found, String text, int to) {
    boolean call = found.group().endsWith("(");
    int value = found.end();
    int end;
    Matcher items = ITEMS.matcher(text).region(value, to);
    if (!call && items.lookingAt()) {
      end = items.end();
    } else {
      end = end(text, value, Math.min(to, value + MAX_VALUE), call);
    }
    while (!call && end > value && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return new WrittenSetting(name, found.start(), value, end, call, text);
  }

  /** Where a value ends: at a comma, at the end of its line, or at the bracket around it. */
  private static int end(String text, int from, int to, boolean call) {
    int depth = 0;
    char quote = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote || c == '\n' ? 0 : quote;
      } else if (QUOTES.indexOf(c) >= 0) {
        quote = c;
      } else if (OPEN.indexOf(c) >= 0) {
        depth++;
      } else if (CLOSE.indexOf(c) >= 0) {
        if (--depth < 0) {
          return i;
        }
      } else if (depth == 0 && !call && (c == ',' || c == ';' || c == '\n' || c == '\r')) {
        return i;
      }
    }
    return to;
  }

  /** The end of the bracket in which an offset is. */
  static int close(String text, int from) {
    return end(text, from, text.length(), true);
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
   * slash at its end. Empty if nothing was.
   */
  Optional<String> nearly(String origin) {
    String host = origin.substring(origin.indexOf(':') + 1).replaceFirst("^//", "");
    Matcher near =
        Pattern.compile(
                "(?<=[\"'`,\\s])(?:"
                    + Pattern.quote(origin)
                    + "/|"
                    + Pattern.quote(host)
                    + "/?)(?=[\"'`,\\s])")
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
   * @param keys of its layer
   */
  Optional<String> with(String one, boolean joined, LayerKeys keys) {
    String written = written();
    String quoted = quote() + one + quote();
    Matcher text = ONE_TEXT.matcher(written);
    if (written.contains("\n") && ITEMS.matcher(written).matches()) {
      int last = written.lastIndexOf("\n") + 1;
      String item = written.substring(last).replaceFirst("- .*", "- ");
      return Optional.of(written.stripTrailing() + "\n" + item + quoted);
    }
    if (text.matches()) {
      return Optional.of(
          joined
              ? text.group(1) + text.group(2).stripTrailing() + ", " + one + text.group(1)
              : call
                  ? written.stripTrailing() + ", " + quoted
                  : keys.list(written.strip() + ", " + quoted));
    }
    if (SINGLE.matcher(written).find() || written.contains("//") && written.contains("// ")) {
      return Optional.empty();
    }
    if (call && !isList() && !written.contains("\"") && !written.contains("HttpMethod.")) {
      return Optional.empty();
    }
    boolean values = written.chars().anyMatch(c -> QUOTES.indexOf(c) >= 0);
    if (call && !isList()) {
      return Optional.of(written.stripTrailing() + ", " + quoted);
    }
    if (!values || !isList()) {
      return Optional.empty();
    }
    String plain = written.stripTrailing();
    int close = plain.length() - 1;
    String inner = plain.substring(0, close).stripTrailing();
    String gap = plain.substring(inner.length(), close);
    String mark = inner.endsWith(",") ? "" : ",";
    int line = inner.lastIndexOf('\n');
    String indent =
        line >= 0 && gap.contains("\n")
            ? "\n" + inner.substring(line + 1).replaceFirst("\\S.*", "")
            : " ";
    return Optional.of(
        inner
            + mark
            + indent
            + quoted
            + (inner.endsWith(",") ? "," : "")
            + gap
            + plain.charAt(close)
            + written.substring(plain.length()));
  }
}
