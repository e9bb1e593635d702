package dev.crosswalk.cors.cli.explain.meaning;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first version of a program with which something counts: {@code quarkus 2.16}. A text that
 * names an earlier one is not told it; with {@code named} behind it, only a text that names this
 * version or a later one is.
 *
 * @param program its name, in lower case
 * @param version two numbers
 * @param named whether the text has to name it
 */
public record Since(String program, List<Integer> version, boolean named) {

  private static final Pattern WRITTEN =
      Pattern.compile("([a-z][a-z./ -]{1,30}) ([0-9]{1,4})\\.([0-9]{1,3})( named)?");

  /** What may stand between a program and its version: "quarkus version or git rev 2.16". */
  private static final String BETWEEN =
      "\\b[ :=(,*v-]{0,4}(?:(?:version|platform|core|or|git|rev|is|release)[ .:=(*v-]{1,4}){0,6}[~^]?";

  private static final String NUMBERS = "([0-9]{1,4})\\.([0-9]{1,3})(?![0-9])";

  /** Three numbers are a version, and four are an address. */
  private static final Pattern ANY =
      Pattern.compile("(?<![0-9.:/])" + NUMBERS + "\\.[0-9]{1,3}(?!\\.?[0-9])");

  /**
   * Reads it.
   *
   * @throws IllegalStateException if it is anything else
   */
  static Since read(String written) {
    Matcher since = WRITTEN.matcher(written);
    if (!since.matches()) {
      throw new IllegalStateException("not a program and its version: " + written);
    }
    return new Since(since.group(1), numbers(since, 2), since.group(4) != null);
  }

  private static List<Integer> numbers(MatchResult found, int group) {
    return List.of(Integer.parseInt(found.group(group)), Integer.parseInt(found.group(group + 1)));
  }

  /**
   * Whether it may count, by the version that a text names.
   *
   * @param plain the text, made plain
   */
  boolean isIn(String plain) {
    return told(plain)
        .map(
            told ->
                told.get(0) > version.get(0)
                    || told.get(0).equals(version.get(0)) && told.get(1) >= version.get(1))
        .orElse(!named);
  }

  /** The last one that is beside the program's name, or the only one in the text. */
  private Optional<List<Integer>> told(String plain) {
    Optional<List<Integer>> beside =
        Pattern.compile("\\b" + Pattern.quote(program) + BETWEEN + NUMBERS)
            .matcher(plain)
            .results()
            .map(found -> numbers(found, 1))
            .reduce((one, other) -> other);
    if (beside.isPresent()) {
      return beside;
    }
    List<List<Integer>> all =
        ANY.matcher(plain).results().map(found -> numbers(found, 1)).distinct().toList();
    return all.size() == 1 ? all.stream().findFirst() : Optional.empty();
  }
}
