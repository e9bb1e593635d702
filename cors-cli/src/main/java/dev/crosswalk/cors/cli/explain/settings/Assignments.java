package dev.crosswalk.cors.cli.explain.settings;

import dev.crosswalk.cors.cli.explain.settings.PastedSetting.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How settings are written: in environments, on command lines, in configurations and in code of all
 * kinds.
 */
final class Assignments {

  /** A word as environments, command lines, configurations and code write it. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?<![A-Za-z0-9_/:@$-]|[A-Za-z0-9_/]\\.)(?:(?:process\\.env|import\\.meta\\.env|env|[a-z])\\.)?"
              + "(--?[a-z][a-z0-9._-]{2,50}+|[A-Za-z][A-Za-z0-9]{1,40}+(?:[._-][A-Za-z0-9]{1,40}+){0,7}+)(?!/)");

  /** An element whose attribute has the value: {@code <origin url="...">}. */
  private static final Pattern ELEMENT =
      Pattern.compile(
          "<(?:[a-z]{1,20}:)?([A-Za-z-]{3,40}) (?:url|value|domain|uri|name)=\"([^\"\\n]{1,300})\"");

  /** What joins a name with its value. */
  private static final Pattern JOIN =
      Pattern.compile(
          "[\"'`]?[ \\t]{0,9}(?:=>|:=|=(?!=)|:(?!//)|(?=\\())"
              + "|[\"'`],[ \\t]{0,9}"
              + "|</[a-z-]{2,30}>\\s{0,60}<[a-z-]{2,30}>"
              + "|[\"']\\s{1,9}value="
              + "|[\"']?\\s{1,60}value:"
              + "|>(?=[^<]{1,300}</)");

  /** A flag has its value behind a space, too. */
  private static final Pattern BEHIND_FLAG = Pattern.compile("[ \\t]{1,3}(?![-&|<>])");

  private static final Pattern LIST =
      Pattern.compile(
          "\\s{0,40}(?:new [A-Za-z]{1,20}|\\[][a-z]{1,10}|[A-Za-z.]{1,30}!?)?[ \\t]{0,2}[\\[({]{1,2}([^\\])}]{0,1200})");

  private static final Pattern LINES =
      Pattern.compile(
          "[ \\t]{0,9}(?:[|>]-?)?[ \\t]{0,9}((?:\\r?\\n[ \\t]{0,40}-[ \\t]{1,4}[^\\n]{1,300}){1,40})");

  private static final Pattern ITEM = Pattern.compile("\\n[ \\t]{0,40}-[ \\t]{1,4}([^\\n]{1,300})");

  private static final Pattern QUOTED =
      Pattern.compile("[ \\t]{0,9}\\\\?([\"'`])((?:(?!\\1)[^\\n]){0,900})");

  private static final Pattern TEXT = Pattern.compile("[\"'`]([^\"'`\\n]{0,300})[\"'`]");

  /** A value without marks, and the others of its list where they are addresses. */
  private static final Pattern BARE =
      Pattern.compile(
          "[ \\t]{0,9}([^\\s\"'`\\])}<;]{1,900}(?:(?:[,;] ?| )(?:[a-z]{2,20}://|[a-z0-9-]{1,60}\\.(?=[a-z0-9]))[^\\s\"'`\\])};<]{1,300}){0,20})");

  /** So much of one paste is read; more settings than these are no help. */
  private static final int MAX = 1_000;

  private static final int MAX_ENTRIES = 40;

  private static final int MAX_BEFORE = 90;

  /** So far before a word there may be what it belongs to. */
  private static final int MAX_POLICY = 200;

  private static final Pattern POLICY = Pattern.compile("(?i)cors[\"'`]?\\s{0,3}[:=({]");

  /** What stands before a setting in its line, where it is one. */
  private static final Pattern STARTS =
      Pattern.compile(
          "(?:^[^\\p{L}\\p{N}]{0,40}(?:export |set |env |-e |--env |environment=|- name: )?|[{(\\[,;|.>] ?[\"'`]?|<[a-z:-]{0,30}"
              + "|(?:key|name)=[\"'])$",
          Pattern.CASE_INSENSITIVE);

  /** A sentence that tells what to write. */
  private static final Pattern ADVISES =
      Pattern.compile(
          "(?i)\\b(?:add|set|use|try|please|should|must|need|such as|example|e\\.g\\.|like|default|to|or|instead of|without)\\b[^\\n]{0,60}$");

  private static final Pattern TELLS =
      Pattern.compile(
          "(?i)\\b(?:i|we)(?: have|'ve| already| even| also| did){0,2} (?:set|added|use|tried|put|configured|changed)\\b[^\\n]{0,60}$");

  private static final Pattern COMMAND =
      Pattern.compile(
          "(?i)(?:^|[\\s$:])(?:docker|args|command|cmd|exec|run|start|serve[r]?|node|python3?|java|\\./|[a-z-]{2,20}d\\b|--?[a-z])[^\\n]{0,80}$");

  private static final Pattern METHOD =
      Pattern.compile("\\.(?:includes|indexOf|some|has|split|contains|map|filter|push|join|test)$");

  /** What a log says of an address: {@code CORS: origin https://app.example.com not listed}. */
  private static final Pattern SENTENCE =
      Pattern.compile(
          "(?i)^(?:the|origins?|request|from|for|host|domain|url|page|blocked|refused|rejected|denied|invalid|unknown|missing)"
              + " [a-z]{2,20}://");

  /** How Scala logs what a request has. */
  private static final String LOGGED = "Some(";

  private static final Pattern OF_POLICY = Pattern.compile("\\borigins?[\"']?\\s?[:=]");

  private static final Pattern OF_LIST = Pattern.compile("\\s{0,40}(?:export |- |-e )?");

  private Assignments() {}

  /**
   * Reads a text.
   *
   * @param text as it was pasted
   */
  static List<PastedSetting> in(String text) {
    List<PastedSetting> all = new ArrayList<>();
    Matcher name = NAME.matcher(text);
    for (int read = 0; read < MAX && name.find(); ) {
      String written = METHOD.matcher(name.group(1)).replaceFirst("");
      if (!isOfAnyKind(written) && !written.contains("_")) {
        continue;
      }
      read++;
      PastedSetting setting = setting(written, text, name);
      if (setting.isSetting()) {
        all.add(setting);
      }
    }
    Matcher element = ELEMENT.matcher(text);
    while (all.size() < MAX && element.find()) {
      all.add(
          new PastedSetting(
              element.group(1), List.of(new SettingValue(element.group(2).strip(), false))));
    }
    return all;
  }

  private static boolean isOfAnyKind(String name) {
    PastedSetting setting = new PastedSetting(name, List.of());
    return Stream.of(Kind.values()).anyMatch(setting::isOf);
  }

  private static PastedSetting setting(String written, String text, Matcher name) {
    String before = before(text, name.start());
    int at = joined(text, name, before);
    PastedSetting without = new PastedSetting(written, List.of());
    if (at < 0) {
      return without;
    }
    Matcher list = LIST.matcher(text).region(at, text.length());
    if (list.lookingAt()) {
      if (isHeader(written, text, name.start())
          || isPolicy(written, list.group(1))
          || text.startsWith(LOGGED, at)) {
        return without;
      }
      boolean json = isEnvironment(written, before, text.substring(at, list.start(1)));
      return new PastedSetting(
          written, list(list.group(1)), json ? PastedSetting.Form.JSON : PastedSetting.Form.USUAL);
    }
    Matcher lines = LINES.matcher(text).region(at, text.length());
    if (lines.lookingAt()) {
      return new PastedSetting(
          written,
          ITEM.matcher(lines.group(1)).results().map(each -> entry(each.group(1), false)).toList());
    }
    Matcher quoted = QUOTED.matcher(text).region(at, text.length());
    if (quoted.lookingAt()) {
      boolean item = before.strip().equals("-") && text.charAt(at - 1) == '=';
      return isHeader(written, text, name.start()) ? without : of(written, quoted.group(2), item);
    }
    Matcher bare = BARE.matcher(text).region(at, text.length());
    boolean header = written.equals("origin") || written.equals("Origin");
    return bare.lookingAt() && !header && !SENTENCE.matcher(bare.group(1)).find()
        ? of(written, bare.group(1), false)
        : without;
  }

  /** A request's Origin is written like a setting of that name, but not within a policy. */
  private static boolean isHeader(String name, String text, int at) {
    return name.equalsIgnoreCase("origin")
        && !POLICY.matcher(text.substring(Math.max(0, at - MAX_POLICY), at)).find();
  }

  /** The policy of a framework, in which one of the settings has the origins. */
  private static boolean isPolicy(String name, String list) {
    return name.equalsIgnoreCase("cors") && OF_POLICY.matcher(list).find();
  }

  /** In a file of variables, and not in code, which has spaces or names in lower case. */
  private static boolean isEnvironment(String name, String before, String joined) {
    return name.matches("[A-Z0-9_]+") && joined.equals("[") && OF_LIST.matcher(before).matches();
  }

  private static PastedSetting of(String name, String value, boolean quoted) {
    List<SettingValue> entries = split(value, quoted);
    boolean json = value.startsWith("[") && value.indexOf('"') > 0;
    boolean spaced = entries.size() > 1 && value.indexOf(',') < 0;
    return new PastedSetting(
        name,
        entries,
        json
            ? PastedSetting.Form.JSON
            : spaced ? PastedSetting.Form.SPACED : PastedSetting.Form.USUAL);
  }

  /** Where the value begins; -1 if there is none, or if a sentence tells what to write. */
  private static int joined(String text, Matcher name, String before) {
    boolean flag = name.group(1).startsWith("-");
    Matcher join = JOIN.matcher(text).region(name.end(1), text.length());
    int at = join.lookingAt() ? join.end() : -1;
    if (at < 0 && flag) {
      Matcher space = BEHIND_FLAG.matcher(text).region(name.end(1), text.length());
      at = space.lookingAt() ? space.end() : -1;
    }
    if (at <= 0) {
      return -1;
    }
    boolean told =
        STARTS.matcher(before).find()
            || TELLS.matcher(before).find()
            || flag && COMMAND.matcher(before).find() && !ADVISES.matcher(before).find()
            || text.charAt(at - 1) == '=' && !ADVISES.matcher(before).find();
    return told ? at : -1;
  }

  private static List<SettingValue> list(String inside) {
    List<SettingValue> entries = new ArrayList<>();
    Matcher text = TEXT.matcher(inside);
    while (entries.size() < MAX_ENTRIES && text.find()) {
      entries.add(entry(text.group(1), false));
    }
    return entries.isEmpty() ? split(inside, false) : entries;
  }

  private static List<SettingValue> split(String value, boolean quoted) {
    return Stream.of(value.strip().split("[,;\\s]+"))
        .limit(MAX_ENTRIES)
        .map(each -> entry(each, quoted))
        .filter(each -> !each.text().isEmpty())
        .toList();
  }

  private static SettingValue entry(String text, boolean quoted) {
    String value = text.strip().replaceFirst("\\s#.*$", "").strip();
    return new SettingValue(
        value.replaceFirst("^[\"'`\\[\\\\]{1,3}", "").replaceFirst("[\"'`\\],;\\\\]{1,4}$", ""),
        quoted);
  }

  /** The line before a position; of a long one only its end, after a letter. */
  private static String before(String text, int position) {
    String near = text.substring(Math.max(0, position - MAX_BEFORE), position);
    int line = near.lastIndexOf('\n');
    return line >= 0 || position <= MAX_BEFORE ? near.substring(line + 1) : "x" + near;
  }
}
