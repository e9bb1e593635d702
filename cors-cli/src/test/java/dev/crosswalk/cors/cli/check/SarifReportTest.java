package dev.crosswalk.cors.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.Mutant;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The report for code scanning, held to what SARIF 2.1.0 (OASIS, errata 01) asks of it. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class SarifReportTest extends Checking {

  /**
   * Of the objects that are written: their properties by §3 of the standard, those that it requires
   * with an exclamation mark, and of what kind each is. An object may have no other property.
   */
  private static final String STANDARD =
      """
      log: $schema=uri version!=2.1.0 runs!=run*
      run: tool!=tool results=result*
      tool: driver!=component
      component: name!=text version=text informationUri=uri rules=rule*
      rule: id!=text helpUri=uri shortDescription=texts help=texts properties=bag
      texts: text!=text
      result: ruleId=text level=level message!=texts locations=location* \
          partialFingerprints=strings properties=bag
      location: physicalLocation=place
      place: artifactLocation=artifact
      artifact: uri=uri
      """;

  /** Of this server, and of one with another cause. */
  private JsonNode reportOf(URI url) throws Exception {
    URI other = serve(TestPolicy.CREDENTIALS, Mutant.named("EXPOSES_ON_PREFLIGHT").step());
    Path sarif = directory.resolve("report.sarif");
    run(
        Arrays.asList("check", url.toString(), other.toString()),
        profileAnd("--sarif", sarif.toString()));
    return JsonMapper.builder().build().readTree(Files.readString(sarif));
  }

  @Test
  void the_report_for_code_scanning_has_each_cause_and_each_rule_without_one() throws Exception {
    URI url = serve(TestPolicy.CREDENTIALS, Mutant.named("NULL_IS_ALLOWED").step());
    JsonNode report = reportOf(url);
    assertEquals("2.1.0", report.get("version").asString());
    JsonNode run = report.get("runs").get(0);
    JsonNode results = run.get("results");
    assertEquals(2, results.size(), results::toString);
    assertEquals("trusts-null", results.get(0).get("ruleId").asString());
    assertEquals("error", results.get(0).get("level").asString());
    assertEquals("PF14", results.get(1).get("ruleId").asString());
    assertEquals("warning", results.get(1).get("level").asString());
    List<String> rules = new ArrayList<>();
    run.get("tool")
        .get("driver")
        .get("rules")
        .forEach(rule -> rules.add(rule.get("id").asString()));
    assertEquals(List.of("trusts-null", "PF14"), rules);
    assertEquals(
        url.toString(),
        results.get(0).at("/locations/0/physicalLocation/artifactLocation/uri").asString());
  }

  @Test
  void the_report_for_code_scanning_is_as_the_standard_says() throws Exception {
    JsonNode report =
        reportOf(serve(TestPolicy.CREDENTIALS, Mutant.named("NULL_IS_ALLOWED").step()));
    Map<String, Map<String, String>> standard = standard();
    Set<String> seen = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    hold(report, "log", "", standard, seen, wrong);
    assertEquals(List.of(), wrong);
    assertEquals(new TreeSet<>(standard.keySet()), seen, "the kinds of objects that were held");
    List<String> ids = new ArrayList<>();
    JsonNode run = report.get("runs").get(0);
    run.at("/tool/driver/rules").forEach(rule -> ids.add(rule.get("id").asString()));
    assertEquals(ids.stream().distinct().toList(), ids, "a rule is described once");
    run.get("results").forEach(result -> assertTrue(ids.contains(result.get("ruleId").asString())));
  }

  private static Map<String, Map<String, String>> standard() {
    Map<String, Map<String, String>> objects = new LinkedHashMap<>();
    STANDARD
        .lines()
        .forEach(
            line -> {
              String[] words = line.strip().split(":? +");
              Map<String, String> properties = new LinkedHashMap<>();
              for (int i = 1; i < words.length; i++) {
                properties.put(words[i].split("=")[0], words[i].split("=")[1]);
              }
              objects.put(words[0], properties);
            });
    return objects;
  }

  private static void hold(
      JsonNode node,
      String kind,
      String path,
      Map<String, Map<String, String>> standard,
      Set<String> seen,
      List<String> wrong) {
    boolean held =
        switch (kind) {
          case "uri" -> node.isString() && URI.create(node.asString()).isAbsolute();
          case "text" -> node.isString() && !node.asString().isEmpty();
          case "level" -> List.of("none", "note", "warning", "error").contains(node.asString());
          case "strings" -> node.isObject() && node.valueStream().allMatch(JsonNode::isString);
          case "bag" -> node.isObject() && (!node.has("tags") || node.get("tags").isArray());
          default ->
              kind.endsWith("*")
                  ? node.isArray()
                  : standard.containsKey(kind) ? node.isObject() : kind.equals(node.asString(""));
        };
    if (!held) {
      wrong.add(path + " is not of the kind " + kind + ": " + node);
    }
    if (kind.endsWith("*")) {
      int i = 0;
      for (JsonNode member : node) {
        hold(member, kind.substring(0, kind.length() - 1), path + "/" + i++, standard, seen, wrong);
      }
    }
    Map<String, String> properties = standard.get(kind);
    if (properties == null) {
      return;
    }
    seen.add(kind);
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      String name = property.getKey();
      String of = properties.getOrDefault(name, properties.get(name + "!"));
      if (of == null) {
        wrong.add(path + " has no property " + name + " in the standard");
      } else {
        hold(property.getValue(), of, path + "/" + name, standard, seen, wrong);
      }
    }
    for (String name : properties.keySet()) {
      if (name.endsWith("!") && !node.has(name.substring(0, name.length() - 1))) {
        wrong.add(path + " lacks " + name);
      }
    }
  }
}
