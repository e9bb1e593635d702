package dev.crosswalk.cors.cli.terminal;

import java.util.List;

/** Names in a sentence: {@code GET, PUT and POST}. */
public final class Enumeration {

  private Enumeration() {}

  public static String of(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
