package dev.crosswalk.cors.tck.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of a response.
 *
 * @param isOld whether it is of HTTP/1.0, or of a stream of music: the connection then ends with
 *     the response
 */
record StatusLine(int code, String reason, boolean isOld) {

  /** SHOUTcast servers say so in place of the version. */
  static final String ICY = "ICY ";

  private static final int OK = 200;

  /** Browsers take a version without a minor number, and several spaces, as well. */
  private static final Pattern STRICT =
      Pattern.compile("HTTP/(\\d)(?:\\.(\\d))? +(\\d{3})(?: (.*))?", Pattern.DOTALL);

  /**
   * What browsers take for a status line: a version of any form, and a status of any length or
   * none. {@code ResponseHead} has what each of them refuses.
   */
  private static final Pattern OF_BROWSERS =
      Pattern.compile("([^ ]*)(?: +(\\d{1,6})?(.*))?", Pattern.DOTALL);

  /** Returns the parts of a line; empty if it is none. */
  static Optional<StatusLine> of(String line, boolean asBrowsers) {
    Matcher parts = (asBrowsers ? OF_BROWSERS : STRICT).matcher(line);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int last = parts.groupCount();
    String number = parts.group(last - 1);
    String reason = parts.group(last);
    return Optional.of(
        new StatusLine(
            number == null ? OK : Integer.parseInt(number),
            reason == null ? "" : reason.stripLeading(),
            line.startsWith("HTTP/1.0") || line.startsWith(ICY)));
  }

  static boolean isInterim(int status) {
    return status >= 100 && status < OK && status != 101;
  }

  /** RFC 9112, section 6.3: what ends a response, in its order. */
  boolean hasNoBody(String method) {
    return method.equals("HEAD")
        || (code >= 100 && code < 200)
        || code == 204
        || code == 304
        || (method.equals("CONNECT") && code < 300);
  }
}
