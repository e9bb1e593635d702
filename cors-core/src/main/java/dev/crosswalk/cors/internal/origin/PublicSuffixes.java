package dev.crosswalk.cors.internal.origin;

import dev.crosswalk.cors.internal.syntax.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The <a href="https://publicsuffix.org/list/">Public Suffix List</a>: names below which anybody
 * can get a name. Its first section has those of registries, where people register domains, such as
 * {@code com} and {@code co.uk}. The second has names of others, such as {@code github.io}.
 *
 * <p>The list is a resource of 10 000 lines and 150 000 bytes (45 000 in the jar), which is read
 * only when a policy has a wildcard. It stays in memory as it is: one rule a line, its labels
 * reversed ({@code uk.co}), wildcards as {@code ck.*}, exceptions as {@code !ck.www}, and a plus
 * sign behind the rules of the second section ({@code io.github+}), in the order of bytes. A
 * look-up is a binary search: about fourteen comparisons, one microsecond. Because the names are
 * reversed and sorted, all names below a name are together.
 */
public final class PublicSuffixes {

  private static final String RESOURCE = "public-suffixes.txt";
  private static final String VERSION = "# VERSION: ";

  /**
   * Behind a rule that is not a registry's. It sorts before a hyphen, a dot and what else follows.
   */
  private static final String OF_OTHERS = "+";

  /**
   * Names that are not in the public DNS, by RFC 6761, its successors (RFC 8375 and RFC 9476 among
   * them), and ICANN's resolution about {@code internal}. They are no registry's, and never will
   * be: whoever runs a network decides who has a name there. {@code onion} is none of them: anybody
   * can make such a name.
   */
  private static final Set<String> PRIVATE =
      Set.of("alt", "example", "home.arpa", "internal", "invalid", "local", "localhost", "test");

  private PublicSuffixes() {}

  /** Loaded when it is asked for. */
  private static final class Rules {

    static final byte[] BYTES = Resource.of(PublicSuffixes.class, RESOURCE);
  }

  /** Returns the date of the list, as in {@code 2026-10-07}. */
  public static String version() {
    String head = new String(Rules.BYTES, 0, 1_024, StandardCharsets.US_ASCII);
    int from = head.indexOf(VERSION) + VERSION.length();
    return head.substring(from, head.indexOf('\n', from));
  }

  /** Whether anyone can get a name directly below this one, which is a host in ASCII. */
  static boolean isSuffix(String host) {
    // The list's rule for names that it does not have: the last label is a suffix.
    return isListed(host, false) || isTopLevel(host);
  }

  /** Whether people register domains below this name, or below a name below it. */
  static boolean isRegistry(String host) {
    String below = reversed(host) + ".";
    String line = firstNotLess(below);
    while (line.startsWith(below) && line.endsWith(OF_OTHERS)) {
      line = firstNotLess(line + " ");
    }
    return isListed(host, true) || line.startsWith(below);
  }

  /**
   * Whether a name has one label, and no registry is known: an intranet's, such as {@code corp}.
   * Nobody can register a name there. But the list has a date, and ICANN adds top-level domains.
   * Therefore it is a suffix.
   */
  static boolean isUnlisted(String host) {
    return isTopLevel(host) && !isRegistry(host);
  }

  private static boolean isTopLevel(String host) {
    return host.indexOf('.') == -1 && !PRIVATE.contains(host);
  }

  private static boolean isListed(String host, boolean byRegistry) {
    String reversed = reversed(host);
    if (PRIVATE.contains(host) || contains("!" + reversed, byRegistry)) {
      return false;
    }
    int dot = reversed.lastIndexOf('.');
    return contains(reversed, byRegistry)
        || dot != -1 && contains(reversed.substring(0, dot) + ".*", byRegistry);
  }

  /** Returns a public suffix below a host, if there is one: {@code *.kobe.jp} means many. */
  static @Nullable String suffixBelow(String host) {
    String below = reversed(host) + ".";
    String line = firstNotLess(below);
    return line.startsWith(below) ? reversed(line.replace(OF_OTHERS, "")) : null;
  }

  private static boolean contains(String rule, boolean byRegistry) {
    String line = firstNotLess(rule);
    return line.equals(rule) || !byRegistry && line.equals(rule + OF_OTHERS);
  }

  /** Returns the first line that is not less than a text; empty if all are. Comments come first. */
  private static String firstNotLess(String text) {
    byte[] bytes = Rules.BYTES;
    int low = 0;
    int high = bytes.length;
    while (low < high) {
      int from = low + high >>> 1;
      while (from != low && bytes[from - 1] != '\n') {
        from--;
      }
      String line = line(from);
      if (line.startsWith("#") || line.compareTo(text) < 0) {
        low = from + line.length() + 1;
      } else {
        high = from;
      }
    }
    return low == bytes.length ? "" : line(low);
  }

  /** Returns the line that begins at an index, without its end. */
  private static String line(int from) {
    int to = from;
    while (Rules.BYTES[to] != '\n') {
      to++;
    }
    return new String(Rules.BYTES, from, to - from, StandardCharsets.US_ASCII);
  }

  private static String reversed(String name) {
    StringBuilder reversed = new StringBuilder(name.length());
    int to = name.length();
    while (to != -1) {
      int dot = name.lastIndexOf('.', to - 1);
      reversed.append(reversed.isEmpty() ? "" : ".").append(name, dot + 1, to);
      to = dot;
    }
    return reversed.toString();
  }
}
