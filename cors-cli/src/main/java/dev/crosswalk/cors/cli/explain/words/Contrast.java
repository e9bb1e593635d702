package dev.crosswalk.cors.cli.explain.words;

import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.explain.paste.Remarks;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What works, as a person says, beside what the message is about. What differs between the two
 * names the kind of the cause: {@code the other fonts load}, {@code only for some users}.
 *
 * @param kinds of what differs
 * @param atFirst the first time it works, and then no more
 */
public record Contrast(Set<Kind> kinds, boolean atFirst) {

  /** What differs. */
  public enum Kind {
    /** Other files of the same server load. */
    FILE(
        "fonts?|files?|images?|pictures?|photos?|videos?|scripts?|stylesheets?|tiles?|icons?|assets?|models?|textures?|archivos?|fichiers?|dateien"
            + "|[\\w-]{1,40}\\.(?:csv|png|jpe?g|gif|svg|pdf|xml|woff2?|ttf|mp[34]|css|glb)"),
    /** Other requests of the same page are answered. */
    REQUEST(
        "urls?|endpoints?|paths?|routes?|requests?|calls?|apis?|ids?|pages?|items?|records?|rows?|entries|quer(?:y|ies)|search(?:es)?|words?|services?|controllers?|resources?"
            + "|solicitudes|peticiones|páginas?|requêtes?|anfragen|seiten?|запрос\\w{0,3}|(?:list|creat|updat|delet|sav|edit|upload|export|search)ing|(?<![\\w./:])/[a-z0-9_-]{2,30}(?:/[\\w-]{1,40}){0,5}/?"),
    /** It works for other people, or for other accounts of one. */
    ACCOUNT(
        "accounts?|users?|tenants?|customers?|roles?|admins?|administrators?|members?|teachers?|students?|guests?|managers?|employees?|organi[sz]ations?|colleagues?|cuentas?|usuarios?|comptes?|utilisateurs?|konten|konto|benutzern?");

    private final Pattern noun;

    Kind(String noun) {
      this.noun = Pattern.compile("(?<![\\w.-])(?:" + noun + ")(?![\\w-])");
    }
  }

  /** Where another part of a sentence begins. */
  private static final Pattern PART =
      Pattern.compile(
          "[,;()]|\\.(?= |$)|:(?= |$)|\\b(?:and|but|while|whereas|however|although|y|pero|mais|et|aber|und|но)\\b");

  private static final Pattern WORKS =
      Pattern.compile(
          "\\b(?:works?|worked|working|fine|ok|okay|loads?|(?:are|is|been|get|gets) loaded|succeeds?|pass(?:es)?|(?:without|no) (?:any |a )?(?:problems?|errors?|issues?)|shows? up|all is well|is good|opens?|sees? (?:the|their|all) (?:data|page|list|results?)|can (?:open|see|use|load|read|access|log in)|funcionan?|se (?:cargan?|completan?)|marchent?|fonctionnent?|funktionier(?:t|en)|работа[ею]т)\\b");

  private static final Pattern FAILS =
      Pattern.compile(
          "\\b(?:fails?|failing|failed|broken|blocked|(?:an? |this |the |ese |este )error|not|never|gives?|gets?|throws?|falla\\w?|erreur|nicht|can(?:not|['’ ]?t)|does(?: not|n['’ ]?t))\\b|не ");

  /** What comes up is an error. */
  private static final Pattern OF_ERROR =
      Pattern.compile("(?<!\\b(?:no|any|without|an|without an) )\\berrors?\\b");

  /** What stands in front of those that are not meant by the message. */
  private static final Pattern OTHER =
      Pattern.compile(
          "(?<!\\bno )(?<!\\bany )(?<!nor )\\b(?:(?:an)?others?|different|rest of|remaining|some|most|many|several|own|admin|algunas?|algunos|otras|otros|demás|autres|certaines?|anderen?|manche|einige|другие|некоторые)(?: [a-z'’.-]{1,14}){0,3} $");

  /** In place of a noun that the part before has. */
  private static final Pattern ANOTHER =
      Pattern.compile(
          "\\b(?:another|others?|mine|yours|second|third|fourth|fifth|last|segunda|tercera|cuarta|zweite|deuxième)\\b");

  /** In front of a noun: it is this one, and not the others. */
  private static final Pattern THIS_ONE =
      Pattern.compile(
          "\\b(?:this|that|these|those|one|first|[0-9]{1,9}|every|any|all|each|est[ea]|diese[rsnm]?|ce(?:tte|t)?)(?: [a-z'’.-]{1,14}){0,2} $");

  /** Behind a noun. */
  private static final Pattern NUMBERED = Pattern.compile(" (?:#|no\\.? )?[0-9]");

  /** Without a noun. */
  private static final Pattern OTHERS =
      Pattern.compile(
          "^(?:(?:the|all|all the) (?:other ones|others|rest)|die anderen|les autres|los otros|las otras)\\b(?! of\\b)");

  private static final Pattern ONLY =
      Pattern.compile("\\b(?:only|just (?:for|with|on|at)|solo|sólo|nur|seulement|только)\\b");

  /** One, and not any. */
  private static final Pattern CERTAIN =
      Pattern.compile(
          "\\b(?:this|that|one|some|certain|few|specific|particular|[0-9]{1,9}|(?:delet|sav|updat|creat|edit|upload|search|export)ing)\\b|(?<![\\w./:])/[a-z0-9_-]{2,30}");

  /** It worked so long as nobody did this. */
  private static final Pattern UNTIL =
      Pattern.compile(
          "\\b(?:works?|working|worked|fine|ok)\\b.{0,20}\\buntil (?:i|we|you|the user|somebody|someone) ");

  private static final Pattern FIRST =
      Pattern.compile(
          "\\b(?:(?:first|1st|initial|fresh) (?:time|load|visit|open(?:ing)?)|primera vez|première fois|erste[ns]? mal|beim ersten)\\b");

  private static final Pattern AGAIN =
      Pattern.compile(
          "\\b(?:re-?fresh(?:es|ing|ed)?|re-?load(?:s|ing|ed)?|f5|second (?:time|load|visit|request|call)|next (?:time|load|visit|request)|again|afterwards|then|subsequent|recarg\\w{1,3}|neu ?laden)\\b");

  /** With what a request is made. */
  private static final Pattern WITH = Pattern.compile("\\b(?:with|for|if|when|as)\\b");

  /** What a CORS layer looks at differs in another way, too. */
  private static final Pattern OF_CORS =
      Pattern.compile(
          "cors|\\b(?:credentials?|withcredentials|cookies?|headers?|tokens?|authorization|content-type|origins?|mode|proxy|plugin|access-control-.*|options|preflights?|get requests?|post|put|patch|delete)\\b|\\*");

  private static final Pattern WORSE = Pattern.compile("\\b(?:expired|invalid|wrong|empty)\\b");

  /** Programs, places and sizes differ in another way. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "\\b(?:curl|postman|insomnia|browsers?|chrome|firefox|safari|edge|incognito|extension|locally|localhost|local|production|server|deployed|network|version|https?|before|deploy(?:ed|ing|ment)?|debug|releases?|staging|live|hosting|laptop|machine|emulators?|simulators?|devices?|android|ios|web|address bar|tab|code|tags?|elements?|yesterday|today|updat(?:ed|ing)|upgrad(?:e|ed|ing)|v[0-9.]{1,8}|small(?:er)?|larger?|big(?:ger)?|[0-9.]{1,6} ?[kmg]b)\\b");

  public static Contrast in(PastedText paste) {
    return paste.read(Contrast.class, () -> of(parts(Remarks.in(paste.pasted()))));
  }

  private static Contrast of(List<String> parts) {
    return new Contrast(kinds(parts), isAtFirst(parts));
  }

  private static List<String> parts(Remarks remarks) {
    return remarks.sentences().stream()
        .flatMap(PART::splitAsStream)
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  public boolean is(Kind kind) {
    return kinds.contains(kind);
  }

  private static Set<Kind> kinds(List<String> parts) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    boolean works = parts.stream().anyMatch(Contrast::isGood);
    for (Kind kind : Kind.values()) {
      if (isOnlyOf(kind, parts) || works && isBeside(kind, parts)) {
        kinds.add(kind);
      }
    }
    if (kinds.isEmpty()
        && parts.stream().anyMatch(each -> OTHERS.matcher(each).find() && isGood(each))) {
      kinds.add(Kind.REQUEST);
    }
    if (works
        && (parts.stream().anyMatch(each -> UNTIL.matcher(each).find()) || isWithOther(parts))) {
      kinds.add(Kind.REQUEST);
    }
    return kinds;
  }

  private static boolean isAtFirst(List<String> parts) {
    return parts.stream().anyMatch(each -> FIRST.matcher(each).find() && isGood(each))
        && parts.stream().anyMatch(each -> AGAIN.matcher(each).find() && !isGood(each));
  }

  /** Two parts side by side begin alike: {@code works with ten items, with none I get}. */
  private static boolean isWithOther(List<String> parts) {
    for (int i = 1; i < parts.size(); i++) {
      String good = parts.get(i - 1);
      String next = parts.get(i);
      if (isGood(good)
          && !isGood(next)
          && WITH.matcher(good).find()
          && WITH.matcher(next).lookingAt()
          && !ELSEWHERE.matcher(good + " " + next).find()
          && (WORSE.matcher(next).find() || !OF_CORS.matcher(good + " " + next).find())) {
        return true;
      }
    }
    return false;
  }

  /** Whether some are said to work, and others not. */
  private static boolean isBeside(Kind kind, List<String> parts) {
    Set<String> good = new HashSet<>();
    Set<String> told = new HashSet<>();
    int last = -2;
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (ELSEWHERE.matcher(part).find()) {
        continue;
      }
      Optional<Matcher> noun = noun(kind, part);
      if (isGood(part)) {
        if (noun.isPresent()) {
          if (OTHER.matcher(part.substring(0, noun.get().start())).find()) {
            return true;
          }
          good.add(stem(noun.get().group()));
          if (isTold(part, noun.get())) {
            told.add(stem(noun.get().group()));
          }
          last = i;
        }
      } else if (isBad(part)) {
        boolean same =
            noun.filter(
                    each ->
                        kind == Kind.ACCOUNT && !good.isEmpty()
                            || told.contains(stem(each.group()))
                            || good.contains(stem(each.group())) && isTold(part, each))
                .isPresent();
        if (same || i - last <= 2 && ANOTHER.matcher(part).find()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the words tell which one it is, so that it is not the same one at another time. */
  private static boolean isTold(String part, Matcher noun) {
    String before = part.substring(0, noun.start());
    return stem(noun.group()).equals("/")
        || noun.group().contains(".")
        || THIS_ONE.matcher(before).find()
        || NUMBERED.matcher(part).region(noun.end(), part.length()).lookingAt()
        || OTHER.matcher(before).find();
  }

  /** Whether only some are said to fail. */
  private static boolean isOnlyOf(Kind kind, List<String> parts) {
    return parts.stream()
        .filter(each -> ONLY.matcher(each).find() && !isGood(each))
        .filter(each -> !ELSEWHERE.matcher(each).find())
        .filter(each -> noun(kind, each).isPresent())
        .anyMatch(each -> kind == Kind.ACCOUNT || CERTAIN.matcher(each).find());
  }

  private static boolean isGood(String part) {
    return Denial.isSaid(WORKS, part) && !OF_ERROR.matcher(part).find();
  }

  private static boolean isBad(String part) {
    return FAILS.matcher(part).find();
  }

  private static Optional<Matcher> noun(Kind kind, String part) {
    Matcher found = kind.noun.matcher(part);
    return found.find() ? Optional.of(found) : Optional.empty();
  }

  /** One and several are the same, and each path and each file is one. */
  private static String stem(String noun) {
    return noun.startsWith("/")
        ? "/"
        : noun.endsWith("ing")
            ? "ing"
            : noun.contains(".")
                ? "fil"
                : noun.replaceFirst("(?:es|s)$", "").replaceFirst("e$", "");
  }
}
