package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.meaning.Clue;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A question in a person's own words, with no sentence of a program in it. */
final class Question {

  private static final Pattern OTHER_CLIENT =
      Pattern.compile(
          "(?:postman|insomnia|\\bcurl\\b(?! -| https?:|[^a-z]{0,3}https?:)|hoppscotch|thunder client|\\bwget\\b)");

  /** Somebody expects of CORS that it keeps requests out. */
  private static final Pattern NOT_REFUSED =
      Pattern.compile(
          "\\b(?:not|(?:is|does|did|was|are|do)nt) (?:refus|block|restrict|reject|prevent|stop|deny)[a-z]{0,3}\\b(?! the)"
              + "|\\b(?:requests?|calls?|gets?|posts?)\\b[^.?]{0,60}\\bfrom (?:an? |the |any )?(?:blocked|non-?authori[sz]ed|unauthori[sz]ed"
              + "|disallowed|different|other|unlisted) (?:origin|domain|site)s?\\b[^.?]{0,60}\\b(?:still|through|executed|succeeds?|processed)\\b"
              + "|\\borigin\\b[^?]{0,80}\\bstill (?:gets?|receives?|returns?|answers?|works?|has)\\b"
              + "|\\bexpect(?:ing|ed)?\\b[^.?]{0,40}\\bto be (?:blocked|rejected|refused|denied)\\b"
              + "|\\bstill return(?:s|ed)? (?:an? )?200s?\\b"
              + "|\\b(?:accepts?|serves?|answers?|lets|allows)\\b[^.?]{0,60}\\borigins?\\b[^.?]{0,20}\\b(?:not|nt|n t) (?:in|on|part of) (?:the |my )?(?:allowed|list|whitelist)"
              + "|\\bshould be (?:an )?error\\b[^.?]{0,40}\\borigin\\b");

  /** The same, of somebody who has seen that others still get an answer. */
  private static final Pattern STILL_ANSWERED =
      Pattern.compile(
          "\\bstill\\b(?![^.?]{0,80}\\b(?:errors?|block|blocked|fails?|failing|issues?|problems?|refused|denied)\\b)[^.?]{0,30}\\b(?:able to|can|gets?|giv(?:es|ing)|returns?|accepts?|responds?)\\b[^.?]{0,40}"
              + "\\b(?:data|responses?|answers?|requests?|access)\\b[^.?]{0,40}"
              + "\\b(?:(?:all|other|any|different|unlisted) (?:domains?|origins?|sites?)|(?:domains?|origins?|sites?) that (?:are|is) ?(?:not|nt|n t))\\b"
              + "|\\b(?:can|could|able to) still (?:access|get|read|call|fetch)\\b[^?]{0,60}\\b(?:any|all|other|different) (?:domains?|origins?|sites?|urls?)\\b"
              + "|\\bable to (?:curl|get|access|call)\\b[^?]{0,300}\\b(?:not|nt) (?:included|defined|listed) (?:in|within)\\b"
              + "[^.?]{0,20}\\b(?:cors|origins?)\\b");

  /** Somebody has waited for a refusal, and got an answer. */
  private static final Pattern ANSWERED_INSTEAD =
      Pattern.compile(
          "^(?!.*\\b(?:blocked by|has been blocked|failed to|network error)\\b|.*\\ballow-credentials ?=).*(?:"
              + "\\b(?:expect(?:ed|ing)?|want(?:ed)?|assumed|thought|supposed)\\b[^.?]{0,60}\\b(?:40[0-9]|errors?|refus[a-z]{1,4}|reject[a-z]{0,4}|block[a-z]{0,3}|den(?:y|ied|ial))\\b"
              + "[^?]{0,120}\\b(?:but|and|yet|instead)\\b[^?]{0,20}\\b(?:i (?:still )?(?:get|got|see|receive)(?! (?:a |an |the |this )?(?:cors|error|[45][0-9]{2}))|(?:get|got|gets|returns?) (?:a |an )?200|it (?:still )?(?:works|returns|answers))\\b"
              + "|\\bnot (?:in|on) (?:my|the|that) (?:[a-z]{2,10} )?list\\b[^?]{0,20}\\bstill (?:20[0-9]|works|allowed|passes|answered)\\b)");

  /** Only the server, or a program that is not a page, sees this. */
  private static final Pattern AT_SERVER =
      Pattern.compile(
          "\\b(?:curl|postman|insomnia|executed|reach(?:es)?|still gets?|still return(?:s|ed)? (?:an? )?200s?|full response body|(?:goes|make it|get) through)\\b");

  /** A status that an answer to OPTIONS has, in words of whatever language. */
  private static final Pattern OPTIONS_STATUS =
      Pattern.compile(
          "\\b([45][0-9]{2})(?:ed)?\\b(?! (?:with|for|on|in) (?:the |a |my )?(?:get|post|put|patch|delete)\\b)(?: \\{[^{}]{0,60}\\})?[^.:]{0,40}\\b(?:options|preflight)\\b"
              + "|\\b(?:options|preflight)\\b(?:(?!\\b20[0-9]\\b)[^.:]){0,80}(?:\\b|(?<=status|code))([45][0-9]{2})(?:ed)?\\b"
              + "(?! (?:with|for|on|in) (?:the |a |my )?(?:get|post|put|patch|delete)\\b)"
              + "|\\b(?:options|preflight)\\b(?:(?!\\b(?:ok|works?|fine|post|put|get|delete|real)\\b)[^:?]){0,120}\\b(?:actually|returned|instead)\\b[^.:?]{0,30}\\b([45][0-9]{2})\\b(?! ms)"
              + "|\\b(?:cors|http) options?\\b[^:]{0,200}\\breturns? (?:an? )?(?:http )?([45][0-9]{2})\\b");

  /** The preflight is answered, and then the request itself fails. */
  private static final Pattern FAILS_AFTER_PREFLIGHT =
      Pattern.compile(
          "(?:\\b20[0-9]\\b[^.:]{0,30}\\b(?:options|preflight)\\b|\\b(?:options|preflight)\\b[^.:]{0,60}\\b20[0-9]\\b)[^:]{0,60}"
              + "(?:\\b(?:get|post|put|patch|delete)\\b[^.:]{0,40}\\b(4[0-9]{2}|50[0-4])\\b"
              + "|\\b(?:returns?|returning|answers?|proper|real|actual)\\b[^.:]{0,20}\\b(4[0-9]{2}|50[0-4])\\b"
              + "|\\b(4[0-9]{2}|50[0-4])\\b[^.:]{0,30}\\b(?:get|post|put|patch|delete)\\b)");

  /** Somebody has seen that Origin alone makes the difference. */
  private static final Pattern REFUSED_BY_ORIGIN =
      Pattern.compile(
          "^(?=.*(?:\\borigin\\b.{0,3} ?header|-h ?origin:))(?=.*\\b(?:403|forbidden)\\b)"
              + "(?=.*(?:without (?:it|that header|the header|the origin|an origin|origin)|remov(?:e|es|ed|ing) (?:it|that|the|origin)"
              + "|\\borigin from (?:a |an |the )?[a-z-]{3,20} (?:gets?|receives?|returns?)\\b"
              + "|only (?:when|if|with)[^.]{0,40}origin))");

  /** The status with which a WebSocket is refused, in words. */
  private static final Pattern SOCKET_STATUS =
      Pattern.compile(
          "\\bweb ?sockets?\\b[^:]{0,200}?\\b(?:status|code|error|errors|http|returns?|with|to|an?) (40[0134])\\b"
              + "|\\b(40[0134]) (?:errors?|status|forbidden)[^:]{0,100}\\bweb ?sockets?\\b");

  /** Somebody has asked by another program, without Origin, and sees no CORS headers. */
  private static final Pattern NO_HEADERS_ELSEWHERE =
      Pattern.compile(
          "^(?!.*(?:-h ?origin|\\borigin: ?https?:|--header ?origin|blocked by|blockiert|\\b[45][0-9]{2}\\b))"
              + "(?=.*(?:\\b(?:postman|insomnia|curl)\\b[^.?]{0,100}\\b(?:no|not|n t|dont|doesnt|without|missing|never)\\b[^.?]{0,30}"
              + "\\b(?:cors|access-control-allow-origin)\\b(?: response)? headers?"
              + "|\\b(?:cors|access-control-allow-origin)\\b(?: response)? headers?\\b[^.?]{0,40}\\b(?:not|missing|absent|never)\\b"
              + "[^.?]{0,40}\\b(?:in|with|from|via|by|using) (?:postman|insomnia|curl)\\b"
              + "|\\b(?:not|n t) (?:return|send|includ|get|see|show)[a-z]{0,4}[^.?]{0,20}\\b(?:cors|access-control-allow-origin)\\b[^.?]{0,30}"
              + "\\b(?:in|with|from|via|by|using) (?:postman|insomnia|curl)\\b))");

  /** A server that has no answer to OPTIONS, in words. */
  private static final Pattern NO_ROUTE =
      Pattern.compile(
          "\\b(?:unable|not able|fails?|cannot|can ?not|does ?n ?t|can ?t) (?:to )?(?:handle|support|answer|respond to)\\b[^.]{0,20}\\boptions\\b(?: http)? (?:requests?|method|calls?)");

  /** Somebody has seen that the request has no Origin. */
  private static final Pattern NO_ORIGIN =
      Pattern.compile(
          "\\b(?:(?<!because there is )no|not an?|not any|without(?: an?| the)?|lacks(?: an?| the)?|missing(?: an?| the)?|n t (?:an?|have an?|send an?|include an?)"
              + "|not (?:have|send|include|contain) an?) origin (?:request )?header\\b"
              + "|\\borigin header (?:is|was) (?:not|missing|absent)");

  /** A script looks for a header of the response, and does not find it. */
  private static final Pattern HIDDEN_HEADER =
      Pattern.compile(
          "\\b(?:unable|not able|can ?not|cant) (?:to )?(?:get|read|see|access) (?:the |a )?(?!cors )[a-z-]{2,40} headers? (?:on|from|in|of) (?:a |the |my )?response\\b"
              + "|(?:headers?\\.get\\(|getresponseheader\\(|(?:response|res|resp)\\.headers\\b).{0,120}"
              + "\\b(?:null|undefined|empty|missing|none|only|just|cant see|not see|doesnt see)\\b"
              + "|\\bheaders?\\b[^.]{0,80}\\bundefined\\b.{0,120}\\b(?:response|res|resp)\\.headers\\b"
              + "|\\bcors\\b.{0,200}\\b(?:no|not|never|cannot|can't|without)\\b[^.]{0,60}\\bheaders? (?:in|from|of|on) (?:the |my )?response"
              + "|\\b(?:no|not|never|cannot|can't|without)\\b[^.]{0,60}\\b(?!cors )[a-z-]{1,60} headers? (?:in|from|of|on) (?:the |my )?response\\b.{0,200}\\bcors\\b");

  /** The name by which it does so. */
  private static final Pattern READ_HEADER =
      Pattern.compile(
          "(?i)(?:headers?\\.get\\(|getresponseheader\\(|headers\\[)\\s?['\"`](?!set-cookie)([a-z][a-z0-9-]{1,60})['\"`]");

  /** Lines of nginx or Apache that leave errors out. */
  private static final Pattern HEADERS_OF_PROXY =
      Pattern.compile(
          "(?s)^(?!.*\\balways\\b).*\\b(?:add_header|header (?:set|add|append)) access-control-");

  /** Not 443, which is a port, and not what nginx answers by try_files (=404). */
  private static final Pattern ERRORS =
      Pattern.compile("\\b(?<!=)(?:4[0-3][0-9]|5[0-9]{2}|errors)\\b(?<!443)");

  /** An error of a server has no CORS headers, and a person has seen that. */
  private static final Pattern ERROR_WITHOUT_HEADERS =
      Pattern.compile(
          "\\bstatus(?: code)?\\b[^.]{0,30} 0 (?:instead of|rather than|and not|not|but not) (?:a |an |the )?[45][0-9]{2}\\b"
              + "|\\b(?:4(?:0[0-9]|1[0-9]|2[0-9])|50[0-4])\\b[^?]{0,160}\\b(?:but|and|however|yet)\\b[^?]{0,80}"
              + "(?:\\b0 as (?:the )?(?:response |status )?code\\b|\\bstatus(?: code)? (?:is |as |of |= )?(?:always )?0\\b)"
              + "|\\b(?:4(?:0[0-9]|1[0-9]|2[0-9])|50[0-4]|error (?:responses?|answers?|pages?)|errors (?:come|are (?:sent|returned)))\\b[^?]{0,120}"
              + "\\b(?:not|doesnt|dont|without|lacks?|missing|never|no)\\b[^.?]{0,40}"
              + "\\b(?:cors|access-control-allow-origin) (?:response )?headers?"
              + "|\\b(?:other than 200|non-?200|not 200)\\b[^?]{0,120}\\b(?:missing|without|lacks?|not)\\b[^.?]{0,20}"
              + "\\b(?:cors|access-control-allow-origin) (?:response )?headers?"
              + "|\\b(?:4(?:0[0-9]|1[0-9]|2[0-9])|50[0-4])\\b[^?]{0,200}\\bwithout (?:the |any )?(?:needed|required|necessary|proper|right) headers\\b"
              + "|\\b4(?:0[0-9]|1[0-9]|2[0-9])\\b[^?]{0,120}\\bcors headers\\b[^?]{0,120}\\b(?:not|missing|absent)\\b"
              + "|\\bcors headers\\b[^.?]{0,40}\\b(?:not|missing|absent)\\b[^.?]{0,30}\\b(?:on|in|for|with) (?:an? |the |all )?"
              + "(?:errors?|error responses?|[45]xx|4[0-9]{2}|50[0-4])\\b");

  /** The same, where the error is told by what fails, and not by its status. */
  private static final Pattern FAILURE_WITHOUT_HEADERS =
      Pattern.compile(
          "\\b(?:(?:validation|authentication|authorization|login|token|jwt|check|session|key|validate-jwt)\\b[^.?]{0,30}"
              + "\\b(?:fails?|failed|expired?|invalid|rejected)|quota|rate limit|not passed)\\b[^?]{0,160}"
              + "\\bresponses?\\b[^.?]{0,60}\\b(?:missing|without|lacks?|nt|not|n t) (?:[a-z]{2,10} ){0,3}"
              + "(?:cors|access-control-allow-origin) headers?\\b");

  /** Somebody has seen the header twice. */
  private static final Pattern TWICE =
      Pattern.compile(
          "\\baccess-control-allow-origin\\b[^.*]{0,30}\\*, ?\\*"
              + "|\\b(?:duplicated?|doubled?) (?:[a-z]{2,10} )?(?:cors|access-control-allow-origin) headers?\\b"
              + "|\\bduplicated? (?:[a-z]{2,10} ){0,2}(?:of|for|in|on) (?:the |these |all )?(?:cors|access-control-[a-z-]{5,20}) headers?\\b"
              + "|\\b(?:two|multiple|several) access-control-allow-origin headers?\\b"
              + "|\\b(?:cors|access-control-allow-origin) headers?\\b[^.?]{0,30}\\b(?:twice|duplicated?|two times)\\b");

  /** Somebody wants to allow more than one page. */
  private static final Pattern SEVERAL_ORIGINS =
      Pattern.compile(
          "^(?=.*(?:\\bhow\\b|\\bis it possible\\b|\\bpossible to\\b|\\bis there (?:a|any) way\\b|\\bcan (?:i|we|you|one)\\b|\\bsupport for\\b|\\?))"
              + ".*\\b(?:multiple|several|two|three|more than (?:one|1)|many|list of)\\b[^.?]{0,25}"
              + "\\b(?:origins?|domains?|urls?|hosts?|sites?|front ?ends?)\\b");

  /** A preflight that is redirected, in words. */
  private static final Pattern REDIRECTED =
      Pattern.compile(
          "\\b(?:options[ -](?:http )?(?:requests?|calls?|method)|pre-?flights?)\\b[^.?]{0,120}\\b(?:30[1278]|redirect(?:s|ed)?)\\b"
              + "|\\boptions? (?:requests?|calls?)\\b[^?]{0,120}\\b30[1278]\\b"
              + "|\\b(?:30[1278]|redirect(?:s|ed)?)\\b[^.?]{0,80}\\b(?:for|of|on|to|by|as answer for) (?:an? |the |all )?"
              + "(?:options (?:requests?|calls?)|pre-?flights?)\\b");

  /** Somebody knows that a preflight has no credentials, and has seen that it is refused. */
  private static final Pattern WITHOUT_LOGIN =
      Pattern.compile(
          "^(?=.*\\b(?:options (?:requests?|calls?|method)|pre-?flights?)\\b)(?=.*\\b(?:den(?:y|ied)|blocked|rejected|refused|fails?|40[13])\\b)"
              + ".*\\b(?:nt|not|never|without|n t) (?:be )?(?:send |sent |contain |carry |have |include )?"
              + "(?:the |any |its )?(?:[a-z]{2,12} ){0,2}(?:authenticated|credentials|auth headers?|authorization)\\b");

  /** Somebody has seen that a response lacks the header, or names another page in it. */
  private static final Pattern NOT_SENT =
      Pattern.compile(
          "(?:\\b(?:not|never|fails to|failing to|without|doesnt|dont|didnt|isnt)|n t) (?:[a-z]{2,12} ){0,2}?"
              + "(?:return|send|includ|contain|hav|set|add|see|gett?)(?:e|ing)? (?:back )?"
              + "(?:(?:the|an|a|any|required|correct|proper|my) ){0,3}access-control-allow-origin\\b(?! (?:true|\\*|https?:))");

  private static final Pattern OF_ANOTHER_PAGE =
      Pattern.compile(
          "\\baccess-control-allow-origin header [^.]{0,60}\\b(?:points to|names|has|contains|shows|is)"
              + " (?:a |an |the |that of )?(?:different|other|another|wrong|previous)\\b");

  /** A person has seen which header another server does not send. */
  private static final Pattern NO_RESOURCE_POLICY =
      Pattern.compile(
          "\\bcross-origin-resource-policy\\b.{0,20}\\b(?:not|missing|absent)\\b"
              + "|\\b(?:no|without|lacks?|missing|not send|not have|dont have|doesnt have|doesnt send)\\b.{0,30}"
              + "\\bcross-origin-resource-policy\\b"
              + "|\\bcross[- ]origin[- ]isolat(?:ion|ed)\\b[^?]{0,80}\\b(?:block(?:s|ed|ing)|cannot be loaded|(?:not|nt) load)\\b");

  /** A cookie that a browser does not keep, or does not send. */
  private static final Pattern NO_COOKIE =
      Pattern.compile(
          "^(?!.*(?:failed to fetch|network ?error|\\bblocked\\b))"
              + "(?=.*(?:postman|withcredentials|credentials|\\baxios\\b|\\bfetch\\(|cross[- ](?:origin|site|domain)|\\bcors\\b|set-cookie:))"
              + ".*(?:\\bcookies?\\b[^.?]{0,80}\\b(?:not|isnt|arent|doesnt|dont|wont|never)\\b[^.?]{0,30}"
              + "\\b(?:set|saved?|stored?|sent|send|kept|keep|included?|attached|received|present)\\b"
              + "|\\b(?:not|doesnt|wont|never|cant|cannot|unable)\\b[^.?]{0,20}\\b(?:set|save|store|send|keep|include|receive)\\b"
              + "[^.?]{0,30}\\bcookies?\\b"
              + "|\\bnew session\\b[^.?]{0,40}\\b(?:each|every)\\b"
              + "|\\bno (?:session )?cookies? (?:is|are|was|gets|get) (?:set|saved|stored|sent|kept)\\b"
              + "|\\b(?:cookies?|session|req\\.session\\.[a-z]{2,20})\\b[^.?]{0,20}\\b(?:is|are|was|were|comes|gets) (?:always |still )?(?:undefined|empty|null|lost)\\b)");

  /** Times and sizes of files of another origin, which are 0. */
  private static final Pattern NO_TIMING =
      Pattern.compile(
          "^(?=.*(?:performance\\.getentries|resource ?timing|performanceresourcetiming|timing-allow-origin))"
              + "(?=.*(?:\\b(?:is|are|=|:|gives?|returns?|reports?|always|only|all|shows?) (?:an? )?(?:0|zeros?)\\b"
              + "|timing-allow-origin|: 0,))(?=.*(?:cross[- ]origin|\\bcdn\\b|third[- ]party|another (?:origin|domain)|timing-allow-origin|https?://))");

  /** A frame that stays empty, and no sentence of a browser beside it. */
  private static final Pattern BLOCKED_FRAME =
      Pattern.compile(
          "\\bi?frames?\\b(?! origin)[^.?]{0,40}\\b(?:is|was|are|were|gets?|being|been) (?:blocked|refused)\\b");

  /** A browser fails, and no program says how. */
  private static final Pattern IN_BROWSER =
      Pattern.compile(
          "^(?!.*(?:failed to|load failed|network ?error|net::|error:|status code|\\baxios\\b|\\bfetch\\())"
              + ".*\\b(?:browsers?|chrome|firefox|safari|edge)\\b");

  /**
   * What a question is about.
   *
   * @param code of what it means
   * @param words that are all in it
   */
  private record Rule(String code, List<Pattern> words) {
    private Rule(String code, Pattern... words) {
      this(code, List.of(words));
    }

    /** A mistake in the code tells more than the way in which somebody asked. */
    boolean isNotOfCode(Paste paste) {
      return !words.contains(NO_HEADERS_ELSEWHERE) && !words.contains(SEVERAL_ORIGINS)
          || !Clue.isMistake(paste.whole(), paste.active().cut(0, paste.active().length()));
    }

    boolean isFor(String plain) {
      return words.stream().allMatch(each -> each.matcher(plain).find());
    }
  }

  /** The more exact ones come first. */
  private static final List<Rule> RULES =
      List.of(
          new Rule("ORIGIN_REFUSED", REFUSED_BY_ORIGIN),
          new Rule("ERROR_UNREADABLE", Fragment.ABOUT_CORS, FAILS_AFTER_PREFLIGHT),
          new Rule("NO_ORIGIN_SENT", Fragment.ABOUT_CORS, NO_ORIGIN),
          new Rule("NO_ORIGIN_SENT", NO_HEADERS_ELSEWHERE),
          new Rule("NOT_A_GUARD", Fragment.ABOUT_CORS, NOT_REFUSED, AT_SERVER),
          new Rule("NOT_A_GUARD", Fragment.ABOUT_CORS, STILL_ANSWERED, AT_SERVER),
          new Rule("NOT_A_GUARD", Fragment.ABOUT_CORS, ANSWERED_INSTEAD),
          new Rule("NOT_A_BROWSER", Fragment.ABOUT_CORS, OTHER_CLIENT, Fragment.WORKS),
          new Rule("FRAME", BLOCKED_FRAME),
          new Rule("COEP", NO_RESOURCE_POLICY),
          new Rule("TIMING", NO_TIMING),
          new Rule("OPTIONS_NOT_ROUTED", NO_ROUTE),
          new Rule("ERRORS_NOT_COVERED", HEADERS_OF_PROXY, ERRORS),
          new Rule("ERROR_UNREADABLE", ERROR_WITHOUT_HEADERS),
          new Rule("ACAO_MULTIPLE", TWICE),
          new Rule("PREFLIGHT_REDIRECT", REDIRECTED),
          new Rule("ERROR_UNREADABLE", FAILURE_WITHOUT_HEADERS),
          new Rule("ACAO_MISMATCH", OF_ANOTHER_PAGE),
          new Rule("ACAO_MISSING", NOT_SENT),
          new Rule("PREFLIGHT_STATUS", WITHOUT_LOGIN),
          new Rule("COOKIE", NO_COOKIE),
          new Rule("HEADER_NOT_READ", HIDDEN_HEADER),
          new Rule("NOT_A_BROWSER", OTHER_CLIENT, Fragment.WORKS, IN_BROWSER),
          new Rule("SEVERAL_ORIGINS", Fragment.ABOUT_CORS, SEVERAL_ORIGINS));

  private Question() {}

  /** What a paste asks; empty if it is no question that is known. */
  static Optional<Fragment> in(Paste paste) {
    String plain = paste.plain();
    return status(OPTIONS_STATUS, "PREFLIGHT_STATUS", paste)
        .or(() -> status(SOCKET_STATUS, "WEBSOCKET", paste))
        .or(
            () ->
                RULES.stream()
                    .filter(rule -> rule.isFor(plain))
                    .filter(rule -> rule.isNotOfCode(paste))
                    .findFirst()
                    .map(rule -> asked(rule.code(), paste)))
        .or(() -> status(FAILS_AFTER_PREFLIGHT, "HTTP_STATUS", paste));
  }

  private static Fragment asked(String code, Paste paste) {
    Fragment asked = Fragment.whole(paste, Fragment.SOMEBODY, code);
    Matcher read = READ_HEADER.matcher(paste.cut(0, paste.length()));
    return code.equals("HEADER_NOT_READ") && read.find()
        ? new Fragment(asked.sentence(), 0, paste.length(), Map.of("subject", read.group(1)))
        : asked;
  }

  private static Optional<Fragment> status(Pattern pattern, String code, Paste paste) {
    Matcher found = pattern.matcher(paste.plain());
    if (!found.find()) {
      return Optional.empty();
    }
    String status =
        Stream.of(1, 2, 3, 4)
            .filter(group -> group <= found.groupCount())
            .map(found::group)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    Fragment asked = Fragment.whole(paste, Fragment.SOMEBODY, code);
    return Optional.of(new Fragment(asked.sentence(), 0, paste.length(), Map.of("status", status)));
  }
}
