package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.terminal.Usage;
import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Rule.Level;
import dev.crosswalk.cors.tck.url.Printable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The report for code scanning: SARIF 2.1.0. A cause is a result, and so is a broken rule that no
 * cause explains; the place of each is the URL.
 */
final class SarifReport {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private SarifReport() {}

  static String of(Report report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    root.put("version", "2.1.0");
    ObjectNode run = root.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "crosswalk");
    driver.put("version", Usage.VERSION);
    Map<String, ObjectNode> rules = new LinkedHashMap<>();
    ArrayNode results = run.putArray("results");
    for (Report.Column column : report.columns()) {
      for (RootCause cause : column.causes()) {
        rules.computeIfAbsent(cause.id(), unused -> rule(cause));
        write(cause, column, results.addObject());
      }
      for (Report.Row row : column.rows()) {
        if (row.status() == Catalogue.Status.BROKEN && column.cause(row).isEmpty()) {
          rules.computeIfAbsent(row.rule().id(), unused -> rule(row.rule()));
          write(row, column, results.addObject());
        }
      }
    }
    rules.values().forEach(driver.putArray("rules")::add);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  // The rules that results name.

  private static ObjectNode rule(RootCause cause) {
    String name = cause.name();
    ObjectNode rule = JSON.createObjectNode();
    rule.put("id", cause.id());
    rule.putObject("shortDescription").put("text", name);
    rule.putObject("help").put("text", "Remedy: " + cause.remedy() + ".");
    // GitHub sorts by this: 7 and more is high.
    rule.putObject("properties")
        .put("security-severity", cause.severity() == RootCause.Severity.SECURITY ? "8.0" : "3.0")
        .putArray("tags")
        .add("cors");
    return rule;
  }

  private static ObjectNode rule(Catalogue.Entry entry) {
    ObjectNode rule = JSON.createObjectNode();
    rule.put("id", entry.id());
    rule.put("helpUri", entry.source());
    rule.putObject("shortDescription").put("text", entry.sentence());
    rule.putObject("help").put("text", entry.why() + " Look at " + entry.lookAt() + ".");
    rule.putObject("properties").putArray("tags").add("cors");
    return rule;
  }

  // The results.

  private static void write(RootCause cause, Report.Column column, ObjectNode result) {
    List<String> lines = new ArrayList<>(cause.findings());
    lines.addAll(cause.exploit());
    lines.add("Remedy: " + cause.remedy() + ".");
    String level = cause.severity() == RootCause.Severity.NOTE ? "note" : "error";
    write(result, cause.id(), level, cause.name() + "\n" + String.join("\n", lines), column);
    exchange(cause.proofs(), result);
  }

  private static void write(Report.Row row, Report.Column column, ObjectNode result) {
    String level = row.rule().level() == Level.SHOULD ? "warning" : "error";
    write(result, row.rule().id(), level, row.message(), column);
    exchange(row.observations(), result);
  }

  private static void write(
      ObjectNode result, String rule, String level, String message, Report.Column column) {
    result.put("ruleId", rule);
    result.put("level", level);
    result.putObject("message").put("text", Printable.printable(message));
    result
        .putArray("locations")
        .addObject()
        .putObject("physicalLocation")
        .putObject("artifactLocation")
        .put("uri", column.url());
    // The same finding at the same URL is the same alert in the next run.
    String identity = rule + " " + column.url();
    result
        .putObject("partialFingerprints")
        .put(
            "finding/v1",
            UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString());
  }

  private static void exchange(List<Observation> proofs, ObjectNode result) {
    ArrayNode exchanges = result.putObject("properties").putArray("exchanges");
    proofs.forEach(proof -> exchanges.add(Transcript.of(proof)));
  }
}
