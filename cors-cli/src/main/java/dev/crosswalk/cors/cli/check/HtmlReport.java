package dev.crosswalk.cors.cli.check;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.crosswalk.cors.cli.remedy.ServerRemedy;
import dev.crosswalk.cors.cli.terminal.Usage;
import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Catalogue.Status;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report for people: a matrix of rules and servers, in one file that needs no other. */
final class HtmlReport {

  private static final String TEMPLATE = "report.html.mustache";

  private HtmlReport() {}

  // What the template shows, by the names that it uses.

  private record Page(
      String title,
      String date,
      String version,
      List<ServerShown> servers,
      int columns,
      List<Family> families) {}

  /**
   * @param verdict the worst that was found, as a class of the page's style
   * @param options with which it was checked
   * @param notRun how many rules were not run, and why
   * @param configuration which grants what is meant; at most one
   */
  private record ServerShown(
      int number,
      String name,
      String url,
      String software,
      String verdict,
      String verdictText,
      String summary,
      String begin,
      List<String> options,
      List<String> notRun,
      List<CauseShown> causes,
      List<ConfigurationShown> configuration) {}

  private record ConfigurationShown(String title, String lines, String note) {}

  private record CauseShown(
      int server,
      String id,
      boolean last,
      String severity,
      String name,
      List<String> findings,
      List<String> exploit,
      String remedy,
      boolean hasRules,
      List<String> rules,
      List<String> exchanges) {}

  private record Family(String name, List<RuleRow> rules) {}

  private record RuleRow(
      String id, String level, String sentence, String why, String source, List<Cell> cells) {}

  /**
   * One rule at one server; nothing but the number if it was not asked there.
   *
   * @param message why it is broken, or was not run; empty if it holds
   * @param exchanges what was asked for it; empty if it is not broken
   */
  private record Cell(
      int number,
      String server,
      String status,
      String statusInWords,
      String level,
      String sign,
      String message,
      boolean broken,
      String lookAt,
      List<String> exchanges) {}

  static String of(Report report) {
    List<ServerShown> servers = new ArrayList<>();
    report.columns().forEach(column -> servers.add(server(servers.size() + 1, column)));
    List<Family> families =
        report.columns().stream()
            .flatMap(column -> column.rows().stream())
            .map(Report.Row::rule)
            .distinct()
            .collect(
                Collectors.groupingBy(Catalogue.Entry::family, TreeMap::new, Collectors.toList()))
            .entrySet()
            .stream()
            .map(
                family ->
                    new Family(
                        words(family.getKey()),
                        family.getValue().stream().map(rule -> row(rule, report)).toList()))
            .toList();
    String title = servers.size() == 1 ? servers.get(0).name() : servers.size() + " servers";
    String date = report.columns().isEmpty() ? "" : time(report.columns().get(0).begin());
    return template()
        .execute(new Page(title, date, Usage.VERSION, servers, servers.size(), families));
  }

  private static ServerShown server(int number, Report.Column column) {
    List<CauseShown> causes = new ArrayList<>();
    for (RootCause cause : column.causes()) {
      boolean last = causes.size() + 1 == column.causes().size();
      causes.add(cause(number, last, cause, column));
    }
    List<String> notRun = new ArrayList<>();
    column
        .notRun()
        .forEach(
            (reason, rows) ->
                notRun.add(rows.size() + (rows.size() == 1 ? " rule, " : " rules, ") + reason));
    return new ServerShown(
        number,
        column.heading().name(),
        column.url(),
        column.heading().software(),
        column.verdict().map(JsonReport::name).orElse("clean"),
        column.verdict().map(HtmlReport::verdict).orElse("nothing found"),
        TextReport.summary(column),
        time(column.begin()),
        column.heading().options(),
        notRun,
        causes,
        column.remedy().map(HtmlReport::configuration).stream().toList());
  }

  private static ConfigurationShown configuration(ServerRemedy remedy) {
    return new ConfigurationShown(
        "The configuration for " + remedy.title(),
        String.join("\n", remedy.lines()),
        remedy.note());
  }

  private static String verdict(RootCause.Severity severity) {
    return switch (severity) {
      case SECURITY -> "security";
      case DEFECT -> "defects";
      case NOTE -> "notes";
    };
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }

  private static CauseShown cause(int server, boolean last, RootCause cause, Report.Column column) {
    List<String> rules = cause.rules(column.rows());
    return new CauseShown(
        server,
        cause.id(),
        last,
        JsonReport.name(cause.severity()),
        cause.name(),
        cause.findings(),
        cause.exploit(),
        cause.remedy(),
        !rules.isEmpty(),
        rules,
        cause.proofs().stream().map(Transcript::of).toList());
  }

  private static RuleRow row(Catalogue.Entry rule, Report report) {
    List<Cell> cells = new ArrayList<>();
    for (Report.Column column : report.columns()) {
      Optional<Report.Row> row =
          column.rows().stream().filter(other -> other.rule().equals(rule)).findFirst();
      cells.add(cell(cells.size() + 1, column.heading().name(), row));
    }
    return new RuleRow(
        rule.id(),
        JsonReport.name(rule.level()),
        rule.sentence(),
        rule.why(),
        rule.source(),
        cells);
  }

  private static Cell cell(int number, String server, Optional<Report.Row> asked) {
    if (asked.isEmpty()) {
      return new Cell(number, server, "", "", "", "", "", false, "", List.of());
    }
    Report.Row row = asked.get();
    boolean broken = row.status() == Status.BROKEN;
    String sign =
        switch (row.status()) {
          case HOLDS -> "\u2713";
          case BROKEN, FAULTY -> "\u2717";
          case NOT_RUN -> "\u2013";
        };
    return new Cell(
        number,
        server,
        JsonReport.name(row.status()),
        row.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        JsonReport.name(row.rule().level()),
        sign,
        row.message(),
        broken,
        row.rule().lookAt(),
        broken ? row.observations().stream().map(Transcript::of).toList() : List.of());
  }

  private static String words(String camelCase) {
    String words = camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** It escapes all that it shows: most of it may come from a server that we do not know. */
  private static Template template() {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(HtmlReport.class.getResourceAsStream(TEMPLATE), TEMPLATE),
            StandardCharsets.UTF_8)) {
      return Mustache.compiler().escapeHTML(true).emptyStringIsFalse(true).compile(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(TEMPLATE + " cannot be read", e);
    }
  }
}
