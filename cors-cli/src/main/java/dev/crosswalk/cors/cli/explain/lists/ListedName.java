package dev.crosswalk.cors.cli.explain.lists;

import dev.crosswalk.cors.cli.terminal.Typo;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name of a request's header, as a list of a server has it: as a text, as a constant, or with a
 * mistake.
 */
public final class ListedName {

  /** A name in a list; people write an equals sign in one of them. */
  static final String PATTERN = "content=type|[a-z][a-z0-9]*(?:-[a-z0-9]+)*";

  private static final String CONTENT_TYPE = "content-type";

  /** A name that differs a little from one of these is a mistake. */
  private static final List<String> KNOWN =
      List.of(
          "authorization",
          CONTENT_TYPE,
          "content-disposition",
          "content-language",
          "content-encoding",
          "content-length",
          "cache-control",
          "accept-language",
          "accept-encoding",
          "access-control-allow-origin",
          "if-none-match",
          "if-modified-since",
          "x-requested-with",
          "x-csrf-token",
          "x-csrftoken",
          "x-xsrf-token",
          "x-api-key",
          "x-auth-token",
          "proxy-authorization");

  private static final Pattern CONSTANT =
      Pattern.compile(
          "\\b(?:http_?)?header(?:_?names?|s)?(?:\\.|::)([a-z_]{3,30})(?![a-z_(])"
              // Echo and Fiber; Swift.
              + "|\\b[a-z]{2,10}\\.header([a-z]{4,30})(?![a-z_(])"
              + "|(?<=[\\[,] {0,3})\\.([a-z]{3,30})(?![a-z_(])"
              + "|\\bhttp\\.method(?=[a-z])");

  private static final int MIN_LENGTH = 7;

  private static final int MAX_LENGTH = 40;

  /** In a name that is so long two letters may differ. */
  private static final int LONG = 10;

  private ListedName() {}

  /** A list in which constants are the names that they stand for. */
  static String written(String list) {
    Matcher constant = CONSTANT.matcher(list);
    return constant.replaceAll(
        found ->
            Stream.of(found.group(1), found.group(2), found.group(3))
                .filter(Objects::nonNull)
                .findFirst()
                .map(name -> Matcher.quoteReplacement(named(name)))
                .orElse(""));
  }

  private static String named(String constant) {
    return KNOWN.stream()
        .filter(name -> letters(name).equals(letters(constant)))
        .findFirst()
        .orElse(constant.replace('_', '-'));
  }

  /**
   * The name that was meant by one with a mistake; empty if there is none that is near.
   *
   * @param name in lower case
   * @param meant names that it may stand for, beside those that everybody knows
   */
  public static Optional<String> meant(String name, Collection<String> meant) {
    if (KNOWN.contains(name)
        || name.length() < MIN_LENGTH
        || name.length() > MAX_LENGTH
        || meant.contains(name)) {
      return Optional.empty();
    }
    return Stream.concat(meant.stream(), KNOWN.stream())
        .filter(
            each ->
                each.length() >= MIN_LENGTH
                    && each.length() <= MAX_LENGTH
                    && isNear(letters(name), letters(each)))
        .findFirst();
  }

  private static String letters(String name) {
    return name.replaceAll("[^a-z0-9]", "");
  }

  private static boolean isNear(String one, String other) {
    int most = Math.min(one.length(), other.length()) >= LONG ? 2 : 1;
    return one.charAt(0) == other.charAt(0) && Typo.distance(one, other) <= most;
  }
}
