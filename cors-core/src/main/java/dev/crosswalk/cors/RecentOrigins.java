package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.CorsDecision.Respond;
import dev.crosswalk.cors.internal.origin.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What a policy has decided, not long ago, about origins that it does not list as they stand. To
 * read such an origin by the grammar and to ask the patterns takes longer than all the rest, and a
 * page sends many requests in a row.
 *
 * <p>Its size is fixed, whatever clients send: an origin takes the place of another one. It has no
 * lock: what it keeps is immutable, and what a race loses is decided once more.
 */
final class RecentOrigins {

  private static final int SIZE = 64;

  /**
   * Decisions to share with an origin, and the other origins themselves: about those the decision
   * is always the same, and one for each would make an object of whatever clients send.
   */
  private final @Nullable Object[] decided = new Object[SIZE];

  private final @Nullable Respond[] preflights = new Respond[SIZE];

  private final Proceed notAllowed;

  /**
   * @param notAllowed the decision about every origin that is well-formed and not allowed
   */
  RecentOrigins(Proceed notAllowed) {
    this.notAllowed = notAllowed;
  }

  /** Returns the decision about an actual request from an origin, or null if it is not known. */
  @Nullable Proceed actual(String origin) {
    Object known = decided[slot(origin)];
    if (known instanceof Proceed shared) {
      return origin.equals(shared.allowOrigin()) ? shared : null;
    }
    return origin.equals(known) ? notAllowed : null;
  }

  /** Returns the last answer to a preflight from an allowed origin, or null if it is not known. */
  @Nullable Respond preflight(String origin) {
    Respond decision = preflights[slot(origin)];
    return decision != null && origin.equals(decision.allowOrigin()) ? decision : null;
  }

  Proceed keep(String origin, Proceed shared) {
    decided[slot(origin)] = shared;
    return shared;
  }

  Outcome keepNotAllowed(String origin) {
    decided[slot(origin)] = origin;
    return notAllowed.outcome();
  }

  Respond keep(String origin, Respond decision) {
    preflights[slot(origin)] = decision;
    return decision;
  }

  private static int slot(String origin) {
    if (origin.length() > Origin.MAX_LENGTH) {
      return 0; // Not hashed: it is no origin, and none that is kept equals it.
    }
    int hash = origin.hashCode();
    return (hash ^ hash >>> 16) & SIZE - 1;
  }
}
