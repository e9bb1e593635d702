package dev.crosswalk.cors.internal.origin;

import dev.crosswalk.cors.internal.origin.OriginPattern.Leftmost;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of a policy that are not exact origins, in hash tables. Matching reads an origin's
 * host from right to left. It looks up one pattern at each dot, and one at each hyphen of the
 * leftmost label: the number of patterns makes no difference. It makes no object.
 *
 * <p>Inside the leftmost label it first looks up the prefixes that patterns have, then the
 * suffixes, and then each prefix that was found with each suffix. There is rarely more than one of
 * each, because {@code app-*} covers {@code app-x-*}. A policy that lists both kinds many times
 * makes it slower, but no more than the square of the hyphens in one label.
 */
public final class OriginPatterns {

  private static final String ANY_PORT = ":*";

  /**
   * Differs between processes, so that nobody can choose names whose hashes collide. It has 64
   * bits, because with fewer there are texts of 253 characters that collide with any multiplier.
   */
  private static final long MULTIPLIER = ThreadLocalRandom.current().nextLong() | 1;

  private static final long ANY_PORT_HASH = forward(ANY_PORT, 0, ANY_PORT.length());

  private final @Nullable OriginPattern[] table;

  /** For patterns inside a label: one pattern for each prefix, and one for each suffix. */
  private final @Nullable OriginPattern[] prefixes;

  private final @Nullable OriginPattern[] suffixes;
  private final boolean empty;
  private final boolean hasLabels;
  private final boolean hasAnyPorts;

  public OriginPatterns(List<OriginPattern> patterns) {
    empty = patterns.isEmpty();
    hasLabels = patterns.stream().anyMatch(pattern -> pattern.leftmost() == Leftmost.LABEL);
    hasAnyPorts = patterns.stream().anyMatch(OriginPattern::anyPort);
    table = table(patterns.size());
    prefixes = table(hasLabels ? patterns.size() : 0);
    suffixes = table(hasLabels ? patterns.size() : 0);
    for (OriginPattern pattern : patterns) {
      long key = backward(pattern.host(), 0, pattern.host().length());
      if (pattern.leftmost() == Leftmost.LABEL) {
        long prefix = mix(key, forward(pattern.prefix(), 0, pattern.prefix().length()));
        long suffix = backward(pattern.suffix(), 0, pattern.suffix().length());
        put(prefixes, prefix, pattern, OriginPattern::prefix);
        put(suffixes, mix(key, suffix), pattern, OriginPattern::suffix);
        key = mix(prefix, suffix);
      }
      String port = pattern.anyPort() ? ANY_PORT : pattern.port();
      put(table, mix(key, forward(port, 0, port.length())), pattern, Function.identity());
    }
  }

  /** Whether the value is a serialized origin and one of the patterns denotes it. */
  public boolean match(String origin) {
    return Origin.isSerialized(origin) && denote(origin);
  }

  /** Whether one of the patterns denotes a serialized origin. */
  public boolean denote(String origin) {
    if (empty) {
      return false;
    }
    int schemeEnd = Origin.schemeEnd(origin);
    int hostEnd = Origin.hostEnd(origin, schemeEnd + "://".length());
    return find(origin, schemeEnd, hostEnd, null) != null;
  }

  /** Returns a pattern that matches every origin that another one matches, and more; or null. */
  public @Nullable OriginPattern wider(OriginPattern pattern) {
    if (pattern.isNull()) {
      return null;
    }
    // No pattern contains a ?, so that it takes a wildcard to match it.
    String left =
        switch (pattern.leftmost()) {
          case NOTHING -> "";
          case SUBDOMAINS -> "?.";
          case LABEL -> pattern.prefix() + "?" + pattern.suffix() + ".";
          case HOST -> "?";
        };
    String scheme = pattern.scheme();
    String withoutPort = scheme + "://" + left + pattern.host();
    String port = pattern.anyPort() ? ANY_PORT : pattern.port();
    return find(withoutPort + port, scheme.length(), withoutPort.length(), pattern);
  }

  private @Nullable OriginPattern find(
      String origin, int schemeEnd, int hostEnd, @Nullable OriginPattern except) {
    int host = schemeEnd + "://".length();
    int firstDot = origin.indexOf('.', host);
    long port = forward(origin, hostEnd, origin.length());
    if (firstDot == -1 && origin.charAt(host) != '[') {
      OriginPattern found = find(origin, schemeEnd, hostEnd, hostEnd, 0, port, except);
      if (found != null) {
        return found;
      }
    }
    long rest = 0;
    for (int i = hostEnd - 1; i >= host; i--) {
      char c = origin.charAt(i);
      if (c == '.') {
        OriginPattern found = find(origin, schemeEnd, hostEnd, i + 1, rest, port, except);
        if (found == null && hasLabels && i == firstDot) {
          found = findLabel(origin, schemeEnd, hostEnd, i, rest, port, except);
        }
        if (found != null) {
          return found;
        }
      }
      rest = MULTIPLIER * rest + c;
    }
    return find(origin, schemeEnd, hostEnd, host, rest, port, except);
  }

  /** Looks up which prefixes and suffixes of the leftmost label patterns have, then the pairs. */
  private @Nullable OriginPattern findLabel(
      String origin,
      int schemeEnd,
      int hostEnd,
      int dot,
      long rest,
      long port,
      @Nullable OriginPattern except) {
    int host = schemeEnd + "://".length();
    // Bits, because a label has at most 63 characters: where a known prefix ends.
    long ends = 0;
    long prefix = 0;
    for (int i = host; i != dot; i++) {
      if ((i == host || origin.charAt(i - 1) == '-')
          && has(
              prefixes,
              OriginPattern::prefix,
              mix(rest, prefix),
              origin,
              host,
              i,
              dot + 1,
              hostEnd)) {
        ends |= 1L << i - host;
      }
      prefix = MULTIPLIER * prefix + origin.charAt(i);
    }
    // And where a known suffix begins.
    long starts = 0;
    long suffix = 0;
    for (int j = dot; j != host; j--) {
      suffix = j == dot ? 0 : MULTIPLIER * suffix + origin.charAt(j);
      if ((j == dot || origin.charAt(j) == '-')
          && has(
              suffixes,
              OriginPattern::suffix,
              mix(rest, suffix),
              origin,
              j,
              dot,
              dot + 1,
              hostEnd)) {
        starts |= 1L << j - host;
      }
    }
    for (long left = ends; left != 0; left &= left - 1) {
      int end = Long.numberOfTrailingZeros(left);
      for (long right = starts; right != 0; right &= right - 1) {
        int start = Long.numberOfTrailingZeros(right);
        long prefixHash = forward(origin, host, host + end);
        long key = mix(mix(rest, prefixHash), backward(origin, host + start, dot));
        OriginPattern found = find(origin, schemeEnd, hostEnd, dot + 1, key, port, except);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private @Nullable OriginPattern find(
      String origin,
      int schemeEnd,
      int hostEnd,
      int rest,
      long key,
      long port,
      @Nullable OriginPattern except) {
    OriginPattern found = probe(origin, schemeEnd, hostEnd, rest, mix(key, port), except);
    return found == null && hasAnyPorts
        ? probe(origin, schemeEnd, hostEnd, rest, mix(key, ANY_PORT_HASH), except)
        : found;
  }

  private @Nullable OriginPattern probe(
      String origin,
      int schemeEnd,
      int hostEnd,
      int rest,
      long hash,
      @Nullable OriginPattern except) {
    int slot = slot(hash, table);
    for (OriginPattern pattern = table[slot]; pattern != null; pattern = table[slot]) {
      if (denotes(pattern, origin, schemeEnd, hostEnd, rest) && !pattern.equals(except)) {
        return pattern;
      }
      slot = next(slot, table);
    }
    return null;
  }

  /**
   * Whether the pattern's host equals the origin's from {@code rest} on, and all other parts match,
   * too.
   */
  private static boolean denotes(
      OriginPattern pattern, String origin, int schemeEnd, int hostEnd, int rest) {
    return isHost(pattern, origin, rest, hostEnd)
        && pattern.scheme().length() == schemeEnd
        && origin.startsWith(pattern.scheme())
        && (pattern.anyPort() || isPort(origin, hostEnd, pattern.port()))
        && isLeftmost(origin, schemeEnd + "://".length(), rest, hostEnd, pattern);
  }

  private static boolean isHost(OriginPattern pattern, String origin, int from, int to) {
    return pattern.host().length() == to - from && origin.startsWith(pattern.host(), from);
  }

  private static boolean isPort(String origin, int hostEnd, String port) {
    return origin.length() - hostEnd == port.length() && origin.endsWith(port);
  }

  private static boolean isLeftmost(
      String origin, int host, int rest, int hostEnd, OriginPattern pattern) {
    if (rest == host) {
      return pattern.leftmost() == Leftmost.NOTHING;
    }
    if (pattern.leftmost() != Leftmost.LABEL) {
      // A host of one label has no dot in front of the rest, which is empty.
      return pattern.leftmost() == (rest == hostEnd ? Leftmost.HOST : Leftmost.SUBDOMAINS);
    }
    int dot = rest - 1;
    return origin.indexOf('.', host) == dot
        && dot - host > pattern.prefix().length() + pattern.suffix().length()
        && origin.startsWith(pattern.prefix(), host)
        && origin.startsWith(pattern.suffix(), dot - pattern.suffix().length());
  }

  /** Whether some pattern with the rest of a host has a text as its prefix, or as its suffix. */
  private static boolean has(
      @Nullable OriginPattern[] some,
      Function<OriginPattern, String> part,
      long hash,
      String origin,
      int from,
      int to,
      int rest,
      int hostEnd) {
    int slot = slot(hash, some);
    for (OriginPattern pattern = some[slot]; pattern != null; pattern = some[slot]) {
      String text = part.apply(pattern);
      if (text.length() == to - from
          && origin.startsWith(text, from)
          && isHost(pattern, origin, rest, hostEnd)) {
        return true;
      }
      slot = next(slot, some);
    }
    return false;
  }

  private static @Nullable OriginPattern[] table(int patterns) {
    // At most half of it is full, so that a search meets an empty place soon.
    return new OriginPattern[Math.max(4, Integer.highestOneBit(patterns) * 4)];
  }

  /** Puts a pattern into a table, if it has none like it. */
  private static void put(
      @Nullable OriginPattern[] some,
      long hash,
      OriginPattern added,
      Function<OriginPattern, ?> key) {
    int slot = slot(hash, some);
    for (OriginPattern pattern = some[slot]; pattern != null; pattern = some[slot]) {
      if (pattern.host().equals(added.host()) && key.apply(pattern).equals(key.apply(added))) {
        return;
      }
      slot = next(slot, some);
    }
    some[slot] = added;
  }

  private static int slot(long hash, @Nullable OriginPattern[] some) {
    return (int) (hash * 0x9E3779B97F4A7C15L >>> 32) & some.length - 1;
  }

  private static int next(int slot, @Nullable OriginPattern[] some) {
    return slot + 1 & some.length - 1;
  }

  private static long mix(long one, long other) {
    return (Long.rotateLeft(one, 29) ^ other) * MULTIPLIER;
  }

  private static long forward(String value, int from, int to) {
    long hash = 0;
    for (int i = from; i < to; i++) {
      hash = MULTIPLIER * hash + value.charAt(i);
    }
    return hash;
  }

  private static long backward(String value, int from, int to) {
    long hash = 0;
    for (int i = to - 1; i >= from; i--) {
      hash = MULTIPLIER * hash + value.charAt(i);
    }
    return hash;
  }
}
