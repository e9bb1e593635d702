package dev.crosswalk.cors.cli.terminal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How far a word is from one that was probably meant. */
public final class Typo {

  /** Farther words are other words, and so is one with more than half of its letters changed. */
  private static final int MAX_DISTANCE = 3;

  private Typo() {}

  /** Of some words the one that was probably meant; empty if none is near. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    int most = Math.min(MAX_DISTANCE, lower.length() / 2);
    return known.stream()
        .filter(one -> distance(lower, one.toLowerCase(Locale.ROOT)) <= most)
        .min(Comparator.comparing(one -> distance(lower, one.toLowerCase(Locale.ROOT))));
  }

  /** How many characters have to be changed, added or removed (Levenshtein). */
  public static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
