package dev.crosswalk.cors.cli;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Catalogue.Status;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

  private record Page(List<Server> servers, int columns, List<Family> families) {}

  private record Server(
      int number, String url, String summary, String begin, List<CauseShown> causes) {}

  private record CauseShown(
      String severity,
      String name,
      List<String> findings,
      List<String> exploit,
      String remedy,
      String rules,
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
      String status,
      String level,
      String sign,
      String message,
      boolean broken,
      String lookAt,
      List<String> exchanges) {}

  static String of(Report report) {
    List<Server> servers = new ArrayList<>();
    for (Report.Column column : report.columns()) {
      String begin = column.begin().truncatedTo(ChronoUnit.SECONDS).toString();
      List<CauseShown> causes =
          column.causes().stream().map(cause -> cause(cause, column)).toList();
      servers.add(
          new Server(servers.size() + 1, column.url(), TextReport.summary(column), begin, causes));
    }
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
    return template().execute(new Page(servers, 3 + servers.size(), families));
  }

  private static CauseShown cause(Cause cause, Report.Column column) {
    return new CauseShown(
        JsonReport.name(cause.severity()),
        cause.name(),
        cause.findings(),
        cause.exploit(),
        cause.remedy(),
        String.join(" ", cause.rules(column.rows())),
        cause.proofs().stream().map(Object::toString).toList());
  }

  private static RuleRow row(Catalogue.Entry rule, Report report) {
    List<Cell> cells = new ArrayList<>();
    for (Report.Column column : report.columns()) {
      Optional<Report.Row> row =
          column.rows().stream().filter(other -> other.rule().equals(rule)).findFirst();
      cells.add(cell(cells.size() + 1, row));
    }
    return new RuleRow(
        rule.id(),
        JsonReport.name(rule.level()),
        rule.sentence(),
        rule.why(),
        rule.source(),
        cells);
  }

  private static Cell cell(int number, Optional<Report.Row> asked) {
    if (asked.isEmpty()) {
      return new Cell(number, "", "", "", "", false, "", List.of());
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
        JsonReport.name(row.status()),
        JsonReport.name(row.rule().level()),
        sign,
        row.message(),
        broken,
        row.rule().lookAt(),
        broken ? row.observations().stream().map(Object::toString).toList() : List.of());
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
