package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;

/**
 * What Chrome sends beside what Fetch says of CORS. Servers and filters of bots look at it, and
 * refuse who lacks it.
 */
final class BrowserHeaders {

  /** Chrome has the number of its version in both. */
  private static final String BRANDS =
      "\"Not:A-Brand\";v=\"8\", \"Chromium\";v=\"156\", \"Google Chrome\";v=\"156\"";

  private BrowserHeaders() {}

  /**
   * A request as the browser sends it. What it has already stays.
   *
   * @param userAgent the value of {@code User-Agent}
   * @param origin of the page
   * @param chrome whether that is Chrome's, so that the rest has to fit
   */
  static WireRequest added(WireRequest request, String userAgent, String origin, boolean chrome) {
    Headers headers = or(request.headers(), "User-Agent", userAgent);
    if (chrome) {
      headers = or(headers, "Accept-Encoding", "gzip, deflate");
      headers = or(headers, "Accept-Language", "en-US,en;q=0.9");
      Url url = Url.of(request.url());
      // The policy strict-origin-when-cross-origin: nothing from https to http.
      boolean downgrade = origin.startsWith("https:") && url.scheme().equals("http");
      if (origin.startsWith("http") && !downgrade && !headers.has("Upgrade")) {
        headers = or(headers, "Referer", origin + "/");
      }
      boolean preflight = headers.has("Access-Control-Request-Method");
      boolean trustworthy =
          url.scheme().equals("https") || Host.isLoopback(String.valueOf(url.host()));
      if (trustworthy && !preflight && !headers.has("Upgrade")) {
        headers = or(headers, "sec-ch-ua", BRANDS);
        headers = or(headers, "sec-ch-ua-mobile", "?0");
        headers = or(headers, "sec-ch-ua-platform", "\"Linux\"");
      }
    }
    return new WireRequest(request.method(), request.url(), headers, request.body());
  }

  private static Headers or(Headers headers, String name, String value) {
    return headers.has(name) ? headers : headers.with(name, value);
  }
}
