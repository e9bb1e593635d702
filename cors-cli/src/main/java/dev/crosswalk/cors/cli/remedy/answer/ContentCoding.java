package dev.crosswalk.cors.cli.remedy.answer;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** A body as a browser sees it, without the compression by which it came. */
final class ContentCoding {

  /** Little that is compressed can be much. */
  private static final int MAX_BYTES = 64 * 1024;

  private static final int BUFFER_BYTES = 8 * 1024;

  private ContentCoding() {}

  /** The beginning of a body, decoded; as it came, if it is not what its header says. */
  static byte[] decoded(WireResponse response) {
    byte[] body = response.body();
    InputStream in = new ByteArrayInputStream(body);
    try {
      return switch (Bytes.lowerCase(response.headers().get("Content-Encoding").orElse(""))) {
        case "gzip", "x-gzip" -> beginning(new GZIPInputStream(in));
        case "deflate" -> beginning(new InflaterInputStream(in));
        default -> body;
      };
    } catch (IOException e) {
      return body;
    }
  }

  /** What can be had of it: the end may not have come. */
  private static byte[] beginning(InputStream in) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int count = in.read(buffer);
          count >= 0 && bytes.size() < MAX_BYTES;
          count = in.read(buffer)) {
        bytes.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // It is cut.
    }
    return bytes.toByteArray();
  }
}
