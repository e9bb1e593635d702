package dev.crosswalk.cors.cli;

import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Observation;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The report for people: a matrix of rules and servers, in one file that needs no other. */
final class HtmlReport {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ok: #1a7f37; --bad: #cf222e; --worse: #bf8700; --dim: #8c959f; }
      body { font: 14px/1.4 system-ui, sans-serif; margin: 1.5rem auto; max-width: 76rem; padding: 0 1rem; }
      h1 { font-size: 1.3rem; }
      ol { padding-left: 1.4rem; }
      table { border-collapse: collapse; width: 100%; }
      thead th { position: sticky; top: 0; background: Canvas; }
      th, td { text-align: left; vertical-align: top; padding: .15rem .5rem; border-bottom: 1px solid #8883; }
      tbody th { padding-top: 1.2rem; }
      td.id { font-family: ui-monospace, monospace; white-space: nowrap; }
      td.level { color: var(--dim); white-space: nowrap; }
      th.cell, td.cell { text-align: center; width: 3rem; border-left: 1px solid #8883; }
      .holds { color: #fff; background: var(--ok); } .notRun { color: var(--dim); }
      .broken, .faulty { color: #fff; background: var(--bad); } .should.broken { background: var(--worse); }
      summary { cursor: pointer; } p { margin: .3rem 0; } p.why { color: var(--dim); }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8rem; background: #8881; padding: .5rem; }
      """;

  private HtmlReport() {}

  static String of(Report report) {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append("<title>CORS report</title>\n<style>\n").append(STYLE).append("</style>\n");
    html.append("<h1>CORS, by the rules of Crosswalk</h1>\n<ol>\n");
    for (Report.Column column : report.columns()) {
      html.append("<li><b>").append(escape(column.url())).append("</b>: ");
      html.append(TextReport.summary(column)).append(", ");
      html.append(column.begin().truncatedTo(ChronoUnit.SECONDS)).append("\n");
    }
    html.append("</ol>\n<table>\n<thead><tr><th>id<th>level<th>rule");
    for (int i = 1; i <= report.columns().size(); i++) {
      String url = escape(report.columns().get(i - 1).url());
      html.append("<th class=\"cell\" title=\"").append(url).append("\">").append(i);
    }
    html.append("\n</thead>\n");
    families(report).forEach((family, rules) -> write(html, family, rules, report));
    html.append("</table>\n");
    return html.append("</html>\n").toString();
  }

  private static Map<String, List<Catalogue.Entry>> families(Report report) {
    Map<String, List<Catalogue.Entry>> families = new TreeMap<>();
    List<Catalogue.Entry> rules =
        report.columns().stream()
            .flatMap(column -> column.rows().stream())
            .map(Report.Row::rule)
            .distinct()
            .toList();
    for (Catalogue.Entry rule : rules) {
      families.merge(
          rule.family(), List.of(rule), (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
    }
    return families;
  }

  private static void write(
      StringBuilder html, String family, List<Catalogue.Entry> rules, Report report) {
    html.append("<tbody><tr><th colspan=\"").append(3 + report.columns().size()).append("\">");
    html.append(words(family)).append("\n");
    for (Catalogue.Entry rule : rules) {
      List<Optional<Report.Row>> cells =
          report.columns().stream().map(column -> row(column, rule)).toList();
      html.append("<tr><td class=\"id\">").append(rule.id());
      html.append("<td class=\"level\">").append(JsonReport.name(rule.level()));
      html.append("<td><details><summary>").append(escape(rule.sentence())).append("</summary>");
      html.append("<p class=\"why\">").append(escape(rule.why()));
      html.append(" <a href=\"").append(escape(rule.source())).append("\">source</a>");
      for (int i = 0; i < cells.size(); i++) {
        int number = i + 1;
        cells.get(i).ifPresent(row -> details(html, number, row));
      }
      html.append("</details>");
      for (Optional<Report.Row> cell : cells) {
        html.append(cell.map(HtmlReport::cell).orElse("<td class=\"cell\">"));
      }
      html.append("\n");
    }
  }

  private static Optional<Report.Row> row(Report.Column column, Catalogue.Entry rule) {
    return column.rows().stream().filter(row -> row.rule().equals(rule)).findFirst();
  }

  private static String cell(Report.Row row) {
    String sign =
        switch (row.status()) {
          case HOLDS -> "\u2713";
          case BROKEN, FAULTY -> "\u2717";
          case NOT_RUN -> "\u2013";
        };
    return "<td class=\"cell "
        + JsonReport.name(row.status())
        + " "
        + JsonReport.name(row.rule().level())
        + "\" title=\""
        + JsonReport.name(row.status())
        + "\">"
        + sign;
  }

  /** Why a rule is broken at a server, or was not run there. */
  private static void details(StringBuilder html, int number, Report.Row row) {
    if (row.message().isEmpty()) {
      return;
    }
    html.append("<p><b>").append(number).append("</b> ").append(JsonReport.name(row.status()));
    html.append(": ").append(escape(row.message()));
    if (row.status() == Catalogue.Status.BROKEN) {
      html.append("<p>Look at ").append(escape(row.rule().lookAt())).append(".");
      for (Observation observation : row.observations()) {
        html.append("<pre>").append(escape(observation.toString())).append("</pre>");
      }
    }
  }

  private static String words(String camelCase) {
    String words = camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** Everything here may come from a server that we do not know. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      switch (c) {
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '&' -> escaped.append("&amp;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
