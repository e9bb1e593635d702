package dev.crosswalk.cors.tck.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One HTTP response.
 *
 * @param status three digits
 * @param reason the reason phrase; may be empty
 * @param headers in order, one field for each line
 * @param body decoded of its transfer coding; empty if there is none; not copied
 * @param head the status line and the field lines exactly as received, one char for each byte
 * @param end how the body ends
 * @param interim the responses of class 1xx before it, in order; no browser looks for CORS there
 */
public record WireResponse(
    int status,
    String reason,
    Headers headers,
    byte[] body,
    String head,
    BodyEnd end,
    List<WireResponse> interim) {

  /** Copies the interim responses. */
  public WireResponse {
    interim = List.copyOf(interim);
  }

  /** How a body ends. A browser shares a response when its headers come, however that is. */
  public enum BodyEnd {
    /** All of it came. */
    WHOLE,
    /** There was more, which was not read: it is long, or it has no end, as an event stream. */
    NOT_AWAITED,
    /** The connection broke in the middle of it, or what came is malformed. */
    BROKEN
  }

  /**
   * One with no interim response before it.
   *
   * @param status three digits
   * @param reason the reason phrase; may be empty
   * @param headers in order
   * @param body decoded of its transfer coding
   * @param head as received
   * @param end how the body ends
   */
  public WireResponse(
      int status, String reason, Headers headers, byte[] body, String head, BodyEnd end) {
    this(status, reason, headers, body, head, end, List.of());
  }

  /**
   * One with its whole body.
   *
   * @param status three digits
   * @param reason the reason phrase; may be empty
   * @param headers in order
   * @param body decoded of its transfer coding
   * @param head as received
   */
  public WireResponse(int status, String reason, Headers headers, byte[] body, String head) {
    this(status, reason, headers, body, head, BodyEnd.WHOLE);
  }

  /**
   * A response that did not come over a wire.
   *
   * @param status three digits
   * @param headers in order
   */
  public WireResponse(int status, Headers headers) {
    this(status, "", headers, new byte[0], "");
  }

  /** {@return the same, with the interim responses that came before it} */
  WireResponse after(List<WireResponse> earlier) {
    return new WireResponse(status, reason, headers, body, head, end, earlier);
  }

  /** {@return the body, read as UTF-8} */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Whether the status says that all is well.
   *
   * @return whether it is 200 to 299
   * @see <a href="https://fetch.spec.whatwg.org/#ok-status">Fetch: ok status</a>
   */
  public boolean hasOkStatus() {
    return status >= 200 && status <= 299;
  }

  /**
   * Whether the status redirects.
   *
   * @return the same as {@link #isRedirectStatus} of it
   * @see <a href="https://fetch.spec.whatwg.org/#redirect-status">Fetch: redirect status</a>
   */
  public boolean hasRedirectStatus() {
    return isRedirectStatus(status);
  }

  /**
   * Whether a status redirects. 304 does not.
   *
   * @param status three digits
   * @return whether it is 301, 302, 303, 307 or 308
   */
  public static boolean isRedirectStatus(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return status + " " + headers;
  }
}
