package dev.crosswalk.cors.cli.explain;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Of thousands of cases, those that a build tries: all of them would take too long in each. With
 * {@code -Dcases=all} it is all of them.
 */
public final class Cases {

  private static final boolean ALL = "all".equals(System.getProperty("cases"));

  private Cases() {}

  /** Each so many of a list, from its first. */
  public static <T> List<T> each(int step, List<T> all) {
    return ALL
        ? all
        : IntStream.range(0, all.size()).filter(i -> i % step == 0).mapToObj(all::get).toList();
  }

  /** One of so many of a list, chosen by its text, so that a new one moves no other in or out. */
  public static <T> List<T> each(int step, List<T> all, Function<T, String> text) {
    return ALL
        ? all
        : all.stream()
            .filter(each -> Math.floorMod(text.apply(each).hashCode(), step) == 0)
            .toList();
  }
}
