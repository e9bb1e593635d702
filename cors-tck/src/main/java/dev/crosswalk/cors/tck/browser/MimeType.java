package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.url.Bytes;
import java.util.Optional;

/**
 * A MIME type, of which only the essence is kept: no parameter can make the parser fail, and none
 * matters to CORS.
 *
 * @param essence {@code type/subtype} in lower case
 * @see <a href="https://mimesniff.spec.whatwg.org/#parse-a-mime-type">MIME Sniffing: parse a MIME
 *     type</a>
 */
record MimeType(String essence) {

  /** Parses the whole value as one MIME type; empty on failure. */
  static Optional<MimeType> parse(String value) {
    String input = Bytes.stripHttpWhitespace(value);
    int slash = input.indexOf('/');
    if (slash < 0 || !Bytes.isToken(input.substring(0, slash))) {
      return Optional.empty();
    }
    int semicolon = input.indexOf(';', slash);
    String rest = input.substring(slash + 1, semicolon < 0 ? input.length() : semicolon);
    // Space is allowed before the semicolon, and nowhere else.
    String subtype = rest.replaceFirst("(?<![ \\t\\r\\n])[ \\t\\r\\n]++$", "");
    return Bytes.isToken(subtype)
        ? Optional.of(new MimeType(Bytes.lowerCase(input.substring(0, slash) + "/" + subtype)))
        : Optional.empty();
  }
}
