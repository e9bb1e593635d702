package dev.crosswalk.cors.tck;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The report for people: a matrix of rules and servers, in one file that needs no other. */
final class HtmlReport {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ok: #1a7f37; --bad: #cf222e; --dim: #8c959f; }
      body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
      h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid #8884; }
      th.server, td.cell { width: 9rem; }
      td.id { font-family: ui-monospace, monospace; width: 4rem; } td.level { width: 5rem; color: var(--dim); }
      .holds { color: var(--ok); } .broken, .faulty { color: var(--bad); font-weight: 600; } .notRun { color: var(--dim); }
      details summary { cursor: pointer; } p.why { margin: .2rem 0; color: var(--dim); font-weight: 400; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8rem; font-weight: 400; color: CanvasText;
            background: #8881; padding: .5rem; margin: .4rem 0; }
      ul.summary { padding-left: 1.2rem; }
      """;

  private HtmlReport() {}

  static String of(Report report) {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append("<title>CORS report</title>\n<style>\n").append(STYLE).append("</style>\n");
    html.append("<h1>CORS, by the rules of Crosswalk</h1>\n<ul class=\"summary\">\n");
    for (Report.Column column : report.columns()) {
      html.append("<li><b>").append(escape(column.url())).append("</b>: ");
      html.append(TextReport.summary(column))
          .append(" (")
          .append(column.begin())
          .append(")</li>\n");
    }
    html.append("</ul>\n");
    families(report).forEach((family, rules) -> write(html, family, rules, report));
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
    html.append("<h2>").append(words(family)).append("</h2>\n<table>\n<tr><th>id<th>level<th>rule");
    for (Report.Column column : report.columns()) {
      html.append("<th class=\"server\">").append(escape(host(column.url())));
    }
    html.append("\n");
    for (Catalogue.Entry rule : rules) {
      html.append("<tr><td class=\"id\">").append(rule.id());
      html.append("<td class=\"level\">").append(JsonReport.name(rule.level()));
      html.append("<td>").append(escape(rule.sentence()));
      html.append("<p class=\"why\">").append(escape(rule.rule().intent()));
      html.append(" <a href=\"").append(escape(rule.rule().source())).append("\">source</a></p>");
      for (Report.Column column : report.columns()) {
        column.rows().stream()
            .filter(row -> row.rule().equals(rule))
            .findFirst()
            .ifPresentOrElse(row -> cell(html, row), () -> html.append("<td class=\"cell\">"));
      }
      html.append("\n");
    }
    html.append("</table>\n");
  }

  private static void cell(StringBuilder html, Report.Row row) {
    String status = JsonReport.name(row.status());
    html.append("<td class=\"cell ").append(status).append("\">");
    switch (row.status()) {
      case HOLDS -> html.append("holds");
      case NOT_RUN ->
          html.append("<details><summary>not run</summary>")
              .append(escape(row.message()))
              .append("</details>");
      case BROKEN, FAULTY -> {
        html.append("<details><summary>").append(status).append("</summary>");
        html.append("<p class=\"why\">").append(escape(row.message())).append("</p>");
        html.append("<p class=\"why\">Look at ").append(escape(row.rule().rule().lookAt()));
        html.append(".</p>");
        for (Observation observation : row.observations()) {
          html.append("<pre>").append(escape(observation.toString())).append("</pre>");
        }
        html.append("</details>");
      }
    }
  }

  private static String words(String camelCase) {
    String words = camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String host(String url) {
    return Url.parse(url).map(Url::authority).orElse(url);
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
