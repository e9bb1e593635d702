package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.tck.url.Bytes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a server refuses a request, as its answer says: a body in JSON or XML, or a header. */
final class AnswerBody {

  /** Names of what says why, the ones that say more first. */
  private static final List<String> NAMES =
      List.of(
          "error_description",
          "errorsummary",
          "detail",
          "message",
          "msg",
          "errormessage",
          "error_message",
          "reason",
          "description",
          "title",
          "error",
          "code");

  private static final Pattern FIELD =
      Pattern.compile(
          "\"([A-Za-z_]{3,20})\"\\s{0,4}:\\s{0,4}\\[?\\s{0,4}\"((?:[^\"\\n]|\"(?!\\s{0,4}[,}\\]])){4,200}+)\"(?=\\s{0,4}[,}\\]])");

  private static final Pattern XML =
      Pattern.compile("<(?:Message|message)>([^<>\\n]{4,200})</[Mm]essage>");

  /** What a server of OAuth says in a header (RFC 6750, section 3). */
  private static final Pattern CHALLENGE =
      Pattern.compile(
          "(?i)\\bwww-authenticate:[^\\n]{0,400}?\\berror_description=\"([^\"\\n]{4,200})\"");

  /** What stands in front of an object that code makes, or that is sent. */
  private static final Pattern OF_CODE =
      Pattern.compile(
          "(?i)(?:[(=,'`&|?]|=>|\\breturn|\\braise|\\b(?:request body|payload|data|params|json|variables|-d)['\"]?\\s{0,4}[:=]?)\\s{0,40}$");

  /** How far in front of a field its object begins. */
  private static final int MAX_OBJECT = 1500;

  /** So much in front of an object tells whose it is. */
  private static final int MAX_BEFORE = 60;

  /** The phrase of a status, and what a program on the page says itself. */
  private static final Pattern SAYS_NOTHING =
      Pattern.compile(
          "(?i)(?:(?:an? )?(?:internal|unknown|unexpected|server|application|network|general)? ?(?:server )?error(?: occurr?ed)?"
              + "|not found|forbidden|unauthori[sz]ed|bad request|method not allowed|fail(?:ed|ure)?|rejected|ok|success|null|undefined"
              + "|bad gateway|gateway time-?out|service (?:temporarily )?unavailable|unprocessable (?:entity|content)|too many requests"
              + "|payload too large|request entity too large|unsupported media type|conflict|gone|err_[a-z_]+|[a-z]*error"
              + "|access denied|failed to fetch|load failed|axioserror|[0-9.]+)[.!]?"
              + "|(?:http failure response|request failed with status|networkerror when|request to https?:).*");

  private AnswerBody() {}

  /** The one reason that a body in the text gives; empty if there is none, or more than one. */
  static String reason(String text) {
    Set<String> reasons = new LinkedHashSet<>();
    Matcher field = FIELD.matcher(text);
    int object = -1;
    Optional<String> best = Optional.empty();
    int rank = NAMES.size();
    while (field.find()) {
      int begins = text.lastIndexOf('{', field.start());
      if (begins < 0 || field.start() - begins > MAX_OBJECT || isOfCode(text, begins)) {
        continue;
      }
      int outer = outermost(text, begins);
      if (outer != object) {
        best.ifPresent(reasons::add);
        best = Optional.empty();
        rank = NAMES.size();
        object = outer;
      }
      int named = NAMES.indexOf(Bytes.lowerCase(field.group(1)));
      String value = field.group(2).strip();
      if (named >= 0 && named < rank && !SAYS_NOTHING.matcher(value).matches()) {
        rank = named;
        best = Optional.of(value);
      }
    }
    best.ifPresent(reasons::add);
    for (Pattern other : List.of(CHALLENGE, XML)) {
      if (reasons.isEmpty()) {
        other
            .matcher(text)
            .results()
            .map(found -> found.group(1).strip())
            .filter(said -> !SAYS_NOTHING.matcher(said).matches())
            .forEach(reasons::add);
      }
    }
    return reasons.size() == 1 ? reasons.iterator().next() : "";
  }

  /** Where the object begins in which that one is, usually itself. */
  private static int outermost(String text, int begins) {
    int outer = begins;
    int depth = 0;
    for (int i = begins - 1; i >= 0 && begins - i < MAX_OBJECT; i--) {
      char c = text.charAt(i);
      depth += c == '}' ? 1 : 0;
      if (c == '{') {
        outer = depth == 0 ? i : outer;
        depth -= depth == 0 ? 0 : 1;
      }
      if (c == '\n' && i > 0 && text.charAt(i - 1) == '\n') {
        break;
      }
    }
    return outer;
  }

  private static boolean isOfCode(String text, int begins) {
    int outer = outermost(text, begins);
    String before = text.substring(Math.max(0, outer - MAX_BEFORE), outer);
    boolean named = before.toLowerCase(Locale.ROOT).matches("(?s).*\\brespon[sd].{0,40}");
    return OF_CODE.matcher(before).find() && !(named && before.stripTrailing().endsWith(":"));
  }
}
