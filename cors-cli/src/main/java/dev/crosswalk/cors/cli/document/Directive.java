package dev.crosswalk.cors.cli.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A line of a server's own configuration language: a name, its words, and what is in its block.
 *
 * @param words without quotation marks
 */
public record Directive(String name, List<String> words, List<Directive> block, int line) {

  private static final int MAX_DEPTH = 50;

  /** Returns a word; empty if there is none. */
  public String word(int index) {
    return index < words.size() ? words.get(index) : "";
  }

  /** Returns the words from one on, as one text. */
  public String rest(int from) {
    return from < words.size() ? String.join(" ", words.subList(from, words.size())) : "";
  }

  public boolean is(String other) {
    return name.toLowerCase(Locale.ROOT).equals(other);
  }

  /** Returns this and all that is in its block, at any depth. */
  public Stream<Directive> all() {
    return Stream.concat(Stream.of(this), block.stream().flatMap(Directive::all));
  }

  private static Directive root() {
    return new Directive("", List.of(), new ArrayList<>(), 1);
  }

  /** nginx: words up to a semicolon, or a block in braces. */
  public static Directive braces(String file, String text) {
    return nested(file, text, false);
  }

  /** Caddy: a line is a directive; a brace at its end begins a block. */
  public static Directive blocks(String file, String text) {
    return nested(file, text, true);
  }

  private static Directive nested(String file, String text, boolean endsWithLine) {
    Deque<Directive> open = new ArrayDeque<>(List.of(root()));
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean hasWord = false;
    int openUntil = -1; // Up to there, no brace closes in the same line.
    int line = 1;
    int first = 1;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? '\n' : text.charAt(i);
      boolean startsWord = word.isEmpty() && !hasWord;
      if (startsWord && c == '#') {
        while (i + 1 < text.length() && text.charAt(i + 1) != '\n') {
          i++;
        }
        continue;
      }
      // Inside of a word it is a character like any other. To nginx nothing ends the word up to the
      // next one, for the sake of Lua.
      boolean quotes = c == '"' || c == '\'' && !endsWithLine || c == '`' && endsWithLine;
      if (quotes && (startsWord || !endsWithLine)) {
        if (words.isEmpty() && startsWord) {
          first = line;
        }
        int begin = line;
        if (!startsWord) {
          word.append(c);
        }
        for (i++; i < text.length() && text.charAt(i) != c; i++) {
          i += isEscape(text, i, c, endsWithLine) ? 1 : 0;
          line += text.charAt(i) == '\n' ? 1 : 0;
          word.append(text.charAt(i));
        }
        if (i >= text.length()) {
          throw new BrokenDocumentException(file, begin, "expected " + c + " at the end of a text");
        }
        if (!startsWord) {
          word.append(c);
        } else if (endsWithLine || i + 1 == text.length() || text.charAt(i + 1) != ')') {
          words.add(word.toString());
          word.setLength(0);
        } else {
          hasWord = true; // nginx: if ($http_origin = "https://app.example.com")
        }
        continue;
      }
      boolean isBlank = Character.isWhitespace(c);
      // A brace inside of a word belongs to it: ${name}, {args.0}, [0-9]{2}.
      boolean opens = c == '{' && startsWord && !(endsWithLine && isPlaceholder(text, i));
      boolean closes = c == '}' && startsWord;
      if (!isBlank && !opens && !closes && (c != ';' || endsWithLine)) {
        if (words.isEmpty() && startsWord) {
          first = line;
        }
        if (c == '\\' && endsWithLine && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
          line++;
          i++;
          continue;
        }
        if (!endsWithLine && (isEscape(text, i, '"', false) || isEscape(text, i, '\'', false))) {
          c = text.charAt(++i);
        }
        word.append(c);
        hasWord = true;
        if (c == '{' || c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '{') {
          int end = i > openUntil ? braceInLine(text, i) : i;
          if (end < text.length() && text.charAt(end) == '}') {
            word.append(text, i + 1, end + 1);
            i = end;
          } else {
            openUntil = Math.max(openUntil, end);
          }
        }
        continue;
      }
      if (hasWord) {
        words.add(word.toString());
        word.setLength(0);
        hasWord = false;
      }
      if (opens) {
        Directive made = directive(words, first);
        add(open, made);
        open.push(made);
        words.clear();
        if (open.size() > MAX_DEPTH) {
          throw new BrokenDocumentException(
              file, line, "blocks are nested deeper than " + MAX_DEPTH);
        }
      } else if (c == ';' || c == '\n' && endsWithLine || closes) {
        if (!words.isEmpty()) {
          if (closes && !endsWithLine) {
            throw new BrokenDocumentException(file, line, "expected ; in front of }");
          }
          add(open, directive(words, first));
          words.clear();
        }
        if (closes) {
          open.pop();
          if (open.isEmpty()) {
            throw new BrokenDocumentException(file, line, "there is a } without a {");
          }
        }
      }
      line += c == '\n' && i < text.length() ? 1 : 0;
    }
    if (open.size() > 1) {
      throw new BrokenDocumentException(
          file, open.peek().line(), "the block that begins here has no }");
    }
    if (!words.isEmpty()) {
      throw new BrokenDocumentException(file, first, "expected ; at the end of this directive");
    }
    return open.pop();
  }

  /** Inside of a text, nginx escapes its mark and a backslash; Caddy its mark, unless it is a `. */
  private static boolean isEscape(String text, int at, char mark, boolean isCaddy) {
    if (text.charAt(at) != '\\' || at + 1 == text.length() || mark == '`') {
      return false;
    }
    char next = text.charAt(at + 1);
    return next == mark || next == '\\' && !isCaddy;
  }

  /** Where the line ends, or the brace closes before. */
  private static int braceInLine(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '}' && text.charAt(end) != '\n') {
      end++;
    }
    return end;
  }

  private static boolean isPlaceholder(String text, int at) {
    return at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1));
  }

  private static Directive directive(List<String> words, int line) {
    return words.isEmpty()
        ? new Directive("", List.of(), new ArrayList<>(), line)
        : new Directive(
            words.get(0), List.copyOf(words.subList(1, words.size())), new ArrayList<>(), line);
  }

  private static void add(Deque<Directive> open, Directive made) {
    Directive top = open.peek();
    if (top != null) {
      top.block().add(made);
    }
  }

  /** Apache httpd: a line is a directive; {@code <Location …>} begins a block. */
  public static Directive sections(String file, String text) {
    Deque<Directive> open = new ArrayDeque<>(List.of(root()));
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      int line = i + 1;
      StringBuilder logical = new StringBuilder(lines.get(i).strip());
      while (logical.length() > 0
          && logical.charAt(logical.length() - 1) == '\\'
          && i + 1 < lines.size()) {
        logical.setLength(logical.length() - 1);
        logical.append(' ').append(lines.get(++i).strip());
      }
      String all = logical.toString();
      if (all.isEmpty() || all.startsWith("#")) {
        continue;
      }
      if (all.startsWith("</")) {
        Directive closed = open.pop();
        String name = all.substring(2).replace(">", "").strip();
        if (open.isEmpty() || !closed.is(name.toLowerCase(Locale.ROOT))) {
          throw new BrokenDocumentException(file, line, all + " closes what is not open");
        }
      } else if (all.startsWith("<")) {
        Directive made = directive(words(all.substring(1).replaceAll(">$", ""), false), line);
        add(open, made);
        open.push(made);
        if (open.size() > MAX_DEPTH) {
          throw new BrokenDocumentException(
              file, line, "sections are nested deeper than " + MAX_DEPTH);
        }
      } else {
        add(open, directive(words(all, false), line));
      }
    }
    if (open.size() > 1) {
      Directive left = open.pop();
      throw new BrokenDocumentException(
          file, left.line(), "<" + left.name() + "> has no </" + left.name() + ">");
    }
    return open.pop();
  }

  /** HAProxy: a line is a directive. */
  public static Directive lines(String text) {
    Directive root = root();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      List<String> words = words(lines.get(i), true);
      if (!words.isEmpty()) {
        root.block().add(directive(words, i + 1));
      }
    }
    return root;
  }

  /**
   * Words with quotation marks and escapes, up to a # that begins one.
   *
   * @param joins whether a text is a part of a word, as in a shell and in HAProxy; to Apache httpd
   *     it is a word, and a quotation mark inside of one is a character like any other
   */
  private static List<String> words(String line, boolean joins) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean hasWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (!joins && c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == '\\') {
        word.append(c);
        hasWord = true;
        i++;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
          if (!joins) {
            words.add(word.toString());
            word.setLength(0);
            hasWord = false;
          }
        } else if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == quote) {
          word.append(line.charAt(++i));
        } else {
          word.append(c);
        }
      } else if ((c == '"' || c == '\'') && (joins || !hasWord)) {
        quote = c;
        hasWord = true;
      } else if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == ' ') {
        word.append(line.charAt(++i));
      } else if (Character.isWhitespace(c)) {
        if (hasWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        hasWord = false;
      } else if (c == '#' && !hasWord) {
        break;
      } else {
        word.append(c);
        hasWord = true;
      }
    }
    if (hasWord) {
      words.add(word.toString());
    }
    return words;
  }
}
