package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Directive;
import dev.crosswalk.cors.cli.policy.from.Expression.Anchoring;
import dev.crosswalk.cors.cli.policy.from.Imported.Finding;
import dev.crosswalk.cors.cli.policy.from.Imported.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** nginx: {@code add_header}, with {@code map}, {@code if} and {@code set}. */
final class Nginx {

  private static final Pattern CONDITION =
      Pattern.compile("\\(?\\s*\\$(\\w+)\\s*(=|~\\*?)\\s*\"?(.*?)\"?\\s*\\)?");

  /** An {@code add_header}, and the conditions around it. */
  private record Field(Directive line, List<String> conditions) {
    String value() {
      return line.word(1);
    }

    boolean isAlways() {
      return line.word(2).equals("always");
    }
  }

  private final String file;
  private final List<Finding> findings;
  private final Map<String, Directive> maps = new HashMap<>();
  private final List<Draft> drafts = new ArrayList<>();

  private Nginx(String file, List<Finding> findings) {
    this.file = file;
    this.findings = findings;
  }

  static List<Draft> read(Directive root, String file, List<Finding> findings) {
    Nginx nginx = new Nginx(file, findings);
    root.all().filter(line -> line.is("map")).forEach(map -> nginx.maps.put(map.word(1), map));
    nginx.block(root);
    root.all()
        .filter(line -> line.is("server") || line.is("location") || line.is("http"))
        .forEach(nginx::block);
    return nginx.drafts;
  }

  private void block(Directive block) {
    List<Field> fields = new ArrayList<>();
    Map<String, List<Field>> sets = new HashMap<>();
    collect(block, List.of(), fields, sets);
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
    for (Field field : origins) {
      origin(field, field.value(), sets, draft, credentials);
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

  private void collect(
      Directive block, List<String> conditions, List<Field> fields, Map<String, List<Field>> sets) {
    for (Directive line : block.block()) {
      if (line.is("add_header")) {
        fields.add(new Field(line, conditions));
      } else if (line.is("more_set_headers")) {
        line.words().stream()
            .filter(word -> word.contains(":"))
            .map(word -> added(word, line.line()))
            .forEach(added -> fields.add(new Field(added, conditions)));
      } else if (line.is("set")) {
        sets.computeIfAbsent(line.word(0), unseen -> new ArrayList<>())
            .add(new Field(line, conditions));
      } else if (line.is("if")) {
        List<String> more = new ArrayList<>(conditions);
        more.add(line.rest(0));
        collect(line, more, fields, sets);
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
              + first
              + " is not a path, and policies are for paths; this block is left out");
      return false;
    }
    String path = block.words().get(block.words().size() - 1);
    if (first.equals("=")) {
      draft.find(
          Level.DROPPED,
          block.line(),
          "the location is exactly " + path + ", and the policy also covers what is below it");
    } else if (!path.endsWith("/") && !path.equals("/")) {
      draft.find(
          Level.DROPPED,
          block.line(),
          "the location also covers " + path + "x, and the policy only what is below " + path);
    }
    draft.path =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return true;
  }

  private void origin(
      Field field, String value, Map<String, List<Field>> sets, Draft draft, boolean credentials) {
    int line = field.line().line();
    if (value.equals("$http_origin")) {
      if (!byCondition(field.conditions(), sets, draft, line, credentials)) {
        draft.everybody(line, credentials);
      }
    } else if (value.startsWith("$") && maps.containsKey(value)) {
      map(maps.get(value), draft, credentials);
    } else if (value.startsWith("$") && sets.containsKey(value)) {
      for (Field set : sets.get(value)) {
        String text = set.line().word(1);
        if (!text.equals(value)) {
          origin(new Field(set.line(), set.conditions()), text, Map.of(), draft, credentials);
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

  /** Whether a condition says whose origin is sent back. */
  private boolean byCondition(
      List<String> conditions,
      Map<String, List<Field>> sets,
      Draft draft,
      int line,
      boolean credentials) {
    boolean found = false;
    for (String condition : conditions) {
      Matcher parts = CONDITION.matcher(condition);
      if (!parts.matches()) {
        continue;
      }
      if (parts.group(1).equals("http_origin")) {
        compared(parts.group(2), parts.group(3), draft, line, credentials);
        found = true;
        continue;
      }
      for (Field set : sets.getOrDefault("$" + parts.group(1), List.of())) {
        found |= byCondition(set.conditions(), Map.of(), draft, set.line().line(), credentials);
      }
    }
    return found;
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

  private static void map(Directive map, Draft draft, boolean credentials) {
    for (Directive entry : map.block()) {
      String key = entry.name();
      String value = entry.word(0);
      if (key.equals("hostnames")) {
        draft.find(
            Level.BROKEN,
            entry.line(),
            "hostnames compares hosts, and an Origin has a scheme in front: no name ever matches");
      } else if (value.isEmpty() || key.equals("volatile") || key.equals("include")) {
        if (key.equals("include")) {
          draft.find(Level.DROPPED, entry.line(), "what is in " + value + " is not read");
        }
      } else if (key.equals("default")) {
        if (value.startsWith("$")) {
          draft.everybody(entry.line(), credentials);
        } else {
          draft.origin(value, entry.line());
        }
      } else if (!value.startsWith("$")) {
        draft.origin(value.equals("1") || value.equals("true") ? key : value, entry.line());
      } else if (key.startsWith("~*")) {
        compared("~*", key.substring(2), draft, entry.line(), credentials);
      } else if (key.startsWith("~")) {
        compared("~", key.substring(1), draft, entry.line(), credentials);
      } else {
        draft.origin(key, entry.line());
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

  /** What is wrong with such a block although it looks right. */
  private static void habits(
      Directive block, List<Field> fields, List<Field> origins, Draft draft) {
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
    if (!hasVary && origins.stream().anyMatch(field -> field.value().contains("$"))) {
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
