package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.List;
import java.util.Set;

/**
 * The {@code Sec-Fetch-*} headers, by which a browser tells a server who asks and what for.
 *
 * @see <a href="https://w3c.github.io/webappsec-fetch-metadata/">Fetch Metadata Request Headers</a>
 */
final class FetchMetadata {

  private FetchMetadata() {}

  /** Appends the headers for a request: {@code #fetch-integration} of the specification above. */
  static Headers append(
      Headers headers, Request request, List<Url> urls, Mode mode, Set<String> publicSuffixes) {
    if (!isPotentiallyTrustworthy(urls.get(urls.size() - 1))) {
      return headers;
    }
    Headers more =
        headers
            .with(
                "Sec-Fetch-Site",
                request.isTyped() ? "none" : site(request.parsedOrigin(), urls, publicSuffixes))
            .with("Sec-Fetch-Mode", mode.serialize())
            .with(
                "Sec-Fetch-Dest",
                mode == Mode.NAVIGATE ? "document" : request.destination().serialize());
    return mode == Mode.NAVIGATE && request.isByUser() ? more.with("Sec-Fetch-User", "?1") : more;
  }

  /**
   * {@code https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-set-site}. A redirect can
   * only make it worse.
   */
  static String site(Origin origin, List<Url> urls, Set<String> publicSuffixes) {
    String site = "same-origin";
    for (Url url : urls) {
      if (url.origin().isSameOrigin(origin)) {
        continue;
      }
      if (!origin.isSameSite(url.origin(), publicSuffixes)) {
        return "cross-site";
      }
      site = "same-site";
    }
    return site;
  }

  /** {@code https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy}. */
  private static boolean isPotentiallyTrustworthy(Url url) {
    return url.scheme().equals("https")
        || url.scheme().equals("wss")
        || Host.isLoopback(String.valueOf(url.host()));
  }
}
