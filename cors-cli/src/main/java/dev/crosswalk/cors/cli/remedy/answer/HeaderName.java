package dev.crosswalk.cors.cli.remedy.answer;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.terminal.Typo;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a CORS header as somebody wrote it, which browsers ignore if it is misspelled. */
public final class HeaderName {

  private static final List<String> KNOWN =
      List.of(
          GrantHeaders.ALLOW_ORIGIN,
          GrantHeaders.ALLOW_METHODS,
          GrantHeaders.ALLOW_HEADERS,
          GrantHeaders.ALLOW_CREDENTIALS,
          "Access-Control-Allow-Private-Network",
          GrantHeaders.EXPOSE_HEADERS,
          GrantHeaders.MAX_AGE,
          "Access-Control-Request-Method",
          "Access-Control-Request-Headers",
          "Access-Control-Request-Private-Network");

  /** Names that differ in more letters are other names. */
  private static final int MAX_TYPO = 4;

  /** The word that five of the names have, and the others do not. */
  private static final Pattern ALLOW = Pattern.compile("(?<=access-control-)allow(?:ed|s)?-");

  /** The same for what is left of a name without that word. */
  private static final int MAX_TYPO_OF_REST = 2;

  private static final int MAX_TYPO_OF_WORD = 1;

  private static final int MAX_LENGTH = 60;

  /** Words in front are left out; in a configuration these may be names of settings. */
  private static final Pattern SHORTENED =
      Pattern.compile(
          "(?i)(?:x-)?(?:cors-)?(?:access-)?(?:control-)?(?:(allow)(?:ed)?-)?"
              + "(origin|methods|headers|credentials)s?");

  /** The words of such names, which people also write in another order. */
  private static final List<String> FIRST_WORDS =
      List.of("access", "control", "allow", "allowed", "cross");

  private static final List<String> LAST_WORDS =
      List.of("origin", "origins", "method", "methods", "header", "headers", "credentials");

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[-_]");

  private HeaderName() {}

  /** The name that was meant; empty if a name is one, or none is near. */
  public static Optional<String> meant(String name) {
    boolean candidate = name.length() <= MAX_LENGTH && Bytes.lowerCase(name).contains("control");
    if (!candidate || KNOWN.stream().anyMatch(known -> Bytes.equalIgnoringCase(known, name))) {
      return Optional.empty();
    }
    return KNOWN.stream()
        .filter(known -> isNear(known, name))
        .min(Comparator.comparing(known -> distance(known, name)));
  }

  /** The name that was meant where a response has only a part of it, as {@code Allow-Origin}. */
  public static Optional<String> meantByPart(String name) {
    Matcher words = SHORTENED.matcher(name);
    boolean known = KNOWN.stream().anyMatch(each -> Bytes.equalIgnoringCase(each, name));
    return !known
            && words.matches()
            && (words.group(1) != null || Bytes.lowerCase(name).contains("access-"))
        ? Optional.of(
            "Access-Control-Allow-"
                + words.group(2).substring(0, 1).toUpperCase(Locale.ROOT)
                + Bytes.lowerCase(words.group(2).substring(1)))
        : Optional.empty();
  }

  /**
   * Whether a name is made of the words of CORS headers alone, in whatever order, as {@code
   * Allow-Access-Control-Origin}. Only a server sends what was meant.
   */
  public static boolean isOfTheseWords(String name) {
    List<String> words =
        BETWEEN_WORDS
            .splitAsStream(Bytes.lowerCase(name))
            .filter(word -> !word.equals("x"))
            .toList();
    return name.length() <= MAX_LENGTH
        && words.size() > 1
        && words.stream().allMatch(word -> isLike(word, FIRST_WORDS) || isLike(word, LAST_WORDS))
        && words.stream().anyMatch(word -> isLike(word, FIRST_WORDS));
  }

  private static boolean isLike(String word, List<String> known) {
    return known.stream().anyMatch(each -> Typo.distance(each, word) <= MAX_TYPO_OF_WORD);
  }

  /**
   * A header of a response that is misspelled.
   *
   * @param written as the response has it
   * @param meant as browsers know it
   */
  public record Misspelled(String written, String meant) {}

  /** Those of a response that lack a part of the name, where it does not have the right one. */
  public static List<Misspelled> shortened(Headers headers) {
    return headers.fields().stream()
        .map(Headers.Field::name)
        .distinct()
        .flatMap(name -> meantByPart(name).map(meant -> new Misspelled(name, meant)).stream())
        .filter(found -> !headers.has(found.meant()))
        .toList();
  }

  /** Those of a response that does not have the right name as well. */
  public static List<Misspelled> misspelled(Headers headers) {
    return headers.fields().stream()
        .map(Headers.Field::name)
        .distinct()
        .flatMap(name -> meant(name).map(meant -> new Misspelled(name, meant)).stream())
        .filter(found -> !headers.has(found.meant))
        .toList();
  }

  /**
   * The name of a CORS header that is in a line without a colon, which browsers pass over.
   *
   * @param head of a response, as it was received
   */
  public static Optional<String> withoutColon(String head) {
    return head.lines()
        .map(String::strip)
        .filter(line -> KNOWN.stream().anyMatch(known -> Bytes.equalIgnoringCase(known, line)))
        .findFirst();
  }

  /**
   * The name of a CORS header with white space in front of it, which makes the line a part of the
   * one before.
   *
   * @param head of a response, as it was received
   */
  public static Optional<String> folded(String head) {
    return head.lines()
        .filter(line -> line.startsWith(" ") || line.startsWith("\t"))
        .map(line -> line.split(":", 2)[0].strip())
        .filter(name -> KNOWN.stream().anyMatch(known -> Bytes.equalIgnoringCase(known, name)))
        .findFirst();
  }

  /** Whether only white space in front of the colon is wrong with it. */
  public static boolean isFollowedBySpace(String name) {
    return !name.equals(name.stripTrailing())
        && KNOWN.stream().anyMatch(known -> Bytes.equalIgnoringCase(known, name.stripTrailing()));
  }

  private static boolean isNear(String known, String written) {
    return distance(known, written) <= MAX_TYPO
        || !known.startsWith("Access-Control-Request-")
            && Typo.distance(rest(known), rest(written)) <= MAX_TYPO_OF_REST;
  }

  private static int distance(String known, String written) {
    return Typo.distance(Bytes.lowerCase(known), Bytes.lowerCase(written));
  }

  private static String rest(String name) {
    return ALLOW.matcher(Bytes.lowerCase(name)).replaceFirst("");
  }
}
