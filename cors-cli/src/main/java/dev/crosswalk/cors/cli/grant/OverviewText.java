package dev.crosswalk.cors.cli.grant;

import dev.crosswalk.cors.cli.grant.Overview.Alert;
import dev.crosswalk.cors.cli.grant.Overview.Answer;
import dev.crosswalk.cors.cli.grant.Overview.Row;
import dev.crosswalk.cors.cli.terminal.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The overview of policies as text for a console, and as Markdown for a pull request. */
public final class OverviewText {

  private OverviewText() {}

  /** Returns the overview in lines; a path's policy is a block of them. */
  public static String text(Overview overview) {
    List<String> lines = new ArrayList<>();
    for (Alert alert : overview.alerts()) {
      lines.addAll(Lines.labelled(alert.level(), alert.text()));
    }
    for (Row row : overview.rows()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(paths(row.paths()));
      block(lines, "may read", row.origins());
      block(lines, "credentials", List.of(row.credentials() ? "yes" : "no"));
      block(lines, "methods", List.of(String.join(", ", row.methods())));
      block(
          lines,
          "request headers",
          orNone(row.requestHeaders(), "only those that every script may send"));
      block(
          lines,
          "response headers",
          orNone(row.exposedHeaders(), "only those that every script may read"));
      block(lines, "preflights kept for", List.of(row.keptFor()));
      block(lines, "may also", row.further());
    }
    if (!overview.guard().isEmpty()) {
      lines.add("");
      lines.add("Guard");
      overview.guard().forEach(sentence -> lines.addAll(Lines.wrapped("  ", "    ", sentence)));
    }
    return String.join("\n", lines) + "\n";
  }

  private static void block(List<String> lines, String name, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      String first = String.format(Locale.ROOT, "  %-20s ", i == 0 ? name : "");
      lines.addAll(Lines.wrapped(first, " ".repeat(first.length()), values.get(i)));
    }
  }

  private static List<String> orNone(List<String> names, String none) {
    return List.of(names.isEmpty() ? none : String.join(", ", names));
  }

  static String paths(List<String> paths) {
    String text = GrantText.paths(paths);
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** Returns what an origin may do. */
  public static String text(String origin, List<Answer> answers) {
    List<String> lines = new ArrayList<>();
    for (Answer answer : answers) {
      lines.addAll(
          Lines.wrapped(
              "",
              "  ",
              paths(answer.paths()) + (answer.allowed() ? ": yes. " : ": no. ") + answer.answer()));
    }
    return String.join("\n", lines) + "\n";
  }

  /** Returns the overview as a table of Markdown. */
  public static String markdown(Overview overview) {
    StringBuilder text = new StringBuilder();
    for (Alert alert : overview.alerts()) {
      String level = alert.level().name().toLowerCase(Locale.ROOT);
      text.append("- **").append(level).append("**: ").append(escaped(alert.text())).append('\n');
    }
    text.append(overview.alerts().isEmpty() ? "" : "\n")
        .append("| paths | may read | credentials | methods | request headers | response headers")
        .append(" | preflights kept for |\n|---|---|---|---|---|---|---|\n");
    for (Row row : overview.rows()) {
      List<String> cells =
          List.of(
              paths(row.paths()),
              String.join("<br>", row.origins().stream().map(OverviewText::escaped).toList()),
              row.credentials() ? "yes" : "no",
              escaped(String.join(", ", row.methods())),
              escaped(String.join(", ", row.requestHeaders())),
              escaped(String.join(", ", row.exposedHeaders())),
              row.keptFor());
      text.append("| ").append(String.join(" | ", cells)).append(" |\n");
      row.further().forEach(more -> text.append("\nPages may also ").append(more).append(".\n"));
    }
    overview.guard().forEach(sentence -> text.append('\n').append(escaped(sentence)).append('\n'));
    return text.toString();
  }

  /** What Markdown, or HTML in it, would take for its own. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      if ("\\`*_[]<>|".indexOf(c) >= 0) {
        escaped.append(c == '<' ? "&lt;" : c == '>' ? "&gt;" : "\\" + c);
      } else {
        escaped.append(c < ' ' ? ' ' : c);
      }
    }
    return escaped.toString();
  }
}
