package dev.crosswalk.cors.cli.explain.lines;

import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.tck.browser.Methods;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The CORS layer that a paste shows, and its lines as they should be. What is right there stays as
 * somebody wrote it: other values, their order and their quotation marks, patterns, variables.
 */
public final class ShownLayer {

  private static final List<String> LISTS = List.of("origins", "methods", "headers");

  /** Other code has methods and headers, too. */
  private static final Pattern OF_CORS = Pattern.compile("(?i)(?:allowed|allow|with)[-_]?[mh]");

  /** A call that somebody names in a sentence. */
  private static final Pattern CALL_IN_SENTENCE =
      Pattern.compile(
          "[^={};()]{0,200}[A-Za-z]['`\"]? {1,2}[A-Za-z]{1,20} ['`\"]?([\\w.]{1,40}\\([\\w ]{0,40})");

  private static final String STARRED = "ACAO_WILDCARD_CREDENTIALS";

  /** A browser complains of these only where the answer has the page's origin. */
  private static final List<String> ORIGIN_IS_ALLOWED =
      List.of("METHOD_NOT_ALLOWED", "HEADER_NOT_ALLOWED", "NOT_EXPOSED");

  private final LayerKeys keys;
  private final String text;
  private final int from;
  private final int to;
  private final Map<String, WrittenSetting> found = new LinkedHashMap<>();

  private final ChangedLines changed;

  /** The settings of a call that had none. */
  private final List<String> filled = new ArrayList<>();

  private ShownLayer(LayerKeys keys, String text, int from, int to) {
    this.keys = keys;
    this.text = text;
    this.from = from;
    this.to = to;
    this.changed = new ChangedLines(text);
    for (String setting : List.of("origins", "methods", "headers", "credentials")) {
      WrittenSetting.find(keys.names(setting), keys.form(setting), text, from, to)
          .ifPresent(one -> found.put(setting, one));
      WrittenSetting.find(keys.names("any-" + setting), WrittenSetting.Form.USUAL, text, from, to)
          .filter(one -> one.call() || one.isStar())
          .ifPresent(one -> found.put("any-" + setting, one));
    }
  }

  /**
   * Finds it.
   *
   * @param text as it was pasted
   * @return empty if the text has none, or more than one
   */
  public static Optional<ShownLayer> of(Optional<Server> server, String text) {
    for (LayerKeys keys : LayerKeys.of(server)) {
      List<ShownLayer> layers =
          keys.regions().isEmpty()
              ? List.of(new ShownLayer(keys, text, 0, text.length()))
              : Stream.concat(
                      starts(keys.regions(), text)
                          .map(start -> in(keys, text, start, WrittenSetting.close(text, start))),
                      starts(keys.bare(), text).map(start -> in(keys, text, start, start)))
                  .toList();
      List<ShownLayer> shown = layers.stream().filter(ShownLayer::isShown).toList();
      if (!shown.isEmpty()) {
        return shown.size() == 1 ? Optional.of(shown.get(0)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Stream<Integer> starts(List<Pattern> patterns, String text) {
    return patterns.stream()
        .flatMap(pattern -> pattern.matcher(text).results())
        .filter(found -> !WrittenSetting.isComment(text, found.start()))
        .map(MatchResult::end)
        .distinct();
  }

  private static ShownLayer in(LayerKeys keys, String text, int from, int to) {
    return new ShownLayer(keys, text, from, to);
  }

  private boolean isShown() {
    return isBare()
        || found.keySet().stream().anyMatch(each -> each.endsWith("origins"))
        || (keys.regions().isEmpty()
            ? found.values().stream().anyMatch(each -> OF_CORS.matcher(each.name()).find())
            : !found.isEmpty());
  }

  /** Whether its call has no settings, so that they come where that is. */
  private boolean isBare() {
    return from == to;
  }

  /**
   * The lines that have to change, as they should be; none if the text has all that is asked for.
   *
   * @param code of what the browser complains of
   */
  public List<String> changed(RequiredGrant grant, String code) {
    boolean credentials = grant.credentials();
    // What echoes origins has sent the page's, whatever the answer lacked.
    boolean echoed =
        !code.equals(STARRED) && keys.isStarEchoed() && found.containsKey("credentials");
    if (keys.isOfPreflights() && !ORIGIN_IS_ALLOWED.contains(code)) {
      return List.of();
    }
    if (!ORIGIN_IS_ALLOWED.contains(code)) {
      origin(grant.origin(), credentials && !echoed);
    }
    // Browsers need no permission for the others, but some layers compare POST or GET as well.
    if (!Methods.isSafelisted(grant.method())
        || found.containsKey("methods")
            && (grant.method().equals("POST") || keys.needsEvery("methods"))) {
      values("methods", List.of(grant.method()), credentials);
    }
    values("headers", grant.requestHeaders(), credentials);
    if (credentials && !keys.isOfPreflights()) {
      WrittenSetting there = found.get("credentials");
      if (there == null && !keys.allowsUntold("credentials", keys.yes())) {
        added("credentials", keys.yes());
      } else if (there != null && there.isOff()) {
        replaced(there, keys.yes());
      }
    }
    return lines();
  }

  private void origin(String origin, boolean credentials) {
    WrittenSetting any = found.get("any-origins");
    WrittenSetting there = found.get("origins");
    String only = keys.isOne("origins") ? quoted(origin) : listed("origins", List.of(origin));
    if (any != null && (there == null || there.start() > any.start())) {
      if (credentials) {
        renamed(any, keys.names("origins").get(0), only);
      }
    } else if (there == null) {
      if (credentials && keys.allowsUntold("origins", origin)) {
        added("origins", only);
      }
    } else if (there.isStar()) {
      if (credentials) {
        replaced(there, starless(there, "origins", List.of(origin)));
      }
    } else if (there.has(origin)
        || (keys.isWild() || there.name().contains("attern")) && there.fits(origin)
        || keys.isSpaced("origins") && there.nearly(origin).isPresent()) {
      return;
    } else if (there.nearly(origin).isPresent()) {
      replaced(there, there.nearly(origin).get());
    } else if (!origin.equals(RequiredGrant.SOME_ORIGIN) && !keys.isOne("origins")) {
      lengthened(there, "origins", List.of(origin));
    }
  }

  private void values(String setting, List<String> needed, boolean credentials) {
    WrittenSetting there = found.get(setting);
    if (found.containsKey("any-" + setting)) {
      return;
    }
    if (there == null) {
      List<String> lacking =
          needed.stream().filter(each -> !keys.allowsUntold(setting, each)).toList();
      if (!lacking.isEmpty()) {
        // What a layer allows by itself it does not where a list is written.
        List<String> all = new ArrayList<>(keys.untold(setting));
        if (all.isEmpty() && setting.equals("methods")) {
          all.addAll(List.of("GET", "HEAD", "POST"));
        }
        lacking.stream().filter(each -> !all.contains(each)).forEach(all::add);
        added(setting, listed(setting, all, '"'));
      }
    } else if (there.isStar()) {
      if (credentials && keys.isStarLiteral()) {
        List<String> all =
            new ArrayList<>(
                setting.equals("methods")
                    ? List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE")
                    : List.of("content-type", "authorization"));
        needed.stream().filter(each -> !all.contains(each)).forEach(all::add);
        replaced(there, starless(there, setting, all));
      }
    } else {
      lengthened(there, setting, needed.stream().filter(each -> !there.has(each)).toList());
    }
  }

  private void lengthened(WrittenSetting there, String setting, List<String> more) {
    if (keys.isEach()) {
      more.stream()
          .filter(one -> !text.contains(there.quote() + one + there.quote()))
          .forEach(one -> added(setting, there.quote() + one + there.quote()));
      return;
    }
    if (keys.form(setting) == WrittenSetting.Form.PLAIN && !there.isQuoted()) {
      String longer = there.written();
      for (String one : more) {
        longer = WrittenSetting.inText(longer, one);
      }
      // A label has no spaces.
      replaced(there, there.written().contains(" ") ? longer : longer.replace(", ", ","));
      return;
    }
    WrittenSetting longer = there;
    for (String one : more) {
      Optional<String> value =
          longer.with(one, keys.isJoined(setting), list -> keys.list(setting, list));
      if (value.isEmpty()) {
        return;
      }
      String whole = text.substring(0, there.value()) + value.get();
      longer =
          new WrittenSetting(
              there.name(), there.start(), there.value(), whole.length(), there.call(), whole);
    }
    if (longer != there) {
      replaced(there, longer.written());
    }
  }

  /** A list in place of a star; the items of YAML stay items. */
  private String starless(WrittenSetting there, String setting, List<String> values) {
    String written = there.written();
    if (written.contains("\n")) {
      String item = written.substring(written.lastIndexOf('\n')).replaceFirst("(?s)- .*", "- ");
      return values.stream()
          .map(each -> item + there.quote() + each + there.quote())
          .collect(Collectors.joining());
    }
    if (keys.form(setting) == WrittenSetting.Form.PLAIN && !there.isQuoted()) {
      return String.join(",", values);
    }
    String tail = written.substring(written.stripTrailing().length());
    return (keys.isOne(setting)
            ? quoted(values.get(0))
            : keys.isJoined(setting) && !written.contains("[")
                ? there.quote() + String.join(", ", values) + there.quote()
                : listed(setting, values, there.quote()))
        + tail;
  }

  private String listed(String setting, List<String> values) {
    return listed(setting, values, anchor().map(WrittenSetting::quote).orElse('"'));
  }

  private String listed(String setting, List<String> values, char quote) {
    if (isOfProperties()) {
      return String.join(",", values);
    }
    if (keys.isJoined(setting) && keys.list(setting, "").isEmpty()) {
      return keys.form(setting) == WrittenSetting.Form.PLAIN
          ? String.join(",", values)
          : quote + String.join(", ", values) + quote;
    }
    return keys.list(
        setting,
        values.stream().map(each -> quote + each + quote).collect(Collectors.joining(", ")));
  }

  private String quoted(String value) {
    char quote = anchor().map(WrittenSetting::quote).orElse('"');
    return quote + value + quote;
  }

  private boolean isOfProperties() {
    return found.values().stream().anyMatch(WrittenSetting::isProperty);
  }

  private Optional<WrittenSetting> anchor() {
    return found.values().stream()
        .filter(each -> !each.call() || keys.next() != LayerKeys.Next.COMMA)
        .max((a, b) -> Integer.compare(a.start(), b.start()));
  }

  private void replaced(WrittenSetting there, String value) {
    // The name of a list of items comes before them.
    String head = text.substring(there.start(), there.value());
    boolean far = head.contains("\n");
    changed.replace(far ? there.start() : there.value(), there.end(), (far ? head : "") + value);
  }

  private void renamed(WrittenSetting there, String name, String value) {
    String head = text.substring(there.start(), there.value()).replace(there.name(), name);
    changed.replace(there.start(), there.end(), head + value);
  }

  /** A setting that the text lacks, behind the last one that it has and in its form. */
  private void added(String setting, String value) {
    // A bucket, for example, has nothing about credentials.
    if (keys.names(setting).isEmpty() || keys.isWhole() || keys.isOfPreflights()) {
      return;
    }
    if (isBare()) {
      filled.add(keys.set(setting, value));
      changed.replace(from, from, keys.filled(filled));
      return;
    }
    WrittenSetting last = anchor().orElseThrow();
    String name = name(setting, last);
    int start = last.start();
    int line = WrittenSetting.lineStart(text, start);
    String before = text.substring(line, start);
    String written = text.substring(start, last.value()).replace(last.name(), name);
    // The items of YAML are below the name.
    String head = written.endsWith(":") ? written + " " : written;
    int end = last.end();
    String behind = text.substring(end, ChangedLines.lineEnd(text, end));
    switch (keys.next()) {
      case COMMA -> {
        boolean own = behind.matches("\\s*,?\\s*(?:(?://|#).*)?") && before.isBlank();
        boolean comma = behind.strip().startsWith(",");
        int at = own && comma ? end + behind.indexOf(',') + 1 : end;
        changed.add(
            at,
            own
                ? (comma ? "\n" : ",\n") + before + head + value + (comma ? "," : "")
                : ", " + head + value);
      }
      case SPACE -> changed.add(end, " " + head + value);
      case CALL -> {
        boolean own = before.strip().equals(".");
        changed.add(end + 1, (own ? "\n" + before : ".") + head + value + ")");
      }
      default -> {
        String close =
            last.call() ? text.substring(end, ChangedLines.lineEnd(text, end)).stripTrailing() : "";
        changed.add(ChangedLines.lineEnd(text, end), "\n" + before + head + value + close);
      }
    }
  }

  /** Of several styles that a layer has, that of another setting in the text. */
  private String name(String setting, WrittenSetting like) {
    List<String> names = keys.names(setting);
    for (String each : Stream.concat(LISTS.stream(), Stream.of("credentials")).toList()) {
      int style = keys.names(each).indexOf(like.name());
      if (style >= 0 && style < names.size()) {
        return names.get(style);
      }
    }
    return names.get(0);
  }

  /** The lines with an edit in them, without what all of them are indented by. */
  private List<String> lines() {
    if (isBare() && !filled.isEmpty()) {
      Matcher sentence = CALL_IN_SENTENCE.matcher(text);
      sentence.region(WrittenSetting.lineStart(text, from), from);
      if (sentence.matches()) {
        int close = WrittenSetting.close(text, from) + 1;
        return List.of(
            sentence.group(1)
                + keys.filled(filled)
                + text.substring(from, Math.min(close, text.length())));
      }
    }
    return changed.lines(
        found.values().stream().mapToInt(WrittenSetting::start).min().orElse(from));
  }
}
