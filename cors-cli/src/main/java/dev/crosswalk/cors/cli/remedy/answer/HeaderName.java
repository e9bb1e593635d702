package dev.crosswalk.cors.cli.remedy.answer;

import dev.crosswalk.cors.cli.terminal.Typo;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.List;
import java.util.Optional;

/** The name of a CORS header as somebody wrote it, which browsers ignore if it is misspelled. */
public final class HeaderName {

  private static final List<String> KNOWN =
      List.of(
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Private-Network",
          "Access-Control-Expose-Headers",
          "Access-Control-Max-Age",
          "Access-Control-Request-Method",
          "Access-Control-Request-Headers");

  /** Names that differ in more letters are other names. */
  private static final int MAX_TYPO = 4;

  private static final int MAX_LENGTH = 60;

  private HeaderName() {}

  /** The name that was meant; empty if a name is one, or none is near. */
  public static Optional<String> meant(String name) {
    boolean candidate = name.length() <= MAX_LENGTH && Bytes.lowerCase(name).contains("control");
    if (!candidate || KNOWN.stream().anyMatch(known -> Bytes.equalIgnoringCase(known, name))) {
      return Optional.empty();
    }
    return KNOWN.stream().filter(known -> isNear(known, name)).findFirst();
  }

  /** The first header of a response that is misspelled, as it is written there. */
  public static Optional<String> misspelled(Headers headers) {
    return headers.fields().stream()
        .map(Headers.Field::name)
        .filter(name -> meant(name).isPresent())
        .findFirst();
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

  /** Whether only white space in front of the colon is wrong with it. */
  public static boolean isFollowedBySpace(String name) {
    return !name.equals(name.stripTrailing())
        && KNOWN.stream().anyMatch(known -> Bytes.equalIgnoringCase(known, name.stripTrailing()));
  }

  private static boolean isNear(String known, String written) {
    return Typo.distance(Bytes.lowerCase(known), Bytes.lowerCase(written)) <= MAX_TYPO;
  }
}
