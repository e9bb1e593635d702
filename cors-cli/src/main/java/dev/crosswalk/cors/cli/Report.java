package dev.crosswalk.cors.cli;

import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Catalogue.Status;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Rule.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of the rules: for each server a column.
 *
 * @param columns in the order in which the servers were asked
 */
record Report(List<Column> columns) {

  Report {
    columns = List.copyOf(columns);
  }

  /**
   * One server.
   *
   * @param url what was asked for
   * @param begin when
   * @param duration for how long
   * @param causes the mistakes from which broken rules follow, the worst first
   * @param rows in the order of the rules' ids
   */
  record Column(String url, Instant begin, Duration duration, List<Cause> causes, List<Row> rows) {

    Column {
      causes = List.copyOf(causes);
      rows = List.copyOf(rows);
    }

    /** The first cause, the worst, of a broken rule; empty if it has none of them. */
    Optional<Cause> cause(Row row) {
      return causes.stream()
          .filter(cause -> row.status() == Status.BROKEN && cause.explains().test(row))
          .findFirst();
    }

    long count(Status status) {
      return rows.stream().filter(row -> row.status() == status).count();
    }

    /** Whether a rule is broken that no server may break without harm. */
    boolean isBroken(boolean strict) {
      return causes.stream().anyMatch(cause -> cause.severity() != Cause.Severity.NOTE)
          || rows.stream()
              .anyMatch(
                  row ->
                      row.status() == Status.FAULTY
                          || (row.status() == Status.BROKEN
                              && (strict || row.rule().level() != Level.SHOULD)));
    }
  }

  /**
   * One rule at one server.
   *
   * @param result what came of it
   * @param observations what was asked for it
   */
  record Row(Catalogue.Result result, List<Observation> observations) {

    Row {
      observations = List.copyOf(observations);
    }

    Catalogue.Entry rule() {
      return result.rule();
    }

    Status status() {
      return result.status();
    }

    String message() {
      return result.message();
    }
  }
}
