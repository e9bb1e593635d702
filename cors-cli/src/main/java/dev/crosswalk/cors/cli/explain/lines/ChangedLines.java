package dev.crosswalk.cors.cli.explain.lines;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a text that change, as they should be. */
final class ChangedLines {

  private static final Pattern PROSE =
      Pattern.compile(
          "(?:[^(){}\\[\\]=<>\"'`,;]{1,80}[ .]|[^{}\\[\\]=<>\"'`;]{1,200} )[^(){}\\[\\]=<>\"'`\\s]{1,40}:\\s+");

  private static final int MAX_LINE = 200;

  private final String text;

  /** What takes the place of the text between two offsets, by the first of them. */
  private final TreeMap<Integer, Edit> edits = new TreeMap<>();

  private record Edit(int end, String text) {}

  ChangedLines(String text) {
    this.text = text;
  }

  void replace(int from, int to, String value) {
    edits.put(from, new Edit(to, value));
  }

  /** Behind what has been added at the same place before. */
  void add(int at, String more) {
    Edit there = edits.get(at);
    edits.put(at, new Edit(at, (there == null ? "" : there.text()) + more));
  }

  /**
   * Them, without what all of them are indented by; none if one of them is longer than a line
   * should be.
   *
   * @param first where the code begins, behind what somebody says in front of it on the same line
   */
  List<String> lines(int first) {
    StringBuilder all = new StringBuilder();
    int shown = -1;
    for (Map.Entry<Integer, Edit> edit : edits.entrySet()) {
      int start = edit.getKey();
      int line = WrittenSetting.lineStart(text, start);
      if (shown < line) {
        if (shown >= 0) {
          all.append(text, shown, lineEnd(text, shown)).append('\n');
        }
        all.append(withoutProse(text.substring(line, start), Math.min(first, start) - line));
      } else {
        all.append(text, shown, start);
      }
      all.append(edit.getValue().text());
      shown = edit.getValue().end();
    }
    if (shown >= 0) {
      all.append(text, shown, lineEnd(text, shown));
    }
    List<String> lines =
        all.toString().lines().map(String::stripTrailing).filter(line -> !line.isBlank()).toList();
    if (lines.stream().anyMatch(line -> line.length() > MAX_LINE)) {
      return List.of();
    }
    int indent =
        lines.stream()
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return lines.stream().map(line -> line.substring(indent)).toList();
  }

  static int lineEnd(String text, int offset) {
    int end = text.indexOf('\n', offset);
    return end < 0 ? text.length() : end;
  }

  /** Without what somebody says in front of the code, on the same line. */
  private static String withoutProse(String start, int code) {
    if (code <= 0 || code > start.length()) {
      return start;
    }
    Matcher prose = PROSE.matcher(start.substring(0, code));
    return prose.lookingAt() ? start.substring(prose.end()) : start;
  }
}
