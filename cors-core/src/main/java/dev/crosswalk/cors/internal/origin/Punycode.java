package dev.crosswalk.cors.internal.origin;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Host names beyond ASCII as browsers write them: mapped by <a
 * href="https://url.spec.whatwg.org/#concept-domain-to-ascii">UTS 46</a> (nontransitional), then
 * encoded by RFC 3492.
 *
 * <p>Not {@link java.net.IDN}: it follows RFC 3490, which browsers no longer use, turns {@code ß}
 * into {@code ss}, and refuses every letter that is newer than 2002.
 */
public final class Punycode {

  private static final String PREFIX = "xn--";

  // RFC 3492 §5.
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 128;

  private Punycode() {}

  public static boolean isEncoded(String label) {
    return label.startsWith(PREFIX);
  }

  /**
   * Whether browsers do not agree on an encoded label. Since June 2026 <a
   * href="https://url.spec.whatwg.org/#concept-domain-to-ascii">the URL standard</a> leaves a host
   * in ASCII as it is, in lower case: Chromium 156 sends such an origin. Firefox 153 still refuses
   * a label that is not {@link #isValid valid}, and so do older browsers.
   */
  static boolean isDoubtful(String label) {
    return isEncoded(label) && !isValid(label);
  }

  /** Whether an encoded label is what it decodes to, encoded, and needs to be encoded. */
  static boolean isValid(String label) {
    String decoded = decode(label.substring(PREFIX.length()));
    return !isAscii(decoded)
        && decoded
            .codePoints()
            .noneMatch(c -> Character.isISOControl(c) || Character.isSpaceChar(c))
        && mapped(decoded).equals(decoded)
        && (PREFIX + encode(decoded)).equals(label);
  }

  /** Returns a label of a host that starts like punycode and is not; null if there is none. */
  public static @Nullable String invalidLabel(String host) {
    if (!host.contains(PREFIX)) {
      return null; // Most hosts have none, and to split 100 000 takes longer than to parse them.
    }
    for (String label : host.split("\\.", -1)) {
      if (isDoubtful(label)) {
        return label;
      }
    }
    return null;
  }

  /** Returns the host as a browser would write it. It need not be valid. */
  static String toAscii(String host) {
    StringBuilder ascii = new StringBuilder();
    for (String label : mapped(host).split("\\.", -1)) {
      ascii.append(ascii.isEmpty() ? "" : ".");
      ascii.append(isAscii(label) ? label : PREFIX + encode(label));
    }
    return ascii.toString();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < INITIAL_N);
  }

  private static String mapped(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> !isIgnored(c))
        // One by one, because UTS 46 has no rule for a final sigma.
        .forEach(c -> lower.append(Character.toString(c).toLowerCase(Locale.ROOT)));
    return Normalizer.normalize(lower, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replace('\u3002', '.');
  }

  private static boolean isIgnored(int c) {
    return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF || c >= 0xFE00 && c <= 0xFE0F;
  }

  private static String encode(String label) {
    int[] points = label.codePoints().toArray();
    StringBuilder encoded = new StringBuilder();
    for (int point : points) {
      if (point < INITIAL_N) {
        encoded.append((char) point);
      }
    }
    int basic = encoded.length();
    int handled = basic;
    if (basic > 0) {
      encoded.append('-');
    }
    int n = INITIAL_N;
    int bias = INITIAL_BIAS;
    int delta = 0;
    while (handled < points.length) {
      int next = Integer.MAX_VALUE;
      for (int point : points) {
        next = point >= n ? Math.min(next, point) : next;
      }
      delta += (next - n) * (handled + 1);
      n = next;
      for (int point : points) {
        if (point < n) {
          delta++;
        } else if (point == n) {
          int rest = delta;
          for (int k = BASE; ; k += BASE) {
            int threshold = threshold(k, bias);
            if (rest < threshold) {
              break;
            }
            encoded.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
          }
          encoded.append(digit(rest));
          bias = adapt(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
      n++;
    }
    return encoded.toString();
  }

  /** Returns what a text encodes; empty if that is nothing. */
  private static String decode(String encoded) {
    int basic = Math.max(0, encoded.lastIndexOf('-'));
    StringBuilder decoded = new StringBuilder(encoded.substring(0, basic));
    int length = basic;
    int n = INITIAL_N;
    int bias = INITIAL_BIAS;
    long i = 0;
    int from = basic == 0 && !encoded.startsWith("-") ? 0 : basic + 1;
    while (from < encoded.length()) {
      long before = i;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = from < encoded.length() ? Character.digit(encoded.charAt(from++), BASE) : -1;
        // RFC 3492 numbers letters first, the JDK digits first.
        digit = digit == -1 ? -1 : digit < 10 ? digit + 26 : digit - 10;
        i += digit * weight;
        if (digit == -1 || i > Integer.MAX_VALUE) {
          return "";
        }
        int threshold = threshold(k, bias);
        if (digit < threshold) {
          break;
        }
        weight *= BASE - threshold;
      }
      length++;
      bias = adapt((int) (i - before), length, before == 0);
      n += (int) (i / length);
      i %= length;
      if (!Character.isValidCodePoint(n) || Character.getType(n) == Character.SURROGATE) {
        return "";
      }
      decoded.insert(decoded.offsetByCodePoints(0, (int) i), Character.toString(n));
      i++;
    }
    return decoded.toString();
  }

  private static int threshold(int k, int bias) {
    return Math.max(T_MIN, Math.min(T_MAX, k - bias));
  }

  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }

  /** RFC 3492 §6.1. */
  private static int adapt(int difference, int points, boolean first) {
    int delta = first ? difference / DAMP : difference / 2;
    delta += delta / points;
    int k = 0;
    while (delta > (BASE - T_MIN) * T_MAX / 2) {
      delta /= BASE - T_MIN;
      k += BASE;
    }
    return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
  }
}
