package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The origin a request claims, and whether it says so in {@code Origin}. */
final class RequestOrigin {

  private RequestOrigin() {}

  /** {@code https://fetch.spec.whatwg.org/#concept-request-tainted-origin}. */
  enum Taint {
    SAME_ORIGIN,
    SAME_SITE,
    CROSS_SITE;

    /**
     * Walks the URLs of a request.
     *
     * @param urls the first one and those it was redirected to
     * @param publicSuffixes tell same-site from cross-site, and nothing else
     */
    static Taint of(Origin origin, List<Url> urls, Set<String> publicSuffixes) {
      Taint taint = SAME_ORIGIN;
      Origin last = urls.get(0).origin();
      for (Url url : urls.subList(1, urls.size())) {
        Origin next = url.origin();
        if (!next.isSameSite(last, publicSuffixes) && !origin.isSameSite(last, publicSuffixes)) {
          return CROSS_SITE;
        }
        if (!next.isSameOrigin(last) && !origin.isSameOrigin(last)) {
          taint = SAME_SITE;
        }
        last = next;
      }
      return taint;
    }
  }

  /**
   * {@code https://fetch.spec.whatwg.org/#serializing-a-request-origin}: {@code null} once a server
   * other than the page's own has redirected to yet another. No public suffix is needed, as every
   * taint but same-origin has this one effect.
   */
  static String serialize(Origin origin, List<Url> urls) {
    return Taint.of(origin, urls, Set.of()) == Taint.SAME_ORIGIN ? origin.serialize() : "null";
  }

  /**
   * {@code https://fetch.spec.whatwg.org/#append-a-request-origin-header}.
   *
   * @param cors whether response tainting is "cors"
   * @return the value of {@code Origin}; empty if the request carries none
   */
  static Optional<String> header(
      Origin origin,
      List<Url> urls,
      String method,
      Mode mode,
      ReferrerPolicy policy,
      boolean cors) {
    String serialized = serialize(origin, urls);
    if (cors || mode == Mode.WEBSOCKET) {
      return Optional.of(serialized);
    }
    if (method.equals("GET") || method.equals("HEAD")) {
      return Optional.empty();
    }
    Url current = urls.get(urls.size() - 1);
    return Optional.of(
        mode != Mode.CORS && withheld(origin, current, policy) ? "null" : serialized);
  }

  // In mode "cors" the origin is not withheld: the server should know it.
  private static boolean withheld(Origin origin, Url current, ReferrerPolicy policy) {
    return switch (policy) {
      case NO_REFERRER -> true;
      case NO_REFERRER_WHEN_DOWNGRADE, STRICT_ORIGIN, STRICT_ORIGIN_WHEN_CROSS_ORIGIN ->
          origin instanceof Origin.Tuple tuple
              && tuple.scheme().equals("https")
              && !current.scheme().equals("https");
      case SAME_ORIGIN -> !origin.isSameOrigin(current.origin());
      case ORIGIN, ORIGIN_WHEN_CROSS_ORIGIN, UNSAFE_URL -> false;
    };
  }
}
