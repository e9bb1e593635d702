package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.url.Bytes;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The one range of a {@code Range} header that asks for one.
 *
 * @param start the first byte; empty in {@code bytes=-500}
 * @param end the last byte, or how many from the end; empty in {@code bytes=500-}
 * @see <a href="https://fetch.spec.whatwg.org/#simple-range-header-value">Fetch: parse a single
 *     range header value</a>
 */
record ByteRange(Optional<BigInteger> start, Optional<BigInteger> end) {

  /** Parses {@code bytes=start-end}; empty on failure. */
  static Optional<ByteRange> parse(String value, boolean allowWhitespace) {
    if (!value.startsWith("bytes")) {
      return Optional.empty();
    }
    Scanner scanner = new Scanner(value, "bytes".length(), allowWhitespace);
    scanner.skipWhitespace();
    if (!scanner.skip('=')) {
      return Optional.empty();
    }
    scanner.skipWhitespace();
    Optional<BigInteger> start = scanner.number();
    scanner.skipWhitespace();
    if (!scanner.skip('-')) {
      return Optional.empty();
    }
    scanner.skipWhitespace();
    Optional<BigInteger> end = scanner.number();
    if (!scanner.atEnd() || (start.isEmpty() && end.isEmpty())) {
      return Optional.empty();
    }
    if (start.isPresent() && end.isPresent() && start.get().compareTo(end.get()) > 0) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(start, end));
  }

  private static final class Scanner {
    private final String value;
    private final boolean allowWhitespace;
    private int position;

    Scanner(String value, int position, boolean allowWhitespace) {
      this.value = value;
      this.position = position;
      this.allowWhitespace = allowWhitespace;
    }

    boolean atEnd() {
      return position == value.length();
    }

    boolean skip(char c) {
      boolean skipped = !atEnd() && value.charAt(position) == c;
      position += skipped ? 1 : 0;
      return skipped;
    }

    void skipWhitespace() {
      while (allowWhitespace && (skip(' ') || skip('\t'))) {
        // Each skip moves on by one.
      }
    }

    Optional<BigInteger> number() {
      int from = position;
      while (!atEnd() && Bytes.isDigit(value.charAt(position))) {
        position++;
      }
      return from == position
          ? Optional.empty()
          : Optional.of(new BigInteger(value.substring(from, position)));
    }
  }
}
