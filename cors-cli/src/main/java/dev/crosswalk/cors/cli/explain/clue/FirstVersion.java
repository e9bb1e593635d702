package dev.crosswalk.cors.cli.explain.clue;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The first version of a program with which something counts: {@code quarkus 2.16}. A text that
 * names an earlier one is not told it; with {@code named} behind it, only a text that names this
 * version or a later one is.
 *
 * @param program its name, in lower case; of several names with | between them, any
 * @param version two numbers
 * @param named whether the text has to name it
 */
public record FirstVersion(String program, List<Integer> version, boolean named) {

  private static final Pattern WRITTEN =
      Pattern.compile("([a-z][a-z./ |-]{1,60}) ([0-9]{1,4})\\.([0-9]{1,3})( named)?");

  /** What may stand between a program and its version: "quarkus version or git rev 2.16". */
  private static final String BETWEEN =
      "\\b[ :=(,*v-]{0,4}(?:(?:version|platform|core|or|git|rev|is|was|has|been|went|up(?:dat|grad)ed|release|to|from)[ .:=(*v-]{1,4}){0,6}[~^]?";

  private static final String NUMBERS = "([0-9]{1,4})\\.([0-9]{1,3})(?![0-9])";

  /** The second number may be left out: "Spring Boot 3", "4.x". */
  private static final String ONE_OR_TWO = "([0-9]{1,4})(?:\\.([0-9]{1,3}|x))?(?![0-9])";

  /** What stands between the versions of an upgrade: "from 3.8.1 to Quarkus 3.28". */
  private static final String UPGRADE =
      "(?:\\.[0-9a-z]{1,8}){0,3}(?: \\([a-z0-9 .-]{1,20}\\))? ?(?:to|-{1,2}>|→|=>) ?(?:%s )?v?";

  /** In front of the new version of a program that stands elsewhere with its old one. */
  private static final String TO_LATEST =
      "\\b(?:upgrad|updat|mov|switch|migrat|bump)[a-z]{1,3} (?:it |this |that )?to (?:the )?(?:latest |newest |new |last |current )?(?:version |release )?v?";

  /** Three numbers are a version, and four are an address. */
  private static final Pattern ANY =
      Pattern.compile("(?<![0-9.:/])" + NUMBERS + "\\.[0-9]{1,3}(?!\\.?[0-9])");

  /**
   * Reads it.
   *
   * @throws IllegalStateException if it is anything else
   */
  static FirstVersion read(String written) {
    Matcher since = WRITTEN.matcher(written);
    if (!since.matches()) {
      throw new IllegalStateException("not a program and its version: " + written);
    }
    return new FirstVersion(since.group(1), numbers(since, 2), since.group(4) != null);
  }

  private static List<Integer> numbers(MatchResult found, int group) {
    int first = Integer.parseInt(found.group(group));
    String second = found.group(group + 1);
    return second == null || second.equals("x")
        ? List.of(first)
        : List.of(first, Integer.parseInt(second));
  }

  private static Optional<List<Integer>> last(String pattern, String plain) {
    return Pattern.compile(pattern)
        .matcher(plain)
        .results()
        .map(found -> numbers(found, 1))
        .reduce((one, other) -> other);
  }

  /**
   * Whether it may count, by the version that a text names.
   *
   * @param plain the text, made plain
   */
  boolean isIn(String plain) {
    return told(plain).flatMap(this::isReachedBy).orElse(!named);
  }

  /** Empty if only the first number is told, and the second one decides. */
  private Optional<Boolean> isReachedBy(List<Integer> told) {
    int first = Integer.compare(told.get(0), version.get(0));
    if (first != 0) {
      return Optional.of(first > 0);
    }
    return told.size() > 1 || version.get(1) == 0
        ? Optional.of(told.size() < 2 || told.get(1) >= version.get(1))
        : Optional.empty();
  }

  /**
   * The last one that is beside the program's name, of an upgrade the new one; or the only one in
   * the text, which need not be the program's.
   */
  private Optional<List<Integer>> told(String plain) {
    String name =
        Stream.of(program.split("\\|"))
            .map(Pattern::quote)
            .collect(Collectors.joining("|", "(?:", ")"));
    Optional<List<Integer>> upgraded =
        last(
            "\\b"
                + name
                + BETWEEN
                + "(?:from v?)?[0-9]{1,4}"
                + UPGRADE.formatted(name)
                + ONE_OR_TWO,
            plain);
    Optional<List<Integer>> beside =
        upgraded.or(() -> last("\\b" + name + BETWEEN + ONE_OR_TWO, plain));
    // "It worked with 10.1, and not after upgrading to the latest version 11.0."
    Optional<List<Integer>> latest = beside.flatMap(each -> last(TO_LATEST + ONE_OR_TWO, plain));
    if (latest.isPresent()) {
      return latest;
    }
    if (beside.isPresent() || named) {
      return beside;
    }
    List<List<Integer>> all =
        ANY.matcher(plain).results().map(found -> numbers(found, 1)).distinct().toList();
    return all.size() == 1 ? all.stream().findFirst() : Optional.empty();
  }
}
