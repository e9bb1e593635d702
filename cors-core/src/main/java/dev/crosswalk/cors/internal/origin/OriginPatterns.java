package dev.crosswalk.cors.internal.origin;

import dev.crosswalk.cors.internal.origin.OriginPattern.Leftmost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of a policy that are no exact origins, in a hash table. Matching reads an origin's
 * host from right to left and looks up every pattern that could denote it, a handful whatever the
 * policy: it takes the same time for one pattern and for many, and makes no object.
 */
public final class OriginPatterns {

  private static final String ANY_PORT = ":*";

  private final @Nullable OriginPattern[] table;
  private final boolean empty;
  private final boolean hasLabels;
  private final boolean hasAnyPorts;

  public OriginPatterns(List<OriginPattern> patterns) {
    int size = 4;
    while (size < patterns.size() * 2) {
      size *= 2;
    }
    table = new OriginPattern[size];
    empty = patterns.isEmpty();
    hasLabels = patterns.stream().anyMatch(pattern -> pattern.leftmost() == Leftmost.LABEL);
    hasAnyPorts = patterns.stream().anyMatch(OriginPattern::anyPort);
    for (OriginPattern pattern : patterns) {
      int slot = slot(hash(pattern));
      while (table[slot] != null) {
        slot = next(slot);
      }
      table[slot] = pattern;
    }
  }

  public boolean isEmpty() {
    return empty;
  }

  /** Whether the value is a serialized origin and one of the patterns denotes it. */
  public boolean match(String origin) {
    return !empty && Origin.isSerialized(origin) && denote(origin);
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

  /** Returns a pattern that denotes every origin that another one denotes, and more; or null. */
  public @Nullable OriginPattern wider(OriginPattern pattern) {
    if (empty) {
      return null;
    }
    // The ? stands for what no pattern contains: it takes a wildcard to match it.
    String left =
        switch (pattern.leftmost()) {
          case NOTHING -> "";
          case SUBDOMAINS -> "?.";
          case LABEL -> pattern.prefix() + "?" + pattern.suffix() + ".";
        };
    String scheme = pattern.scheme();
    String withoutPort = scheme + "://" + left + pattern.host();
    String port = pattern.anyPort() ? ANY_PORT : pattern.port();
    return find(withoutPort + port, scheme.length(), withoutPort.length(), pattern);
  }

  private @Nullable OriginPattern find(
      String origin, int schemeEnd, int hostEnd, @Nullable OriginPattern except) {
    int host = schemeEnd + "://".length();
    // The dots of an address in brackets are no borders of labels.
    int firstDot = origin.charAt(host) == '[' ? -1 : origin.indexOf('.', host);
    int port = forward(origin, hostEnd, origin.length());
    int rest = 0;
    for (int i = hostEnd - 1; i >= host; i--) {
      if (firstDot >= 0 && origin.charAt(i) == '.') {
        OriginPattern found = find(origin, schemeEnd, hostEnd, i + 1, rest, port, except);
        if (found == null && hasLabels && i == firstDot) {
          found = findLabel(origin, schemeEnd, hostEnd, i, rest, port, except);
        }
        if (found != null) {
          return found;
        }
      }
      rest = 31 * rest + origin.charAt(i);
    }
    return find(origin, schemeEnd, hostEnd, host, rest, port, except);
  }

  /** Tries every prefix and suffix of the leftmost label that a pattern could have. */
  private @Nullable OriginPattern findLabel(
      String origin,
      int schemeEnd,
      int hostEnd,
      int dot,
      int rest,
      int port,
      @Nullable OriginPattern except) {
    int host = schemeEnd + "://".length();
    int prefix = 0;
    for (int i = host; i < dot; i++) {
      if (i == host || origin.charAt(i - 1) == '-') {
        int suffix = 0;
        for (int j = dot; j > i; j--) {
          suffix = j == dot ? suffix : 31 * suffix + origin.charAt(j);
          if (j == dot || origin.charAt(j) == '-') {
            int key = label(rest, prefix, suffix);
            OriginPattern found = find(origin, schemeEnd, hostEnd, dot + 1, key, port, except);
            if (found != null) {
              return found;
            }
          }
        }
      }
      prefix = 31 * prefix + origin.charAt(i);
    }
    return null;
  }

  private @Nullable OriginPattern find(
      String origin,
      int schemeEnd,
      int hostEnd,
      int rest,
      int key,
      int port,
      @Nullable OriginPattern except) {
    OriginPattern found = probe(origin, schemeEnd, hostEnd, rest, mix(key, port), except);
    return found == null && hasAnyPorts
        ? probe(origin, schemeEnd, hostEnd, rest, mix(key, ANY_PORT.hashCode()), except)
        : found;
  }

  private @Nullable OriginPattern probe(
      String origin,
      int schemeEnd,
      int hostEnd,
      int rest,
      int hash,
      @Nullable OriginPattern except) {
    int slot = slot(hash);
    for (OriginPattern pattern = table[slot]; pattern != null; pattern = table[slot]) {
      if (denotes(pattern, origin, schemeEnd, hostEnd, rest) && !pattern.equals(except)) {
        return pattern;
      }
      slot = next(slot);
    }
    return null;
  }

  /** Whether the pattern's host is the origin's from {@code rest} on, and all else fits, too. */
  private static boolean denotes(
      OriginPattern pattern, String origin, int schemeEnd, int hostEnd, int rest) {
    return pattern.host().length() == hostEnd - rest
        && origin.startsWith(pattern.host(), rest)
        && pattern.scheme().length() == schemeEnd
        && origin.startsWith(pattern.scheme())
        && (pattern.anyPort() || isPort(origin, hostEnd, pattern.port()))
        && isLeftmost(origin, schemeEnd + "://".length(), rest, pattern);
  }

  private static boolean isPort(String origin, int hostEnd, String port) {
    return origin.length() - hostEnd == port.length() && origin.endsWith(port);
  }

  private static boolean isLeftmost(String origin, int host, int rest, OriginPattern pattern) {
    if (rest == host) {
      return pattern.leftmost() == Leftmost.NOTHING;
    }
    if (pattern.leftmost() == Leftmost.SUBDOMAINS) {
      return true;
    }
    int dot = rest - 1;
    return pattern.leftmost() == Leftmost.LABEL
        && origin.indexOf('.', host) == dot
        && dot - host > pattern.prefix().length() + pattern.suffix().length()
        && origin.startsWith(pattern.prefix(), host)
        && origin.startsWith(pattern.suffix(), dot - pattern.suffix().length());
  }

  private int slot(int hash) {
    // Names that differ by a number must not stand in a row: the final mix of MurmurHash3.
    int h = (hash ^ hash >>> 16) * 0x85EBCA6B;
    h = (h ^ h >>> 13) * 0xC2B2AE35;
    return (h ^ h >>> 16) & table.length - 1;
  }

  private int next(int slot) {
    return slot + 1 & table.length - 1;
  }

  private static int hash(OriginPattern pattern) {
    int host = backward(pattern.host());
    int key =
        pattern.leftmost() == Leftmost.LABEL
            ? label(host, pattern.prefix().hashCode(), backward(pattern.suffix()))
            : host;
    return mix(key, (pattern.anyPort() ? ANY_PORT : pattern.port()).hashCode());
  }

  private static int label(int rest, int prefix, int suffix) {
    return mix(mix(rest, prefix), suffix);
  }

  private static int mix(int one, int other) {
    return 31 * one + other;
  }

  /** As {@link String#hashCode}. */
  private static int forward(String value, int from, int to) {
    int result = 0;
    for (int i = from; i < to; i++) {
      result = 31 * result + value.charAt(i);
    }
    return result;
  }

  private static int backward(String value) {
    int hash = 0;
    for (int i = value.length() - 1; i >= 0; i--) {
      hash = 31 * hash + value.charAt(i);
    }
    return hash;
  }
}
