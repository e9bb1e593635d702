package dev.crosswalk.cors.internal.origin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The origins that a policy grants: those that it lists, those that a pattern matches. This is the
 * only cache of origins. It keeps recent decisions, because to parse an origin and to match the
 * patterns takes longer than everything else, and a page sends many requests in a row.
 *
 * <p>A look-up is a {@link Fingerprint} and one comparison, for 1 origin or 100 000, for short
 * hosts or for 253 characters. It makes no object. If listed origins have the same fingerprint,
 * perhaps many because somebody chose them that way, it is a binary search.
 *
 * <p>The cache has a fixed size, whatever clients send: a new origin replaces another one. It has
 * no lock: what it keeps is immutable, and what a race loses is decided again.
 *
 * <p>A decision is made when it is first asked for, and not here: the policy, which it refers to,
 * is not yet complete.
 *
 * @param <D> what is decided about an origin
 */
public final class GrantedOrigins<D> {

  /** The number of recent origins that are kept; a power of two. */
  private static final int RECENT = 64;

  private final Function<String, D> grant;
  private final Function<D, @Nullable String> originOf;

  // Ordered by place, which the fingerprint gives, and within a place alphabetically.
  private final String[] listed;

  /** What is decided about each of them; null until somebody asks. */
  private final @Nullable Object[] granted;

  private final Fingerprint ofListed;

  /** Where the origins of each place begin. They end where those of the next place begin. */
  private final int[] places;

  private final OriginPatterns patterns;
  private final Fingerprint ofRecent;

  /**
   * Decisions about origins that are granted, and origins that are refused, which share one
   * decision.
   */
  private final @Nullable Object[] recent = new Object[RECENT];

  /**
   * Makes a table of the granted origins.
   *
   * @param patterns the origins and patterns
   * @param grant makes what is decided about an origin that is granted
   * @param originOf returns the origin of such a decision
   */
  public GrantedOrigins(
      List<OriginPattern> patterns,
      Function<String, D> grant,
      Function<D, @Nullable String> originOf) {
    this.grant = grant;
    this.originOf = originOf;
    Set<String> exact = new LinkedHashSet<>();
    List<OriginPattern> wild = new ArrayList<>();
    for (OriginPattern pattern : patterns) {
      if (pattern.isExact()) {
        exact.add(pattern.toString());
      } else {
        wild.add(pattern);
      }
    }
    this.patterns = new OriginPatterns(wild);
    ofRecent = Fingerprint.tellingWildcards(wild);

    String[] origins = exact.toArray(String[]::new);
    ofListed = Fingerprint.telling(origins);
    places = new int[Math.max(1, 2 * Integer.highestOneBit(origins.length)) + 1];
    for (String origin : origins) {
      places[placeOf(origin) + 1]++;
    }
    for (int i = 1; i < places.length; i++) {
      places[i] += places[i - 1];
    }
    listed = new String[origins.length];
    int[] next = places.clone();
    for (String origin : origins) {
      listed[next[placeOf(origin)]++] = origin;
    }
    for (int i = 1; i < places.length; i++) {
      Arrays.sort(listed, places[i - 1], places[i]);
    }
    granted = new Object[listed.length];
  }

  /**
   * Returns what is decided about an origin.
   *
   * @param refused what is decided about one that is not granted
   * @return the decision; null if the value is not a serialized origin
   */
  public @Nullable D of(String origin, D refused) {
    int place = placeOf(origin);
    int from = places[place];
    int to = places[place + 1];
    if (to - from != 1) {
      from = Math.max(from, Arrays.binarySearch(listed, from, to, origin));
    }
    return from != to && origin.equals(listed[from]) ? listed(from) : ofUnlisted(origin, refused);
  }

  private int placeOf(String origin) {
    return ofListed.of(origin) & places.length - 2;
  }

  private D listed(int index) {
    Object known = granted[index];
    if (known != null) {
      return decision(known);
    }
    D decision = grant.apply(listed[index]);
    granted[index] = decision;
    return decision;
  }

  private @Nullable D ofUnlisted(String origin, D refused) {
    int slot = ofRecent.of(origin) & RECENT - 1;
    D known = recent(slot, origin, refused);
    if (known == null) {
      known = recent(slot ^ 1, origin, refused);
    }
    if (known != null) {
      return known;
    }
    if (!Origin.isSerialized(origin)) {
      return null;
    }
    // The previous one moves to the neighboring place, so that two origins do not evict each other.
    recent[slot ^ 1] = recent[slot];
    if (patterns.denote(origin)) {
      D decision = grant.apply(origin);
      recent[slot] = decision;
      return decision;
    }
    recent[slot] = origin;
    return refused;
  }

  private @Nullable D recent(int slot, String origin, D refused) {
    Object known = recent[slot];
    if (known == null) {
      return null;
    }
    if (known instanceof String) {
      return origin.equals(known) ? refused : null;
    }
    D decision = decision(known);
    return origin.equals(originOf.apply(decision)) ? decision : null;
  }

  @SuppressWarnings("unchecked") // Only results of grant are kept.
  private D decision(Object decision) {
    return (D) decision;
  }
}
