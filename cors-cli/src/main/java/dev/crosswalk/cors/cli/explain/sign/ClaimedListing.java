package dev.crosswalk.cors.cli.explain.sign;

import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.explain.paste.Remarks;
import dev.crosswalk.cors.cli.explain.words.Denial;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is not to be done, as the text shows or says that it is done. */
public final class ClaimedListing {

  /** What stands between a word for a list and an origin in it. */
  private static final String ORIGIN_OR_SITE = "(?<![\\w/.-])%s(?![\\w:-]|/[\\w*])";

  private static final String LIST =
      "(?:cors|allowed|trusted|permitted|origins?|white-?list(?:ed)?|allow-?list(?:ed)?)";

  private static final String VERB =
      "(?:added?|set|put|entered|enabled|configured|registered|white-?listed|allow(?:ed)?|listed|included?|specified|have|ve|eingetragen|hinzugefügt|ajouté|agregu[ée]|agregado|añad(?:í|ido)|adicion(?:ei|ado)|aggiunto|добавил[аи]?|添加了?)";

  /** A person says that somebody has put the page's origin into a list. */
  private static final List<String> LISTED =
      List.of(
          "(?<!how )(?<!should )(?<!need )\\b(?:i|we|already)\\b[^.?\\n]{0,60}\\b"
              + VERB
              + "\\b(?=[^\\n]{0,160}\\b"
              + LIST
              + "\\b)[^?\\n]{0,100}?"
              + ORIGIN_OR_SITE,
          "\\b(?:i|we) (?:already |also |do |have |ve )?(?:allow(?:ed)?|white-?list(?:ed)?|permit(?:ted)?)\\b[^?\\n]{0,60}?"
              + ORIGIN_OR_SITE,
          "\\b"
              + LIST
              + "\\b[^?\\n]{0,60}?\\b(?:i|we) (?:already |also )?"
              + VERB
              + "\\b[^?\\n]{0,60}?"
              + ORIGIN_OR_SITE,
          ORIGIN_OR_SITE
              + "[\"'`]? (?:(?:is|was|has been|are|ist|sind|steht|est|está|è|уже) )?(?:already |also |definitely |correctly |there )?(?:in|on|among|listed|added|set|allowed|registered|white-?listed|included|configured|entered|present|unter|dans|en|nei|в)\\b[^?\\n]{0,80}\\b"
              + LIST
              + "\\b",
          "\\b(?:allowed|trusted|permitted|web|cors|javascript)[ _-](?:web |callback |javascript )?origins?\\b[^.?\\n:]{0,30}(?:\\b(?:contains?|has|have|includes?|lists?|is|are|to)\\b|[:=])(?:(?!https?:)[^?\\n]|https?://[^\\s\"'`]{1,100}[\"'`]?,\\s?){0,80}?"
              + ORIGIN_OR_SITE);

  /** A page of the web, or one inside of an app. */
  private static final Pattern OF_PAGE =
      Pattern.compile("(?:https?|capacitor|ionic|tauri|app)://.+");

  /** Somebody asks how, or is told to. */
  private static final Pattern ASKED =
      Pattern.compile(
          "\\b(?:how (?:do|can|to|should)|should i|do i (?:need|have)|where (?:do|can|to)|must be|needs? to be|you (?:have|need) to)\\b[^.?\\n]{0,60}\\b(?:add|allow|list|set|enable|configure)");

  /** An address as a person writes it. */
  private static final String ADDRESS =
      "((?:https?://)?(?:localhost|(?:[0-9]{1,3}\\.){3}[0-9]{1,3}|(?:[a-z0-9-]{1,63}\\.){1,6}[a-z]{2,18})(?::[0-9]{2,5})?)(?![\\w:-]|\\.\\w|/\\w)";

  /** Which one a person has listed. */
  private static final List<Pattern> CLAIMED =
      List.of(
          Pattern.compile(
              "\\b(?:i|we)(?:['’ ](?:ve|have|already|also|just|did|only)){0,3} (?:allow(?:ed)?|white-?list(?:ed)?|permit(?:ted)?|listed)\\b(?:(?!https?:)[^?,;]){0,40}?(?<![\\w./@-])"
                  + ADDRESS),
          Pattern.compile(
              "\\b(?:i|we)\\b.{0,30}\\b(?:added|set|put|configured|specified|entered)\\b.{0,40}?(?<![\\w./@-])"
                  + ADDRESS
                  + ".{0,40}\\b(?:cors|origins?|white-?list|allowed|allow-?list)\\b"),
          Pattern.compile(
              "(?<![\\w./@-])"
                  + ADDRESS
                  + ".{0,24}\\b(?:erlaubt|freigegeben|eingetragen|autorisé|ajouté|permitido|agregado|añadido|liberado|разреш(?:ил|ен)\\w{0,2}|добавил\\w{0,2})\\b"),
          Pattern.compile(
              "\\b(?:cors|allowed[- ]origins?|allow-origin|white-?list) (?:is |was |has been )?(?:set |configured )?(?:to|for|as|with) "
                  + ADDRESS));

  private ClaimedListing() {}

  /**
   * The origin that a person says to have listed; one without a scheme has that of the page.
   *
   * @param origin of the page
   */
  public static Optional<String> claimed(String origin, PastedText paste) {
    int scheme = origin.indexOf("://") + 3;
    return scheme < 3
        ? Optional.empty()
        : CLAIMED.stream()
            .flatMap(form -> Remarks.in(paste.pasted()).with(form).map(form::matcher))
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .map(each -> each.contains("://") ? each : origin.substring(0, scheme) + each)
            .filter(each -> new OriginComparison(origin, each).isNear())
            .findFirst();
  }

  /** Whether a person says that the page's origin is listed. */
  public static boolean isSaidListed(String origin, String text) {
    if (!OF_PAGE.matcher(origin).matches()) {
      return false;
    }
    String named = Bytes.lowerCase(origin);
    // The browser's own sentence has it, too.
    List<String> lines =
        text.lines().filter(line -> line.contains(named) && !BROWSER.matcher(line).find()).toList();
    if (lines.isEmpty() || ASKED.matcher(text).find()) {
      return false;
    }
    return LISTED.stream()
        .map(words -> Pattern.compile(words.replace("%s", Pattern.quote(named))))
        .anyMatch(words -> lines.stream().anyMatch(line -> Denial.isSaid(words, line)));
  }

  /** The beginning of what a browser says. */
  private static final Pattern BROWSER =
      Pattern.compile(
          "\\b(?:access to [a-z]{3,14} at|blocked by cors policy|cannot load|failed to load|did not find|(?:not found|is not allowed) (?:in|by) access-control-allow-origin)\\b");

  /** Without what tells to do that; something always stays. */
  public static Remedy without(Remedy remedy, Signs beside) {
    if (remedy.code().equals("METHOD_NOT_ALLOWED")
        && beside.has("method.case")
        && (beside.has("subject.listed") || beside.has("lists.method"))) {
      // The script's own way of writing it is all that is wrong.
      return new Remedy(
          remedy.code(),
          remedy.cause(),
          remedy.advice().subList(0, 1),
          Optional.empty(),
          remedy.write());
    }
    boolean there =
        remedy.code().equals("ACAO_MISSING")
                && (beside.has("says.listed")
                    || beside.has("answer.page")
                    || remedy.advice().stream().anyMatch(each -> each.isAbout(Topic.DONE)))
            || remedy.code().equals("ACAO_MISMATCH") && beside.has("lists.page");
    if (!there) {
      return remedy;
    }
    List<Advice> left =
        remedy.advice().stream()
            .filter(
                each ->
                    each.isAbout(
                            Topic.LISTS_PAGE,
                            Topic.LISTS_OTHERS,
                            Topic.SETTING,
                            Topic.SETTINGS_LIST)
                        || !each.has(Trait.ADDS_PAGE) && !each.isAbout(Topic.KEPT_ANSWER))
            .toList();
    return left.isEmpty() ? remedy : remedy.withOnlyAdvice(left);
  }
}
