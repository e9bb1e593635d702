package dev.crosswalk.cors.tck.url;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a label beyond ASCII is written in ASCII.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3492#section-6">RFC 3492, section 6</a>
 */
final class Punycode {

  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;

  /** No host name is longer than 253 bytes, so no label that counts is. */
  static final int MAX_LABEL = 255;

  private Punycode() {}

  static Optional<String> decode(String encoded) {
    int delimiter = encoded.lastIndexOf('-');
    List<Integer> output = new ArrayList<>();
    encoded.substring(0, Math.max(0, delimiter)).chars().forEach(output::add);
    int n = 0x80;
    int i = 0;
    int bias = INITIAL_BIAS;
    int position = delimiter + 1;
    while (position < encoded.length()) {
      long delta = 0;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit =
            position < encoded.length() ? Character.digit(encoded.charAt(position), BASE) : -1;
        if (digit < 0) {
          return Optional.empty();
        }
        // Letters come before digits here.
        digit = digit < 10 ? digit + 26 : digit - 10;
        position++;
        delta += digit * weight;
        int t = threshold(k, bias);
        if (digit < t) {
          break;
        }
        weight *= BASE - t;
        if (delta > Character.MAX_CODE_POINT * (long) MAX_LABEL || weight > Integer.MAX_VALUE) {
          return Optional.empty();
        }
      }
      int points = output.size() + 1;
      bias = adapt((int) delta, points, i == 0);
      long next = i + delta;
      n += (int) (next / points);
      i = (int) (next % points);
      if (n > Character.MAX_CODE_POINT || points > MAX_LABEL) {
        return Optional.empty();
      }
      output.add(i++, n);
    }
    StringBuilder decoded = new StringBuilder();
    output.forEach(decoded::appendCodePoint);
    return Optional.of(decoded.toString());
  }

  private static int threshold(int k, int bias) {
    return Math.max(T_MIN, Math.min(T_MAX, k - bias));
  }

  static String encode(String label) {
    int[] input = label.codePoints().toArray();
    StringBuilder output = new StringBuilder();
    for (int c : input) {
      if (c < 0x80) {
        output.append((char) c);
      }
    }
    int basic = output.length();
    int handled = basic;
    if (basic > 0) {
      output.append('-');
    }
    int n = 0x80;
    int delta = 0;
    int bias = INITIAL_BIAS;
    while (handled < input.length) {
      int next = Integer.MAX_VALUE;
      for (int c : input) {
        if (c >= n && c < next) {
          next = c;
        }
      }
      delta += (next - n) * (handled + 1);
      n = next;
      for (int c : input) {
        if (c < n) {
          delta++;
        } else if (c == n) {
          int q = delta;
          for (int k = BASE; ; k += BASE) {
            int t = threshold(k, bias);
            if (q < t) {
              break;
            }
            output.append(digit(t + (q - t) % (BASE - t)));
            q = (q - t) / (BASE - t);
          }
          output.append(digit(q));
          bias = adapt(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
      n++;
    }
    return output.toString();
  }

  private static int adapt(int delta, int points, boolean first) {
    int d = first ? delta / DAMP : delta / 2;
    d += d / points;
    int k = 0;
    while (d > (BASE - T_MIN) * T_MAX / 2) {
      d /= BASE - T_MIN;
      k += BASE;
    }
    return k + (BASE - T_MIN + 1) * d / (d + SKEW);
  }

  private static char digit(int d) {
    return (char) (d < 26 ? 'a' + d : '0' + d - 26);
  }
}
