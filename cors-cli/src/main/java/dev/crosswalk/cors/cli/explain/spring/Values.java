package dev.crosswalk.cors.cli.explain.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one list of a CORS layer has.
 *
 * @param items in their order
 * @param told whether it is set at all
 * @param whole whether the paste has all of it
 */
record Values(List<String> items, boolean told, boolean whole) {

  static final Values UNTOLD = byItself();

  /** The paste does not show where it may be set. */
  static final Values UNKNOWN = new Values(List.of(), false, false);

  /** Something is set, and the paste does not show what. */
  static final Values CUT = new Values(List.of(), true, false);

  static final String ANY = "*";

  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.){0,500})\"");

  /** Constants that stand for a text. */
  private static final Pattern CONSTANT =
      Pattern.compile(
          "\\b(?:HttpMethod|RequestMethod|Http)\\.([A-Z]{3,7})(?:\\.name\\(\\)|\\.toString\\(\\)|\\.name\\b)?"
              + "|\\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE)\\b"
              + "|\\bHttpHeaders\\.([A-Z_]{2,40})|\\bCorsConfiguration\\.(ALL)\\b|\\b(true|false)\\b");

  /** Words around a list that change nothing. */
  private static final Pattern AROUND =
      Pattern.compile(
          "\\b(?:new|String|List|Set|of|Arrays|asList|Collections|singletonList|singleton|listOf|setOf|arrayOf|mutableListOf"
              + "|arrayListOf|ImmutableList|ArrayList|Stream|toList|collect|Collectors|toArray|java|util|spread|stream|map)\\b");

  private static final Pattern NAME = Pattern.compile("\\b[A-Za-z_]\\w{1,60}\\b");

  private static final Pattern HOLE = Pattern.compile("\\$\\{([\\w.-]{1,80})(?::([^}]{0,200}))?}");

  /** A constant may be made of others. */
  private static final int MAX_DEPTH = 3;

  static Values of(List<String> items) {
    return new Values(List.copyOf(items), true, true);
  }

  /** What a layer allows that is told nothing. */
  static Values byItself(String... items) {
    return new Values(List.of(items), false, true);
  }

  /**
   * Reads the arguments of a call, or what is behind an equals sign.
   *
   * @param code in which the constants are
   */
  static Values read(String arguments, SourceCode code, Configuration configuration) {
    return read(arguments, code, configuration, 0);
  }

  private static Values read(
      String arguments, SourceCode code, Configuration configuration, int depth) {
    List<String> items = new ArrayList<>();
    boolean whole = !arguments.contains("...");
    boolean split = arguments.contains(".split(");
    String list = arguments.replaceAll("\\.split\\(\\s?\"[^\"]{0,9}\"\\s?\\)", "");
    Matcher text = TEXT.matcher(list);
    while (text.find()) {
      Optional<String> value = resolved(text.group(1), configuration);
      value.ifPresent(
          found -> items.addAll(split ? List.of(found.split(",\\s*")) : List.of(found)));
      whole &= value.isPresent();
    }
    String rest = TEXT.matcher(list).replaceAll(" ");
    Matcher constant = CONSTANT.matcher(rest);
    while (constant.find()) {
      items.add(named(constant));
    }
    rest = AROUND.matcher(CONSTANT.matcher(rest).replaceAll(" ")).replaceAll(" ");
    Matcher name = NAME.matcher(rest);
    while (name.find()) {
      Optional<Values> known =
          depth < MAX_DEPTH ? named(name.group(), code, configuration, depth) : Optional.empty();
      known.ifPresent(
          each ->
              each.items.forEach(
                  item -> items.addAll(split ? List.of(item.split(",\\s*")) : List.of(item))));
      whole &= known.isPresent() && known.get().whole;
    }
    return new Values(List.copyOf(items), true, whole);
  }

  private static String named(Matcher constant) {
    if (constant.group(4) != null) {
      return ANY;
    }
    return constant.group(3) != null
        ? constant.group(3).replace('_', '-').toLowerCase(Locale.ROOT)
        : Stream.of(constant.group(1), constant.group(2), constant.group(5))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("");
  }

  /** A constant, a variable, or a field that is filled from the configuration. */
  private static Optional<Values> named(
      String name, SourceCode code, Configuration configuration, int depth) {
    Matcher field =
        Pattern.compile(
                "@Value\\(\\s?\"([^\"\\n]{1,200})\"\\s?\\)\\s{0,40}(?:(?:private|protected|public|final|lateinit|var|val)\\s{1,3}){0,4}(?:([\\w<>\\[\\]]{1,30})\\s{1,3})?"
                    + Pattern.quote(name)
                    + "\\b(?:\\s?:\\s?([\\w<>]{1,30}))?")
            .matcher(code.text());
    if (field.find()) {
      // A text with commas is split only where a list or an array is filled with it.
      boolean text = "String".equals(field.group(2)) || "String".equals(field.group(3));
      return resolved(field.group(1), configuration)
          .map(value -> text ? List.of(value) : List.of(value.split(",\\s*")))
          .map(Values::of);
    }
    return code.assigned(name).map(value -> read(value, code, configuration, depth + 1));
  }

  /** A text with what the configuration has for its placeholder; empty if it has none. */
  private static Optional<String> resolved(String text, Configuration configuration) {
    Matcher hole = HOLE.matcher(text);
    if (!hole.find()) {
      return text.contains("#{") ? Optional.empty() : Optional.of(text);
    }
    List<String> values = configuration.values(hole.group(1));
    return values.isEmpty()
        ? Optional.ofNullable(hole.group(2))
        : Optional.of(String.join(",", values));
  }

  Values and(Values more) {
    return !more.told
        ? this
        : new Values(
            Stream.concat(items.stream(), more.items.stream()).distinct().toList(),
            true,
            (whole || !told) && more.whole);
  }

  boolean has(String item) {
    return items.contains(item);
  }

  boolean hasIgnoringCase(String item) {
    return items.stream().anyMatch(each -> each.equalsIgnoreCase(item));
  }

  boolean isAny() {
    return has(ANY);
  }

  /** As they are shown: the first ones. */
  @Override
  public String toString() {
    List<String> shown = items.stream().limit(8).toList();
    return shown.size() < 2
        ? String.join("", shown)
        : String.join(", ", shown.subList(0, shown.size() - 1))
            + " and "
            + shown.get(shown.size() - 1);
  }
}
