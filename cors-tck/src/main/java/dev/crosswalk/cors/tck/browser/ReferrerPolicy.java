package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.url.Bytes;
import java.util.Optional;

/** {@code https://w3c.github.io/webappsec-referrer-policy/#referrer-policies}. */
public enum ReferrerPolicy {
  /** {@code no-referrer}. */
  NO_REFERRER,
  /** {@code no-referrer-when-downgrade}. */
  NO_REFERRER_WHEN_DOWNGRADE,
  /** {@code same-origin}. */
  SAME_ORIGIN,
  /** {@code origin}. */
  ORIGIN,
  /** {@code strict-origin}. */
  STRICT_ORIGIN,
  /** {@code origin-when-cross-origin}. */
  ORIGIN_WHEN_CROSS_ORIGIN,
  /** {@code strict-origin-when-cross-origin}, the default. */
  STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
  /** {@code unsafe-url}. */
  UNSAFE_URL;

  static Optional<ReferrerPolicy> of(String token) {
    for (ReferrerPolicy policy : values()) {
      if (Bytes.lowerCase(policy.name()).replace('_', '-').equals(token)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }
}
