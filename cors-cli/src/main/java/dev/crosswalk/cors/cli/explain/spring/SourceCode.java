package dev.crosswalk.cors.cli.explain.spring;

import dev.crosswalk.cors.cli.explain.paste.BoundedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Code of Java or Kotlin as people paste it: in pieces, between prose and messages, and cut off
 * anywhere. Comments are not in it. It is no {@code layer.Code}: case counts in its names, an
 * apostrophe begins no text, and a block that is cut off is read to its end.
 */
final class SourceCode {

  /** Longer pieces are not read to their end. */
  private static final int MAX_PIECE = 12_000;

  /** Calls one behind the other are not more than these. */
  private static final int MAX_CHAIN = 60;

  private static final Pattern NEXT =
      Pattern.compile(
          "\\s*+(?:\\?|!!)?\\.\\s*+([A-Za-z]\\w{0,60})(?:<[^<>()\\n]{0,80}>)?\\s{0,9}([({])");

  private final String text;

  private SourceCode(String text) {
    this.text = text;
  }

  /** Reads a paste, from which comments are taken. */
  static SourceCode of(String pasted) {
    StringBuilder code = new StringBuilder(pasted.length());
    boolean quoted = false;
    for (int at = 0; at < pasted.length(); at++) {
      char c = pasted.charAt(at);
      if (c == '\n') {
        quoted = false;
      } else if (c == '"' && (at == 0 || pasted.charAt(at - 1) != '\\')) {
        quoted = !quoted;
      } else if (!quoted
          && pasted.startsWith("//", at)
          && (at == 0 || pasted.charAt(at - 1) != ':')) {
        at = end(pasted.indexOf('\n', at), pasted) - 1;
        continue;
      } else if (!quoted && pasted.startsWith("/*", at) && isOutside(pasted, at)) {
        int close = pasted.indexOf("*/", at + 2);
        if (close >= 0) {
          at = close + 1;
          continue;
        }
      }
      code.append(c);
    }
    return new SourceCode(code.toString());
  }

  private static int end(int found, String text) {
    return found < 0 ? text.length() : found;
  }

  /** A path such as {@code /api/*} opens no comment. */
  private static boolean isOutside(String text, int at) {
    return at == 0 || " \t\n\r;{}(),".indexOf(text.charAt(at - 1)) >= 0;
  }

  String text() {
    return text;
  }

  boolean has(Pattern pattern) {
    return BoundedText.hasWordsOf(pattern, text) && pattern.matcher(text).find();
  }

  /** The calls of a method, each with its arguments. */
  List<Call> calls(String name) {
    List<Call> calls = new ArrayList<>();
    Matcher call =
        Pattern.compile("(?<![\\w])(?:" + name + ")(?:<[^<>()\\n]{0,80}>)?\\s{0,9}\\(")
            .matcher(text);
    while (call.find()) {
      calls.add(call(call.start(), call.end() - 1));
    }
    return calls;
  }

  private Call call(int start, int open) {
    int close = closing(open);
    String name = text.substring(start, open).strip();
    return new Call(
        name,
        text.substring(open + 1, Math.max(open + 1, close)),
        start,
        Math.min(text.length(), close + 1));
  }

  /** The calls that follow one, {@code .and().another()}; a block of Kotlin counts as arguments. */
  List<Call> chain(int end) {
    List<Call> chain = new ArrayList<>();
    Matcher next = NEXT.matcher(text);
    int at = end;
    while (chain.size() < MAX_CHAIN && next.region(at, text.length()).lookingAt()) {
      Call call = call(next.start(1), next.end() - 1);
      chain.add(new Call(next.group(1), call.arguments(), call.start(), call.end()));
      at = call.end();
    }
    return chain;
  }

  /** Where a statement of calls ends that begins with one which ends there. */
  int endOfChain(int end) {
    List<Call> chain = chain(end);
    return chain.isEmpty() ? end : chain.get(chain.size() - 1).end();
  }

  /** Where the bracket at a position is closed; where the text ends, or is cut, if it is not. */
  int closing(int open) {
    int depth = 0;
    boolean quoted = false;
    int last = Math.min(text.length(), open + MAX_PIECE);
    for (int at = open; at < last; at++) {
      char c = text.charAt(at);
      if (c == '"' || c == '\n') {
        quoted = c == '"' && !quoted;
      } else if (!quoted) {
        depth += "({[".indexOf(c) >= 0 ? 1 : ")}]".indexOf(c) >= 0 ? -1 : 0;
        if (depth == 0) {
          return at;
        }
      }
    }
    return last;
  }

  /** The block that begins behind a position, without its braces; empty if another line does. */
  Optional<String> block(int from) {
    int open = text.indexOf('{', from);
    int semicolon = text.indexOf(';', from);
    if (open < 0 || semicolon >= 0 && semicolon < open) {
      return Optional.empty();
    }
    return Optional.of(text.substring(open + 1, Math.max(open + 1, closing(open))));
  }

  /** What a name is set to, in a line of its own: the text behind the sign. */
  Optional<String> assigned(String name) {
    Matcher set =
        Pattern.compile(
                "\\b"
                    + Pattern.quote(name)
                    + "\\s{0,3}(?::\\s?[\\w<>?.]{1,40})?\\s{0,3}=(?!=)\\s{0,20}")
            .matcher(text);
    if (!set.find()) {
      return Optional.empty();
    }
    int at = set.end();
    while (at < text.length() && ";\n".indexOf(text.charAt(at)) < 0 && at - set.end() < MAX_PIECE) {
      at = "({[".indexOf(text.charAt(at)) >= 0 ? closing(at) + 1 : at + 1;
    }
    return Optional.of(text.substring(set.end(), Math.min(at, text.length())));
  }

  /**
   * A call of a method.
   *
   * @param arguments between its brackets
   * @param start of its name
   * @param end behind its bracket
   */
  record Call(String name, String arguments, int start, int end) {}
}
