package dev.crosswalk.cors.cli.terminal;

import dev.crosswalk.cors.tck.url.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /** The same of a text that others wrote a part of. */
  public void copied(String indent, String text) {
    out.println(indent + withoutFormats(Printable.shown(text, MAX_SHOWN)));
  }

  public void blank() {
    out.println();
  }

  public void flush() {
    out.flush();
  }

  /** A text with something in front of its first line, and something in front of the next ones. */
  public void wrap(String first, String next, String text) {
    wrapped(first, next, Printable.shown(text, MAX_SHOWN)).forEach(out::println);
  }

  /** A word in a color, and a text beside it. */
  public void labelled(String style, String word, String text) {
    String first = "  " + word + "  ";
    List<String> lines = wrapped(first, " ".repeat(first.length()), text);
    String begin = lines.get(0).substring(first.length());
    out.println((colors ? "  \u001B[" + style + "m" + word + "\u001B[0m  " : first) + begin);
    lines.stream().skip(1).forEach(out::println);
  }

  /**
   * What is wrong with a command, or worth knowing beside its answer; a list in it keeps its lines.
   */
  public static void complain(PrintWriter err, String sentences) {
    sentences.lines().forEach(line -> wrapped("", "    ", line).forEach(err::println));
    err.flush();
  }

  /** A text beside a level, in a column of its own. */
  public static List<String> labelled(Enum<?> level, String text) {
    String first = String.format(Locale.ROOT, "%-8s ", level);
    return wrapped(first, " ".repeat(first.length()), text);
  }

  /** The lines of a text, with something in front of the first, and of the next ones. */
  public static List<String> wrapped(String first, String next, String text) {
    List<String> lines = new ArrayList<>();
    String safe = withoutFormats(Printable.printable(text));
    int indent = indent(safe);
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
    return lines;
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
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
