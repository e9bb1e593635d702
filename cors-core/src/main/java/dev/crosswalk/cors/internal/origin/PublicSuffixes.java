package dev.crosswalk.cors.internal.origin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The <a href="https://publicsuffix.org/list/">Public Suffix List</a>: names below which anybody
 * can get a name, such as {@code com}, {@code co.uk} and {@code github.io}. Both of its sections
 * count.
 *
 * <p>The list is a resource of 10 000 lines and 150 000 bytes (45 000 in the jar), which is read
 * only when a policy with credentials has a wildcard. It stays in memory as it is: one rule a line,
 * its labels reversed ({@code uk.co}), wildcards as {@code ck.*}, exceptions as {@code !ck.www}, in
 * the order of bytes. A look-up is a binary search: about fourteen comparisons, one microsecond.
 * Because the names are reversed and sorted, all names below a name are together.
 */
public final class PublicSuffixes {

  private static final String RESOURCE = "public-suffixes.txt";
  private static final String VERSION = "# VERSION: ";

  /** Names that are not in the public DNS, by RFC 6761, its successors, and ICANN's resolution. */
  private static final Set<String> PRIVATE =
      Set.of("alt", "example", "internal", "invalid", "local", "localhost", "onion", "test");

  private PublicSuffixes() {}

  /** Loaded when it is asked for. */
  private static final class Resource {

    static final byte[] BYTES = load();

    private static byte[] load() {
      try (InputStream stream = PublicSuffixes.class.getResourceAsStream(RESOURCE)) {
        if (stream == null) {
          throw new IllegalStateException(
              "The resource dev/crosswalk/cors/" + RESOURCE + " is missing: keep it in the jar");
        }
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Returns the date of the list, as in {@code 2026-10-07}. */
  public static String version() {
    String head = new String(Resource.BYTES, 0, 1_024, StandardCharsets.US_ASCII);
    int from = head.indexOf(VERSION) + VERSION.length();
    return head.substring(from, head.indexOf('\n', from));
  }

  /** Whether anyone can get a name directly below this one, which is a host in ASCII. */
  public static boolean isSuffix(String host) {
    String reversed = reversed(host);
    if (contains("!" + reversed)) {
      return false;
    }
    int dot = reversed.lastIndexOf('.');
    if (contains(reversed) || dot != -1 && contains(reversed.substring(0, dot) + ".*")) {
      return true;
    }
    // The list's rule for names that it does not have: the last label is a suffix.
    return dot == -1 && !PRIVATE.contains(host);
  }

  /** Returns a public suffix below a host, if there is one: {@code *.kobe.jp} means many. */
  public static @Nullable String suffixBelow(String host) {
    String below = reversed(host) + ".";
    int from = lowerBound(below);
    return startsWith(from, below) ? reversed(line(from)) : null;
  }

  private static boolean contains(String rule) {
    int from = lowerBound(rule);
    int to = from + rule.length();
    return startsWith(from, rule) && Resource.BYTES[to] == '\n';
  }

  /** Returns where the first line begins that is not less than a text. Comments come first. */
  private static int lowerBound(String text) {
    byte[] bytes = Resource.BYTES;
    int low = 0;
    int high = bytes.length;
    while (low < high) {
      int middle = low + high >>> 1;
      int from = middle;
      while (from > low && bytes[from - 1] != '\n') {
        from--;
      }
      if (isLess(from, text)) {
        low = end(from) + 1;
      } else {
        high = from;
      }
    }
    return low;
  }

  private static boolean isLess(int from, String text) {
    byte[] bytes = Resource.BYTES;
    if (bytes[from] == '#') {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      int difference = bytes[from + i] - text.charAt(i);
      if (difference != 0) {
        // The end of the line is less than every character of a name.
        return difference < 0;
      }
    }
    return false;
  }

  private static boolean startsWith(int from, String text) {
    byte[] bytes = Resource.BYTES;
    if (from + text.length() >= bytes.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int end(int from) {
    int to = from;
    while (Resource.BYTES[to] != '\n') {
      to++;
    }
    return to;
  }

  private static String line(int from) {
    return new String(Resource.BYTES, from, end(from) - from, StandardCharsets.US_ASCII);
  }

  private static String reversed(String name) {
    StringBuilder reversed = new StringBuilder(name.length());
    int to = name.length();
    while (to >= 0) {
      int dot = name.lastIndexOf('.', to - 1);
      reversed.append(reversed.isEmpty() ? "" : ".").append(name, dot + 1, to);
      to = dot;
    }
    return reversed.toString();
  }
}
