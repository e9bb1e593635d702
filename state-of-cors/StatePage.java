import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page about the servers, by the template page.md.mustache. */
final class StatePage {

  private StatePage() {}

  static void write(List<StateOfCors.Server> servers, Path page) throws IOException {
    JsonNode report = report();
    List<Map<String, Object>> shown = new ArrayList<>();
    int number = 0;
    for (JsonNode found : report.get("servers")) {
      StateOfCors.Server server =
          servers.stream()
              .filter(next -> StateOfCors.url(next).equals(found.get("url").asString()))
              .findFirst()
              .orElseThrow();
      Map<String, Object> values = new HashMap<>(server.lines());
      values.put("number", ++number);
      values.put("software", found.get("software").asString());
      values.put("verdict", verdict(found.get("verdict").asString()));
      values.put("hasSource", !server.line("source").isEmpty());
      values.put("file", server.file().equals("quarkus") ? "quarkus/pom.xml" : server.file());
      List<Map<String, Object>> causes = new ArrayList<>();
      for (JsonNode cause : found.get("causes")) {
        causes.add(cause(found.get("name").asString(), cause));
      }
      values.put("causes", causes);
      values.put("hasCauses", !causes.isEmpty());
      values.put("rules", rules(found));
      values.put("hasRules", !rules(found).isEmpty());
      values.put(
          "short",
          causes.isEmpty()
              ? ids(found)
              : causes.stream()
                  .map(next -> String.valueOf(next.get("name")))
                  .collect(Collectors.joining("; ")));
      shown.add(values);
    }
    Map<String, Object> values = new HashMap<>();
    values.put("servers", shown);
    values.put("count", shown.size());
    values.put("date", LocalDate.now().toString());
    values.put("crosswalk", report.get("crosswalk").asString());
    String text =
        Mustache.compiler()
            .escapeHTML(false)
            .emptyStringIsFalse(true)
            .compile(Files.readString(Path.of("page.md.mustache")))
            .execute(values);
    Files.writeString(page, text);
  }

  /** What the check has left. */
  static JsonNode report() throws IOException {
    return JsonMapper.builder().build().readTree(Files.readString(Path.of("target/report.json")));
  }

  /** What it found on one of them. */
  static JsonNode of(StateOfCors.Server server, JsonNode report) {
    for (JsonNode found : report.get("servers")) {
      if (found.get("url").asString().equals(StateOfCors.url(server))) {
        return found;
      }
    }
    throw new IllegalStateException(server.id() + " is not in the report");
  }

  private static String verdict(String verdict) {
    return switch (verdict) {
      case "security" -> "**security**";
      case "defect" -> "defects";
      case "note" -> "notes";
      default -> "nothing found";
    };
  }

  static Map<String, Object> cause(String server, JsonNode cause) {
    Map<String, Object> values = new HashMap<>();
    String severity = cause.get("severity").asString();
    values.put("name", cause.get("cause").asString().replace("*", "\\*"));
    values.put("severity", severity);
    values.put("findings", texts(cause.get("findings")));
    values.put("exploit", severity.equals("security") ? texts(cause.get("exploit")) : List.of());
    values.put("exchange", exchange(cause.get("exchanges")));
    String seen = Browser.seen(server, cause.get("id").asString());
    values.put("browser", seen);
    values.put("isRead", seen.equals("read"));
    return values;
  }

  /** The first of some, without what differs with each run. */
  static String exchange(JsonNode exchanges) {
    return exchanges
        .get(0)
        .asString()
        .replaceAll(
            "(?mi)^(> User-Agent|[<>] Date|> Host|> Connection|< ETag|< Last-Modified):.*\\R?", "")
        .strip();
  }

  /** Broken rules that no cause explains. */
  private static List<String> rules(JsonNode server) {
    List<String> explained = new ArrayList<>();
    server.get("causes").forEach(cause -> explained.addAll(texts(cause.get("rules"))));
    List<String> rules = new ArrayList<>();
    for (JsonNode rule : server.get("rules")) {
      String id = rule.get("id").asString();
      if (rule.get("status").asString().equals("broken") && !explained.contains(id)) {
        rules.add(
            "["
                + id
                + "](rules.md): "
                + rule.get("rule").asString()
                + " ("
                + rule.get("level").asString()
                + ")");
      }
    }
    return rules;
  }

  /** The same, in a few words. */
  private static String ids(JsonNode server) {
    List<String> rules = rules(server);
    return rules.isEmpty()
        ? "\u2013"
        : rules.stream()
            .map(rule -> rule.replaceAll("\\].*", "]"))
            .collect(Collectors.joining(", ", "breaks ", ""))
            .replaceAll("[\\[\\]]", "");
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(next -> texts.add(next.asString()));
    return texts;
  }
}
