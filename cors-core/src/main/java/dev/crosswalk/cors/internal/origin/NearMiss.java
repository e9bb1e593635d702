package dev.crosswalk.cors.internal.origin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a policy that is most similar to one that it does not allow, and the difference.
 *
 * @param allowed the policy's origin or pattern
 * @param difference how the refused origin differs from the allowed one
 */
public record NearMiss(String allowed, Difference difference) {

  /** From the most similar to the least similar. */
  public enum Difference {
    SCHEME("the scheme differs"),
    PORT("the port differs"),
    LOOPBACK("two names of one machine are two origins"),
    SCHEME_AND_PORT("the scheme and the port differ"),
    WWW("www. makes it a different origin"),
    APEX("a wildcard covers what is below a domain, not the domain itself"),
    SUBDOMAIN("a subdomain is a different origin"),
    PARENT("the parent domain is a different origin"),
    LOOK_ALIKE_CHARACTER("one character differs"),
    LOOK_ALIKE_PREFIX("it only begins with that name"),
    LOOK_ALIKE_SUFFIX("it only ends with that name");

    private final String clause;

    Difference(String clause) {
      this.clause = clause;
    }

    /** Returns the difference in words, for the end of a sentence. */
    public String clause() {
      return clause;
    }

    /** Whether this is probably an attempt to imitate the allowed origin. */
    public boolean isLookAlike() {
      return compareTo(LOOK_ALIKE_CHARACTER) >= 0;
    }
  }

  /**
   * Only this many origins of a policy are compared, the first ones. Anyone can send an origin that
   * is refused, and an explanation should take less than a millisecond.
   */
  public static final int MAX_COMPARED = 10_000;

  /** Shorter hosts are similar by chance. */
  private static final int SHORTEST_LOOK_ALIKE = 4;

  /**
   * Returns the most similar one.
   *
   * @param origin a serialized origin that the policy does not allow
   * @param allowed the policy's origins and patterns
   */
  public static @Nullable NearMiss of(String origin, List<String> allowed) {
    Parts asked = Parts.of(origin);
    if (asked == null) {
      return null;
    }
    boolean loopback = IpAddress.isLoopback(asked.host());
    NearMiss nearest = null;
    for (String candidate : allowed.subList(0, Math.min(allowed.size(), MAX_COMPARED))) {
      Parts other = Parts.of(candidate);
      Difference difference = other == null ? null : difference(asked, loopback, other);
      if (difference != null && (nearest == null || difference.compareTo(nearest.difference) < 0)) {
        nearest = new NearMiss(candidate, difference);
      }
    }
    return nearest;
  }

  /**
   * Where the parts of an origin are in its text. Comparing parts in place takes a tenth of the
   * time that it takes to cut them out, for every origin of a policy.
   */
  private record Parts(String text, int hostFrom, int hostTo) {

    static @Nullable Parts of(String text) {
      int schemeEnd = text.indexOf("://");
      int host = schemeEnd + "://".length();
      return schemeEnd == -1 ? null : new Parts(text, host, Origin.hostEnd(text, host));
    }

    String host() {
      return text.substring(hostFrom, hostTo);
    }

    int hostLength() {
      return hostTo - hostFrom;
    }

    boolean isSameScheme(Parts other) {
      return hostFrom == other.hostFrom && text.regionMatches(0, other.text, 0, hostFrom);
    }

    /** Whether these are the same ports, or the other one is any. */
    boolean isPortOf(Parts other) {
      return other.text.endsWith(":*")
          || text.length() - hostTo == other.text.length() - other.hostTo
              && text.regionMatches(hostTo, other.text, other.hostTo, text.length() - hostTo);
    }

    /**
     * Whether the host has that of another in it from an index on, without so many of its first.
     */
    boolean hasHost(int from, Parts other, int without) {
      return text.regionMatches(
          hostFrom + from, other.text, other.hostFrom + without, other.hostLength() - without);
    }

    boolean isHost(Parts other) {
      return hostLength() == other.hostLength() && hasHost(0, other, 0);
    }

    /** Whether the host ends with that of another, without so many of its first. */
    boolean endsWithHost(Parts other, int without) {
      return hasHost(hostLength() - other.hostLength() + without, other, without);
    }

    /** Whether the host is a text and then the host of another. */
    boolean isHostBehind(String prefix, Parts other) {
      return hostLength() == prefix.length() + other.hostLength()
          && text.startsWith(prefix, hostFrom)
          && hasHost(prefix.length(), other, 0);
    }

    boolean isBelow(Parts other) {
      return hostLength() > other.hostLength()
          && text.charAt(hostTo - other.hostLength() - 1) == '.'
          && endsWithHost(other, 0);
    }

    boolean hasDot() {
      int dot = text.indexOf('.', hostFrom);
      return dot != -1 && dot < hostTo;
    }

    /** Returns where the wildcard is, counted from the host's first character; -1 if none is. */
    int star() {
      int star = text.indexOf('*', hostFrom);
      return star != -1 && star < hostTo ? star - hostFrom : -1;
    }

    /** Whether a pattern's host denotes this one, whose wildcard is at an index. */
    boolean isDenotedBy(Parts pattern, int star) {
      int covered = hostLength() - pattern.hostLength() + 1;
      if (covered < 1
          || !text.regionMatches(hostFrom, pattern.text, pattern.hostFrom, star)
          || !endsWithHost(pattern, star + 1)) {
        return false;
      }
      int dot = text.indexOf('.', hostFrom + star);
      boolean subdomains = pattern.text.startsWith("*.", pattern.hostFrom);
      return subdomains || dot == -1 || dot >= hostFrom + star + covered;
    }
  }

  private static @Nullable Difference difference(Parts asked, boolean loopback, Parts allowed) {
    int star = allowed.star();
    boolean sameHost = star == -1 ? asked.isHost(allowed) : asked.isDenotedBy(allowed, star);
    boolean sameScheme = asked.isSameScheme(allowed);
    boolean samePort = asked.isPortOf(allowed);
    if (sameHost) {
      return sameScheme
          ? Difference.PORT
          : samePort ? Difference.SCHEME : Difference.SCHEME_AND_PORT;
    }
    boolean otherwiseSame = sameScheme && samePort;
    if (loopback && IpAddress.isLoopback(allowed.host())) {
      return otherwiseSame ? Difference.LOOPBACK : null;
    }
    if (star == -1
        && otherwiseSame
        && (asked.isHostBehind("www.", allowed) || allowed.isHostBehind("www.", asked))) {
      return Difference.WWW;
    }
    if (allowed.text.startsWith("*.", allowed.hostFrom)) {
      return otherwiseSame && allowed.isHostBehind("*.", asked)
          ? Difference.APEX
          : lookAlike(asked, new Parts(allowed.text, allowed.hostFrom + 2, allowed.hostTo));
    }
    if (star != -1) {
      return null;
    }
    boolean below = otherwiseSame && asked.isBelow(allowed);
    boolean above = otherwiseSame && allowed.isBelow(asked) && asked.hasDot();
    if ((below || above) && !IpAddress.endsInNumber(asked.host())) {
      return below ? Difference.SUBDOMAIN : Difference.PARENT;
    }
    return lookAlike(asked, allowed);
  }

  private static @Nullable Difference lookAlike(Parts asked, Parts allowed) {
    if (allowed.hostLength() < SHORTEST_LOOK_ALIKE
        || !asked.hasDot()
        || !allowed.hasDot()
        || asked.isBelow(allowed)) {
      return null;
    }
    if (Math.abs(asked.hostLength() - allowed.hostLength()) <= 1
        && differsByOne(asked.host(), allowed.host())) {
      return Difference.LOOK_ALIKE_CHARACTER;
    }
    if (asked.hostLength() <= allowed.hostLength()) {
      return null;
    }
    if (asked.hasHost(0, allowed, 0)) {
      return Difference.LOOK_ALIKE_PREFIX;
    }
    return asked.endsWithHost(allowed, 0) ? Difference.LOOK_ALIKE_SUFFIX : null;
  }

  /** Whether the texts differ by one character that was inserted, left out or replaced. */
  public static boolean differsByOne(String a, String b) {
    String longer = a.length() >= b.length() ? a : b;
    String shorter = a.length() >= b.length() ? b : a;
    int same = 0;
    while (same < shorter.length() && shorter.charAt(same) == longer.charAt(same)) {
      same++;
    }
    int rest = longer.length() == shorter.length() ? same + 1 : same;
    int left = longer.length() - same - 1;
    return left >= 0
        && shorter.length() - rest == left
        && longer.regionMatches(same + 1, shorter, rest, left);
  }
}
