package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.CorsDecision.Respond;
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

  private final @Nullable Proceed[] shared = new Proceed[SIZE];
  private final @Nullable Respond[] preflights = new Respond[SIZE];
  // No decisions, because those are the same for all: to keep one of them would make an object.
  private final @Nullable String[] notAllowed = new String[SIZE];

  /** Returns the decision to share with an origin, or null if it is not known. */
  @Nullable Proceed shared(String origin) {
    Proceed decision = shared[slot(origin)];
    return decision != null && origin.equals(decision.allowOrigin()) ? decision : null;
  }

  /** Returns the last answer to a preflight from an allowed origin, or null if it is not known. */
  @Nullable Respond preflight(String origin) {
    Respond decision = preflights[slot(origin)];
    return decision != null && origin.equals(decision.allowOrigin()) ? decision : null;
  }

  /** Whether an origin is known to be well-formed and not allowed. */
  boolean isNotAllowed(String origin) {
    return origin.equals(notAllowed[slot(origin)]);
  }

  Proceed keep(String origin, Proceed decision) {
    shared[slot(origin)] = decision;
    return decision;
  }

  Respond keep(String origin, Respond decision) {
    preflights[slot(origin)] = decision;
    return decision;
  }

  Outcome keepNotAllowed(String origin) {
    notAllowed[slot(origin)] = origin;
    return Outcome.ORIGIN_NOT_ALLOWED;
  }

  private static int slot(String origin) {
    if (origin.length() > Origin.MAX_LENGTH) {
      return 0; // Not hashed: it is no origin, and none that is kept equals it.
    }
    int hash = origin.hashCode();
    return (hash ^ hash >>> 16) & SIZE - 1;
  }
}
