package dev.crosswalk.cors.cli.explain.lines;

import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list of origins that code keeps under a name of its own, and uses by that. */
final class OriginList {

  private static final Pattern NAMED =
      Pattern.compile(
          "(?<![\\w.$-])(\\$?(?!\\w{0,30}(?i:csrf|trusted|redirect|callback|logout))\\w{0,30}(?i:origin|allow|whitelist|domain)\\w{0,30})"
              + "\\s{0,9}(?::\\s?[\\w<>\\[\\]., ]{1,40})?(?::=|=(?![=>]))\\s{0,9}"
              + "(?=[\\[{(]|array\\(|new |\\[\\]string|\\w{1,12}\\.(?:of|asList)\\(|(?:listOf|setOf)\\()");

  private static final Pattern QUOTED = Pattern.compile("[\"'`]([^\"'`\\n]*)[\"'`]");

  private static final Pattern ORIGIN = Pattern.compile("https?://[^\\s/]{1,200}/?");

  private OriginList() {}

  /** Its lines with the page's origin in it; none if it is there, or if the text has two lists. */
  static List<String> changed(String text, RequiredGrant grant, String code) {
    if (!code.equals("ACAO_MISSING") && !code.equals("ACAO_MISMATCH")
        || grant.origin().equals(RequiredGrant.SOME_ORIGIN)) {
      return List.of();
    }
    List<WrittenSetting> lists =
        NAMED
            .matcher(text)
            .results()
            .filter(found -> !WrittenSetting.isComment(text, found.start()))
            .filter(found -> isUsed(text, found.group(1), found.end()))
            .map(found -> WrittenSetting.behind(found.group(1), found, text))
            .filter(OriginList::isOfOrigins)
            .toList();
    return lists.size() == 1 && !lists.get(0).has(grant.origin())
        ? lines(lists.get(0), grant.origin())
        : List.of();
  }

  private static boolean isUsed(String text, String name, int behind) {
    return Pattern.compile("(?<![\\w$])" + Pattern.quote(name) + "(?!\\w)")
        .matcher(text)
        .region(behind, text.length())
        .useTransparentBounds(true)
        .find();
  }

  private static boolean isOfOrigins(WrittenSetting list) {
    Matcher quoted = QUOTED.matcher(list.written());
    boolean any = false;
    while (quoted.find()) {
      if (!ORIGIN.matcher(quoted.group(1)).matches()) {
        return false;
      }
      any = true;
    }
    return any;
  }

  private static List<String> lines(WrittenSetting list, String origin) {
    ChangedLines changed = new ChangedLines(list.text());
    Optional<String> longer =
        list.nearly(origin).or(() -> list.with(origin, false, UnaryOperator.identity()));
    longer.ifPresent(value -> changed.replace(list.value(), list.end(), value));
    return changed.lines(list.start());
  }
}
