package dev.crosswalk.cors.cli.explain.lists;

import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Two lists of methods or request headers in a text, of which a server sends one and a browser has
 * got the other: {@code our code answers A, B, C; Chrome shows A, B}.
 */
public final class TwoLists {

  /** Names with commas between them, each perhaps in quotation marks. */
  private static final Pattern LIST =
      Pattern.compile(
          "(?<![\\w.@/-])[\"'`]?([a-z][a-z0-9-]{1,40}[\"'`]?(?:\\s{0,2},\\s{0,6}[\"'`]?[a-z][a-z0-9-]{1,40}[\"'`]?){1,40})(?![\\w./:(-])");

  /** Whose list it is, in front of it. */
  private static final Pattern OF_SERVER =
      Pattern.compile(
          "\\b(?:allow(?:s|ed)?(?:[-_][a-z]{1,10})?|cod(?:e|ed)|function|server|gateway|proxy|plugin|config(?:ured|uration)?|settings?|answers?|our|my|we|i|list(?:s|ed)?|application|app|backend|api|handler|middleware|set|headers?|methods?)\\b");

  private static final Pattern OF_BROWSER =
      Pattern.compile(
          "\\b(?:browser|chrome|firefox|safari|edge|dev ?tools|network|receive[sd]?|gets?|got|actual(?:ly)?|arrives?|real|shows?|shown|seen?|sees|preflight|curl|postman|response|comes? back|returned)\\b");

  private static final Pattern OF_REQUEST =
      Pattern.compile("\\baccess-control-request-|\\brequest headers?:|\\bexpose");

  private static final List<String> KNOWN =
      List.of(
          "get",
          "head",
          "post",
          "put",
          "patch",
          "delete",
          "options",
          "accept",
          "authorization",
          "content-type",
          "x-requested-with",
          "origin");

  /** So much in front of a list tells whose it is. */
  private static final int MAX_LABEL = 160;

  private static final int MAX_LISTS = 60;

  private final List<NamedList> lists;

  private TwoLists(List<NamedList> lists) {
    this.lists = lists;
  }

  private record NamedList(String label, String written, List<String> names) {}

  /**
   * Reads a paste.
   *
   * @param text the same as it was pasted
   */
  public static TwoLists in(PastedText paste, String text) {
    return paste.read(TwoLists.class, () -> new TwoLists(lists(text)));
  }

  /**
   * The list that the browser has got, as it is written, where another one in the text has a name.
   *
   * @param name a method or a header, which the message says is missing
   * @return empty if the text does not show both
   */
  public Optional<String> received(String name) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String wanted = Bytes.lowerCase(name);
    List<NamedList> having =
        lists.stream()
            .filter(list -> list.names.contains(wanted))
            .filter(list -> OF_SERVER.matcher(list.label).find())
            .toList();
    return lists.stream()
        .filter(list -> !list.names.contains(wanted))
        .filter(list -> OF_BROWSER.matcher(list.label).find())
        .filter(
            list ->
                having.stream()
                    .anyMatch(other -> list.names.stream().anyMatch(other.names::contains)))
        .map(NamedList::written)
        .findFirst();
  }

  private static List<NamedList> lists(String text) {
    String lower = Bytes.lowerCase(text);
    List<NamedList> lists = new ArrayList<>();
    Matcher list = LIST.matcher(lower);
    int before = 0;
    while (list.find() && lists.size() < MAX_LISTS) {
      String label =
          label(lower.substring(Math.max(before, list.start() - MAX_LABEL), list.start()));
      List<String> names =
          Stream.of(list.group(1).replaceAll("[\"'`]", "").split("\\s*,\\s*")).toList();
      // Words of a sentence with a comma between them tell whose the next list is.
      before = names.stream().anyMatch(KNOWN::contains) ? list.end() : before;
      if (!OF_REQUEST.matcher(label).find()) {
        lists.add(
            new NamedList(
                label,
                text.substring(list.start(1), list.end(1)).replaceAll("[\"'`]", "").strip(),
                names));
      }
    }
    return lists;
  }

  /** The line in front of a list, or the one above where there is no word in it. */
  private static String label(String front) {
    String[] lines = front.split("\\R", -1);
    String line = lines[lines.length - 1];
    for (int i = lines.length - 2; i >= 0 && !line.matches(".*[a-z].*"); i--) {
      line = lines[i];
    }
    return line;
  }
}
