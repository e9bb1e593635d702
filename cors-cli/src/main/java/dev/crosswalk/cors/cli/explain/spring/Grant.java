package dev.crosswalk.cors.cli.explain.spring;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a CORS layer allows.
 *
 * @param settings that are known of it
 */
record Grant(Map<Setting, Values> settings) {

  /** What a layer can be told. */
  enum Setting {
    /** Origins by name, letter by letter. */
    ORIGINS,
    /** Patterns of origins. */
    PATTERNS,
    /** Methods of requests. */
    METHODS,
    /** Headers of requests. */
    HEADERS,
    /** Headers of answers. */
    EXPOSED,
    /** Whether cookies may be sent. */
    CREDENTIALS;

    /** By how it is called in code, without what is around it. */
    static Setting named(String name) {
      return switch (name) {
        case "Origin", "origins" -> ORIGINS;
        case "OriginPattern", "originPatterns" -> PATTERNS;
        case "Method", "methods" -> METHODS;
        case "Header" -> HEADERS;
        default -> CREDENTIALS;
      };
    }
  }

  /** Of which nothing is known. */
  static final Grant UNKNOWN =
      new Grant(
          Stream.of(Setting.values())
              .filter(each -> each != Setting.PATTERNS)
              .collect(Collectors.toMap(each -> each, each -> Values.UNKNOWN)));

  private static final Grant NOTHING = new Grant(Map.of());

  /** A setting of an object, of a mapping or of an annotation, and how its value begins. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(?<![\\w])(?:(?:set|add)?[Aa]llow(?:ed)?(OriginPattern|Origin|Method|Header|Credential)s?|(?:set|add)?[Ee]xposed?(Header)s?"
              + "|(origins|originPatterns|methods))\\s{0,3}(\\(|=(?!=))\\s{0,20}");

  private static final int MAX_RECEIVER = 90;

  private static final Map<Setting, String> NAMES =
      Map.of(
          Setting.ORIGINS, "allowedorigins",
          Setting.PATTERNS, "allowedoriginpatterns",
          Setting.METHODS, "allowedmethods",
          Setting.HEADERS, "allowedheaders",
          Setting.EXPOSED, "exposedheaders",
          Setting.CREDENTIALS, "allowcredentials");

  /**
   * Reads the settings in a piece of code.
   *
   * @param receiver of which alone they count: {@code config.}, or nothing
   */
  static Grant in(String piece, String receiver, SourceCode code, Configuration configuration) {
    Grant grant = NOTHING;
    SourceCode part = SourceCode.of(piece);
    Pattern of =
        Pattern.compile("\\b" + Pattern.quote(receiver) + "\\s{0,20}[?!]{0,2}\\.\\s{0,20}$");
    Matcher setting = SETTING.matcher(piece);
    while (setting.find()) {
      String front = piece.substring(Math.max(0, setting.start() - MAX_RECEIVER), setting.start());
      if (!receiver.isEmpty() && !of.matcher(front).find()) {
        continue;
      }
      String value =
          setting.group(4).equals("(")
              ? piece.substring(
                  setting.end(), Math.max(setting.end(), part.closing(setting.start(4))))
              : value(part, setting.end());
      Setting kind =
          setting.group(2) != null
              ? Setting.EXPOSED
              : Setting.named(setting.group(1) != null ? setting.group(1) : setting.group(3));
      Values read = value.isBlank() ? Values.CUT : Values.read(value, code, configuration);
      // What is set takes the place of what was there, and what is added does not.
      grant =
          setting.group().startsWith("add") ? grant.with(kind, read) : grant.withOnly(kind, read);
    }
    return grant;
  }

  /** What an annotation has for a name, or Kotlin assigns: to the comma, or to the line's end. */
  private static String value(SourceCode part, int from) {
    String text = part.text();
    int at = from;
    while (at < text.length() && ",;\n".indexOf(text.charAt(at)) < 0) {
      at = "({[".indexOf(text.charAt(at)) >= 0 ? part.closing(at) + 1 : at + 1;
    }
    return text.substring(Math.min(from, text.length()), Math.min(at, text.length()));
  }

  /** Of a configuration, by its plain names. */
  static Grant of(Map<String, List<String>> policy) {
    Map<Setting, Values> settings = new EnumMap<>(Setting.class);
    NAMES.forEach((kind, name) -> settings.put(kind, values(policy, name)));
    return new Grant(settings);
  }

  private static Values values(Map<String, List<String>> policy, String name) {
    List<String> values = policy.get(name);
    return values == null
        ? Values.UNTOLD
        : new Values(values, true, values.stream().noneMatch(each -> each.contains("${")));
  }

  private Values of(Setting kind) {
    return settings.getOrDefault(kind, Values.UNTOLD);
  }

  Values origins() {
    return of(Setting.ORIGINS);
  }

  Values patterns() {
    return of(Setting.PATTERNS);
  }

  Values methods() {
    return of(Setting.METHODS);
  }

  Values headers() {
    return of(Setting.HEADERS);
  }

  Values exposed() {
    return of(Setting.EXPOSED);
  }

  /** {@code true} or {@code false}, where it is told. */
  Values credentials() {
    return of(Setting.CREDENTIALS);
  }

  Grant and(Grant more) {
    Grant all = this;
    for (Map.Entry<Setting, Values> each : more.settings.entrySet()) {
      all = all.with(each.getKey(), each.getValue());
    }
    return all;
  }

  /** With more of one kind. */
  Grant with(Setting kind, Values more) {
    return withOnly(kind, kind == Setting.CREDENTIALS ? more : of(kind).and(more));
  }

  /** With this in the place of what was there. */
  Grant withOnly(Setting kind, Values values) {
    Map<Setting, Values> changed = new EnumMap<>(Setting.class);
    changed.putAll(settings);
    changed.put(kind, values);
    return new Grant(changed);
  }

  /** With what a layer allows of which nothing is told. */
  Grant withDefaults(Values usualOrigins, Values usualMethods, Values usualHeaders) {
    Grant grant =
        origins().told() || patterns().told() ? this : withOnly(Setting.ORIGINS, usualOrigins);
    grant = methods().told() ? grant : grant.withOnly(Setting.METHODS, usualMethods);
    return headers().told() ? grant : grant.withOnly(Setting.HEADERS, usualHeaders);
  }

  boolean isOfAnyWithCredentials() {
    return origins().isAny() && credentials().has("true");
  }

  /** Whether it is certain which origins it allows. */
  boolean isWhole() {
    return origins().whole() && patterns().whole();
  }

  boolean allows(String origin) {
    return origins().isAny()
        || origins().has(origin)
        || patterns().items().stream().anyMatch(each -> matches(each, origin));
  }

  /** A pattern of origins: a star is any text, and {@code [*]} any port. */
  private static boolean matches(String pattern, String origin) {
    String plain =
        pattern.replaceFirst(":\\[\\*]$", "\u0000").replaceFirst(":\\[([\\d,]{1,60})]$", "\u0001");
    String expression = Pattern.quote(plain).replace("*", "\\E.{0,300}\\Q");
    return origin.matches(
        expression
            .replace("\u0000", "\\E(?::\\d{1,5})?\\Q")
            .replace("\u0001", "\\E(?::\\d{1,5})?\\Q"));
  }
}
