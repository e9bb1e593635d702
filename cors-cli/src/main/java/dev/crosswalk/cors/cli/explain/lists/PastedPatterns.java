package dev.crosswalk.cors.cli.explain.lists;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The patterns of origins that the code or the configuration of a server in a paste has: with an
 * asterisk for a part of the host, or a simple regular expression.
 */
public final class PastedPatterns {

  /** Where origins are listed; what follows is looked at to the end of the list. */
  private static final Pattern LIST =
      Pattern.compile(
          // A proxy's changeOrigin stands beside patterns of paths.
          "(?<!change)origins?(?:[_-]?(?:patterns?|regex(?:es|_whitelist)?|list(?:regex)?))?[\"'`]?\\s{0,3}(?:=>|[:=(,])\\s{0,3}(?:new |\\[|list\\.of\\(|arrays\\.aslist\\(|\\(){0,3}");

  private static final Pattern WILDCARD =
      Pattern.compile("[\"'`](https?://\\*\\.[a-z0-9.-]{1,120}(?::[0-9*]{1,5})?)[\"'`]");

  private static final Pattern EXPRESSION =
      Pattern.compile(
          // The slashes of a scheme may have lost what escapes them.
          "(?<![a-z0-9:/*])/((?:[^/\\\\\\n]|\\\\.|(?<=:)/(?=/)|(?<=:/)/){3,120})/(?=[a-z]{0,2}[\\s,\\])};])");

  /** Settings whose texts are regular expressions; PHP has a sign at both ends of each. */
  private static final Pattern OF_EXPRESSIONS =
      Pattern.compile(
          "origins?[_-]?(?:list)?regex|origins_patterns|web\\.cors\\.origin|origin_regex\\s?:\\s?true|\\bflask|\\bcors\\(\\s?app\\b");

  private static final Pattern TEXT =
      Pattern.compile(
          "[\"'`](?:([#~@/])([^\"'`\\n]{3,150})\\1[a-z]{0,2}|(\\^?\\(?(?:https?|\\.\\*)(?!://\\*)[^\"'`\\n]{3,150}))[\"'`]");

  /** What makes a text an expression, and no origin. */
  private static final Pattern SIGN_OF_EXPRESSION = Pattern.compile("\\\\|\\.[*+]|[\\[^]");

  /** What may take long, or means something else in lower case. */
  private static final Pattern NOT_READ = Pattern.compile("\\)[*+{]|\\\\[sbpx]|\\(\\?(?!:)");

  private static final Pattern QUANTIFIER = Pattern.compile("[*+{]");

  private static final int MAX_QUANTIFIERS = 3;

  private static final int MAX_LIST = 400;

  private static final int MAX_ORIGIN = 100;

  /** Each may take long. */
  private static final int MAX_PATTERNS = 30;

  private PastedPatterns() {}

  /**
   * The first pattern, if the page's origin fits none of them.
   *
   * @param text in lower case, as it was pasted
   */
  public static Optional<String> without(String origin, String text) {
    Set<String> patterns = new LinkedHashSet<>();
    boolean fits = false;
    boolean ofExpressions = OF_EXPRESSIONS.matcher(text).find();
    Matcher lists = LIST.matcher(text);
    while (!fits && lists.find()) {
      String list = list(text, lists.end());
      Matcher wildcard = WILDCARD.matcher(list);
      while (wildcard.find()) {
        patterns.add(wildcard.group(1));
        fits |= patterns.size() > MAX_PATTERNS || origin.matches(expression(wildcard.group(1)));
      }
      Matcher expression = EXPRESSION.matcher(list);
      while (!fits && expression.find()) {
        if (patterns.add("/" + expression.group(1) + "/")) {
          fits = patterns.size() > MAX_PATTERNS || mayFit(expression.group(1), origin);
        }
      }
      Matcher words = TEXT.matcher(list);
      while (!fits && ofExpressions && words.find()) {
        String written = words.group(words.group(1) == null ? 3 : 2);
        if (SIGN_OF_EXPRESSION.matcher(written).find() && patterns.add(written)) {
          fits = patterns.size() > MAX_PATTERNS || mayFit(written, origin);
        }
      }
    }
    return fits || origin.isEmpty() ? Optional.empty() : patterns.stream().findFirst();
  }

  /** Whether it is found in the origin, or is not simple enough to say. */
  private static boolean mayFit(String expression, String origin) {
    // Ruby's beginning and end, in lower case.
    String plain = expression.replace("\\/", "/").replace("\\a", "^").replace("\\z", "$");
    if (NOT_READ.matcher(plain).find()
        || QUANTIFIER.matcher(plain).results().count() > MAX_QUANTIFIERS
        || origin.length() > MAX_ORIGIN) {
      return true;
    }
    try {
      return Pattern.compile(plain).matcher(origin).find();
    } catch (PatternSyntaxException e) {
      return true;
    }
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
