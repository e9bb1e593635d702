package dev.crosswalk.cors.cli;

import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Catalogue.Status;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Rule.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   * What one is told before anything else.
   *
   * @param name for people: of the servers' file, or the URL
   * @param url what was asked for
   * @param software as it says of itself; empty if it says nothing
   * @param options with which it was checked, as on the command line
   */
  record Heading(String name, String url, String software, List<String> options) {
    Heading {
      options = List.copyOf(options);
    }
  }

  /**
   * One server.
   *
   * @param heading what it is
   * @param begin when
   * @param duration for how long
   * @param causes the mistakes from which broken rules follow, the worst first
   * @param remedy the configuration that grants what is meant; empty if nothing is wrong, or if the
   *     server does not tell what it is
   * @param rows in the order of the rules' ids
   */
  record Column(
      Heading heading,
      Instant begin,
      Duration duration,
      List<Cause> causes,
      Optional<ServerRemedy> remedy,
      List<Row> rows) {

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

    String url() {
      return heading.url();
    }

    /** The worst that was found; empty if nothing was. */
    Optional<Cause.Severity> verdict() {
      if (causes.stream().anyMatch(cause -> cause.severity() == Cause.Severity.SECURITY)
          || breaks(Level.SECURITY)) {
        return Optional.of(Cause.Severity.SECURITY);
      }
      if (isBroken(false)) {
        return Optional.of(Cause.Severity.DEFECT);
      }
      return causes.isEmpty() && count(Status.BROKEN) == 0
          ? Optional.empty()
          : Optional.of(Cause.Severity.NOTE);
    }

    /** Whether a rule of this level is broken, and no cause says how bad that is. */
    private boolean breaks(Level level) {
      return rows.stream()
          .anyMatch(
              row ->
                  row.status() == Status.BROKEN
                      && row.rule().level() == level
                      && cause(row).isEmpty());
    }

    /** Why rules were not run, and how many. */
    Map<String, Integer> notRun() {
      Map<String, Integer> reasons = new LinkedHashMap<>();
      for (Row row : rows) {
        if (row.status() == Status.NOT_RUN) {
          reasons.merge(row.message(), 1, Integer::sum);
        }
      }
      return reasons;
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
