package dev.crosswalk.cors.cli.explain.meaning;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Words of a refusal: what the names in braces stand for in {@code origin-checks.txt}. */
public final class RefusalPattern {

  /** An origin, a URL, or a host with a port or a dot; in code the words for none, too. */
  public static final String VALUE =
      "(?:null|undefined|[a-z][a-z0-9+.-]{0,30}://[^\\s,;)\\]}]{1,300}|[a-z0-9._-]{1,253}:[0-9]{2,5}"
          + "|(?![a-z0-9_-]{1,63}\\.(?:ini|json|ya?ml|toml|conf|cfg|env|js|ts|py|rb|php|go|java|rs|xml|log|txt)(?![a-z0-9.-]))"
          + "(?:[a-z0-9_-]{1,63}\\.){1,8}[a-z0-9-]{1,63}|localhost)";

  private static final Map<String, String> WORDS =
      Map.of(
          "{value}",
          VALUE,
          "{refused}",
          "(?:is |was |are |were )?(?:not|isnt|wasnt|arent|never) (?:(?:an?|the|in|on|one|of|among|part|listed"
              + "|included|present|found|our|my|its|your|any|known|explicitly|server|cors|list|configured) ){0,5}"
              + "(?:allow(?:ed|[ -]?list(?:ed)?)?|permitted|accepted|authori[sz]ed|trusted|white-?list(?:ed)?"
              + "|recogni[sz]ed|valid|registered|configured|known|acceptable)\\b",
          "{bad}",
          "\\b(?:invalid|untrusted|un-?authori[sz]ed|disallowed|forbidden|unexpected|illegal|unrecogni[sz]ed"
              + "|unregistered|unaccepted|mismatched|bad)",
          "{stops}",
          // What somebody expects has not happened.
          "(?<!\\b(?:should|must|to|not) (?:be )?)"
              + "\\b(?:block(?:ed|ing)?|reject(?:ed|ing|s)?|refus(?:ed|ing|es)|den(?:ied|ies|ying)|(?<!40[13] )forbidden"
              + "|disallowed|abort(?:ed|ing))\\b");

  private RefusalPattern() {}

  /** A pattern of a row, with names in braces. */
  static Pattern of(String words) {
    String pattern = words;
    for (Map.Entry<String, String> each : WORDS.entrySet()) {
      pattern = pattern.replace(each.getKey(), each.getValue());
    }
    for (String hole : List.of("seen", "expected")) {
      pattern = pattern.replace("{" + hole + "}", "(?<" + hole + ">" + VALUE + ")");
    }
    return Pattern.compile(pattern);
  }
}
