import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The page about the CORS that frameworks bring, by the template built-in.md.mustache. */
final class BuiltInPage {

  /** The servers of one column: a framework, or all of this project's adapters. */
  private record Column(String title, List<StateOfCors.Server> servers, List<Finding> findings) {
    String anchor() {
      return title.toLowerCase().replaceAll("[^a-z]+", "-");
    }
  }

  /** Something that a column does wrong: a cause, or a broken rule that no cause explains. */
  private record Finding(
      String name, String severity, List<String> lines, String exchange, boolean isRead) {
    boolean isNote() {
      return severity.equals("note");
    }

    String heading() {
      return switch (severity) {
        case "security" -> "**security**";
        case "note" -> "notes";
        default -> "defects";
      };
    }
  }

  private static final List<String> SEVERITIES = List.of("security", "defect", "note");

  private BuiltInPage() {}

  static void write(List<StateOfCors.Server> servers, Path page) throws IOException {
    JsonNode report = StatePage.report();
    Map<String, Column> columns = new LinkedHashMap<>();
    Map<String, int[]> counts = new HashMap<>();
    for (StateOfCors.Server server : servers) {
      String title = server.line("built-in");
      if (title.isEmpty()) {
        continue;
      }
      Column column =
          columns.computeIfAbsent(
              title, key -> new Column(key, new ArrayList<>(), new ArrayList<>()));
      column.servers().add(server);
      JsonNode found = StatePage.of(server, report);
      column.findings().addAll(findings(found));
      int[] count = counts.computeIfAbsent(title, key -> new int[3]);
      count[0] += found.get("holds").asInt();
      count[1] += found.get("broken").asInt();
      count[2] = Math.max(count[2], found.get("notRun").asInt());
    }
    Map<String, Object> values = new HashMap<>();
    values.put("columns", columns.values().stream().map(c -> values(c, counts)).toList());
    values.put("rows", rows(new ArrayList<>(columns.values())));
    values.put("count", columns.size() - 1);
    values.put("notRun", counts.values().stream().mapToInt(count -> count[2]).min().orElse(0));
    values.put("ours", "Crosswalk");
    values.put("adapters", columns.get("Crosswalk").servers().size());
    values.put("date", LocalDate.now().toString());
    values.put("crosswalk", report.get("crosswalk").asString());
    Files.writeString(
        page,
        Mustache.compiler()
            .escapeHTML(false)
            .emptyStringIsFalse(true)
            .compile(Files.readString(Path.of("built-in.md.mustache")))
            .execute(values));
  }

  private static List<Finding> findings(JsonNode server) {
    List<Finding> findings = new ArrayList<>();
    List<String> explained = new ArrayList<>();
    for (JsonNode cause : server.get("causes")) {
      Map<String, Object> shown = StatePage.cause(server.get("name").asString(), cause);
      explained.addAll(StatePage.texts(cause.get("rules")));
      findings.add(
          new Finding(
              shown.get("name").toString(),
              shown.get("severity").toString(),
              StatePage.texts(cause.get("findings")),
              shown.get("exchange").toString(),
              Boolean.TRUE.equals(shown.get("isRead"))));
    }
    for (JsonNode rule : server.get("rules")) {
      if (rule.get("status").asString().equals("broken")
          && !explained.contains(rule.get("id").asString())) {
        findings.add(
            new Finding(
                "not kept: " + rule.get("rule").asString(),
                // What harms somebody has a cause: this takes a request that no browser sends.
                "note",
                List.of("[" + rule.get("id").asString() + "](rules.md): " + rule.get("message").asString()),
                StatePage.exchange(rule.get("exchanges")),
                false));
      }
    }
    return findings;
  }

  private static Map<String, Object> values(Column column, Map<String, int[]> counts) {
    int[] count = counts.get(column.title());
    Map<String, Object> values = new HashMap<>();
    values.put("title", column.title());
    values.put("anchor", column.anchor());
    values.put("kept", count[0] + " of " + (count[0] + count[1]));
    values.put("hasFindings", !column.findings().isEmpty());
    values.put("summary", summary(column.findings()));
    values.put(
        "servers",
        column.servers().stream()
            .map(
                server -> {
                  Map<String, Object> shown = new HashMap<>(server.lines());
                  shown.put("software", server.line("version"));
                  shown.put("hasSource", !server.line("source").isEmpty());
                  shown.put(
                      "file", server.file().equals("quarkus") ? "quarkus/pom.xml" : server.file());
                  return shown;
                })
            .toList());
    List<Map<String, Object>> findings = new ArrayList<>();
    for (Finding finding : column.findings()) {
      findings.add(
          Map.of(
              "anchor", anchor(column, finding),
              "name", finding.name(),
              "severity", finding.severity(),
              "lines", finding.lines(),
              "isRead", finding.isRead(),
              "exchange", finding.exchange()));
    }
    values.put("findings", findings);
    return values;
  }

  private static String summary(List<Finding> findings) {
    if (findings.isEmpty()) {
      return "nothing";
    }
    return findings.stream()
        .sorted(Comparator.comparing(finding -> SEVERITIES.indexOf(finding.severity())))
        .collect(
            Collectors.groupingBy(Finding::heading, LinkedHashMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String anchor(Column column, Finding finding) {
    return column.anchor() + "-" + (column.findings().indexOf(finding) + 1);
  }

  /** One row for each thing that at least one column does, the worst first. */
  private static List<Map<String, Object>> rows(List<Column> columns) {
    Map<String, String> names = new LinkedHashMap<>();
    columns.stream()
        .flatMap(column -> column.findings().stream())
        .sorted(Comparator.comparing(finding -> SEVERITIES.indexOf(finding.severity())))
        .forEach(finding -> names.putIfAbsent(finding.name(), finding.severity()));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String name : names.keySet()) {
      List<String> cells = new ArrayList<>();
      for (Column column : columns) {
        cells.add(
            column.findings().stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .map(
                    finding ->
                        "[%s](#%s)".formatted(finding.isNote() ? "○" : "✗", anchor(column, finding)))
                .orElse(""));
      }
      rows.add(Map.of("name", name, "cells", cells));
    }
    return rows;
  }
}
