package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.layer.Code.Bracketed;
import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import dev.crosswalk.cors.cli.explain.paste.BoundedText;
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
 * CORS layers that read their settings by name: a name that is not one of theirs is passed over
 * without a word, and some refuse a preflight as a whole for a method or a header that is not
 * listed. The file {@code server-settings.txt} has the names.
 */
final class ServerSettings {

  private static final Pattern PARAMETER =
      Pattern.compile(
          "<param-name>\\s{0,40}([\\w.-]{3,60})\\s{0,40}</param-name>\\s{0,60}<param-value>([^<]{0,600})<"
              + "|\\b(?:setinitparameter|addinitparameter)\\(\\s{0,40}(?:\"|(?:cross_?originfilter\\.)?(?=[a-z_]{4,40}_param,))([\\w.-]{3,60}?)(?:\"|_param),\\s{0,40}([^;]{1,300})");

  private static final Pattern LINE =
      Pattern.compile(
          "([ \\t]*)(- )?[\"']?([a-z%][a-z0-9_.,%-]{0,120}(?:\\[[^\\]\\n]{0,60}\\])?[a-z0-9_.-]{0,80})[\"']?[ \\t]{0,8}(=(?!=)|\\+=|:(?!//)(?=\\s|$)|(?=\\{))(.{0,600})");

  private static final Pattern OPTION =
      Pattern.compile("[\"']?([a-z_]{4,40})[\"']?\\s?(?::|=>)(?!:)(.*)", Pattern.DOTALL);

  /** What is set to nothing is as by itself. */
  private static final Pattern EMPTY = Pattern.compile("\\[\\s?],?");

  private static final int MAX_LINES = 2_000;

  private static final Pattern QUOTED = Pattern.compile("\"([^\"\\n]{1,200})\"");

  /** What is set, and how the names of it look in any software. */
  private enum Kind {
    ORIGINS(What.MISNAMED_ORIGINS, "origins?(?:patterns?|regex|list|whitelist)?|whitelist"),
    METHODS(What.MISNAMED_METHODS, "(?:http)?methods?"),
    EXPOSED(What.MISNAMED_EXPOSED, "(?:headers?)?(?:to)?exposed?(?:headers?)?"),
    HEADERS(What.MISNAMED_HEADERS, "(?:http)?headers?"),
    CREDENTIALS(What.MISNAMED_CREDENTIALS, "credentials?"),
    /** Whether it is on at all, which is looked at only where it is at a wrong place. */
    ENABLED(What.SETTING_MISPLACED, "enabled?");

    private final What misnamed;
    private final Pattern name;

    Kind(What misnamed, String name) {
      this.misnamed = misnamed;
      this.name =
          Pattern.compile(
              "(?:cors)?(?:accesscontrol)?(?:allow(?:ed)?|supports?|supported|permitted|with)?(?:"
                  + name
                  + ")");
    }

    private static Optional<Kind> of(String name) {
      return Stream.of(values()).filter(each -> each.name.matcher(name).matches()).findFirst();
    }

    /** Whether it says nothing of a request that is sent at once. */
    private boolean isOfPreflights() {
      return this == METHODS || this == HEADERS;
    }

    private String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A line of a configuration.
   *
   * @param path the names around it and its own, in lower case
   * @param value what follows, up to the next one
   */
  private record Setting(String path, String value) {

    private String name() {
      return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String plain(String name) {
      return name.replaceAll("[-_.]", "");
    }
  }

  /**
   * One CORS layer that reads settings.
   *
   * @param isClass whether they are parameters of a class
   * @param call of code, in which it is given its options
   * @param key of its options in code
   */
  private record Software(
      String place,
      String name,
      boolean isClass,
      Facts.Block names,
      Optional<Pattern> call,
      Optional<Pattern> key) {

    private static final List<Software> ALL =
        Facts.blocks(ServerSettings.class, "server-settings.txt").stream()
            .map(Software::read)
            .toList();

    private static Software read(Facts.Block block) {
      String place = block.code();
      return new Software(
          place.toLowerCase(Locale.ROOT),
          String.join(" ", block.head().subList(1, block.head().size())),
          !place.equals(place.toLowerCase(Locale.ROOT)),
          block,
          block.value("call").map(Pattern::compile),
          block.value("key").map(Pattern::compile));
    }

    private List<String> names(Kind kind) {
      return List.of(names.value(kind.key()).orElse("").split(" "));
    }

    /** The one that is told, in whole where it is a property. */
    private String told(Kind kind) {
      String name = names(kind).get(0);
      if (isClass || isNamed()) {
        return name;
      }
      return kind == Kind.ENABLED ? name : names.value("shown").orElse(place) + "." + name;
    }

    /**
     * What tells the kind of a variable of an environment, whose name begins with the program's.
     */
    private String withoutPrefix(String plain) {
      return plain.replaceFirst("^" + names.value("prefix").orElse(""), "");
    }

    private boolean has(Kind kind, String name) {
      boolean exactly = names.value("exactly").isPresent();
      return names(kind).stream()
          .map(each -> each.toLowerCase(Locale.ROOT))
          .anyMatch(
              each ->
                  exactly ? each.equals(name) : Setting.plain(each).equals(Setting.plain(name)));
    }

    /** Whether code names its options, at no place of a file. */
    private boolean isNamed() {
      return call.isPresent() || key.isPresent();
    }

    /** Whether the text is one of it, where its place alone does not tell. */
    private boolean isIn(String text) {
      return names.value("only with").filter(word -> !text.contains(word)).isEmpty()
          && Stream.of(names.value("not with").orElse("").split(" "))
              .noneMatch(word -> !word.isEmpty() && text.contains(word));
    }

    /** The lines of a text that are meant for it. */
    private List<Setting> of(String text, List<Setting> lines) {
      if (isClass) {
        return isAlone(text) ? parameters(text) : List.of();
      }
      if (!isIn(text)) {
        return List.of();
      }
      Stream<Setting> below =
          isNamed() && !place.contains(".")
              ? Stream.of()
              : below(place, names.value("below").orElse(""), lines).stream();
      return Stream.concat(Stream.concat(options(text), keys(text)), below).toList();
    }

    /** What is in the braces of a call, and not deeper. */
    private Stream<Setting> options(String text) {
      return call.filter(head -> BoundedText.hasWordsOf(head, text)).stream()
          .flatMap(head -> Code.withSlashes(text).all(head).stream())
          .map(Bracketed::items)
          .flatMap(List::stream)
          .map(OPTION::matcher)
          .filter(Matcher::matches)
          .map(option -> new Setting(option.group(1), option.group(2).strip()));
    }

    private Stream<Setting> keys(String text) {
      return key.filter(name -> BoundedText.hasWordsOf(name, text)).stream()
          .flatMap(name -> name.matcher(text).results().limit(MAX_LINES))
          .map(found -> new Setting(found.group(1), ""));
    }

    /** Whether it needs nothing of a kind to be told, so that a wrong name takes nothing away. */
    private boolean allowsAny(Kind kind, AskedRequest asked) {
      List<String> allowed =
          switch (kind) {
            case METHODS -> allowed("by itself");
            case HEADERS -> allowed("headers by itself");
            default -> List.of();
          };
      return isNamed()
          && (allowed.contains("*")
              || kind == Kind.METHODS && allowed.stream().anyMatch(asked.method()::equals));
    }

    private List<String> allowed(String key) {
      return List.of(names.value(key).orElse("").split(" "));
    }

    /** With two filters it is not known whose parameters they are. */
    private boolean isAlone(String text) {
      return text.contains(place)
          && ALL.stream()
              .filter(each -> each.isClass && text.contains(each.place))
              .allMatch(this::equals);
    }

    /** Those at a place where it does not look for them. */
    private List<Setting> misplaced(List<Setting> lines) {
      return names.value("not in").stream()
          .flatMap(places -> Stream.of(places.split(" ")))
          .flatMap(each -> below(each, "", lines).stream())
          .toList();
    }

    /** An environment has underscores where a property has dots and hyphens. */
    private static Setting ofEnvironment(String place, Setting setting) {
      String start = place.replace('.', '_').replace("-", "") + "_";
      return setting.path.startsWith(start)
          ? new Setting(
              place + "." + setting.path.substring(start.length()).replace('_', '-'), setting.value)
          : setting;
    }

    private static List<Setting> below(String place, String between, List<Setting> lines) {
      Pattern path =
          Pattern.compile(
              "(?:%[a-z,-]{1,40}\\.)?" + Pattern.quote(place) + between + "\\.[^.]{1,60}");
      return lines.stream()
          .map(each -> ofEnvironment(place, each))
          .filter(each -> path.matcher(each.path).matches())
          .toList();
    }
  }

  private record Level(int indent, String name, boolean braces) {}

  private final List<Setting> lines;
  private final Map<Software, List<Setting>> owned = new LinkedHashMap<>();

  private ServerSettings(String text, List<Software> candidates) {
    lines = candidates.isEmpty() ? List.of() : lines(text);
    candidates.forEach(software -> owned.put(software, software.of(text, lines)));
  }

  /**
   * Those in a paste.
   *
   * @param text in lower case, as it was pasted
   */
  static ServerSettings in(String text) {
    boolean cors = text.contains("cors") || text.contains("crossorigin");
    return new ServerSettings(text, cors ? Software.ALL : List.of());
  }

  List<Fault> faults(AskedRequest asked) {
    List<Fault> faults = new ArrayList<>();
    for (Software software : owned.keySet()) {
      List<Setting> own = owned.get(software);
      own.stream().flatMap(each -> misnamed(software, each, asked).stream()).forEach(faults::add);
      software.misplaced(lines).stream()
          .flatMap(each -> misplaced(software, each).stream())
          .forEach(faults::add);
      outside(software, own, asked).ifPresent(faults::add);
      if (software.names.value("refuses").isPresent() && !own.isEmpty() && faults.isEmpty()) {
        refused(software, own, asked).ifPresent(faults::add);
      }
    }
    return faults.stream().distinct().toList();
  }

  private static Optional<Fault> misnamed(Software software, Setting setting, AskedRequest asked) {
    String name = software.isClass ? setting.path : setting.name();
    String written = name.replaceFirst("\\[\\d+]$", "");
    return Kind.of(software.withoutPrefix(Setting.plain(written)))
        .filter(kind -> kind != Kind.ENABLED && !software.has(kind, written))
        .filter(kind -> !software.names(kind).get(0).isEmpty())
        .filter(kind -> !software.allowsAny(kind, asked))
        .filter(kind -> !kind.isOfPreflights() || asked.isUnknown() || asked.isPreflighted())
        .map(
            kind ->
                new Fault(
                    kind == Kind.ORIGINS && software.allowed("origins by itself").contains("*")
                        ? What.MISNAMED_ORIGINS_ANY
                        : kind.misnamed,
                    Map.of(
                        "software",
                        software.name,
                        "place",
                        name + ": write " + software.told(kind),
                        "value",
                        software.isNamed() ? ", with the value true" : "=true")));
  }

  private static Optional<Fault> misplaced(Software software, Setting setting) {
    return Kind.of(Setting.plain(setting.name()))
        .filter(kind -> !software.names(kind).get(0).isEmpty())
        .filter(kind -> !software.told(kind).equals(setting.path))
        .map(
            kind ->
                Fault.of(
                    What.SETTING_MISPLACED,
                    "software",
                    software.name,
                    "place",
                    setting.path + ": write " + software.told(kind)));
  }

  /** What a preflight asks for beside the origin, and is allowed only if it is listed. */
  private static Optional<Fault> refused(Software software, List<Setting> own, AskedRequest asked) {
    if (!asked.isPreflighted()) {
      return Optional.empty();
    }
    boolean method =
        !asked.method().isEmpty()
            && lacks(software, own, Kind.METHODS, "by itself", asked.method());
    if (method) {
      return Optional.of(unlisted(What.METHOD_REFUSED, software, Kind.METHODS, asked.method()));
    }
    return asked.headers().stream()
        .filter(each -> lacks(software, own, Kind.HEADERS, "headers by itself", each))
        .findFirst()
        .map(each -> unlisted(What.HEADER_REFUSED, software, Kind.HEADERS, each));
  }

  /** Paths that it has no eye for. */
  private static Optional<Fault> outside(Software software, List<Setting> own, AskedRequest asked) {
    Optional<String> name = software.names.value("prefixes");
    List<String> prefixes =
        own.stream()
            .filter(each -> name.filter(each.name()::equalsIgnoreCase).isPresent())
            .flatMap(each -> QUOTED.matcher(each.value).results())
            .map(found -> found.group(1))
            .toList();
    return prefixes.isEmpty()
            || !asked.isPathKnown()
            || prefixes.stream().anyMatch(asked.path()::startsWith)
        ? Optional.empty()
        : Optional.of(
            Fault.of(
                What.OUTSIDE_PREFIXES,
                "software",
                software.name,
                "place",
                String.join(", ", prefixes)));
  }

  private static Fault unlisted(What what, Software software, Kind kind, String value) {
    return Fault.of(what, "software", software.name, "place", value + " to " + software.told(kind));
  }

  /** Whether it is told nothing there, and does not allow that by itself. */
  private static boolean lacks(
      Software software, List<Setting> own, Kind kind, String byItself, String value) {
    boolean told =
        own.stream()
            .filter(each -> !EMPTY.matcher(each.value).matches())
            .map(each -> software.isClass ? each.path : each.name())
            .anyMatch(name -> software.has(kind, name));
    List<String> allowed = List.of(software.names.value(byItself).orElse("*").split(" "));
    return !told && !allowed.contains("*") && allowed.stream().noneMatch(value::equalsIgnoreCase);
  }

  private static List<Setting> parameters(String text) {
    return PARAMETER
        .matcher(text)
        .results()
        .limit(MAX_LINES)
        .map(
            each ->
                each.group(1) == null
                    ? new Setting(each.group(3), each.group(4))
                    : new Setting(each.group(1), each.group(2)))
        .toList();
  }

  /** Properties, YAML and HOCON, whose levels are dots, spaces or braces. */
  private static List<Setting> lines(String text) {
    List<Setting> settings = new ArrayList<>();
    Deque<Level> levels = new ArrayDeque<>();
    String before = "";
    for (String line : (Iterable<String>) text.lines().limit(MAX_LINES)::iterator) {
      String plain = line.replaceFirst("(?:^|\\s)(?:#|//).*$", "").stripTrailing();
      Matcher key = LINE.matcher(plain);
      if (!key.matches()) {
        if (Snippets.isBetween(before, plain)) {
          levels.clear();
        }
        closed(levels, plain);
        continued(settings, plain);
        before = plain;
        continue;
      }
      int indent = key.group(1).length() + (key.group(2) == null ? 0 : 2);
      while (!levels.isEmpty() && !levels.peek().braces && levels.peek().indent >= indent) {
        levels.pop();
      }
      String value = key.group(5).strip();
      before = plain;
      levels.push(new Level(indent, key.group(3), value.equals("{")));
      if (!value.equals("{")) {
        settings.add(new Setting(path(levels), value));
      }
    }
    return settings;
  }

  private static void closed(Deque<Level> levels, String line) {
    if (line.strip().equals("}")) {
      while (!levels.isEmpty() && !levels.pop().braces) {
        // What is in the braces ends with them.
      }
    }
  }

  /** An item of a list belongs to the setting above. */
  private static void continued(List<Setting> settings, String line) {
    if (!settings.isEmpty() && !line.isBlank()) {
      Setting last = settings.remove(settings.size() - 1);
      settings.add(new Setting(last.path, last.value + " " + line.strip()));
    }
  }

  private static String path(Deque<Level> levels) {
    List<String> names = new ArrayList<>();
    levels.descendingIterator().forEachRemaining(level -> names.add(level.name));
    return String.join(".", names);
  }
}
