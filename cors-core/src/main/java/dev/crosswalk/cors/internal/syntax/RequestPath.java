package dev.crosswalk.cors.internal.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request, in all the ways in which software may read it. A proxy, a router and a
 * file server may disagree: one decodes the path and another does not, one removes dot segments
 * before decoding and another after it, one cuts off parameters, one drops white space. This class
 * has what any of them may see, segment by segment, in one pass. {@link PathTable} looks up all of
 * it at once.
 */
public final class RequestPath {

  /**
   * The longest path that is read, in characters. Common servers accept a request line of 8 KiB.
   */
  public static final int MAX_LENGTH = 8_192;

  /**
   * A part of a path between two characters that somebody takes for a separator.
   *
   * @param name the part, decoded until nothing changes, without parameters and without white space
   *     and dots at its edges; empty if nothing is left
   * @param dotted the same with a dot in front, if there is one
   * @param isLiteral whether it is its name to everybody
   * @param mayVanish whether it is empty to somebody, {@code .}, or a part of what is before it
   * @param mayClimb whether it is {@code ..} to somebody
   * @param mayEnd whether somebody takes what follows for a query or a fragment
   */
  record Segment(
      String name,
      String dotted,
      boolean isLiteral,
      boolean mayVanish,
      boolean mayClimb,
      boolean mayEnd) {}

  /** What a byte of the decoded path was in the path as sent. */
  private static final byte AS_SENT = 0;

  private static final byte DECODED = 1;

  private final byte[] bytes;
  private final byte[] kinds;
  private int length;

  private RequestPath(int capacity) {
    bytes = new byte[capacity];
    kinds = new byte[capacity];
  }

  /**
   * Whether a path can have an entry in a table: absolute, of unreserved characters (RFC 3986
   * §2.3), which need no encoding (§6.2.2.2), in segments that nobody drops, with a dot neither at
   * the end nor twice in front.
   */
  public static boolean isPrefix(String path) {
    if (path.equals("/")) {
      return true;
    }
    if (path.length() > MAX_LENGTH || path.isEmpty() || path.charAt(0) != '/') {
      return false;
    }
    for (int i = 1; i <= path.length(); i++) {
      char c = i == path.length() ? '/' : path.charAt(i);
      char before = path.charAt(i - 1);
      if (c == '/' && (before == '/' || before == '.') || path.startsWith("/..", i - 1)) {
        return false;
      } else if (c != '/' && !isUnreserved(c)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns what another path has in common with this one but for upper and lower case: code that
   * ignores case takes the one for the other. Null if there is none.
   *
   * @param spellings all beginnings of the paths so far, by what they are in lower case; those of
   *     this path are added
   */
  public static @Nullable String inAnotherCase(String path, Map<String, String> spellings) {
    String other = null;
    for (int end = 0; end < path.length(); ) {
      int slash = path.indexOf('/', end + 1);
      end = slash == -1 ? path.length() : slash;
      String beginning = path.substring(0, end);
      String earlier = spellings.putIfAbsent(beginning.toLowerCase(Locale.ROOT), beginning);
      if (other == null && earlier != null && !earlier.equals(beginning)) {
        other = earlier;
      }
    }
    return other;
  }

  /** Whether a path is well-formed and has only one reading, apart from upper and lower case. */
  public static boolean isPlain(String path) {
    if (path.isEmpty() || path.charAt(0) != '/' || path.length() > MAX_LENGTH) {
      return false;
    }
    int from = 1;
    for (int i = 1; i <= path.length(); i++) {
      if (i == path.length() || path.charAt(i) == '/') {
        if (i < path.length() && i == from || i > from && mayBeTrimmed(path, from, i)) {
          return false;
        }
        from = i + 1;
      } else if (!isPlain(path.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** RFC 3986 §3.3, except the semicolon and the percent sign. */
  static boolean isPlain(char c) {
    return isUnreserved(c) || "!$&'()*+,=:@".indexOf(c) != -1;
  }

  /** Whether somebody drops a plain character at an edge of a segment that is not empty. */
  static boolean mayBeTrimmed(String path, int from, int to) {
    char first = path.charAt(from);
    char last = path.charAt(to - 1);
    return first == '.' || last == '.' || first == '+' || last == '+';
  }

  private static boolean isUnreserved(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  /**
   * Reads an absolute path that is not too long.
   *
   * @return its segments; null if it is malformed, so that nobody knows how it is read: with a
   *     character that has to be encoded, with a percent sign and no octet, with an octet that is a
   *     control character or never in UTF-8
   */
  static @Nullable List<Segment> segments(String path) {
    RequestPath decoded = new RequestPath(path.length());
    for (int i = 1; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '?' || c == '#' || c == '%' && !isOctet(path, i)) {
        return null;
      }
      if (!decoded.add((byte) c)) {
        return null;
      }
    }
    return decoded.split();
  }

  private static boolean isOctet(String path, int percent) {
    return percent + 2 < path.length()
        && hex(path.charAt(percent + 1)) >= 0
        && hex(path.charAt(percent + 2)) >= 0;
  }

  private static int hex(int c) {
    return HexFormat.isHexDigit(c) ? HexFormat.fromHexDigit(c) : -1;
  }

  /**
   * Appends a byte, and decodes what it completes, again and again: {@code %252e} is {@code %2e} is
   * a dot. Nothing is decoded in more steps than it has characters.
   */
  private boolean add(byte added) {
    bytes[length] = added;
    kinds[length++] = AS_SENT;
    while (length >= 3 && bytes[length - 3] == '%') {
      int high = hex(bytes[length - 2]);
      int low = hex(bytes[length - 1]);
      if (high < 0 || low < 0) {
        return true;
      }
      int octet = high << 4 | low;
      // The first two begin an overlong form of an ASCII character.
      if (octet < ' ' || octet == 0x7F || octet == 0xC0 || octet == 0xC1 || octet >= 0xF5) {
        return false;
      }
      length -= 2;
      bytes[length - 1] = (byte) octet;
      kinds[length - 1] = DECODED;
    }
    return true;
  }

  private List<Segment> split() {
    List<Segment> segments = new ArrayList<>();
    boolean joined = false;
    int from = 0;
    for (int i = 0; i <= length; i++) {
      boolean isEnd = i == length;
      if (isEnd || bytes[i] == '/' || bytes[i] == '\\') {
        boolean joins = !isEnd && (bytes[i] == '\\' || kinds[i] == DECODED);
        segments.add(segment(from, i, joined, joins));
        joined = joins;
        from = i + 1;
      }
    }
    return segments;
  }

  /**
   * @param joined whether somebody does not separate it from what is before it
   * @param joins whether somebody does not separate it from what follows
   */
  private Segment segment(int from, int to, boolean joined, boolean joins) {
    boolean isLiteral = !joined && !joins;
    for (int i = from; i < to; i++) {
      isLiteral = isLiteral && kinds[i] == AS_SENT;
    }
    String text = fold(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    int end = 0;
    while (end < text.length() && ";?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    boolean mayEnd = text.contains("?") || text.contains("#");
    String uncut = text.substring(0, end);
    int start = 0;
    boolean hasDot = false;
    boolean isDots = true;
    while (start < end && isDropped(text.charAt(start))) {
      hasDot = hasDot || text.charAt(start) == '.';
      isDots = isDots && text.charAt(start) == '.';
      start++;
    }
    while (end > start && isDropped(text.charAt(end - 1))) {
      end--;
    }
    String name = text.substring(start, end);
    // Three dots are two to a server that drops one before it decodes the others, or drops a blank.
    boolean mayClimb =
        name.isEmpty() && uncut.contains("..") && (uncut.length() == 2 || !isDots || !isLiteral);
    String dotted = hasDot && !name.isEmpty() ? '.' + name : name;
    return new Segment(
        name, dotted, isLiteral && dotted.equals(text), joined || name.isEmpty(), mayClimb, mayEnd);
  }

  private static boolean isDropped(char c) {
    return c == '.' || isWhiteSpace(c);
  }

  /** Beyond ASCII a few letters are another case of letters in ASCII, such as U+212A of k. */
  private static String fold(String text) {
    char[] folded = text.toCharArray();
    for (int i = 0; i < folded.length; i++) {
      if (folded[i] >= 0x80) {
        folded[i] = Character.toLowerCase(Character.toUpperCase(folded[i]));
      }
    }
    return new String(folded);
  }

  /** What some decoder or some trimming takes for white space; a plus is a space in forms. */
  private static boolean isWhiteSpace(char c) {
    return c == '+'
        || c == '\u0085'
        || c == '\uFEFF'
        || Character.isWhitespace(c)
        || Character.isSpaceChar(c);
  }
}
