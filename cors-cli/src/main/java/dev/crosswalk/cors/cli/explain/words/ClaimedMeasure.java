package dev.crosswalk.cors.cli.explain.words;

import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.explain.paste.Remarks;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a person says is done already, so that the first advice would only be said once more: {@code
 * I enabled CORS on the server}. It had no effect, or there were no message.
 *
 * @param cors the server does CORS
 * @param named it names origins, and not {@code *}
 * @param credentials it allows credentials
 * @param tls what named an http URL names one with https
 */
public record ClaimedMeasure(boolean cors, boolean named, boolean credentials, boolean tls) {

  /** What a server has for CORS. */
  private static final String LAYER =
      "(?:(?<![\\w-])[\\w./@:-]{0,30}cors(?![-_ ]?(?:errors?|issues?|problems?|fehler|anywhere|policy error|block))[\\w-]{0,30}(?![\\w-])|\\baccess-control-allow-[a-z]{6,11}|@crossorigin\\b|\\busecors\\b|\\benablecors\\b"
          + "|\\ballow(?:ed)?[-_ ]?origins?\\b|\\b(?:response|server)[- ]headers?\\b|\\bheaders?\\b(?=.{0,60}\\b(?:server|backend|nginx|apache|iis|caddy|web\\.config|\\.?htaccess)\\b)"
          + "|\\b(?:these|those|the (?:required|necessary|needed|following)) headers?\\b|\\b(?:white|allow)-?list|\\ben-?têtes?\\b|\\bcabeceras\\b|\\bcabeçalhos?\\b|заголовк|跨域)";

  private static final String DONE =
      "(?:add(?:ed|ing)?|enabled?|set(?: up)?|setting|put|configured|registered|white-?listed|allow(?:ed)?|permit(?:ted)?|listed|included?|specified|installed|turned on"
          + "|switched on|activated|defined|declared|implemented|applied|used?|using|named?)";

  /** The small words in front of it. */
  private static final String SMALL =
      "(?: (?:already|also|even|just|now|both|have|has|had|been|am|did|do|then|definitely|correctly|explicitly|properly|all|successfully|clearly|tried|to|made|sure|that|i|we|went|ahead|and)){0,5}";

  private static final List<Pattern> SAID =
      List.of(
          Pattern.compile(
              "(?<!\\b(?:can|could|should|do|how|must|if|when|once) )\\b(?:i|we|they|he|she|already|devops|team|colleagues?|guys|people|provider|admins?)(?:['’ ](?:ve|m|re))?"
                  + SMALL
                  + " "
                  + DONE
                  + "\\b.{0,70}?"
                  + LAYER),
          Pattern.compile(
              "\\b(?:i|we|they|he|she|already)"
                  + SMALL
                  + " (?:allow(?:ed)?|permit(?:ted)?|white-?listed)\\b.{0,50}?\\b(?:origins?|domains?|sites?|front-?end|app|pages?)\\b"),
          Pattern.compile(
              "\\b(?:our|my|the|this) (?:[a-z]{2,12} )?(?:origin|domain|site|front-?end) (?:is|was|has been)"
                  + SMALL
                  + " (?:allowed|white-?listed|permitted)\\b"),
          Pattern.compile(
              "\\b(?:after|despite|even with|having) (?:[a-z]{2,10} ){0,2}?(?:enabling|adding|setting|configuring|white-?listing|allowing)\\b.{0,60}?"
                  + LAYER),
          Pattern.compile(
              LAYER
                  + ".{0,30}?(?:\\band|,) (?:i |we )?(?:added|entered|put|listed|enabled|allowed|white-?listed)\\b"),
          // In short, without saying who did it.
          Pattern.compile(
              "^(?:(?:and|so|already|also) )?(?:added|enabled|set|configured|tried|installed|whitelisted|put)\\b.{0,70}?"
                  + LAYER),
          Pattern.compile(
              LAYER
                  + ".{0,50}?\\b(?:is|are|was|were|has been|have been)"
                  + SMALL
                  + " (?:enabled|set(?: up)?|configured|installed|activated|turned on|switched on|allowed|white-?listed|added|in (?:place|(?:the |our |my )?(?:[\\w.-]{1,30}\\.(?:xml|json|js|ts|py|php|ya?ml|conf|config|cs|properties)|gemfile|middlewares?|requirements|code|config[a-z]*|settings|list))|present|there|on|listed|defined|implemented|included)\\b"),
          Pattern.compile(
              "\\b(?:i|we) (?:do |also |already )?have (?:this|these|the following) (?:response )?headers?\\b"),
          Pattern.compile(
              "\\bha(?:ve|s) (?:the |a |all |my )?"
                  + LAYER
                  + ".{0,40}?\\b(?:enabled|set(?: up)?|configured|installed|allowed|activated|in (?:startup|program|main|the|my|our|place))\\b"),
          Pattern.compile(
              "\\b(?:server|api|backend|back-end|service|gateway|nginx|apache|proxy|caddyfile|htaccess|web\\.config|config[a-z]{0,9}|code|response|answer|settings)\\b(?: (?:already|also|does|clearly|correctly|now)){0,2} (?:sends?|returns?|allows?|accepts?|names?|sets?|adds?|responds? with|includes?|contains?|uses|has)\\b(?! (?:no|not|neither|without)\\b).{0,40}?"
                  + LAYER),
          Pattern.compile(
              "(?:ajouté|activé|configuré|autorisé|déclaré|agregu[ée]|agregado|añad[a-zí]{1,4}|configurado|activado|habilit[éa][a-z]{0,3}|adicion(?:ei|ado|amos)|configurei|habilitei|aggiunto|abilitato|impostato|configurato"
                  + "|aktiviert|gesetzt|eingetragen|hinzugefügt|konfiguriert|eingerichtet|freigegeben|freigeschaltet|добавил|настроил|включил|разрешил|прописал|添加了|设置了|配置了|开启了|已添加|已设置|已配置).{0,70}?"
                  + LAYER),
          Pattern.compile(
              LAYER
                  + ".{0,70}?(?:ajouté|activé|configuré|autorisé|agregado|configurado|activado|habilitado|aggiunt[oi]|abilitato|impostato|aktiviert|gesetzt|eingetragen|hinzugefügt|konfiguriert|eingerichtet|freigegeben|freigeschaltet|добавлен|настроен|включ[её]н|已添加|已设置|已配置|已开启)"));

  /** It is there, as the text below shows. */
  private static final Pattern SHOWN =
      Pattern.compile(
          "\\balready (?:have|use|set|do|did|got)\\b.{0,60}\\b(?:htaccess|nginx|apache|config[a-z]*|server|backend|settings(?:\\.py)?|startup(?:\\.cs)?|program\\.cs|web\\.config|index\\.js|app\\.js|main\\.(?:ts|py))\\b");

  /** Whatever was tried has not helped. */
  private static final Pattern IN_VAIN =
      Pattern.compile(
          "\\btried (?:everything|all|many|several|different|various|every)\\b|\\b(?:no|without) (?:luck|success|difference|effect|avail)\\b|\\bnothing (?:helps|helped|changes|changed|works|worked)\\b|\\bto no avail\\b|\\bohne erfolg\\b|\\bsans succès\\b|\\bsin éxito\\b|\\bbez skutku\\b|\\bstill not working\\b");

  /** Code or settings, or a word of them. */
  private static final Pattern OF_CORS = Pattern.compile(LAYER);

  private static final Pattern WORD =
      Pattern.compile(
          "cors|access-control|origin|headers?\\b|white-?list|allow-?list|domains?\\b|têtes?|cabece|cabeç|заголов|跨域");

  /** What a page does, and no server. */
  private static final Pattern OF_PAGE =
      Pattern.compile(
          "\\b(?:fetch|axios|ajax|xhr|request headers?|(?:in|to|of|on|with) (?:my|the|each|every) (?:request|call)s?|extension|chrome plugin|plug-?in (?:to|in|for|from) (?:my |the )?(?:google |browser|chrome|firefox)|no-cors|mode:|withcredentials|proxy\\.conf|headers? ?: ?\\{|auth0|okta|cognito|keycloak|firebase|entra|azure ad|google (?:cloud )?console)");

  /** The page's side, unless the server is named as well. */
  private static final Pattern OF_CLIENT =
      Pattern.compile("\\b(?:front-?end|client|react|angular|vue|svelte)\\b");

  private static final Pattern OF_SERVER =
      Pattern.compile(
          "\\b(?:server|backend|back-end|api|gateway|nginx|apache|iis|express|spring|django|flask|laravel|allowed[-_ ]?origins?|white-?list)\\b");

  private static final Pattern NAMED =
      Pattern.compile(
          "\\bfrom \\* to\\b|\\bno (?:\\*|wildcard)|\\bonly (?:our|my|the)(?: own)? (?:[a-z]{2,10} )?(?:domain|origin|site)\\b|\\b(?:instead of|not|rather than) (?:to )?(?:use |using |allow |allowing |have |set )?(?:the |a )?(?:\\*|wildcard|all origins|any origin|every origin)|\\bnames? (?:my|our|the) (?:[a-z]{2,10} )?origin|\\b(?:specific|exact|explicit) (?:origin|domain)");

  private static final Pattern ORIGIN = Pattern.compile("https?://\\w");

  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "\\b(?:access-control-)?allow-?credentials\\b.{0,30}\\b(?:true|already|set|there|added)\\b|\\bcredentials ?[:=] ?true\\b");

  private static final Pattern TLS =
      Pattern.compile(
          "\\b(?:changed|replaced|switched|updated|modified|converted|set|edited|put|use|using|rewrote)\\b.{0,90}(?:\\bhttp\\b.{0,40}\\b(?:to|by|with|=) ?.{0,12}https\\b|\\b(?:url|link|address|variable|script|src|endpoint|call|request|api)s?\\b.{0,40}\\b(?:to|with|as) https\\b)"
              + "|\\bhttps\\b (?:instead of|in place of) http\\b");

  public static ClaimedMeasure in(PastedText paste) {
    return paste.read(ClaimedMeasure.class, () -> of(Remarks.in(paste.pasted())));
  }

  private static ClaimedMeasure of(Remarks remarks) {
    List<String> ofServer =
        remarks
            .with(WORD)
            .filter(each -> !OF_PAGE.matcher(each).find())
            .filter(each -> !OF_CLIENT.matcher(each).find() || OF_SERVER.matcher(each).find())
            .toList();
    List<String> said =
        ofServer.stream()
            .filter(each -> SAID.stream().anyMatch(form -> Denial.isSaid(form, each)))
            .toList();
    boolean vain =
        (remarks.with(IN_VAIN).findAny().isPresent() || remarks.with(SHOWN).findAny().isPresent())
            && ofServer.stream().anyMatch(each -> OF_CORS.matcher(each).find());
    return new ClaimedMeasure(
        vain || !said.isEmpty(),
        ofServer.stream().anyMatch(each -> NAMED.matcher(each).find())
            || said.stream().anyMatch(each -> ORIGIN.matcher(each).find()),
        said.stream().anyMatch(each -> CREDENTIALS.matcher(each).find()),
        remarks.with(TLS).findAny().isPresent());
  }
}
