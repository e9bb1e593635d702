package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.remedy.ServerRemedy;
import dev.crosswalk.cors.cli.terminal.Lines;
import dev.crosswalk.cors.tck.report.CommonCause;
import dev.crosswalk.cors.tck.rules.Catalogue.Status;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report as it grows, on a terminal or in a log. */
final class TextReport {

  private static final String GREEN = "32";
  private static final String RED = "31;1";
  private static final String YELLOW = "33;1";
  private static final String BOLD = "1";

  private static final String INDENT = " ".repeat(10);

  private final Lines out;
  private final boolean exchanges;
  private final boolean whatHolds;

  // Of the server that is being asked.
  private CommonCause common = new CommonCause();
  private final List<Report.Row> broken = new ArrayList<>();

  /**
   * @param colors whether there are colors
   * @param exchanges whether broken rules show what was asked for them
   * @param whatHolds whether rules that hold are listed, and not only counted
   */
  TextReport(PrintWriter out, boolean colors, boolean exchanges, boolean whatHolds) {
    this.out = new Lines(out, colors);
    this.exchanges = exchanges;
    this.whatHolds = whatHolds;
  }

  void begin(String url) {
    common = new CommonCause();
    broken.clear();
    out.strong(url);
    out.flush();
  }

  /** Why rules will be broken: first, because this is where to begin. */
  void causes(List<RootCause> causes) {
    for (RootCause cause : causes) {
      out.labelled(color(cause.severity()), "CAUSE ", title(cause));
      cause.findings().forEach(this::say);
      for (int i = 0; i < cause.exploit().size(); i++) {
        out.wrap(INDENT, INDENT + "   ", i + 1 + ". " + cause.exploit().get(i));
      }
      say("Remedy: " + cause.remedy() + ".");
      if (exchanges) {
        cause.proofs().forEach(proof -> Transcript.of(proof).lines().forEach(this::copy));
      }
    }
    out.flush();
  }

  /** The lines that grant what is meant, in the words of the server. */
  void remedy(ServerRemedy remedy) {
    out.labelled(BOLD, "REMEDY", "for " + remedy.title());
    remedy.lines().forEach(this::copy);
    say(remedy.note());
    out.flush();
  }

  /** What the server does, and how bad that is. */
  static String title(RootCause cause) {
    return cause.name() + " (" + JsonReport.name(cause.severity()) + ")";
  }

  /**
   * One rule, as soon as it is done; not if a cause says why it is broken. A broken one waits for
   * the end: what most of them have in common comes first.
   */
  void row(Report.Row row, List<RootCause> causes) {
    boolean explained =
        row.status() == Status.BROKEN
            && causes.stream().anyMatch(cause -> cause.explains().test(row));
    if (explained && !exchanges) {
      return;
    }
    switch (row.status()) {
      case HOLDS -> {
        if (whatHolds) {
          rule(GREEN, "holds ", row, "");
        }
      }
      // Counted at the end, by reason: usually there are few reasons and many rules.
      case NOT_RUN -> {}
      case BROKEN -> {
        broken.add(row);
        if (!explained) {
          common.add(row.rule(), row.observations());
        }
      }
      case FAULTY -> {
        rule(RED, "FAULTY", row, "");
        details(row);
      }
    }
    out.flush();
  }

  private void rule(String style, String mark, Report.Row row, String more) {
    out.labelled(style, mark, row.rule().id() + "  " + row.rule().sentence() + more);
  }

  /** What was broken: what most of it has in common first. */
  private void broken(Report.Column column) {
    common.tell().ifPresent(cause -> cause.lines().forEach(line -> out.wrap("  ", INDENT, line)));
    for (Report.Row row : broken) {
      RootCause.Severity severity = column.severity(row);
      rule(color(severity), "BROKEN", row, " (" + JsonReport.name(severity) + ")");
      details(row);
    }
  }

  private static String color(RootCause.Severity severity) {
    return severity == RootCause.Severity.NOTE ? YELLOW : RED;
  }

  private void details(Report.Row row) {
    say(row.message() + (row.message().endsWith(".") ? "" : "."));
    say("Look at " + row.rule().lookAt() + ".");
    copy("See " + row.rule().source());
    if (exchanges) {
      row.observations()
          .forEach(observation -> Transcript.of(observation).lines().forEach(this::copy));
    }
  }

  private void say(String sentence) {
    out.wrap(INDENT, INDENT, sentence);
  }

  /** What somebody copies is not wrapped. */
  private void copy(String line) {
    out.copied(INDENT, line);
  }

  void end(Report.Column column) {
    broken(column);
    notRun(column);
    if (!broken.isEmpty()) {
      say("Each rule is explained in docs/rules.md; --exchanges shows what was sent for it.");
    }
    for (RootCause cause : column.causes()) {
      List<String> rules = cause.rules(column.rows());
      if (!rules.isEmpty()) {
        out.wrap(
            "  ",
            INDENT,
            (rules.size() == 1 ? "1 rule is" : rules.size() + " rules are")
                + " broken because of \""
                + cause.name()
                + "\" ("
                + JsonReport.name(cause.severity())
                + "): "
                + String.join(" ", rules));
      }
    }
    out.strong(summary(column));
    out.blank();
    out.flush();
  }

  /** Most rules are not run because something was not said; then the options are what helps. */
  private void notRun(Report.Column column) {
    Map<String, Integer> unsaid = new TreeMap<>();
    new TreeMap<>(column.notRun())
        .forEach(
            (reason, rows) -> {
              Optional<String> option = rows.get(0).result().option();
              option.ifPresentOrElse(
                  name -> unsaid.merge(name, rows.size(), Integer::sum),
                  () -> out.wrap("  ", INDENT, "not run: " + rules(rows.size()) + ", " + reason));
            });
    if (!unsaid.isEmpty()) {
      String options =
          unsaid.entrySet().stream()
              .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
              .map(option -> option.getKey() + " (" + option.getValue() + ")")
              .collect(Collectors.joining(", "));
      int all = unsaid.values().stream().mapToInt(Integer::intValue).sum();
      out.wrap("  ", INDENT, "not run: " + rules(all) + ", because you did not give " + options);
      if (all > column.count(Status.HOLDS)) {
        out.wrap(
            "  ",
            INDENT,
            (column.verdict().isEmpty() && column.count(Status.BROKEN) == 0
                    ? "Nothing is found, but most rules did not run."
                    : "Most rules did not run.")
                + " Say what you mean, such as:");
        copy(
            "crosswalk check "
                + column.url()
                + " --allowed-origin https://app.example.com --refused-origin https://evil.example"
                + " --credentials");
      }
    }
  }

  private static String rules(int count) {
    return count + (count == 1 ? " rule" : " rules");
  }

  /** One line about one server. */
  static String summary(Report.Column column) {
    List<String> broken = new ArrayList<>();
    for (RootCause.Severity severity : RootCause.Severity.values()) {
      long count =
          column.rows().stream()
              .filter(row -> row.status() == Status.BROKEN && column.severity(row) == severity)
              .count();
      if (count > 0) {
        boolean several = count > 1 && severity != RootCause.Severity.SECURITY;
        broken.add(count + " " + JsonReport.name(severity) + (several ? "s" : ""));
      }
    }
    return String.format(
        Locale.ROOT,
        "%s%s, %d broken%s, %d not run, in %.1f s",
        causes(column),
        column.count(Status.HOLDS) == 1
            ? "1 rule holds"
            : column.count(Status.HOLDS) + " rules hold",
        column.count(Status.BROKEN),
        broken.isEmpty() ? "" : " (" + String.join(", ", broken) + ")",
        column.count(Status.NOT_RUN),
        column.duration().toMillis() / 1000.0);
  }

  private static String causes(Report.Column column) {
    int count = column.causes().size();
    return count == 0 ? "" : count + (count == 1 ? " cause, " : " causes, ");
  }
}
