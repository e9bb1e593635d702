package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Directive;
import dev.crosswalk.cors.cli.policy.from.Expression.Anchoring;
import dev.crosswalk.cors.cli.policy.from.Imported.Finding;
import dev.crosswalk.cors.cli.policy.from.Imported.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** nginx: {@code add_header}, with {@code map}, {@code if} and {@code set}. */
final class Nginx {

  private static final Pattern CONDITION =
      Pattern.compile("\\(?\\s*\\$(\\w+)\\s*(?:(!?=|!?~\\*?)\\s*\"?(.*?)\"?)?\\s*\\)?");

  /** Variables of nginx itself that do not tell who asks. */
  private static final Pattern OF_NGINX =
      Pattern.compile(
          "request_\\w+|http_\\w+|arg_\\w+|cookie_\\w+|server_\\w+|remote_\\w+|ssl_\\w+|upstream_\\w+"
              + "|sent_http_\\w+|args|is_args|query_string|host|hostname|scheme|https|uri|document_uri"
              + "|status|content_type|content_length|[0-9]");

  /** An {@code add_header}, and the conditions around it. */
  private record Field(Directive line, List<String> conditions) {
    String value() {
      return line.word(1);
    }

    boolean isAlways() {
      return line.word(2).equals("always");
    }
  }

  private static final int MAX_CONDITION = 2_000;

  /** Any value but an empty one and 0, which are false. */
  private static final String ANYTHING = "*";

  private final String file;
  private final List<Finding> findings;
  private final Map<String, Directive> maps = new HashMap<>();
  private final Map<String, List<Field>> sets = new HashMap<>();
  private final List<Draft> drafts = new ArrayList<>();

  private Nginx(String file, List<Finding> findings) {
    this.file = file;
    this.findings = findings;
  }

  static List<Draft> read(Directive root, String file, List<Finding> findings) {
    Nginx nginx = new Nginx(file, findings);
    root.all().filter(line -> line.is("map")).forEach(map -> nginx.maps.put(map.word(1), map));
    nginx.sets(root, List.of());
    nginx.block(root);
    root.all()
        .filter(line -> line.is("server") || line.is("location") || line.is("http"))
        .forEach(nginx::block);
    return nginx.drafts;
  }

  private void block(Directive block) {
    List<Field> fields = new ArrayList<>();
    collect(block, List.of(), fields);
    List<Field> origins =
        fields.stream().filter(field -> isField(field, "Access-Control-Allow-Origin")).toList();
    if (origins.isEmpty()) {
      return;
    }
    Draft draft = new Draft(file, findings);
    draft.line = block.line();
    if (!location(block, draft)) {
      return;
    }
    boolean credentials =
        fields.stream()
            .anyMatch(
                field ->
                    isField(field, "Access-Control-Allow-Credentials")
                        && resolved(field.value()).equals("true"));
    Map<String, Boolean> known = new HashMap<>();
    Set<List<String>> done = new HashSet<>();
    for (Field field : origins) {
      List<String> same = new ArrayList<>(field.conditions());
      same.add(field.value());
      if (done.add(same)) {
        origin(field, field.value(), draft, credentials, known);
      }
    }
    for (Field field : fields) {
      draft.field(field.line().word(0), resolved(field.value()), field.line().line());
    }
    habits(block, fields, origins, draft);
    drafts.add(draft);
  }

  private static boolean isField(Field field, String name) {
    return field.line().word(0).equalsIgnoreCase(name);
  }

  /** A variable may be set outside of the block that uses it. */
  private void sets(Directive block, List<String> conditions) {
    for (Directive line : block.block()) {
      List<String> inside = conditions;
      if (line.is("set")) {
        sets.computeIfAbsent(line.word(0), unseen -> new ArrayList<>())
            .add(new Field(line, conditions));
      } else if (line.is("if")) {
        inside = new ArrayList<>(conditions);
        inside.add(line.rest(0));
      }
      sets(line, inside);
    }
  }

  private void collect(Directive block, List<String> conditions, List<Field> fields) {
    for (Directive line : block.block()) {
      if (line.is("add_header")) {
        fields.add(new Field(line, conditions));
      } else if (line.is("more_set_headers")) {
        line.words().stream()
            .filter(word -> word.contains(":"))
            .map(word -> added(word, line.line()))
            .forEach(added -> fields.add(new Field(added, conditions)));
      } else if (line.is("if")) {
        List<String> more = new ArrayList<>(conditions);
        more.add(line.rest(0));
        collect(line, more, fields);
      }
    }
  }

  /** What sets a header on every response, as if it were added. */
  private static Directive added(String field, int line) {
    int colon = field.indexOf(':');
    List<String> words =
        List.of(field.substring(0, colon), field.substring(colon + 1).strip(), "always");
    return new Directive("add_header", words, List.of(), line);
  }

  /** Takes the path of a location; false if no policy's path says the same. */
  private static boolean location(Directive block, Draft draft) {
    if (!block.is("location")) {
      return true;
    }
    String first = block.word(0);
    if (first.startsWith("~") || first.startsWith("@")) {
      draft.find(
          Level.DROPPED,
          block.line(),
          "the location "
              + block.rest(0)
              + " is not a path, and policies are for paths; this block is left out");
      return false;
    }
    String path = block.words().get(block.words().size() - 1);
    if (first.equals("=")) {
      draft.find(
          Level.WIDER,
          block.line(),
          "the location is exactly " + path + ", and the policy also covers what is below it");
    } else if (!path.endsWith("/") && !path.equals("/")) {
      draft.find(
          Level.DROPPED,
          block.line(),
          "the location also covers " + path + "x, and the policy only what is below " + path);
    }
    draft.paths = List.of(Where.withoutSlash(path));
    return true;
  }

  private void origin(
      Field field, String value, Draft draft, boolean credentials, Map<String, Boolean> known) {
    int line = field.line().line();
    if (value.equals("$http_origin")) {
      if (!byCondition(field.conditions(), draft, line, credentials, known)) {
        draft.everybody(line, credentials);
      }
    } else if (value.startsWith("$") && maps.containsKey(value)) {
      map(maps.get(value), "", draft, credentials);
    } else if (value.startsWith("$") && sets.containsKey(value)) {
      if (known.put(value, true) == null) {
        for (Field set : sets.get(value)) {
          origin(set, set.line().word(1), draft, credentials, known);
        }
      }
    } else if (value.contains("$")) {
      draft.find(Level.DROPPED, line, "what " + value + " means is not in this file");
    } else if (value.contains(",") || value.strip().contains(" ")) {
      draft.find(
          Level.BROKEN,
          line,
          "several origins in one header: browsers refuse that, so nobody is allowed; list them in"
              + " cors.allowed-origins");
    } else {
      draft.origin(value, line);
    }
  }

  /**
   * Whether a condition says whose origin is sent back.
   *
   * @param known whether the variables that are already read say it
   */
  private boolean byCondition(
      List<String> conditions,
      Draft draft,
      int line,
      boolean credentials,
      Map<String, Boolean> known) {
    boolean found = false;
    for (String condition : conditions) {
      if (condition.length() > MAX_CONDITION) {
        draft.find(Level.DROPPED, line, "a condition is too long to be read; list the origins");
        return true;
      }
      Matcher parts = CONDITION.matcher(condition);
      if (!parts.matches()) {
        continue;
      }
      String name = parts.group(1);
      String variable = "$" + name;
      String operator = parts.group(2) == null ? "" : parts.group(2);
      if (name.equals("http_origin")) {
        boolean isTest = operator.startsWith("=") || operator.startsWith("~");
        if (isTest) {
          compared(operator, parts.group(3), draft, line, credentials);
        }
        found |= isTest;
      } else if (maps.containsKey(variable)) {
        String value = operator.equals("=") ? parts.group(3) : ANYTHING;
        found |= byMap(maps.get(variable), value, draft, credentials);
      } else if (sets.containsKey(variable)) {
        Boolean before = known.putIfAbsent(name, false);
        if (before == null) {
          boolean byThis = false;
          for (Field set : sets.get(variable)) {
            byThis |= byCondition(set.conditions(), draft, set.line().line(), credentials, known);
          }
          known.put(name, byThis);
          before = byThis;
        }
        found |= before;
      } else if (!OF_NGINX.matcher(name).matches()) {
        draft.find(Level.DROPPED, line, "what $" + name + " means is not in this file");
        found = true;
      }
    }
    return found;
  }

  /** Whether a map says whose origin is sent back. */
  private boolean byMap(Directive map, String value, Draft draft, boolean credentials) {
    String source = map.word(0);
    if (source.equals("$http_origin")) {
      map(map, value, draft, credentials);
      return true;
    }
    boolean dependsOnOrigin =
        source.contains("$http_origin")
            || maps.values().stream()
                .anyMatch(
                    other ->
                        source.contains(other.word(1)) && other.word(0).contains("$http_origin"));
    if (dependsOnOrigin) {
      draft.find(
          Level.DROPPED,
          map.line(),
          "this map compares the origin together with something else, and is not read; list the"
              + " origins");
    }
    return dependsOnOrigin;
  }

  private static void compared(
      String operator, String value, Draft draft, int line, boolean credentials) {
    if (operator.equals("=")) {
      draft.origin(value, line);
    } else {
      boolean inAnyCase = operator.equals("~*");
      Expression expression = new Expression(value, Anchoring.SEARCH, inAnyCase);
      draft.expression(expression, value, line, credentials);
    }
  }

  /**
   * Reads a map of origins.
   *
   * @param flag the value that means allowed; empty where the values are sent
   */
  private static void map(Directive map, String flag, Draft draft, boolean credentials) {
    for (Directive entry : map.block()) {
      String key = entry.name();
      String value = entry.word(0);
      int line = entry.line();
      boolean isNothing = value.isEmpty() || value.equals("0") || key.equals("volatile");
      boolean isSentBack =
          value.startsWith("$")
              || value.equals("1")
              || value.equals("true")
              || flag.equals(ANYTHING)
              || flag.equals(value);
      if (key.equals("hostnames")) {
        draft.find(
            Level.BROKEN,
            line,
            "hostnames compares hosts, and an Origin has a scheme in front: no name ever matches");
      } else if (key.equals("include")) {
        draft.find(Level.DROPPED, line, "what is in " + value + " is not read");
      } else if (isNothing || !flag.isEmpty() && !isSentBack) {
        continue;
      } else if (!isSentBack) {
        draft.origin(value, line);
      } else if (key.equals("default")) {
        draft.everybody(line, credentials);
      } else if (key.startsWith("~*")) {
        compared("~*", key.substring(2), draft, line, credentials);
      } else if (key.startsWith("~")) {
        compared("~", key.substring(1), draft, line, credentials);
      } else {
        draft.origin(key, line);
      }
    }
  }

  /** Returns the value that a variable has for somebody who is allowed. */
  private String resolved(String value) {
    Directive map = maps.get(value);
    if (map == null) {
      return value.contains("$") ? "" : value;
    }
    return map.block().stream()
        .map(entry -> entry.word(0))
        .filter(text -> !text.contains("$"))
        .reduce("", (one, other) -> other.length() > one.length() ? other : one);
  }

  /** Whether a value is known to depend on who asks. */
  private boolean isOrigin(String value) {
    return value.equals("$http_origin") || maps.containsKey(value) || sets.containsKey(value);
  }

  /** What is wrong with such a block although it looks right. */
  private void habits(Directive block, List<Field> fields, List<Field> origins, Draft draft) {
    int line = origins.get(0).line().line();
    if (origins.stream().anyMatch(field -> !field.isAlways())) {
      draft.find(
          Level.BROKEN,
          line,
          "without always, error responses such as a 404 or 500 have no headers");
    }
    long bare = origins.stream().filter(field -> field.conditions().isEmpty()).count();
    if (bare > 1) {
      draft.find(
          Level.BROKEN,
          line,
          "Access-Control-Allow-Origin is added twice: browsers refuse two, so nobody is allowed");
    }
    boolean hasVary =
        fields.stream().anyMatch(f -> isField(f, "Vary") && f.value().contains("Origin"));
    if (!hasVary && origins.stream().anyMatch(field -> isOrigin(field.value()))) {
      draft.find(
          Level.BROKEN,
          line,
          "the header depends on the Origin, and no Vary says so: caches give one site's answer to"
              + " another");
    }
    for (Directive condition : block.block()) {
      boolean isPreflight = condition.is("if") && condition.rest(0).contains("OPTIONS");
      boolean adds = condition.block().stream().anyMatch(inner -> inner.is("add_header"));
      boolean hasOrigin =
          condition.block().stream()
              .anyMatch(inner -> inner.word(0).equalsIgnoreCase("Access-Control-Allow-Origin"));
      if (isPreflight && adds && !hasOrigin) {
        draft.find(
            Level.BROKEN,
            condition.line(),
            "an add_header inside if drops those outside, so the preflight has no"
                + " Access-Control-Allow-Origin, and nothing that needs one ever worked; the policy"
                + " allows it");
      }
    }
  }
}
