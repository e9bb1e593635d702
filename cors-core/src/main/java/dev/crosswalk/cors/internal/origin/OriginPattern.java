package dev.crosswalk.cors.internal.origin;

import org.jspecify.annotations.Nullable;

/**
 * One origin pattern of a policy: an origin, or a set of them with a wildcard in the leftmost
 * label, or for the port, or both.
 *
 * @param scheme the scheme, without {@code ://}
 * @param leftmost what precedes {@code host}
 * @param prefix what the leftmost label must begin with; empty unless {@code leftmost} is a label
 * @param suffix what the leftmost label must end with; empty unless {@code leftmost} is a label
 * @param host the host, or the rest of it behind the leftmost label and its dot
 * @param anyPort whether any port matches, including none
 * @param port the colon and the port if there must be one; empty if there must be none
 */
public record OriginPattern(
    String scheme,
    Leftmost leftmost,
    String prefix,
    String suffix,
    String host,
    boolean anyPort,
    String port) {

  /** The origin of every document that has none of its own. It has no scheme. */
  public static final OriginPattern NULL = exact("", "");

  /** What precedes the host of a pattern. */
  public enum Leftmost {
    /** Nothing: the host is complete. */
    NOTHING,
    /** {@code *.}: one label or more, whatever they are. */
    SUBDOMAINS,
    /** {@code app-*-team.}: one label with a wildcard inside, which never crosses a dot. */
    LABEL,
    /** {@code *}, and no host: any one of a single label, such as the id of an extension. */
    HOST
  }

  /** Makes one origin, without a port. */
  static OriginPattern exact(String scheme, String host) {
    return wild(scheme, Leftmost.NOTHING, "", "", host);
  }

  /** Makes a pattern without a port. */
  static OriginPattern wild(
      String scheme, Leftmost leftmost, String prefix, String suffix, String host) {
    return new OriginPattern(scheme, leftmost, prefix, suffix, host, false, "");
  }

  /** Returns the same on one port. */
  OriginPattern withPort(String port) {
    return new OriginPattern(scheme, leftmost, prefix, suffix, host, false, port);
  }

  /** Returns the same on any port, or none. */
  OriginPattern withAnyPort() {
    return new OriginPattern(scheme, leftmost, prefix, suffix, host, true, "");
  }

  /** Whether this is {@link #NULL}. */
  public boolean isNull() {
    return scheme.isEmpty();
  }

  /** Whether this is exactly one origin. */
  public boolean isExact() {
    return leftmost == Leftmost.NOTHING && !anyPort;
  }

  /**
   * Whether a network attacker can speak for such an origin. Custom schemes do not use the network.
   */
  public boolean isInsecure() {
    return scheme.equals("http") && !isLoopback();
  }

  /** Whether such a page comes from the user's own machine. Mobile apps do not count. */
  public boolean isLoopback() {
    return (scheme.equals("http") || scheme.equals("https")) && IpAddress.isLoopback(host);
  }

  /**
   * Returns a name below which anybody can get names that this pattern covers, by the {@link
   * PublicSuffixes} or by the {@link SharedHosts}; null if there is none.
   */
  public @Nullable String publicSuffix() {
    if (!isWildOnNetwork()) {
      return null;
    }
    if (PublicSuffixes.isSuffix(host) || SharedHosts.isShared(host)) {
      return host;
    }
    if (leftmost != Leftmost.SUBDOMAINS) {
      return null;
    }
    String suffix = PublicSuffixes.suffixBelow(host);
    return suffix == null ? SharedHosts.below(host) : suffix;
  }

  /**
   * Whether this covers domains that anybody can register: it has a wildcard below {@code com},
   * {@code co.uk} or another name of a registry. That is next to any origin.
   */
  public boolean isOfAnyDomain() {
    return isWildOnNetwork() && PublicSuffixes.isRegistry(host);
  }

  /**
   * Whether anybody can have a page that this covers, as far as it is known. A top-level domain
   * that the list does not have is more often an intranet's.
   */
  public boolean isOfAnyone() {
    return isOfAnyDomain() || publicSuffix() != null && !PublicSuffixes.isUnlisted(host);
  }

  private boolean isWildOnNetwork() {
    return leftmost != Leftmost.NOTHING && (scheme.equals("https") || scheme.equals("http"));
  }

  /** Returns the same over https. */
  public String secured() {
    return new OriginPattern(
            "https", leftmost, prefix, suffix, host, anyPort, port.equals(":443") ? "" : port)
        .toString();
  }

  /** Returns the pattern as it was written. */
  @Override
  public String toString() {
    String left =
        switch (leftmost) {
          case NOTHING -> "";
          case SUBDOMAINS -> "*.";
          case LABEL -> prefix + "*" + suffix + ".";
          case HOST -> "*";
        };
    return isNull() ? "null" : scheme + "://" + left + host + (anyPort ? ":*" : port);
  }
}
