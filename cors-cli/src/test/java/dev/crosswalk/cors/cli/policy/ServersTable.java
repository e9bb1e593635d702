package dev.crosswalk.cors.cli.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.cli.configuration.Target;
import dev.crosswalk.cors.tck.rules.Permissions;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code check} says of real servers that have an exported policy, and the tables of it in
 * docs/servers.md. Every policy of the kit is asked for by {@code -Dservers=true}, and one of them
 * without; {@code -Dservers.policies=LIST,NONE} asks for those. {@code -Dservers.write=true} writes
 * the tables anew.
 */
public final class ServersTable {

  private static final String BEGIN = "<!-- the run begins -->\n";
  private static final String END = "<!-- the run ends -->";

  /** A real server. */
  public interface Server {
    /** Starts it on a port of 127.0.0.1, until it is closed. */
    AutoCloseable start(String configuration, int port) throws Exception;
  }

  /** How many rules hold, of how many; by server, then by policy. */
  private final Map<String, Map<String, String>> counts = new LinkedHashMap<>();

  /** Under which policies a rule does not hold; by server, then by rule. */
  private final Map<String, Map<String, List<String>>> broken = new LinkedHashMap<>();

  private final String page;

  private ServersTable(String page) {
    this.page = page;
    String[] tables = written().split("\n\n", -1);
    List<List<String>> rows = cells(tables[0]);
    for (String server : rows.get(0).subList(1, rows.get(0).size())) {
      counts.put(server, new LinkedHashMap<>());
      broken.put(server, new TreeMap<>());
    }
    for (List<String> row : rows.subList(2, rows.size())) {
      int column = 1;
      for (Map<String, String> ofServer : counts.values()) {
        ofServer.put(row.get(0), row.get(column++));
      }
    }
    for (List<String> row : tables.length > 1 ? cells(tables[1]) : List.<List<String>>of()) {
      if (broken.containsKey(row.get(0))) {
        broken
            .get(row.get(0))
            .put(row.get(1), new ArrayList<>(List.of(row.get(2).split(", ", -1))));
      }
    }
  }

  private String written() {
    return page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
  }

  private static List<List<String>> cells(String table) {
    return table
        .lines()
        .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  /**
   * Checks a server with policies, one after the other.
   *
   * @param title of its column
   * @param path what to ask it for
   */
  public static void check(Target target, String title, String path, Server server)
      throws Exception {
    Path file = Path.of("").toAbsolutePath();
    while (!Files.exists(file.resolve("docs/servers.md"))) {
      file = file.getParent();
    }
    file = file.resolve("docs/servers.md");
    ServersTable table = new ServersTable(Files.readString(file));
    String wanted = System.getProperty("servers.policies", "CREDENTIALS");
    for (TestPolicy policy : TestPolicy.values()) {
      if (Boolean.getBoolean("servers") || List.of(wanted.split(",", -1)).contains("" + policy)) {
        table.check(target, title, path, server, policy);
      }
    }
    if (Boolean.getBoolean("servers.write")) {
      Files.writeString(file, table.page.replace(table.written(), table.text()));
    } else {
      assertEquals(table.written(), table.text(), "docs/servers.md has other tables");
    }
  }

  private void check(Target target, String title, String path, Server server, TestPolicy policy)
      throws Exception {
    int port = freePort();
    Map<String, List<String>> rules = broken.computeIfAbsent(title, unseen -> new TreeMap<>());
    rules.values().forEach(policies -> policies.remove(policy.name()));
    int holds = 0;
    int asked = 0;
    AutoCloseable started = server.start(target.write(policy.permissions().policy()).text(), port);
    try {
      for (JsonNode rule : report("http://127.0.0.1:" + port + path, policy).at("/rules")) {
        String status = rule.at("/status").asString();
        boolean isBroken = status.equals("broken") || status.equals("faulty");
        holds += status.equals("holds") ? 1 : 0;
        asked += status.equals("holds") || isBroken ? 1 : 0;
        if (isBroken) {
          String sentence = rule.at("/id").asString() + ": " + rule.at("/rule").asString();
          rules.computeIfAbsent(sentence, unseen -> new ArrayList<>()).add(policy.name());
          if (Boolean.getBoolean("servers.print")) {
            System.out.println(title + ' ' + policy + ' ' + rule);
          }
        }
      }
    } finally {
      started.close();
    }
    assertTrue(asked > 10, () -> title + " is hardly asked anything under " + policy);
    rules.values().removeIf(List::isEmpty);
    String count = holds == asked ? "" + holds : holds + " of " + asked;
    counts.computeIfAbsent(title, unseen -> new LinkedHashMap<>()).put(policy.name(), count);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append("| policy | ").append(String.join(" | ", counts.keySet())).append(" |\n|---|");
    text.append("---|".repeat(counts.size())).append('\n');
    for (TestPolicy policy : TestPolicy.values()) {
      text.append("| ").append(policy).append(" | ");
      text.append(
          counts.values().stream()
              .map(ofServer -> ofServer.getOrDefault(policy.name(), "not run"))
              .collect(Collectors.joining(" | ")));
      text.append(" |\n");
    }
    text.append("\n| server | does not hold | under |\n|---|---|---|\n");
    broken.forEach(
        (server, rules) ->
            rules.forEach(
                (rule, policies) -> {
                  policies.sort((a, b) -> TestPolicy.valueOf(a).compareTo(TestPolicy.valueOf(b)));
                  text.append("| ").append(server).append(" | ").append(rule).append(" | ");
                  text.append(String.join(", ", policies)).append(" |\n");
                }));
    return text.toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static JsonNode report(String url, TestPolicy policy) {
    try {
      Path json = Files.createTempFile("report", ".json");
      List<String> arguments = new ArrayList<>(List.of("check", url, "--json", json.toString()));
      arguments.addAll(expectations(policy));
      Result result = Result.crosswalk(arguments.toArray(String[]::new));
      assertTrue(result.exit() < 2, result::err);
      JsonNode report = JsonMapper.builder().build().readTree(Files.readString(json));
      Files.delete(json);
      return report.at("/servers/0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> expectations(TestPolicy policy) {
    Permissions permissions = policy.permissions();
    List<String> arguments = new ArrayList<>();
    permissions.origins().stream()
        .filter(origin -> !origin.equals("null") && !origin.contains("_"))
        .limit(12)
        .forEach(origin -> arguments.addAll(List.of("--allowed-origin", origin)));
    if (!permissions.origins().contains("*")) {
      arguments.addAll(List.of("--refused-origin", TestPolicy.EVIL));
    }
    if (!permissions.origins().isEmpty()) {
      arguments.add(permissions.credentials() ? "--credentials" : "--no-credentials");
      each(arguments, "--method", permissions.methods());
      each(arguments, "--header", permissions.requestHeaders());
      each(arguments, "--exposed-header", permissions.exposed());
      if (permissions.maxAge() != null) {
        arguments.addAll(List.of("--max-age", "" + permissions.maxAge().toSeconds()));
      }
    }
    return arguments;
  }

  private static void each(List<String> arguments, String option, List<String> values) {
    values.stream()
        .filter(value -> !value.equals("*"))
        .forEach(value -> arguments.addAll(List.of(option, value)));
  }
}
