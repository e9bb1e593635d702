package dev.crosswalk.cors.cli.grant;

import java.util.Optional;

/**
 * The origins that one pattern of a policy denotes, as a set. Two of them overlap in a set that is
 * one, too, or not at all.
 *
 * @param scheme the scheme, without {@code ://}
 * @param hosts which hosts
 * @param prefix what the leftmost label begins with; empty unless {@code hosts} is a label
 * @param suffix what the leftmost label ends with; empty unless {@code hosts} is a label
 * @param host the host, or what follows the wildcard and its dot
 * @param port the colon and the port, empty for the default one; absent for every port
 */
record OriginRange(
    String scheme, Hosts hosts, String prefix, String suffix, String host, Optional<String> port) {

  /** RFC 1035 §2.3.4. */
  private static final int MAX_LABEL_LENGTH = 63;

  private static final int MAX_HOST_LENGTH = 253;

  /** Which hosts a range has. */
  enum Hosts {
    /** This one. */
    ONE,
    /** {@code *.}: every host below, at any depth. */
    BELOW,
    /** {@code app-*-team.}: every host with such a leftmost label. */
    LABEL,
    /** {@code *}: every host of a single label, such as the id of an extension. */
    ID
  }

  /** Reads a pattern, or an origin, that a policy prints. */
  static OriginRange of(String pattern) {
    int schemeEnd = pattern.indexOf("://");
    String scheme = pattern.substring(0, schemeEnd);
    String authority = pattern.substring(schemeEnd + "://".length());
    int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
    String host = colon < 0 ? authority : authority.substring(0, colon);
    String written = colon < 0 ? "" : authority.substring(colon);
    Optional<String> port = written.equals(":*") ? Optional.empty() : Optional.of(written);
    int star = host.indexOf('*');
    if (star < 0) {
      return new OriginRange(scheme, Hosts.ONE, "", "", host, port);
    }
    int dot = host.indexOf('.');
    if (dot < 0) {
      return new OriginRange(scheme, Hosts.ID, "", "", "", port);
    }
    String rest = host.substring(dot + 1);
    return dot == 1
        ? new OriginRange(scheme, Hosts.BELOW, "", "", rest, port)
        : new OriginRange(
            scheme,
            Hosts.LABEL,
            host.substring(0, star),
            host.substring(star + 1, dot),
            rest,
            port);
  }

  boolean isOne() {
    return hosts == Hosts.ONE && port.isPresent();
  }

  /** Whether every origin of another range is in this one. */
  boolean covers(OriginRange other) {
    return scheme.equals(other.scheme)
        && (port.isEmpty() || port.equals(other.port))
        && coversHosts(other);
  }

  private boolean coversHosts(OriginRange other) {
    return switch (hosts) {
      case ONE -> other.hosts == Hosts.ONE && host.equals(other.host);
      case ID ->
          other.hosts == Hosts.ID
              || other.hosts == Hosts.ONE
                  && other.host.indexOf('.') < 0
                  && other.host.indexOf('[') < 0;
      case BELOW ->
          other.host.endsWith("." + host)
              || other.host.equals(host)
                  && (other.hosts == Hosts.BELOW || other.hosts == Hosts.LABEL);
      case LABEL ->
          switch (other.hosts) {
            case ONE -> {
              int dot = other.host.indexOf('.');
              yield dot > prefix.length() + suffix.length()
                  && other.host.substring(dot + 1).equals(host)
                  && other.host.startsWith(prefix)
                  && other.host.substring(0, dot).endsWith(suffix);
            }
            case LABEL ->
                other.host.equals(host)
                    && other.prefix.startsWith(prefix)
                    && other.suffix.endsWith(suffix);
            case BELOW, ID -> false;
          };
    };
  }

  /** Returns origins that are in this range and in another one; empty if there are none. */
  Optional<OriginRange> overlap(OriginRange other) {
    if (covers(other)) {
      return Optional.of(other);
    }
    if (!scheme.equals(other.scheme)
        || port.isPresent() && other.port.isPresent() && !port.equals(other.port)) {
      return Optional.empty();
    }
    Optional<String> both = port.isPresent() ? port : other.port;
    if (coversHosts(other)) {
      return Optional.of(other.onPort(both));
    }
    if (other.coversHosts(this)) {
      return Optional.of(onPort(both));
    }
    if (hosts != Hosts.LABEL || other.hosts != Hosts.LABEL || !host.equals(other.host)) {
      return Optional.empty();
    }
    String begin = prefix.length() > other.prefix.length() ? prefix : other.prefix;
    String end = suffix.length() > other.suffix.length() ? suffix : other.suffix;
    OriginRange label = new OriginRange(scheme, Hosts.LABEL, begin, end, host, both);
    return begin.startsWith(prefix)
            && begin.startsWith(other.prefix)
            && end.endsWith(suffix)
            && end.endsWith(other.suffix)
            && label.with("x").isPresent()
        ? Optional.of(label)
        : Optional.empty();
  }

  private OriginRange onPort(Optional<String> other) {
    return new OriginRange(scheme, hosts, prefix, suffix, host, other);
  }

  /** Returns the origins of this range on one port. */
  OriginRange onPort(String one) {
    return onPort(Optional.of(one));
  }

  /** Returns an origin with a word instead of the wildcard; empty if that is too long for one. */
  Optional<String> with(String word) {
    String left =
        switch (hosts) {
          case ONE -> "";
          case BELOW -> word + ".";
          case LABEL -> prefix + word + suffix + ".";
          case ID -> word;
        };
    return left.length() > MAX_LABEL_LENGTH + 1 || left.length() + host.length() > MAX_HOST_LENGTH
        ? Optional.empty()
        : Optional.of(scheme + "://" + left + host + port.orElse(""));
  }

  /** Returns the pattern as policies write it. */
  @Override
  public String toString() {
    String left =
        switch (hosts) {
          case ONE -> "";
          case BELOW -> "*.";
          case LABEL -> prefix + "*" + suffix + ".";
          case ID -> "*";
        };
    return scheme + "://" + left + host + port.orElse(":*");
  }
}
