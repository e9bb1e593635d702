package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Directive;
import dev.crosswalk.cors.cli.policy.from.Expression.Anchoring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What nginx adds to the response to one method, where the origin is an allowed one: its conditions
 * and variables are followed in their order, as nginx does.
 */
final class NginxResponse {

  /** {@code ($name = "value")}; without the operator, whether the variable has a value. */
  static final Pattern CONDITION =
      Pattern.compile("\\(?\\s*\\$(\\w+)\\s*(?:(!?=|!?~\\*?)\\s*\"?(.*?)\"?)?\\s*\\)?");

  static final int MAX_CONDITION = 2_000;

  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

  /** A value that refers to itself twice in each line would double in each. */
  private static final int MAX_VALUE = 1_000;

  private final Map<String, Directive> maps;
  private final Map<String, String> variables = new HashMap<>();
  private List<Directive> added = List.of();

  /**
   * Follows some blocks.
   *
   * @param maps by the variable that each sets
   * @param around the block, and those around it, the outermost first
   */
  NginxResponse(String method, Map<String, Directive> maps, List<Directive> around) {
    this.maps = maps;
    variables.put("request_method", method);
    for (Directive block : around) {
      added = headers(block).isEmpty() ? added : headers(block);
      follow(block);
    }
  }

  static List<Directive> headers(Directive block) {
    return block.block().stream()
        .filter(line -> line.is("add_header") || line.is("more_set_headers"))
        .toList();
  }

  /** The last condition that holds has the headers, and where it adds none, it has those around. */
  private boolean follow(Directive block) {
    List<Directive> outside = added;
    for (Directive line : block.block()) {
      if (line.is("set")) {
        variables.put(line.word(0).replace("$", ""), filled(line.word(1)));
      } else if (line.is("return")) {
        return true;
      } else if (line.is("if") && holds(line)) {
        added = headers(line).isEmpty() ? outside : headers(line);
        if (follow(line)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean holds(Directive condition) {
    String text = condition.rest(0);
    Matcher parts = CONDITION.matcher(text.length() > MAX_CONDITION ? "" : text);
    // What is not known holds for variables; whoever reads the conditions leaves its headers out.
    boolean matters = headers(condition).isEmpty() && condition.all().anyMatch(l -> l.is("set"));
    if (!parts.matches()) {
      return matters;
    }
    String name = parts.group(1);
    String operator = parts.group(2) == null ? "" : parts.group(2);
    if (name.equals("http_origin")) {
      boolean isOfNone = parts.group(3) != null && filledQuotes(parts.group(3)).isEmpty();
      return operator.startsWith("!") == isOfNone;
    }
    Optional<String> value = value(name);
    return value.map(known -> compared(known, operator, parts.group(3))).orElse(matters);
  }

  private static boolean compared(String value, String operator, String other) {
    boolean isNegated = operator.startsWith("!");
    return switch (operator.replace("!", "")) {
      case "" -> !value.isEmpty() && !value.equals("0");
      case "=" -> value.equals(filledQuotes(other)) != isNegated;
      default ->
          new Expression(other, Anchoring.SEARCH, operator.endsWith("*")).matches(value)
              != isNegated;
    };
  }

  private static String filledQuotes(String text) {
    return text.replaceAll("^'|'$", "");
  }

  /** Returns what a variable is; empty if that is not known. */
  private Optional<String> value(String name) {
    String set = variables.get(name);
    Directive map = maps.get("$" + name);
    if (set != null || map == null || !map.word(0).equals("$request_method")) {
      return Optional.ofNullable(set);
    }
    String method = variables.getOrDefault("request_method", "");
    Optional<String> otherwise = Optional.of("");
    for (Directive entry : map.block()) {
      String key = entry.name();
      boolean isExpression = key.startsWith("~");
      String expression = key.replaceFirst("^~\\*?", "");
      if (key.equals("default")) {
        otherwise = Optional.of(entry.word(0));
      } else if (isExpression
          ? new Expression(expression, Anchoring.SEARCH, key.startsWith("~*")).matches(method)
          : key.equalsIgnoreCase(method)) {
        return Optional.of(entry.word(0));
      }
    }
    return otherwise;
  }

  /** A text with its variables; one that is not known is left as it is. */
  private String filled(String text) {
    String filled =
        VARIABLE
            .matcher(text)
            .replaceAll(
                variable ->
                    Matcher.quoteReplacement(value(name(variable)).orElse(variable.group())));
    return filled.length() > MAX_VALUE ? filled.substring(0, MAX_VALUE) : filled;
  }

  private static String name(MatchResult variable) {
    return variable.group(1) == null ? variable.group(2) : variable.group(1);
  }

  /** Whether it has a header with a value as it is written; an empty value is not sent. */
  boolean has(String name, String value) {
    List<Directive> fields = new ArrayList<>();
    added.forEach(line -> Nginx.fields(line).forEach(fields::add));
    return fields.stream()
        .filter(field -> field.word(0).equalsIgnoreCase(name) && field.word(1).equals(value))
        .anyMatch(field -> !filled(field.word(1)).isEmpty());
  }
}
