package dev.crosswalk.cors.cli.explain.paste;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What JSON, HTML, Markdown and terminals add to a text on its way from a console into a clipboard.
 * Each is removed in one pass over the text; what only looks like it stays.
 */
final class Markup {

  private static final Map<String, String> ENTITIES =
      Map.ofEntries(
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("nbsp", " "),
          Map.entry("lsquo", "‘"),
          Map.entry("rsquo", "’"),
          Map.entry("ldquo", "“"),
          Map.entry("rdquo", "”"),
          Map.entry("laquo", "«"),
          Map.entry("raquo", "»"),
          Map.entry("hellip", "…"));

  private static final int MAX_ENTITY = 8;

  /** Elements of a page's text. A message itself may name others. */
  private static final Set<String> TAGS =
      Set.of(
          "a",
          "p",
          "br",
          "div",
          "span",
          "pre",
          "code",
          "b",
          "i",
          "em",
          "strong",
          "small",
          "font",
          "li",
          "ul",
          "ol",
          "td",
          "tr",
          "tt",
          "blockquote",
          "details",
          "summary");

  private static final int MAX_TAG = 2_000;

  /** A link with more words than these is to an article, and not to a page of the person's own. */
  private static final int MAX_NAME = 4;

  /** What JSON and Markdown put a backslash before. */
  private static final String ESCAPED = "\"'/_[]()*#`<>-!~";

  /** The service, and the number of its container, before each line of a log of docker compose. */
  private static final Pattern SERVICE =
      Pattern.compile("(?m)^[ \\t]{0,4}([A-Za-z][A-Za-z0-9._-]{1,60})[ \\t]{1,40}\\|(?:[ \\t]|$)");

  /** Words in bold. Beside a slash it is a pattern of paths. */
  private static final Pattern BOLD =
      Pattern.compile(
          "(?<![*/\\\\\\w.])\\*\\*(?=[\\p{L}\\d\"'‘“`\\[(])([^*\\n]{1,400})"
              + "(?<=[\\p{L}\\d\"'’”`\\]).:!?])\\*\\*(?![*/\\w])");

  /** A header's name in bold or italics. */
  private static final Pattern SLANTED =
      Pattern.compile("(?i)([*_]{1,2})(access-control-[a-z-]{5,30})\\1");

  private Markup() {}

  static String removed(String text) {
    String plain =
        withoutLinks(
            withoutEntities(withoutEntities(withoutTags(unescaped(CopyArtifacts.plain(text))))));
    return withoutServices(withoutEmphasis(plain));
  }

  /** What two lines or more begin with is not of the message that goes over them. */
  private static String withoutServices(String text) {
    if (text.indexOf('|') < 0) {
      return text;
    }
    Map<String, Long> lines =
        SERVICE
            .matcher(text)
            .results()
            .collect(Collectors.groupingBy(line -> line.group(1), Collectors.counting()));
    return lines.values().stream().allMatch(count -> count < 2)
        ? text
        : SERVICE
            .matcher(text)
            .replaceAll(
                line ->
                    lines.getOrDefault(line.group(1), 0L) < 2
                        ? Matcher.quoteReplacement(line.group())
                        : "");
  }

  // ------------------------------------------------------------------------- JSON, and terminals

  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0 && text.indexOf('\u001B') < 0) {
      return text;
    }
    // Elsewhere \n may be the start of a folder's name.
    boolean json =
        text.contains("\\\"")
            || text.contains("\\/")
            || text.contains("\\u")
            || text.contains("{\"");
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (c == '\\' && next == 'u' && isHex(text, i + 2)) {
        c = (char) Integer.parseInt(text.substring(i + 2, i + 6), 16);
        i += 5;
      } else if (c == '\\' && json && (next == 'n' || next == 'r' || next == 't')) {
        c = next == 't' ? ' ' : '\n';
        i++;
      } else if (c == '\\' && json && next == '\\' && isName(text, i + 2)) {
        i++;
      } else if (c == '\\' && next != 0 && ESCAPED.indexOf(next) >= 0) {
        c = next;
        i++;
      }
      if (c == '\u001B') {
        i = endOfColor(text, i);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /** Not what JSON, written into JSON, has instead of a line break. */
  private static boolean isName(String text, int at) {
    return at < text.length() && isLetter(text.charAt(at)) && "nrtu".indexOf(text.charAt(at)) < 0;
  }

  private static boolean isHex(String text, int from) {
    return from + 4 <= text.length()
        && text.substring(from, from + 4).chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  /** The last character of a terminal's command for colors. */
  private static int endOfColor(String text, int escape) {
    int end = escape + 1;
    if (end >= text.length() || text.charAt(end) != '[') {
      return escape;
    }
    end++;
    while (end < text.length()
        && (Character.isDigit(text.charAt(end)) || text.charAt(end) == ';')) {
      end++;
    }
    return Math.min(end, text.length() - 1);
  }

  // ---------------------------------------------------------------------------------------- HTML

  private static String withoutTags(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    int from = 0;
    for (int open = text.indexOf('<'); open >= 0; open = text.indexOf('<', open + 1)) {
      if (open < from) {
        continue;
      }
      int name = open + 1 < text.length() && text.charAt(open + 1) == '/' ? open + 2 : open + 1;
      int end = name;
      while (end < text.length() && end < name + MAX_ENTITY + 2 && isLetter(text.charAt(end))) {
        end++;
      }
      String tag = text.substring(name, end).toLowerCase(Locale.ROOT);
      boolean ends = end < text.length() && " \t\r\n/>".indexOf(text.charAt(end)) >= 0;
      int close = ends && TAGS.contains(tag) ? indexOf(text, '>', end, MAX_TAG) : -1;
      if (close >= 0) {
        plain.append(text, from, open);
        from = close + 1;
      }
    }
    return from == 0 ? text : plain.append(text, from, text.length()).toString();
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static int indexOf(String text, char c, int from, int length) {
    int limit = Math.min(text.length(), from + length);
    for (int i = from; i < limit; i++) {
      if (text.charAt(i) == c) {
        return i;
      }
    }
    return -1;
  }

  /** Twice over: a forum escapes what was escaped already. */
  private static String withoutEntities(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    int from = 0;
    for (int open = text.indexOf('&'); open >= 0; open = text.indexOf('&', open + 1)) {
      int close = indexOf(text, ';', open + 1, MAX_ENTITY);
      String decoded = close < 0 ? "" : entity(text.substring(open + 1, close));
      if (!decoded.isEmpty()) {
        plain.append(text, from, open).append(decoded);
        from = close + 1;
      }
    }
    return from == 0 ? text : plain.append(text, from, text.length()).toString();
  }

  /** What a name, or a number after #, is written for; empty if it is not one that is known. */
  private static String entity(String name) {
    if (!name.startsWith("#")) {
      return ENTITIES.getOrDefault(name, "");
    }
    boolean hex = name.length() > 1 && (name.charAt(1) == 'x' || name.charAt(1) == 'X');
    try {
      int number = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
      return number >= ' ' && number < 0xD800 ? String.valueOf((char) number) : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }

  // ------------------------------------------------------------------------------------ Markdown

  private static String withoutEmphasis(String text) {
    return text.indexOf('*') < 0 && text.indexOf('_') < 0
        ? text
        : SLANTED.matcher(BOLD.matcher(text).replaceAll("$1")).replaceAll("$2");
  }

  /** Where the words of a link are a URL, or the title of something to read. */
  private static boolean isNamed(String words) {
    return words.contains("://") || words.strip().split("\\s+").length > MAX_NAME;
  }

  /** Keeps the text of {@code [text](url)}. */
  private static String withoutLinks(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    int from = 0;
    for (int middle = text.indexOf("]("); middle >= 0; middle = text.indexOf("](", middle + 2)) {
      int open = middle - 1;
      while (open >= from && open > middle - MAX_TAG && "[]\n".indexOf(text.charAt(open)) < 0) {
        open--;
      }
      int close = middle + 2;
      while (close < text.length()
          && close < middle + MAX_TAG
          && "()\n".indexOf(text.charAt(close)) < 0) {
        close++;
      }
      boolean link = open >= from && text.charAt(open) == '[';
      boolean closed = close < text.length() && text.charAt(close) == ')';
      if (link && closed && isNamed(text.substring(open + 1, middle))) {
        plain.append(text, from, open).append(text, open + 1, middle);
        from = close + 1;
      }
    }
    return from == 0 ? text : plain.append(text, from, text.length()).toString();
  }
}
