package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.explain.layer.Code.Bracketed;
import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The function that a CORS layer of Node.js asks for an origin, and whose answer it waits for. A
 * request hangs if the function ends without one.
 */
final class OriginFunction {

  private static final Pattern HEAD =
      Pattern.compile(
          // That of socket.io 2 has no effect any more.
          "(?<!\\.origins\\()\\(\\s?_?(?:request|req)?_?(?:origin|o)\\s?(?::[^,()]{1,40})?,\\s?([a-z_]\\w{0,20})\\s?(?::[^()]{0,60}(?:\\([^()]{0,80}\\)[^()]{0,40})?)?\\)(?:\\s?:\\s?\\w{1,20})?\\s?(?:=>)?\\s?\\{");

  private static final Pattern IF = Pattern.compile("\\bif\\s?\\(");

  private static final Pattern ELSE = Pattern.compile("\\s{0,40}else\\b\\s{0,40}");

  /** Statements whose parts are not looked at. */
  private static final Pattern OTHERS =
      Pattern.compile("\\b(?:switch|try|for|while|throw)\\b|\\bfunction\\b|=>|\\.then\\(|\\?");

  private final String callback;

  private OriginFunction(String callback) {
    this.callback = callback;
  }

  static List<Fault> faults(String text, AskedRequest asked) {
    Code code = Code.withSlashes(text);
    return code.all(HEAD).stream()
            .filter(function -> !function.isCut())
            .anyMatch(OriginFunction::isWithoutAnswer)
        ? List.of(Fault.of(What.NODE_NO_CALLBACK))
        : List.of();
  }

  /** Whether it answers somewhere, and not in each branch. */
  private static boolean isWithoutAnswer(Bracketed function) {
    OriginFunction read = new OriginFunction(function.group(1));
    String body = function.inside();
    return read.calls(body) && !OTHERS.matcher(body).find() && !read.answers(body);
  }

  private boolean calls(String statements) {
    return Pattern.compile("\\b" + Pattern.quote(callback) + "\\s?\\(").matcher(statements).find();
  }

  /** Whether these statements call it whichever way they go. */
  private boolean answers(String statements) {
    Matcher branch = IF.matcher(statements);
    if (!branch.find()) {
      return calls(statements);
    }
    if (calls(statements.substring(0, branch.start()))) {
      return true;
    }
    int condition = end(statements, branch.end() - 1);
    int then = endOfStatement(statements, condition);
    if (condition < 0 || then < 0) {
      return true;
    }
    Matcher other = ELSE.matcher(statements).region(then, statements.length());
    if (other.lookingAt()) {
      int otherwise = endOfStatement(statements, other.end());
      return otherwise < 0
          || answers(statements.substring(condition, then))
              && answers(statements.substring(other.end(), otherwise))
          || answers(statements.substring(otherwise));
    }
    return answers(statements.substring(then));
  }

  /** Where a statement ends: a block, an if with all that belongs to it, or a line. */
  private static int endOfStatement(String text, int from) {
    if (from < 0) {
      return -1;
    }
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '{') {
      return end(text, at);
    }
    Matcher branch = IF.matcher(text).region(at, text.length());
    if (branch.lookingAt()) {
      int then = endOfStatement(text, end(text, branch.end() - 1));
      Matcher other = ELSE.matcher(text).region(Math.max(then, 0), text.length());
      return then >= 0 && other.lookingAt() ? endOfStatement(text, other.end()) : then;
    }
    for (int end = at; end < text.length(); end++) {
      char c = text.charAt(end);
      if (c == ';' || c == '\n') {
        return end + 1;
      }
      if ("([{".indexOf(c) >= 0) {
        end = end(text, end) - 1;
        if (end < 0) {
          return -1;
        }
      }
    }
    return text.length();
  }

  /** Behind the bracket that closes the one at a position; negative if none does. */
  private static int end(String text, int open) {
    int depth = 0;
    for (int at = open; at < text.length(); at++) {
      depth +=
          "([{".indexOf(text.charAt(at)) >= 0 ? 1 : ")]}".indexOf(text.charAt(at)) >= 0 ? -1 : 0;
      if (depth == 0) {
        return at + 1;
      }
    }
    return -1;
  }
}
