package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Directive;
import dev.crosswalk.cors.cli.policy.from.Expression.Anchoring;
import dev.crosswalk.cors.cli.policy.from.Imported.Level;
import dev.crosswalk.cors.cli.policy.from.Nginx.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose origins a header of nginx allows, by its value and the conditions around it. */
final class NginxOrigins {

  /** Variables of nginx itself that do not tell who asks. */
  private static final Pattern OF_NGINX =
      Pattern.compile(
          "request_\\w+|http_\\w+|arg_\\w+|cookie_\\w+|server_\\w+|remote_\\w+|ssl_\\w+|upstream_\\w+"
              + "|sent_http_\\w+|args|is_args|query_string|host|hostname|scheme|https|uri|document_uri"
              + "|status|content_type|content_length|[0-9]");

  /** Of those, what a policy is about. */
  private static final Pattern OF_CORS =
      Pattern.compile("http_origin|request_method|http_access_control_request_\\w+");

  private static final Predicate<String> OF_PREFLIGHTS =
      Pattern.compile("\\(?\\s*\\$request_method\\s*(=|~\\*?)\\s*[\"'(^]*OPTIONS[\"')$]*\\s*\\)?")
          .asMatchPredicate();

  /** Any value but an empty one and 0, which are false. */
  private static final String ANYTHING = "*";

  private final Map<String, Directive> maps;
  private final Map<String, List<Field>> sets;
  private final Map<String, Optional<String>> others = new HashMap<>();
  private List<String> refusals = List.of();

  /**
   * @param maps by the variable that each sets
   * @param sets the values that variables are set to, with the conditions around them
   */
  NginxOrigins(Map<String, Directive> maps, Map<String, List<Field>> sets) {
    this.maps = maps;
    this.sets = sets;
  }

  /** Whether a header's conditions are about the origin and the method; if not, it says so. */
  boolean isRead(Field field, Draft draft) {
    Optional<String> other = other(field.conditions());
    String name = field.line().word(0).toLowerCase(Locale.ROOT);
    if (other.isPresent() && (name.startsWith("access-control-") || name.startsWith("$"))) {
      draft.report(
          Level.DROPPED,
          field.line().line(),
          "the header is only where "
              + other.get()
              + ", and a policy has no such condition; it is left out");
    }
    return other.isEmpty();
  }

  /**
   * Reads the headers about the origin of one block.
   *
   * @param refused conditions about the origin for which the block answers with an error
   */
  void read(List<Field> origins, Draft draft, boolean credentials, List<String> refused) {
    refusals = refused;
    Map<String, Boolean> known = new HashMap<>();
    Set<List<String>> done = new HashSet<>();
    for (Field field : origins) {
      List<String> same = new ArrayList<>(field.conditions());
      same.add(field.value());
      if (done.add(same)) {
        origin(field, field.value(), draft, credentials, known);
      }
    }
  }

  private void origin(
      Field field, String value, Draft draft, boolean credentials, Map<String, Boolean> known) {
    int line = field.line().line();
    if (value.equals("*") && byCondition(field.conditions(), draft, line, credentials, known)) {
      draft.starForSome(line);
    } else if (value.equals("*") && field.conditions().stream().anyMatch(OF_PREFLIGHTS)) {
      draft.starForPreflights(line);
    } else if (value.equals("$http_origin")) {
      if (!byCondition(field.conditions(), draft, line, credentials, known)
          && !allBut(refusals, draft, line, credentials)) {
        draft.everybody(line, credentials);
      }
    } else if (value.startsWith("$") && maps.containsKey(value)) {
      byValue(maps.get(value), field, draft, credentials, known);
    } else if (value.startsWith("$") && sets.containsKey(value)) {
      if (known.put(value, true) == null) {
        for (Field set : sets.get(value)) {
          if (isRead(set, draft)) {
            origin(set, set.line().word(1), draft, credentials, known);
          }
        }
      }
    } else if (value.contains("$")) {
      draft.report(Level.DROPPED, line, "what " + value + " means is not in this file");
    } else if (value.contains(",") || value.strip().contains(" ")) {
      draft.report(
          Level.BROKEN,
          line,
          "several origins in one header: browsers refuse that, so nobody is allowed; list them in"
              + " cors.allowed-origins");
    } else {
      draft.origin(value, line);
    }
  }

  /** What a map sends: by the origin, by the method, or by something else. */
  private void byValue(
      Directive map, Field field, Draft draft, boolean credentials, Map<String, Boolean> known) {
    String source = map.word(0);
    Directive first = maps.get(source);
    if (source.equals("$http_origin")) {
      map(map, "", draft, credentials);
    } else if (first != null && first.word(0).equals("$http_origin")) {
      for (Directive entry : map.block()) {
        if (entry.word(0).equals("$http_origin") && !entry.name().equals("default")) {
          map(first, entry.name(), draft, credentials);
        } else if (!entry.word(0).equals("$http_origin")) {
          origin(field, entry.word(0), draft, credentials, known);
        }
      }
    } else if (source.equals("$request_method") && known.put(map.word(1), true) == null) {
      for (Directive entry : map.block()) {
        origin(field, entry.word(0), draft, credentials, known);
      }
    } else {
      draft.report(
          Level.DROPPED,
          map.line(),
          "the map of "
              + map.word(1)
              + " does not depend only on the origin, and is not read; list the origins");
    }
  }

  /** A condition that is about neither the origin nor the method; empty if there is none. */
  private Optional<String> other(List<String> conditions) {
    for (String condition : conditions) {
      boolean isLong = condition.length() > NginxResponse.MAX_CONDITION;
      Matcher parts = NginxResponse.CONDITION.matcher(isLong ? "" : condition);
      String name = parts.matches() ? parts.group(1) : "";
      boolean isOfNginx = OF_NGINX.matcher(name).matches();
      if (name.isEmpty() && !isLong || isOfNginx && !OF_CORS.matcher(name).matches()) {
        return Optional.of(condition);
      }
      Optional<String> inside = isOfNginx ? Optional.empty() : otherOf(name);
      if (inside.isPresent()) {
        return inside;
      }
    }
    return Optional.empty();
  }

  /** The same, of the conditions in which a variable is set. */
  private Optional<String> otherOf(String name) {
    Optional<String> known = others.get(name);
    if (known != null) {
      return known;
    }
    others.put(name, Optional.empty()); // It may be set by itself.
    Optional<String> first = Optional.empty();
    for (Field set : sets.getOrDefault("$" + name, List.of())) {
      first = first.isPresent() ? first : other(set.conditions());
    }
    others.put(name, first);
    return first;
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
      if (condition.length() > NginxResponse.MAX_CONDITION) {
        draft.report(Level.DROPPED, line, "a condition is too long to be read; list the origins");
        return true;
      }
      Matcher parts = NginxResponse.CONDITION.matcher(condition);
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
      } else if (isOpenUnlessSet(parts)) {
        found |= closed(parts, draft, line, credentials);
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
        draft.report(Level.DROPPED, line, "what $" + name + " means is not in this file");
        found = true;
      }
    }
    return found;
  }

  /** Whether a condition holds for everybody, but for those for whom a variable is set anew. */
  private boolean isOpenUnlessSet(Matcher condition) {
    return sets.getOrDefault("$" + condition.group(1), List.of()).stream()
        .anyMatch(set -> set.conditions().isEmpty() && holds(condition, set));
  }

  private static boolean holds(Matcher condition, Field set) {
    String value = set.line().word(1);
    String operator = condition.group(2) == null ? "" : condition.group(2);
    String other = condition.group(3) == null ? "" : condition.group(3).replaceAll("^'|'$", "");
    return switch (operator) {
      case "" -> !value.isEmpty() && !value.equals("0");
      case "=" -> value.equals(other);
      case "!=" -> !value.equals(other);
      default -> false;
    };
  }

  /** Whether those for whom it does not hold are all but some origins, which are read. */
  private boolean closed(Matcher condition, Draft draft, int line, boolean credentials) {
    List<String> refusals = new ArrayList<>();
    for (Field set : sets.getOrDefault("$" + condition.group(1), List.of())) {
      if (!holds(condition, set)) {
        set.conditions().stream().filter(NginxOrigins::isOfOthers).forEach(refusals::add);
      }
    }
    return allBut(refusals, draft, line, credentials);
  }

  /** Whether a condition is that the origin is none of some. */
  static boolean isOfOthers(String condition) {
    Matcher parts =
        NginxResponse.CONDITION.matcher(
            condition.length() > NginxResponse.MAX_CONDITION ? "" : condition);
    return parts.matches()
        && parts.group(1).equals("http_origin")
        && parts.group(2) != null
        && parts.group(2).startsWith("!");
  }

  /** Takes the origins that are not refused; false if nobody is. */
  private static boolean allBut(List<String> refusals, Draft draft, int line, boolean credentials) {
    if (refusals.size() > 1) {
      draft.report(
          Level.DROPPED,
          line,
          "several conditions refuse origins, and are not read together; list the origins");
    } else if (!refusals.isEmpty()) {
      Matcher parts = NginxResponse.CONDITION.matcher(refusals.get(0));
      if (parts.matches()) {
        compared(parts.group(2).substring(1), parts.group(3), draft, line, credentials);
      }
    }
    return !refusals.isEmpty();
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
      draft.report(
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
        draft.report(
            Level.BROKEN,
            line,
            "hostnames compares hosts, and an Origin has a scheme in front: no name ever matches");
      } else if (key.equals("include")) {
        draft.report(Level.DROPPED, line, "what is in " + value + " is not read");
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

  /** Whether a value is known to depend on who asks. */
  boolean isOrigin(String value) {
    return value.equals("$http_origin") || maps.containsKey(value) || sets.containsKey(value);
  }
}
