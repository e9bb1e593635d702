package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.PercentEncoding;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a {@code data:} URL holds, which any page may read: no server is asked. */
final class DataUrl {

  private DataUrl() {}

  /**
   * {@code https://fetch.spec.whatwg.org/#data-url-processor}.
   *
   * @return the response; empty if the URL has no comma, or its base64 is malformed
   */
  static Optional<WireResponse> response(Url url) {
    String content = url.path() + (url.query() == null ? "" : "?" + url.query());
    int comma = content.indexOf(',');
    if (comma < 0) {
      return Optional.empty();
    }
    String type = Bytes.stripTabsAndSpaces(content.substring(0, comma));
    byte[] body = PercentEncoding.decodeBytes(content.substring(comma + 1));
    String base64 = ";base64";
    int semicolon = type.length() - base64.length();
    if (semicolon >= 0 && Bytes.equalIgnoringCase(type.substring(semicolon), base64)) {
      type = type.substring(0, semicolon);
      try {
        String letters =
            new String(body, StandardCharsets.ISO_8859_1).replaceAll("[\t\n\f\r ]", "");
        body = Base64.getDecoder().decode(letters);
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    if (type.startsWith(";")) {
      type = "text/plain" + type;
    }
    String known = type.matches("[^/;\\s]+/[^/;\\s]+(;.*)?") ? type : "text/plain;charset=US-ASCII";
    return Optional.of(new WireResponse(200, "OK", Headers.of("Content-Type", known), body, ""));
  }
}
