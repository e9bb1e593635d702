package dev.crosswalk.cors.cli.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.crosswalk.cors.cli.remedy.ServerRemedy;
import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Catalogue.Status;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Rule.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
   * What comes before anything else.
   *
   * @param name for people: of the servers' file, or the URL
   * @param url what was asked for
   * @param software as it says about itself; empty if it says nothing
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
      List<RootCause> causes,
      Optional<ServerRemedy> remedy,
      List<Row> rows) {

    Column {
      causes = List.copyOf(causes);
      rows = List.copyOf(rows);
    }

    /** The first cause, the worst, of a broken rule; empty if it has none of them. */
    Optional<RootCause> cause(Row row) {
      return causes.stream()
          .filter(cause -> row.status() == Status.BROKEN && cause.explains().test(row))
          .findFirst();
    }

    String url() {
      return heading.url();
    }

    /** The worst that was found; empty if nothing was. */
    Optional<RootCause.Severity> verdict() {
      Stream<RootCause.Severity> broken =
          rows.stream()
              .filter(row -> row.status() == Status.BROKEN || row.status() == Status.FAULTY)
              .map(this::severity);
      return Stream.concat(causes.stream().map(RootCause::severity), broken)
          .min(Comparator.naturalOrder());
    }

    /** How bad a broken rule is: as bad as its cause, if it has one. */
    RootCause.Severity severity(Row row) {
      Level level = row.rule().level();
      // Look-alikes that browsers send are asked for by the probe, which then names a cause.
      boolean unsent = row.rule().family().equals("LookAlike");
      return cause(row)
          .map(RootCause::severity)
          .orElse(
              unsent || level == Level.SHOULD
                  ? RootCause.Severity.NOTE
                  : level == Level.SECURITY
                      ? RootCause.Severity.SECURITY
                      : RootCause.Severity.DEFECT);
    }

    /** The rules that were not run, by the reason. */
    Map<String, List<Row>> notRun() {
      return rows.stream()
          .filter(row -> row.status() == Status.NOT_RUN)
          .collect(groupingBy(Row::message, LinkedHashMap::new, toList()));
    }

    long count(Status status) {
      return rows.stream().filter(row -> row.status() == status).count();
    }

    /**
     * Whether something is wrong that is not just a note; if strict, whether any rule is broken.
     */
    boolean isBroken(boolean strict) {
      return verdict().filter(worst -> worst != RootCause.Severity.NOTE).isPresent()
          || (strict && count(Status.BROKEN) > 0);
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
      return Transcript.message(result.message(), observations);
    }
  }
}
