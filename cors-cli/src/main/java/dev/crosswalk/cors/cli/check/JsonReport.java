package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.terminal.Usage;
import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.url.Bytes;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The report for programs. */
final class JsonReport {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private JsonReport() {}

  static String of(Report report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", 1);
    root.put("crosswalk", Usage.VERSION);
    ArrayNode servers = root.putArray("servers");
    for (Report.Column column : report.columns()) {
      ObjectNode server = servers.addObject();
      server.put("name", column.heading().name());
      server.put("url", column.url());
      server.put("software", column.heading().software());
      server.put("verdict", column.verdict().map(JsonReport::name).orElse("clean"));
      column.heading().options().forEach(server.putArray("options")::add);
      server.put("begin", column.begin().toString());
      server.put("milliseconds", column.duration().toMillis());
      for (Catalogue.Status status : Catalogue.Status.values()) {
        server.put(name(status), column.count(status));
      }
      ArrayNode causes = server.putArray("causes");
      column.causes().forEach(cause -> write(cause, column, causes.addObject()));
      column
          .remedy()
          .ifPresent(
              remedy -> {
                ObjectNode node = server.putObject("remedy");
                node.put("server", remedy.title());
                remedy.lines().forEach(node.putArray("lines")::add);
                node.put("note", remedy.note());
              });
      ArrayNode rules = server.putArray("rules");
      column.rows().forEach(row -> write(row, rules.addObject()));
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static void write(RootCause cause, Report.Column column, ObjectNode node) {
    node.put("id", cause.id());
    node.put("cause", cause.name());
    node.put("severity", name(cause.severity()));
    cause.findings().forEach(node.putArray("findings")::add);
    cause.exploit().forEach(node.putArray("exploit")::add);
    node.put("remedy", cause.remedy());
    cause.rules(column.rows()).forEach(node.putArray("rules")::add);
    ArrayNode exchanges = node.putArray("exchanges");
    cause.proofs().forEach(proof -> exchanges.add(Transcript.of(proof)));
  }

  private static void write(Report.Row row, ObjectNode node) {
    Catalogue.Entry rule = row.rule();
    node.put("id", rule.id());
    node.put("rule", rule.sentence());
    node.put("level", name(rule.level()));
    node.put("source", rule.source());
    node.put("intent", rule.why());
    node.put("status", name(row.status()));
    if (!row.message().isEmpty()) {
      node.put("message", row.message());
    }
    if (row.status() == Catalogue.Status.BROKEN) {
      node.put("lookAt", rule.lookAt());
      ArrayNode exchanges = node.putArray("exchanges");
      row.observations().forEach(observation -> exchanges.add(Transcript.of(observation)));
    }
  }

  /** {@code NOT_RUN} as {@code notRun}. */
  static String name(Enum<?> value) {
    String lower = Bytes.lowerCase(value.name());
    int underscore = lower.indexOf('_');
    return underscore < 0
        ? lower
        : lower.substring(0, underscore)
            + Character.toUpperCase(lower.charAt(underscore + 1))
            + lower.substring(underscore + 2);
  }
}
