package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Directive;
import dev.crosswalk.cors.cli.grant.GrantHeaders;
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
import java.util.stream.Stream;

/** nginx: {@code add_header}, with {@code map}, {@code if} and {@code set}. */
final class Nginx {

  /** An expression that says no more than where a path begins. */
  private static final Pattern START_OF_PATH =
      Pattern.compile(
          "\\^((?:/[A-Za-z0-9_-]{1,100}){1,20}/?)(?:(?<=/)(?:\\.\\*|\\(\\.\\*\\))\\$?)?");

  /** An {@code add_header}, and the conditions around it. */
  record Field(Directive line, List<String> conditions) {
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
  private final Map<String, List<Field>> sets = new HashMap<>();
  private final NginxOrigins allowed = new NginxOrigins(maps, sets);
  private final List<Draft> drafts = new ArrayList<>();

  private Nginx(String file, List<Finding> findings) {
    this.file = file;
    this.findings = findings;
  }

  static List<Draft> read(Directive root, String file, List<Finding> findings) {
    Nginx nginx = new Nginx(file, findings);
    root.all().filter(line -> line.is("map")).forEach(map -> nginx.maps.put(map.word(1), map));
    nginx.sets(root, List.of());
    nginx.blocks(List.of(root));
    return nginx.drafts;
  }

  /** Reads the last of some blocks, which the others are around, and those that are in it. */
  private void blocks(List<Directive> around) {
    block(around);
    for (Directive line : around.get(around.size() - 1).block()) {
      List<Directive> inside = new ArrayList<>(around);
      inside.add(line);
      if (!line.block().isEmpty()) {
        blocks(inside);
      }
    }
  }

  private void block(List<Directive> around) {
    Directive block = around.get(around.size() - 1);
    boolean isRoot = around.size() == 1;
    if (!isRoot && !block.is("server") && !block.is("location") && !block.is("http")) {
      return;
    }
    List<Field> fields = new ArrayList<>();
    collect(block, List.of(), fields);
    List<Field> origins =
        fields.stream().filter(field -> isField(field, GrantHeaders.ALLOW_ORIGIN)).toList();
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
                    isField(field, GrantHeaders.ALLOW_CREDENTIALS)
                        && resolved(field.value()).equals("true"));
    draft.site = around.stream().filter(one -> one.is("server")).findFirst().orElse(around.get(0));
    List<Field> read = fields.stream().filter(field -> allowed.isRead(field, draft)).toList();
    allowed.read(
        read.stream().filter(field -> isField(field, GrantHeaders.ALLOW_ORIGIN)).toList(),
        draft,
        credentials,
        refused(around));
    for (Field field : read) {
      draft.field(field.line().word(0), resolved(field.value()), field.line().line());
    }
    limits(read, around, draft);
    withoutThem(block, origins, draft);
    habits(block, fields, origins, draft);
    drafts.add(draft);
  }

  /** What nginx answers with an error because of the origin: the conditions. */
  private static List<String> refused(List<Directive> around) {
    return around.stream()
        .flatMap(block -> block.block().stream())
        .filter(line -> line.is("if") && NginxOrigins.isOfOthers(line.rest(0)))
        .filter(
            line ->
                line.block().stream()
                    .anyMatch(inner -> inner.is("return") && inner.word(0).matches("4[0-9]{2}")))
        .map(line -> line.rest(0))
        .toList();
  }

  /** Says on the responses to which methods the headers are. */
  private void limits(List<Field> fields, List<Directive> around, Draft draft) {
    Map<String, NginxResponse> responses = new HashMap<>();
    Set<List<String>> done = new HashSet<>();
    for (Field field : fields) {
      String name = field.line().word(0);
      if (done.add(List.of(name, field.value()))) {
        draft.limits.on(
            name,
            field.value(),
            method ->
                responses
                    .computeIfAbsent(method, one -> new NginxResponse(one, maps, around))
                    .has(name, field.value()),
            field.line().line());
      }
    }
  }

  /** A location that adds headers has none of those that are around it. */
  private void withoutThem(Directive block, List<Field> origins, Draft draft) {
    Set<String> values = new HashSet<>();
    origins.forEach(field -> values.add(field.value()));
    for (Directive line : block.block()) {
      if (!line.is("location") && !line.is("server")) {
        continue;
      }
      List<Field> inside = new ArrayList<>();
      collect(line, List.of(), inside);
      Set<String> own = new HashSet<>();
      inside.stream()
          .filter(field -> isField(field, GrantHeaders.ALLOW_ORIGIN))
          .forEach(field -> own.add(field.value()));
      boolean isOther = line.word(0).startsWith("~") && !own.isEmpty() && !own.equals(values);
      if (isOther || !NginxResponse.headers(line).isEmpty() && own.isEmpty()) {
        draft.report(
            Level.WIDER,
            line.line(),
            line.name()
                + " "
                + line.rest(0)
                + " has headers of its own, and so none of those around it; the policy is for it,"
                + " too");
      } else if (inside.isEmpty()) {
        withoutThem(line, origins, draft);
      }
    }
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
      fields(line).forEach(field -> fields.add(new Field(field, conditions)));
      if (line.is("if")) {
        List<String> more = new ArrayList<>(conditions);
        more.add(line.rest(0));
        collect(line, more, fields);
      }
    }
  }

  /** The headers that a line adds. */
  static Stream<Directive> fields(Directive line) {
    if (line.is("more_set_headers")) {
      return line.words().stream()
          .filter(word -> word.contains(":"))
          .map(word -> added(word, line.line()));
    }
    return line.is("add_header") ? Stream.of(line) : Stream.of();
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
    Matcher start = START_OF_PATH.matcher(first.equals("~") ? block.word(1) : "");
    if (start.matches()) {
      String path = start.group(1);
      longer(path, block, draft);
      draft.paths = List.of(PathMatch.withoutSlash(path));
      return true;
    }
    if (first.startsWith("~") || first.startsWith("@")) {
      draft.report(
          Level.DROPPED,
          block.line(),
          "the location "
              + block.rest(0)
              + " is not a path, and policies are for paths; this block is left out");
      return false;
    }
    String path = block.words().get(block.words().size() - 1);
    if (first.equals("=")) {
      draft.report(
          Level.WIDER,
          block.line(),
          "the location is exactly " + path + ", and the policy also covers what is below it");
    } else {
      longer(path, block, draft);
    }
    draft.paths = List.of(PathMatch.withoutSlash(path));
    return true;
  }

  /** What begins a path may also begin the name of another one. */
  private static void longer(String path, Directive block, Draft draft) {
    if (!path.endsWith("/")) {
      draft.report(
          Level.DROPPED,
          block.line(),
          "the location also covers " + path + "x, and the policy only what is below " + path);
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
  private void habits(Directive block, List<Field> fields, List<Field> origins, Draft draft) {
    int line = origins.get(0).line().line();
    if (origins.stream().anyMatch(field -> !field.isAlways())) {
      draft.report(
          Level.BROKEN,
          line,
          "without always, error responses such as a 404 or 500 have no headers");
    }
    long bare = origins.stream().filter(field -> field.conditions().isEmpty()).count();
    if (bare > 1) {
      draft.report(
          Level.BROKEN,
          line,
          "Access-Control-Allow-Origin is added twice: browsers refuse two, so nobody is allowed");
    }
    boolean hasVary =
        fields.stream().anyMatch(f -> isField(f, "Vary") && f.value().contains("Origin"));
    if (!hasVary && origins.stream().anyMatch(field -> allowed.isOrigin(field.value()))) {
      draft.report(
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
              .anyMatch(inner -> inner.word(0).equalsIgnoreCase(GrantHeaders.ALLOW_ORIGIN));
      boolean isOutside = origins.stream().anyMatch(field -> field.conditions().isEmpty());
      boolean isAnswered = condition.block().stream().anyMatch(inner -> inner.is("return"));
      if (isPreflight && isAnswered && !adds && !isOutside && !hasOrigin) {
        draft.report(
            Level.BROKEN,
            condition.line(),
            "this if answers preflights, and the headers are in another one, so the preflight has"
                + " none, and nothing that needs one ever worked; the policy allows it");
      }
      if (isPreflight && adds && !hasOrigin) {
        draft.report(
            Level.BROKEN,
            condition.line(),
            "an add_header inside if drops those outside, so the preflight has no"
                + " Access-Control-Allow-Origin, and nothing that needs one ever worked; the policy"
                + " allows it");
      }
    }
  }
}
