package dev.crosswalk.cors.cli.explain.spring;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a CORS layer allows.
 *
 * @param origins by name, letter by letter
 * @param patterns of origins
 * @param headers of requests
 * @param exposed headers of answers
 * @param credentials {@code true} or {@code false}, where it is told
 */
record Grant(
    Values origins,
    Values patterns,
    Values methods,
    Values headers,
    Values exposed,
    Values credentials) {

  /** Of which nothing is known. */
  static final Grant UNKNOWN =
      new Grant(
          Values.UNKNOWN,
          Values.UNTOLD,
          Values.UNKNOWN,
          Values.UNKNOWN,
          Values.UNKNOWN,
          Values.UNKNOWN);

  private static final Grant NOTHING =
      new Grant(
          Values.UNTOLD, Values.UNTOLD, Values.UNTOLD, Values.UNTOLD, Values.UNTOLD, Values.UNTOLD);

  /** A setting of an object, of a mapping or of an annotation, and how its value begins. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(?<![\\w])(?:(?:set|add)?[Aa]llow(?:ed)?(OriginPattern|Origin|Method|Header|Credential)s?|(?:set|add)?[Ee]xposed?(Header)s?"
              + "|(origins|originPatterns|methods))\\s{0,3}(\\(|=(?!=))\\s{0,20}");

  private static final int MAX_RECEIVER = 90;

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
      String kind =
          setting.group(2) != null
              ? "Exposed"
              : setting.group(1) != null ? setting.group(1) : setting.group(3);
      // What is set takes the place of what was there, and what is added does not.
      Grant before = setting.group().startsWith("add") ? grant : grant.without(kind);
      grant = before.with(kind, Values.read(value, code, configuration));
    }
    return grant;
  }

  private Grant without(String kind) {
    return switch (kind) {
      case "Origin", "origins" ->
          new Grant(Values.UNTOLD, patterns, methods, headers, exposed, credentials);
      case "OriginPattern", "originPatterns" ->
          new Grant(origins, Values.UNTOLD, methods, headers, exposed, credentials);
      case "Method", "methods" ->
          new Grant(origins, patterns, Values.UNTOLD, headers, exposed, credentials);
      case "Header" -> new Grant(origins, patterns, methods, Values.UNTOLD, exposed, credentials);
      case "Exposed" -> new Grant(origins, patterns, methods, headers, Values.UNTOLD, credentials);
      default -> new Grant(origins, patterns, methods, headers, exposed, Values.UNTOLD);
    };
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
    return new Grant(
        values(policy, "allowedorigins"),
        values(policy, "allowedoriginpatterns"),
        values(policy, "allowedmethods"),
        values(policy, "allowedheaders"),
        values(policy, "exposedheaders"),
        values(policy, "allowcredentials"));
  }

  private static Values values(Map<String, List<String>> policy, String name) {
    List<String> values = policy.get(name);
    return values == null
        ? Values.UNTOLD
        : new Values(values, true, values.stream().noneMatch(each -> each.contains("${")));
  }

  Grant and(Grant more) {
    return new Grant(
        origins.and(more.origins),
        patterns.and(more.patterns),
        methods.and(more.methods),
        headers.and(more.headers),
        exposed.and(more.exposed),
        credentials.and(more.credentials));
  }

  /** With more of one kind, by the name of a setting. */
  Grant with(String kind, Values more) {
    return switch (kind) {
      case "Origin", "origins" ->
          new Grant(origins.and(more), patterns, methods, headers, exposed, credentials);
      case "OriginPattern", "originPatterns" ->
          new Grant(origins, patterns.and(more), methods, headers, exposed, credentials);
      case "Method", "methods" ->
          new Grant(origins, patterns, methods.and(more), headers, exposed, credentials);
      case "Header" ->
          new Grant(origins, patterns, methods, headers.and(more), exposed, credentials);
      case "Exposed" ->
          new Grant(origins, patterns, methods, headers, exposed.and(more), credentials);
      default -> new Grant(origins, patterns, methods, headers, exposed, more);
    };
  }

  Grant withOrigins(Values others) {
    return new Grant(others, patterns, methods, headers, exposed, credentials);
  }

  /** With what a layer allows of which nothing is told. */
  Grant withDefaults(Values usualOrigins, Values usualMethods, Values usualHeaders) {
    return new Grant(
        origins.told() || patterns.told() ? origins : usualOrigins,
        patterns,
        methods.told() ? methods : usualMethods,
        headers.told() ? headers : usualHeaders,
        exposed,
        credentials);
  }

  boolean isOfAnyWithCredentials() {
    return origins.isAny() && credentials.has("true");
  }

  /** Whether it is certain which origins it allows. */
  boolean isWhole() {
    return origins.whole() && patterns.whole();
  }

  boolean allows(String origin) {
    return origins.isAny()
        || origins.has(origin)
        || patterns.items().stream().anyMatch(each -> matches(each, origin));
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
