package dev.crosswalk.cors.tck.url;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Percent-encoding of URLs.
 *
 * @see <a href="https://url.spec.whatwg.org/#percent-encoded-bytes">URL: percent-encoded bytes</a>
 */
public final class PercentEncoding {

  private PercentEncoding() {}

  /** Encodes what is not ASCII, controls, and the given characters, as UTF-8. */
  static String encode(String input, String set) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : input.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xFF;
      if (c < 0x20 || c > 0x7E || set.indexOf(c) >= 0) {
        encoded.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        encoded.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      } else {
        encoded.append((char) c);
      }
    }
    return encoded.toString();
  }

  /** Decodes {@code %xx}. */
  public static byte[] decodeBytes(String input) {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%'
          && i + 2 < bytes.length
          && Bytes.isHexDigit(bytes[i + 1])
          && Bytes.isHexDigit(bytes[i + 2])) {
        decoded.put(
            (byte) (Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16)));
        i += 2;
      } else {
        decoded.put(bytes[i]);
      }
    }
    return Arrays.copyOf(decoded.array(), decoded.position());
  }

  /** Decodes {@code %xx} and then UTF-8; empty if the bytes are not UTF-8. */
  public static Optional<String> decode(String input) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(decodeBytes(input)))
              .toString());
    } catch (CharacterCodingException e) {
      // A browser would go on with U+FFFD, which no domain may hold: failure all the same.
      return Optional.empty();
    }
  }
}
