package dev.crosswalk.cors.tck.wire;

/**
 * One HTTP request.
 *
 * @param method as it goes over the wire
 * @param url absolute
 * @param headers in order, without {@code Host} and {@code Content-Length} unless they are to be
 *     others than the URL and the body say
 * @param body empty if there is none; not copied
 */
public record WireRequest(String method, String url, Headers headers, byte[] body) {

  /**
   * A request without a body.
   *
   * @param method as it goes over the wire
   * @param url absolute
   * @param headers in order
   */
  public WireRequest(String method, String url, Headers headers) {
    this(method, url, headers, new byte[0]);
  }

  @Override
  public String toString() {
    return method + " " + url + " " + headers;
  }
}
