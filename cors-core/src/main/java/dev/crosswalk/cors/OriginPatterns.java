package dev.crosswalk.cors;

import dev.crosswalk.cors.OriginPattern.Leftmost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of a policy that are no exact origins. Matching reads an origin once, from right to
 * left, and looks the patterns up by the part of the host behind each dot: it takes the same time
 * for one pattern and for many, and makes no object.
 */
final class OriginPatterns {

  private final @Nullable OriginPattern[][] buckets;
  private final boolean empty;

  OriginPatterns(List<OriginPattern> patterns) {
    int size = 4;
    while (size < patterns.size() * 2) {
      size *= 2;
    }
    buckets = new OriginPattern[size][];
    empty = patterns.isEmpty();
    for (OriginPattern pattern : patterns) {
      int slot = slot(hash(pattern.host()));
      OriginPattern[] bucket = buckets[slot];
      int length = bucket == null ? 0 : bucket.length;
      OriginPattern[] longer = new OriginPattern[length + 1];
      if (bucket != null) {
        System.arraycopy(bucket, 0, longer, 0, length);
      }
      longer[length] = pattern;
      buckets[slot] = longer;
    }
  }

  /** Whether the value is a serialized origin and one of the patterns denotes it. */
  boolean match(String origin) {
    if (empty || origin.length() > Origin.MAX_LENGTH) {
      return false;
    }
    int schemeEnd = Origin.schemeEnd(origin);
    if (schemeEnd < 0) {
      return false;
    }
    int host = schemeEnd + "://".length();
    int hostEnd = Origin.hostEnd(origin, host);
    if (host == hostEnd
        || hostEnd - host > Origin.MAX_HOST_LENGTH
        || !Origin.isPortPart(origin, schemeEnd, hostEnd)) {
      return false;
    }
    if (origin.charAt(host) == '[') {
      // No grammar here: the only pattern that can match is the same address, written canonically.
      int hash = 0;
      for (int i = hostEnd - 1; i >= host; i--) {
        hash = next(hash, origin.charAt(i));
      }
      return matchAt(origin, schemeEnd, host, hostEnd, host, hash);
    }
    boolean matched = false;
    int hash = 0;
    int labelEnd = hostEnd;
    for (int i = hostEnd - 1; i >= host; i--) {
      if (origin.charAt(i) == '.') {
        if (!Origin.isLabel(origin, i + 1, labelEnd)) {
          return false;
        }
        labelEnd = i;
        matched = matched || matchAt(origin, schemeEnd, host, hostEnd, i + 1, hash);
      }
      hash = next(hash, origin.charAt(i));
    }
    return Origin.isLabel(origin, host, labelEnd)
        && (matched || matchAt(origin, schemeEnd, host, hostEnd, host, hash));
  }

  /** Tries the patterns whose host is the origin's from {@code rest} on, which has this hash. */
  private boolean matchAt(String origin, int schemeEnd, int host, int hostEnd, int rest, int hash) {
    OriginPattern[] bucket = buckets[slot(hash)];
    if (bucket == null) {
      return false;
    }
    for (OriginPattern pattern : bucket) {
      if (pattern.host().length() == hostEnd - rest
          && origin.startsWith(pattern.host(), rest)
          && pattern.scheme().length() == schemeEnd
          && origin.startsWith(pattern.scheme())
          && (pattern.anyPort() || isPort(origin, hostEnd, pattern.port()))
          && isLeftmost(origin, host, rest, pattern)) {
        return true;
      }
    }
    return false;
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
    return (hash ^ (hash >>> 16)) & (buckets.length - 1);
  }

  private static int hash(String host) {
    int hash = 0;
    for (int i = host.length() - 1; i >= 0; i--) {
      hash = next(hash, host.charAt(i));
    }
    return hash;
  }

  private static int next(int hash, char c) {
    return 31 * hash + c;
  }
}
