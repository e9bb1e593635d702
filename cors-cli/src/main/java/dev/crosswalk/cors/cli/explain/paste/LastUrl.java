package dev.crosswalk.cors.cli.explain.paste;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last URL in a text that was pasted, as messages name the one that was asked for last. */
public final class LastUrl {

  /** Longer ones have data in them, and the rest tells nothing. */
  private static final int MAX_URL = 8_000;

  /** A URL with a query that goes on. */
  private static final Pattern WITH_QUERY =
      Pattern.compile("https?://[^\\s?\"'<>]{1,500}\\?[^\\s\"'<>]*+$");

  private static final Pattern HIDDEN_HOST =
      Pattern.compile("https?://\\[[A-Za-z][A-Za-z _-]{0,40} [A-Za-z _-]{1,40}\\](?=[/:.])");

  private LastUrl() {}

  /** The last URL in a text that was pasted; empty if there is none. */
  public static String in(String between) {
    for (int scheme = between.lastIndexOf(':');
        scheme > 0;
        scheme = between.lastIndexOf(':', scheme - 1)) {
      int start = scheme;
      while (start > 0 && isSchemeCharacter(between.charAt(start - 1))) {
        start--;
      }
      String name = between.substring(start, scheme).toLowerCase(Locale.ROOT);
      boolean known =
          between.startsWith("://", scheme)
              ? !name.isEmpty()
              : name.equals("file") || name.equals("data") || name.equals("blob");
      String url = known ? urlAt(between, outer(between, start)) : "";
      // A pattern for a list is asked by nobody.
      if (known && !url.endsWith("/*")) {
        return url;
      }
    }
    return "";
  }

  /** Where the URL begins whose query has the one that begins there; usually that is itself. */
  private static int outer(String text, int start) {
    if (start == 0 || text.charAt(start - 1) != '=') {
      return start;
    }
    int first = Math.max(0, start - MAX_URL);
    int token = start;
    while (token > first && text.charAt(token - 1) > ' ') {
      token--;
    }
    Matcher whole = WITH_QUERY.matcher(text).region(token, start);
    return whole.find() ? whole.start() : start;
  }

  private static String urlAt(String text, int start) {
    int end = Math.max(start, behindHiddenHost(text, start));
    int last = Math.min(text.length(), start + MAX_URL);
    while (end < last
        && text.charAt(end) > ' '
        && (text.charAt(end) < 0x7F || text.charAt(end) == '…')
        && "\"'`<>".indexOf(text.charAt(end)) < 0
        // A link in Markdown.
        && !text.startsWith("](", end)) {
      end++;
    }
    return Paste.withoutPunctuation(text.substring(start, end));
  }

  /** Behind a host in whose place somebody has written words; -1 if there is none. */
  static int behindHiddenHost(String text, int start) {
    Matcher hidden = HIDDEN_HOST.matcher(text).region(start, text.length());
    return hidden.lookingAt() ? hidden.end() : -1;
  }

  private static boolean isSchemeCharacter(char c) {
    return c < 0x7F && (Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.');
  }
}
