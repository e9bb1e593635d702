package dev.crosswalk.cors.internal.origin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What origins a policy grants: any, those it lists, those that a pattern denotes. Keeps what was
 * decided recently, and is the only cache of origins: reading an origin by the grammar and asking
 * the patterns takes longer than all the rest, and a page sends many requests in a row.
 *
 * <p>The cache has a fixed size, whatever clients send: an origin takes the place of another one.
 * It has no lock: what it keeps is immutable, and what a race loses is decided once more.
 *
 * @param <D> what is decided about an origin
 */
public final class GrantedOrigins<D> {

  private static final int SIZE = 64;

  private final @Nullable D any;
  private final Function<String, D> grant;
  private final Function<D, @Nullable String> originOf;
  private final D refused;
  private final Map<String, D> exact;
  private final int longestExact;
  private final OriginPatterns patterns;

  /** What was decided, where it is granted; and refused origins, whose decision is one. */
  private final @Nullable Object[] recent = new Object[SIZE];

  /**
   * Makes a table of what is granted.
   *
   * @param patterns the origins and patterns
   * @param verbatim further values that are granted as they stand, though no origin
   * @param any what is decided about every origin; null if that depends on the origin
   * @param grant makes what is decided about an origin that is granted
   * @param originOf returns the origin of what that has made
   * @param refused what is decided about every other serialized origin
   */
  public GrantedOrigins(
      List<OriginPattern> patterns,
      List<String> verbatim,
      @Nullable D any,
      Function<String, D> grant,
      Function<D, @Nullable String> originOf,
      D refused) {
    this.any = any;
    this.grant = grant;
    this.originOf = originOf;
    this.refused = refused;
    exact = new HashMap<>(patterns.size() * 2);
    List<OriginPattern> wild = new ArrayList<>();
    int longest = 0;
    for (OriginPattern pattern : patterns) {
      if (pattern.isExact()) {
        String origin = pattern.toString();
        exact.put(origin, grant.apply(origin));
        longest = Math.max(longest, origin.length());
      } else {
        wild.add(pattern);
      }
    }
    for (String value : verbatim) {
      exact.put(value, grant.apply(value));
      longest = Math.max(longest, value.length());
    }
    longestExact = longest;
    this.patterns = new OriginPatterns(wild);
  }

  /** Returns what is decided about an origin; null if the value is not a serialized origin. */
  public @Nullable D of(String origin) {
    if (any != null) {
      return any;
    }
    // Not hashed if it is longer than anything it could equal.
    D listed = origin.length() <= longestExact ? exact.get(origin) : null;
    if (listed != null) {
      return listed;
    }
    if (origin.length() > Origin.MAX_LENGTH) {
      return null;
    }
    int hash = origin.hashCode();
    int slot = (hash ^ hash >>> 16) & SIZE - 1;
    Object known = recent[slot];
    if (known instanceof String) {
      if (origin.equals(known)) {
        return refused;
      }
    } else if (known != null) {
      @SuppressWarnings("unchecked") // Nothing else is kept.
      D decision = (D) known;
      if (origin.equals(originOf.apply(decision))) {
        return decision;
      }
    }
    if (!Origin.isSerialized(origin)) {
      return null;
    }
    if (patterns.denote(origin)) {
      D decision = grant.apply(origin);
      recent[slot] = decision;
      return decision;
    }
    recent[slot] = origin;
    return refused;
  }
}
