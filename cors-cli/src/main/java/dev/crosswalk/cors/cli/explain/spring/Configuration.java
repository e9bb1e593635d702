package dev.crosswalk.cors.cli.explain.spring;

import dev.crosswalk.cors.cli.explain.paste.Snippets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The lines of {@code application.properties} and {@code application.yml} in a paste. Spring takes
 * a name with hyphens, without, and in camel case for the same one.
 *
 * @param settings what each has, by its whole name, in lower case and without hyphens; what is in
 *     brackets is as it was written
 */
record Configuration(Map<String, List<String>> settings) {

  private static final Pattern PROPERTY =
      Pattern.compile(
          "([A-Za-z][\\w.-]{2,120}(?:\\[[^\\]\\n]{1,80}\\][\\w.-]{0,60}){0,2})\\s{0,3}=\\s{0,3}(.{0,600})");

  private static final Pattern KEY =
      Pattern.compile("( *)(- )?(['\"]?\\[?[\\w./*{}-]{1,100}\\]?['\"]?)\\s?:(?: +(.{0,600}))?");

  private static final Pattern ITEM = Pattern.compile("( *)- +(.{1,300})");

  private static final Pattern BRACKET = Pattern.compile("\\[[^\\]]*]|[^\\[]+");

  private static final Pattern ORIGIN = Pattern.compile("https?://[\\w.:*-]{1,200}/?");

  private static final List<String> POLICY =
      List.of(
          "allowedorigins",
          "allowedoriginpatterns",
          "allowedmethods",
          "allowedheaders",
          "exposedheaders",
          "allowcredentials",
          "maxage");

  private record Level(int indent, String name) {}

  static Configuration of(String text) {
    Map<String, List<String>> settings = new LinkedHashMap<>();
    Deque<Level> levels = new ArrayDeque<>();
    String before = "";
    for (String written : text.split("\\r?\\n")) {
      String line = written.replaceFirst("(?:^|\\s)#.*$", "").stripTrailing();
      Matcher property = PROPERTY.matcher(line.strip());
      Matcher item = ITEM.matcher(line);
      Matcher key = KEY.matcher(line);
      if (property.matches()) {
        add(settings, plain(property.group(1).replaceFirst("\\[\\d+]$", "")), property.group(2));
      } else if (key.matches()) {
        int indent = key.group(1).length() + (key.group(2) == null ? 0 : 2);
        while (!levels.isEmpty() && levels.peek().indent >= indent) {
          levels.pop();
        }
        levels.push(new Level(indent, plain(unquoted(key.group(3)))));
        if (key.group(4) != null) {
          add(settings, path(levels), key.group(4));
        }
      } else if (item.matches() && !levels.isEmpty()) {
        add(settings, path(levels), item.group(2));
      } else if (Snippets.isBetween(before, line)) {
        levels.clear();
      }
      before = line;
    }
    return new Configuration(settings);
  }

  private static String path(Deque<Level> levels) {
    List<String> names = new ArrayList<>();
    levels.descendingIterator().forEachRemaining(level -> names.add(level.name));
    return String.join(".", names);
  }

  private static void add(Map<String, List<String>> settings, String name, String value) {
    List<String> values = settings.computeIfAbsent(name, unused -> new ArrayList<>());
    String list = value.strip().replaceFirst("^\\[(.*)]$", "$1");
    Stream.of(list.split("\\s*,\\s*")).map(Configuration::unquoted).forEach(values::add);
  }

  private static String unquoted(String text) {
    return text.strip().replaceFirst("^(['\"])(.*)\\1$", "$2");
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder();
    Matcher part = BRACKET.matcher(name);
    while (part.find()) {
      plain.append(
          part.group().startsWith("[")
              ? part.group()
              : part.group().replace("-", "").replace("_", "").toLowerCase(Locale.ROOT));
    }
    return plain.toString();
  }

  /** The values of a setting with that whole name; none if the paste has not got it. */
  List<String> values(String name) {
    return settings.getOrDefault(plain(name), List.of());
  }

  Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  /**
   * A list of origins with nearly the same name as one that the paste has not got: by its end, or
   * by all but that; in lower case and without hyphens.
   */
  Optional<String> nearly(String name) {
    String wanted = plain(name);
    if (settings.keySet().stream().anyMatch(each -> isOf(each, wanted))) {
      return Optional.empty();
    }
    String last = last(wanted);
    String parent = wanted.substring(0, wanted.length() - last.length());
    return settings.entrySet().stream()
        .filter(each -> each.getValue().stream().allMatch(ORIGIN.asMatchPredicate()))
        .map(Map.Entry::getKey)
        .filter(
            each ->
                last(each).equals(last)
                    || !parent.isEmpty()
                        && each.startsWith(parent)
                        && last(each).contains("origin"))
        .findFirst();
  }

  /** Whether it is that setting, or a part of it; an environment has no dots in its names. */
  private static boolean isOf(String name, String wanted) {
    return name.startsWith(wanted + ".")
        || name.startsWith(wanted + "[")
        || name.replace(".", "").equals(wanted.replace(".", ""));
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The settings of CORS policies, by what is in front of their names: {@code …allowedorigins}. */
  Map<String, Map<String, List<String>>> policies(String parent) {
    Map<String, Map<String, List<String>>> policies = new LinkedHashMap<>();
    settings.forEach(
        (name, values) -> {
          int at = name.indexOf(parent);
          int last = name.lastIndexOf('.');
          if (at >= 0 && last > at && POLICY.contains(name.substring(last + 1))) {
            policies
                .computeIfAbsent(name.substring(0, last), unused -> new LinkedHashMap<>())
                .put(name.substring(last + 1), values);
          }
        });
    return policies;
  }
}
