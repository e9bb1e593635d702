package dev.crosswalk.cors.cli.remedy.answer;

import dev.crosswalk.cors.tck.url.Printable;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a body says to a person who reads it: without markup, and cut. */
public final class BodyText {

  /** What an error says is at its beginning, behind the styles of its page. */
  private static final int MAX_BYTES = 64 * 1024;

  private static final int MAX_EXCERPT = 200;

  /** More than this share of other characters is no text: an image, or what is compressed. */
  private static final int MAX_STRANGE_PERCENT = 5;

  /**
   * What nothing ends goes to the end, as in a browser; a head may have no end, and then its next
   * one is looked at. So no part of a body is read twice.
   */
  private static final Pattern UNSEEN =
      Pattern.compile(
          "(?is)<(script|style|svg)\\b[^>]{0,2000}>.*?(?:</\\1\\s{0,9}>|\\z)|<!--.*?(?:-->|\\z)"
              + "|<head\\b[^>]{0,2000}>[^<]*+(?:<(?!/?head\\b)[^<]*+)*+</head\\s{0,9}>");

  private static final Pattern TAG = Pattern.compile("<[/!?a-zA-Z][^<>]{0,2000}>");

  /** They are inside of words and sentences. */
  private static final Pattern INLINE =
      Pattern.compile("(?i)</?(?:a|b|code|em|font|i|span|strong|u)\\b[^<>]{0,2000}>");

  /** A character by its number; a longer number is of none. */
  private static final Pattern NUMBERED =
      Pattern.compile("&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));");

  private static final Pattern TITLE = Pattern.compile("(?is)<title>([^<]{1,200})</title>");

  private final String plain;

  public BodyText(WireResponse response) {
    byte[] bytes = ContentCoding.decoded(response);
    String text =
        new String(Arrays.copyOf(bytes, Math.min(bytes.length, MAX_BYTES)), StandardCharsets.UTF_8);
    this.plain = isText(text) ? plain(text) : "";
  }

  /** All of it, white space made one space. */
  public String plain() {
    return plain;
  }

  /** Its beginning, on one line and printable; empty if it is not text. */
  public static Optional<String> excerpt(WireResponse response) {
    String plain = new BodyText(response).plain;
    return plain.isEmpty() ? Optional.empty() : Optional.of(Printable.shown(plain, MAX_EXCERPT));
  }

  /** What is compressed in another way is none. */
  private static boolean isText(String text) {
    long strange =
        text.chars().filter(c -> c == 0xFFFD || c < 0x20 && !Character.isWhitespace(c)).count();
    return strange * 100 <= (long) text.length() * MAX_STRANGE_PERCENT;
  }

  private static String plain(String text) {
    String body = text;
    if (TAG.matcher(text).find()) {
      String title =
          TITLE.matcher(text).results().findFirst().map(found -> found.group(1) + " ").orElse("");
      String seen = tags(UNSEEN.matcher(text).replaceAll(" "));
      // A title that the page repeats is said once.
      body = seen.strip().startsWith(title.strip()) ? seen : title + seen;
    }
    return entities(body).replaceAll("[\\s\\u00A0]+", " ").strip();
  }

  private static String tags(String text) {
    return TAG.matcher(INLINE.matcher(text).replaceAll("")).replaceAll(" ");
  }

  /** The named ones that pages of errors have, and those with a number. */
  private static String entities(String text) {
    String named =
        text.replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&lsquo;", "‘")
            .replace("&rsquo;", "’")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&nbsp;", " ");
    return NUMBERED.matcher(named).replaceAll(BodyText::character).replace("&amp;", "&");
  }

  private static String character(MatchResult entity) {
    String hex = entity.group(1);
    int code = hex == null ? Integer.parseInt(entity.group(2)) : Integer.parseInt(hex, 16);
    return Matcher.quoteReplacement(
        Character.isValidCodePoint(code) ? Character.toString(code) : "");
  }
}
