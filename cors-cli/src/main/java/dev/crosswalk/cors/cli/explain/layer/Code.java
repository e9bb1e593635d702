package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.explain.paste.BoundedText;
import dev.crosswalk.cors.cli.explain.paste.Brackets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Code or configuration in a paste, in lower case and without comments: its calls, its lists and
 * its blocks, whose brackets are balanced. A block that is cut off is left out, as what follows
 * would look like a part of it; Java and Kotlin, where a half of a class tells enough, have a
 * reader of their own.
 */
record Code(String text) {

  /** What begins a comment behind something else; the colon is that of a URL. */
  private static final Pattern SLASHES = Pattern.compile("(?<![:\"'\\w])//[^\\n]{0,500}");

  private static final Pattern HASH = Pattern.compile("(?<![\"'\\w&/.])#[^\\n]{0,500}");

  /** Somebody has left something out. */
  private static final Pattern CUT = Pattern.compile("\\.{3}(?![\\w({\\[])|…");

  private static final int MAX_CALLS = 120;

  private static final int MAX_BRACKETS = 12_000;

  private static final Pattern QUOTED = Pattern.compile("r?[\"'`]([^\"'`\\n]{0,200})[\"'`]");

  static Code withSlashes(String text) {
    return new Code(SLASHES.matcher(text).replaceAll(""));
  }

  static Code withHash(String text) {
    return new Code(HASH.matcher(text).replaceAll(""));
  }

  /**
   * A call, or anything else with brackets.
   *
   * @param start of what stands in front of them
   * @param end behind them
   * @param head what stands in front of them, as it was found
   * @param inside what is in them
   */
  record Bracketed(int start, int end, Matcher head, String inside) {

    String group(int group) {
      return Optional.ofNullable(head.group(group)).orElse("");
    }

    boolean isCut() {
      return CUT.matcher(inside).find();
    }

    boolean has(String words) {
      return inside.contains(words);
    }

    /** The items in the brackets, between commas that are in no further brackets. */
    List<String> items() {
      List<String> items = new ArrayList<>();
      int depth = 0;
      int from = 0;
      for (int at = 0; at < inside.length(); at++) {
        char c = inside.charAt(at);
        depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
        if (c == ',' && depth == 0) {
          items.add(inside.substring(from, at).strip());
          from = at + 1;
        }
      }
      items.add(inside.substring(from).strip());
      items.removeIf(String::isEmpty);
      return items;
    }
  }

  /**
   * What has brackets behind it.
   *
   * @param head a pattern that ends with the opening bracket
   */
  List<Bracketed> all(Pattern head) {
    List<Bracketed> all = new ArrayList<>();
    if (!BoundedText.hasWordsOf(head, text)) {
      return all;
    }
    Matcher heads = head.matcher(text);
    while (heads.find() && all.size() < MAX_CALLS) {
      int close = close(heads.end() - 1);
      if (close > 0) {
        Matcher found = head.matcher(text).region(heads.start(), heads.end());
        found.useTransparentBounds(true).useAnchoringBounds(false).lookingAt();
        all.add(new Bracketed(heads.start(), close + 1, found, text.substring(heads.end(), close)));
      }
    }
    return all;
  }

  Optional<Bracketed> first(Pattern head) {
    return all(head).stream().findFirst();
  }

  boolean has(Pattern pattern) {
    return BoundedText.hasWordsOf(pattern, text) && pattern.matcher(text).find();
  }

  /** Where the bracket closes that opens at a position; 0 if it does not. */
  private int close(int open) {
    int last = Math.min(text.length(), open + MAX_BRACKETS);
    int close = Brackets.close(text, open + 1, last);
    return close == last ? 0 : close;
  }

  /** The text in quotation marks; empty if it is none. */
  static String unquoted(String item) {
    Matcher quoted = QUOTED.matcher(item);
    return quoted.matches() ? quoted.group(1) : "";
  }
}
