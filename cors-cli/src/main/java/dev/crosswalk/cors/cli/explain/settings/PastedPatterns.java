package dev.crosswalk.cors.cli.explain.settings;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The patterns of origins that the code or the configuration of a server in a paste has: with an
 * asterisk for a part of the host, or a simple regular expression.
 */
public final class PastedPatterns {

  /** Where origins are listed; what follows is looked at to the end of the list. */
  private static final Pattern LIST =
      Pattern.compile(
          // A proxy's changeOrigin stands beside patterns of paths.
          "(?<!change)origins?(?:[_-]?(?:patterns?|regex(?:es)?|list))?[\"'`]?\\s{0,3}(?:=>|[:=(,])\\s{0,3}(?:new |\\[|list\\.of\\(|arrays\\.aslist\\(|\\(){0,3}");

  private static final Pattern WILDCARD =
      Pattern.compile("[\"'`](https?://\\*\\.[a-z0-9.-]{1,120}(?::[0-9*]{1,5})?)[\"'`]");

  private static final Pattern EXPRESSION =
      Pattern.compile(
          "(?<![a-z0-9:/*])/((?:[^/\\\\\\n*+?{}\\[\\]()|]|\\\\.){3,120})/(?=[a-z]{0,2}[\\s,\\])};])");

  private static final int MAX_LIST = 400;

  private PastedPatterns() {}

  /**
   * The first pattern, if the page's origin fits none of them.
   *
   * @param text in lower case, as it was pasted
   */
  public static Optional<String> without(String origin, String text) {
    Set<String> patterns = new LinkedHashSet<>();
    boolean fits = false;
    Matcher lists = LIST.matcher(text);
    while (lists.find()) {
      String list = list(text, lists.end());
      Matcher wildcard = WILDCARD.matcher(list);
      while (wildcard.find()) {
        patterns.add(wildcard.group(1));
        fits |= origin.matches(expression(wildcard.group(1)));
      }
      Matcher expression = EXPRESSION.matcher(list);
      while (expression.find()) {
        patterns.add("/" + expression.group(1) + "/");
        // Without a quantifier or a group it takes no time.
        fits |= Pattern.compile(expression.group(1).replace("\\/", "/")).matcher(origin).find();
      }
    }
    return fits || origin.isEmpty() ? Optional.empty() : patterns.stream().findFirst();
  }

  private static String list(String text, int from) {
    String rest = text.substring(from, Math.min(text.length(), from + MAX_LIST));
    return rest.replaceFirst("(?s)(?:\\)\\s?[;.)]|]\\s?[,)}]|;\\s?\\n|\\n\\s?\\n).*", "],");
  }

  private static String expression(String wildcard) {
    return Pattern.quote(wildcard)
        .replace("://*", "://\\E[a-z0-9.-]+\\Q")
        .replace(":*", "\\E(?::[0-9]+)?\\Q");
  }
}
