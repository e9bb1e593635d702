package dev.crosswalk.cors.internal.origin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a policy that comes nearest to one that it does not allow, and what the two differ
 * in.
 *
 * @param allowed the policy's origin or pattern
 * @param difference what the refused origin has that the allowed one has not
 */
public record NearMiss(String allowed, Difference difference) {

  /** From the nearest to the farthest. */
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

    /** Whether it may well be somebody who wants to be taken for the other. */
    public boolean isLookAlike() {
      return compareTo(LOOK_ALIKE_CHARACTER) >= 0;
    }
  }

  /**
   * So many origins of a policy are compared, the first ones. Anybody can send an origin that is
   * refused, and an explanation should cost less than a millisecond.
   */
  public static final int MAX_COMPARED = 10_000;

  /** Shorter hosts are alike by chance. */
  private static final int SHORTEST_LOOK_ALIKE = 4;

  /**
   * Returns the nearest.
   *
   * @param origin a serialized origin that the policy does not allow
   * @param allowed the policy's origins and patterns
   */
  public static @Nullable NearMiss of(String origin, List<String> allowed) {
    NearMiss nearest = null;
    for (String candidate : allowed.subList(0, Math.min(allowed.size(), MAX_COMPARED))) {
      Difference difference = difference(origin, candidate);
      if (difference != null && (nearest == null || difference.compareTo(nearest.difference) < 0)) {
        nearest = new NearMiss(candidate, difference);
      }
    }
    return nearest;
  }

  private static @Nullable Difference difference(String origin, String allowed) {
    int schemeEnd = Origin.schemeEnd(origin);
    int allowedSchemeEnd = Origin.schemeEnd(allowed);
    if (schemeEnd < 0 || allowedSchemeEnd < 0) {
      return null;
    }
    int hostEnd = Origin.hostEnd(origin, schemeEnd + 3);
    int allowedHostEnd = Origin.hostEnd(allowed, allowedSchemeEnd + 3);
    String host = origin.substring(schemeEnd + 3, hostEnd);
    String allowedHost = allowed.substring(allowedSchemeEnd + 3, allowedHostEnd);
    boolean sameScheme =
        schemeEnd == allowedSchemeEnd && origin.regionMatches(0, allowed, 0, schemeEnd);
    boolean samePort =
        allowed.endsWith(":*")
            || origin.substring(hostEnd).equals(allowed.substring(allowedHostEnd));
    if (isSameHost(host, allowedHost)) {
      return sameScheme
          ? Difference.PORT
          : samePort ? Difference.SCHEME : Difference.SCHEME_AND_PORT;
    }
    if (IpAddress.isLoopback(host) && IpAddress.isLoopback(allowedHost)) {
      return sameScheme && samePort ? Difference.LOOPBACK : null;
    }
    boolean otherwiseSame = sameScheme && samePort;
    if (otherwiseSame && (host.equals("www." + allowedHost) || allowedHost.equals("www." + host))) {
      return Difference.WWW;
    }
    if (allowedHost.startsWith("*.")) {
      return otherwiseSame
              && allowedHost.endsWith("." + host)
              && allowedHost.length() == host.length() + 2
          ? Difference.APEX
          : lookAlike(host, allowedHost.substring(2));
    }
    if (otherwiseSame && allowedHost.indexOf('*') < 0 && !IpAddress.endsInNumber(host)) {
      if (host.endsWith("." + allowedHost)) {
        return Difference.SUBDOMAIN;
      }
      if (allowedHost.endsWith("." + host) && host.indexOf('.') > 0) {
        return Difference.PARENT;
      }
    }
    return lookAlike(host, allowedHost);
  }

  private static boolean isSameHost(String host, String allowed) {
    int star = allowed.indexOf('*');
    if (star < 0) {
      return host.equals(allowed);
    }
    OriginPattern pattern = new OriginPatternParser("https://" + allowed + ":*").parse();
    return pattern != null && new OriginPatterns(List.of(pattern)).match("https://" + host);
  }

  private static @Nullable Difference lookAlike(String host, String allowed) {
    if (allowed.length() < SHORTEST_LOOK_ALIKE
        || allowed.indexOf('*') >= 0
        || host.indexOf('.') < 0
        || allowed.indexOf('.') < 0
        || host.endsWith("." + allowed)) {
      return null;
    }
    if (differsByOne(host, allowed)) {
      return Difference.LOOK_ALIKE_CHARACTER;
    }
    if (host.startsWith(allowed)) {
      return Difference.LOOK_ALIKE_PREFIX;
    }
    return host.endsWith(allowed) ? Difference.LOOK_ALIKE_SUFFIX : null;
  }

  /** Whether one inserted, left out, or exchanged character makes one text of the other. */
  public static boolean differsByOne(String a, String b) {
    String longer = a.length() >= b.length() ? a : b;
    String shorter = a.length() >= b.length() ? b : a;
    if (longer.length() - shorter.length() > 1) {
      return false;
    }
    int same = 0;
    while (same < shorter.length() && shorter.charAt(same) == longer.charAt(same)) {
      same++;
    }
    int rest = longer.length() == shorter.length() ? same + 1 : same;
    return same < longer.length()
        && longer.substring(same + 1).equals(shorter.substring(Math.min(rest, shorter.length())));
  }
}
