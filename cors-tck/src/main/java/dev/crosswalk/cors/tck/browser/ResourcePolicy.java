package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.Set;

/**
 * {@code Cross-Origin-Resource-Policy}: what keeps an opaque response out of other origins'
 * processes. It has no part in mode "cors". Embedder policies, which change its default, are
 * absent: they belong to the page, not to the server under test.
 */
final class ResourcePolicy {

  private ResourcePolicy() {}

  /** {@code https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check}. */
  static boolean blocks(
      Headers response, Origin origin, Url url, Mode mode, Set<String> publicSuffixes) {
    if (mode != Mode.NO_CORS) {
      return false;
    }
    // Two lines join to a value that is none of these, and count as absent.
    return switch (response.get("Cross-Origin-Resource-Policy").orElse("")) {
      case "same-origin" -> !origin.isSameOrigin(url.origin());
      case "same-site" -> {
        boolean secure = origin instanceof Origin.Tuple tuple && tuple.scheme().equals("https");
        yield !origin.isSchemelesslySameSite(url.origin(), publicSuffixes)
            || (!secure && url.scheme().equals("https"));
      }
      default -> false;
    };
  }
}
