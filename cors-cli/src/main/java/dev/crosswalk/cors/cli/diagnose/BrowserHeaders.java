package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What Chrome sends beside what Fetch says of CORS. Servers and filters of bots look at it, and
 * refuse a request without it.
 */
final class BrowserHeaders {

  /** Chrome has the number of its version in both. */
  private static final String BRANDS =
      "\"Not:A-Brand\";v=\"8\", \"Chromium\";v=\"156\", \"Google Chrome\";v=\"156\"";

  private static final List<String> SAFE = List.of("GET", "HEAD", "OPTIONS");

  private static final String EVERY_CODING = "gzip, deflate, br, zstd";

  /** What the body can be read of. */
  private static final String READABLE_CODINGS = "gzip, deflate";

  private BrowserHeaders() {}

  /** All that a browser sends, and the body as it can be read. */
  static Transport over(Transport transport, String userAgent, String origin, boolean chrome) {
    return request -> {
      WireRequest added = added(request, userAgent, origin, chrome);
      WireResponse response = transport.send(added);
      boolean asked = added.headers().get("Accept-Encoding").equals(Optional.of(EVERY_CODING));
      String coding = response.headers().get("Content-Encoding").orElse("");
      return asked && isUnreadable(coding) ? readable(response, added, transport) : response;
    };
  }

  /** The same response, with the body of another one that says the same in a coding of the JDK. */
  private static WireResponse readable(
      WireResponse response, WireRequest request, Transport transport) {
    Headers headers =
        request.headers().without("Accept-Encoding").with("Accept-Encoding", READABLE_CODINGS);
    try {
      WireResponse other =
          transport.send(new WireRequest(request.method(), request.url(), headers, request.body()));
      String coding = other.headers().get("Content-Encoding").orElse("");
      return other.status() != response.status() || isUnreadable(coding)
          ? response
          : new WireResponse(
              response.status(),
              response.reason(),
              withCoding(response.headers(), coding),
              other.body(),
              response.head(),
              other.end(),
              response.interim());
    } catch (IOException e) {
      return response;
    }
  }

  private static boolean isUnreadable(String coding) {
    return Bytes.equalIgnoringCase(coding, "br") || Bytes.equalIgnoringCase(coding, "zstd");
  }

  private static Headers withCoding(Headers headers, String coding) {
    Headers without = headers.without("Content-Encoding");
    return coding.isEmpty() ? without : without.with("Content-Encoding", coding);
  }

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
      Url url = Url.of(request.url());
      boolean trustworthy =
          url.scheme().equals("https") || Host.isLoopback(String.valueOf(url.host()));
      boolean all = trustworthy && SAFE.contains(request.method());
      headers = or(headers, "Accept-Encoding", all ? EVERY_CODING : READABLE_CODINGS);
      headers = or(headers, "Accept-Language", "en-US,en;q=0.9");
      // The policy strict-origin-when-cross-origin: nothing from https to http.
      boolean downgrade = origin.startsWith("https:") && url.scheme().equals("http");
      if (origin.startsWith("http") && !downgrade && !headers.has("Upgrade")) {
        headers = or(headers, "Referer", origin + "/");
      }
      boolean preflight = headers.has("Access-Control-Request-Method");
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
