package dev.crosswalk.cors.cli.remedy;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.List;
import java.util.Optional;

/** A response header of CORS by a name that nobody knows: one letter decides. */
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
    return KNOWN.stream().filter(known -> distance(known, name) <= MAX_TYPO).findFirst();
  }

  /** The first header of a response that is misspelled, as it is written there. */
  public static Optional<String> misspelled(Headers headers) {
    return headers.fields().stream()
        .map(Headers.Field::name)
        .filter(name -> meant(name).isPresent())
        .findFirst();
  }

  /** How many letters have to be added, removed or replaced (Levenshtein). */
  private static int distance(String known, String written) {
    String a = Bytes.lowerCase(known);
    String b = Bytes.lowerCase(written);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
