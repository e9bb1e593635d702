package dev.crosswalk.cors.cli.terminal;

import dev.crosswalk.cors.tck.url.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines for people, as long as the terminal is wide and at most 100 columns. What a server sent
 * never reaches a terminal as it is: it could hold the terminal's commands.
 */
public final class Lines {

  private static final int MAX_COLUMNS = 100;

  /** A longer line reads badly. */
  private static final int COLUMNS = Math.min(MAX_COLUMNS, Usage.columns().orElse(MAX_COLUMNS));

  /** At most this much of a header's value, or of a message, is shown. */
  private static final int MAX_SHOWN = 2_000;

  private static final Pattern FORMAT = Pattern.compile("\\p{Cf}");

  private static final String BOLD = "1";
  private static final String RED = "31;1";
  private static final String GREEN = "32;1";

  private final PrintWriter out;
  private final boolean colors;

  public Lines(PrintWriter out, boolean colors) {
    this.out = out;
    this.colors = colors;
  }

  /** A heading after an empty line. */
  public void heading(String text) {
    blank();
    strong(text);
  }

  public void strong(String text) {
    colored(BOLD, "", "    ", text);
  }

  public void allowed(String text) {
    colored(GREEN, "", "    ", text);
  }

  public void refused(String text) {
    refused("", "    ", text);
  }

  /** As {@link #wrap}, in the color of what is refused. */
  public void refused(String first, String next, String text) {
    colored(RED, first, next, text);
  }

  private void colored(String style, String first, String next, String text) {
    if (!colors) {
      wrap(first, next, text);
      return;
    }
    out.print("\u001B[" + style + "m");
    wrap(first, next, text);
    out.print("\u001B[0m");
  }

  /** A line that is to be pasted elsewhere, so it is not wrapped. */
  public void unwrapped(String text) {
    out.println(text);
  }

  public void blank() {
    out.println();
  }

  public void flush() {
    out.flush();
  }

  /** A text with something in front of its first line, and something in front of the next ones. */
  public void wrap(String first, String next, String text) {
    List<String> lines = new ArrayList<>();
    String safe = withoutFormats(Printable.shown(text, MAX_SHOWN));
    int indent = 0;
    while (indent < safe.length() && safe.charAt(indent) == ' ') {
      indent++;
    }
    StringBuilder line = new StringBuilder(first).append(" ".repeat(indent));
    boolean empty = true;
    for (String word : safe.substring(indent).split(" ", -1)) {
      if (!empty && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder(next).append(word);
      } else {
        line.append(empty ? "" : " ").append(word);
      }
      empty = false;
    }
    lines.add(line.toString());
    lines.forEach(out::println);
  }

  /**
   * A character that turns the order of letters around, or has no width, would hide what is said.
   */
  private static String withoutFormats(String text) {
    return FORMAT
        .matcher(text)
        .replaceAll(found -> "\\\\u%04X".formatted(found.group().codePointAt(0)));
  }
}
