package dev.crosswalk.cors.internal.origin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The length of an origin and a few of its characters: a hash that does not read the whole of a
 * long text. The characters are chosen once, from the origins that it has to tell apart.
 *
 * <p>It proves nothing: always compare texts with the same fingerprint. Anyone can make such texts,
 * so the caller must limit the cost when many texts share one.
 */
final class Fingerprint {

  /** More characters than this cost more than the comparisons they save. */
  private static final int MAX_POSITIONS = 12;

  /**
   * The number of texts that choose the positions: more texts would choose the same ones, but take
   * longer.
   */
  private static final int ENOUGH = 1_024;

  /** The index at which the host of most origins begins. */
  private static final int HOST = "https://".length();

  /** From the start of a text, or from its end if negative: -1 is the last character. */
  private final int[] positions;

  private Fingerprint(int... positions) {
    this.positions = positions;
  }

  int of(String text) {
    int length = text.length();
    int hash = length;
    for (int position : positions) {
      // No two characters of an origin differ by 127, so a few characters do not collide.
      hash = 127 * hash + characterAt(text, length, position);
    }
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 15;
  }

  private static int characterAt(String text, int length, int position) {
    int index = position < 0 ? length + position : position;
    return index >= 0 && index < length ? text.charAt(index) : 0;
  }

  /**
   * Returns a fingerprint that tells these origins apart, as far as {@value #MAX_POSITIONS}
   * characters can.
   */
  static Fingerprint telling(String[] origins) {
    Fingerprint fingerprint = new Fingerprint();
    String[] some = everyNth(origins);
    while (fingerprint.positions.length < MAX_POSITIONS) {
      List<String[]> alike = fingerprint.alike(some);
      if (alike.isEmpty() && some.length != origins.length) {
        some = origins;
        alike = fingerprint.alike(some);
      }
      Integer best = best(alike);
      if (best == null) {
        break;
      }
      fingerprint = fingerprint.and(best);
    }
    return fingerprint;
  }

  /** Returns a fingerprint that tells apart the origins that a pattern matches, and most others. */
  static Fingerprint tellingWildcards(List<OriginPattern> patterns) {
    // The first letter of a host, the last one, and the one before most top-level domains.
    Set<Integer> positions = new LinkedHashSet<>(List.of(HOST, -1, -5));
    for (OriginPattern pattern : patterns) {
      int start = pattern.scheme().length() + "://".length() + pattern.prefix().length();
      int behind = pattern.suffix().length() + 1 + pattern.host().length();
      for (int i = 0; i < 2 && positions.size() < MAX_POSITIONS - 1; i++) {
        positions.add(start + i);
        positions.add(-1 - i - (pattern.anyPort() ? 0 : behind + pattern.port().length()));
      }
    }
    return new Fingerprint(positions.stream().mapToInt(Integer::intValue).toArray());
  }

  private static String[] everyNth(String[] origins) {
    String[] some = new String[Math.min(origins.length, ENOUGH)];
    for (int i = 0; i < some.length; i++) {
      some[i] = origins[(int) ((long) i * origins.length / some.length)];
    }
    return some;
  }

  /**
   * Returns groups of origins with the same fingerprint. Not all of them if there are many, and
   * none if they are so few that another character would not pay off.
   */
  private List<String[]> alike(String[] origins) {
    long[] sorted = new long[origins.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = (long) of(origins[i]) << 32 | i;
    }
    Arrays.sort(sorted);
    List<String[]> groups = new ArrayList<>();
    int inGroups = 0;
    for (int from = 0, to; from != sorted.length; from = to) {
      to = from + 1;
      while (to != sorted.length && sorted[from] >> 32 == sorted[to] >> 32) {
        to++;
      }
      if (to != from + 1) {
        inGroups += to - from;
        groups.add(
            Arrays.stream(sorted, from, to)
                .limit(ENOUGH)
                .mapToObj(hash -> origins[(int) hash])
                .toArray(String[]::new));
      }
    }
    boolean areMany = origins.length <= ENOUGH || inGroups > origins.length / 8;
    return areMany ? groups.stream().limit(ENOUGH).toList() : List.of();
  }

  /** Returns the position that divides the groups most; null if none divides any group. */
  private static @Nullable Integer best(List<String[]> groups) {
    int longest = groups.stream().flatMap(Stream::of).mapToInt(String::length).max().orElse(0);
    Integer best = null;
    int most = groups.size();
    BitSet characters = new BitSet();
    for (int position = -longest; position != longest; position++) {
      int parts = 0;
      for (String[] group : groups) {
        characters.clear();
        for (String origin : group) {
          characters.set(characterAt(origin, origin.length(), position));
        }
        parts += characters.cardinality();
      }
      if (parts > most) {
        most = parts;
        best = position;
      }
    }
    return best;
  }

  private Fingerprint and(int position) {
    int[] more = Arrays.copyOf(positions, positions.length + 1);
    more[positions.length] = position;
    return new Fingerprint(more);
  }
}
