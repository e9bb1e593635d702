package dev.crosswalk.cors.cli.explain.lists;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person says to have entered in a service's list of origins, and that has a path. */
public final class TriedOrigin {

  private static final String FIELD =
      "(?:\\b(?:web|allowed|trusted|valid|authori[sz]ed|javascript|cors) (?:web |javascript )?origins?\\b"
          + "|\\borigins? ?(?:and redirect ?)?(?:urls?|uris?|fields?|list|settings?)\\b)";

  /** No page of an API is meant. */
  private static final String WITH_PATH =
      "(https?://[a-z0-9.-]{1,100}(?::[0-9]{1,5})?/[a-z0-9*][^\\s\"'`,;)>\\]]{0,100}|https?://[a-z0-9.-]{1,100}(?::[0-9]{1,5})?/\\*{1,2})";

  private static final String VERB =
      "\\b(?:tried|entered|put|used|use|added|set|typed|wrote|specified|configured|have)\\b";

  /** None of the fields for whole URLs is between. */
  private static final String BETWEEN = "(?:(?!redirect|callback|log-?out|https?:)[\\s\\S])";

  private static final List<Pattern> TRIED =
      List.of(
          Pattern.compile(FIELD + BETWEEN + "{0,160}?" + VERB + BETWEEN + "{0,20}?" + WITH_PATH),
          Pattern.compile(
              VERB
                  + "[^\\n]{0,80}?"
                  + WITH_PATH
                  + "[\"'`]? (?:as|in|into|under|to|for) (?:the |my |its )?[\"'`]?"
                  + FIELD));

  private TriedOrigin() {}

  /**
   * The one that a text names.
   *
   * @param text in lower case
   */
  public static Optional<String> in(String text) {
    return TRIED.stream()
        .map(pattern -> pattern.matcher(text))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }
}
