package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.remedy.ServerRemedy;
import dev.crosswalk.cors.tck.report.CommonCause;
import dev.crosswalk.cors.tck.rules.Catalogue.Status;
import dev.crosswalk.cors.tck.rules.Rule.Level;
import dev.crosswalk.cors.tck.url.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import picocli.CommandLine.Help.Ansi;

/** The report as it grows, on a terminal or in a log. */
final class TextReport {

  private final PrintWriter out;
  private final Ansi ansi;
  private final boolean exchanges;
  private final boolean whatHolds;

  // Of the server that is being asked.
  private CommonCause common = new CommonCause();
  private final List<Report.Row> broken = new ArrayList<>();

  /**
   * @param ansi whether there are colors
   * @param exchanges whether broken rules show what was asked for them
   * @param whatHolds whether rules that hold are listed, and not only counted
   */
  TextReport(PrintWriter out, Ansi ansi, boolean exchanges, boolean whatHolds) {
    this.out = out;
    this.ansi = ansi;
    this.exchanges = exchanges;
    this.whatHolds = whatHolds;
  }

  void begin(String url) {
    common = new CommonCause();
    broken.clear();
    out.println(ansi.string("@|bold " + inMarkup(url) + "|@"));
    out.flush();
  }

  /** Why rules will be broken: first, because this is where to begin. */
  void causes(List<RootCause> causes) {
    for (RootCause cause : causes) {
      String color = cause.severity() == RootCause.Severity.NOTE ? "yellow" : "red";
      out.println("  " + ansi.string("@|" + color + ",bold CAUSE |@") + "  " + title(cause));
      cause.findings().forEach(finding -> indent(Printable.printable(finding)));
      for (int i = 0; i < cause.exploit().size(); i++) {
        indent(i + 1 + ". " + cause.exploit().get(i));
      }
      indent("Remedy: " + cause.remedy() + ".");
      if (exchanges) {
        cause.proofs().forEach(proof -> Transcript.of(proof).lines().forEach(this::indent));
      }
    }
    out.flush();
  }

  /** The lines that grant what is meant, in the words of the server. */
  void remedy(ServerRemedy remedy) {
    out.println("  " + ansi.string("@|bold REMEDY|@") + "  for " + remedy.title());
    remedy.lines().forEach(this::indent);
    indent(remedy.note());
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
          rule("green holds ", row);
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
        rule("red,bold FAULTY", row);
        details(row);
      }
    }
    out.flush();
  }

  private void rule(String mark, Report.Row row) {
    out.println(
        "  "
            + ansi.string("@|" + mark + "|@")
            + "  "
            + row.rule().id()
            + "  "
            + row.rule().sentence());
  }

  /** What was broken: what most of it has in common first. */
  private void broken() {
    common.tell().ifPresent(cause -> cause.lines().forEach(line -> out.println("  " + line)));
    for (Report.Row row : broken) {
      rule((row.rule().level() == Level.SHOULD ? "yellow" : "red") + ",bold BROKEN", row);
      details(row);
    }
  }

  private void details(Report.Row row) {
    indent(JsonReport.name(row.rule().level()) + ": " + Printable.printable(row.message()));
    indent("Look at " + row.rule().lookAt() + ".");
    indent("See " + row.rule().source());
    if (exchanges) {
      row.observations()
          .forEach(observation -> Transcript.of(observation).lines().forEach(this::indent));
    }
  }

  private void indent(String line) {
    out.println("          " + line);
  }

  void end(Report.Column column) {
    broken();
    new TreeMap<>(column.notRun())
        .forEach(
            (reason, count) ->
                out.println(
                    "  not run: " + count + (count == 1 ? " rule, " : " rules, ") + reason));
    for (RootCause cause : column.causes()) {
      List<String> rules = cause.rules(column.rows());
      if (!rules.isEmpty()) {
        out.println(
            "  "
                + (rules.size() == 1 ? "1 rule is" : rules.size() + " rules are")
                + " broken because of \""
                + cause.name()
                + "\" ("
                + JsonReport.name(cause.severity())
                + "): "
                + String.join(" ", rules));
      }
    }
    out.println(ansi.string("@|bold " + inMarkup(summary(column)) + "|@"));
    out.println();
    out.flush();
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

  /** Nothing in a URL is markup. */
  private static String inMarkup(String text) {
    return text.replace("@|", "@ |").replace("|@", "| @");
  }
}
