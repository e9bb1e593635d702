package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.List;

/** {@code Timing-Allow-Origin}: whether a page may see how long a response took. */
final class TimingAllowOrigin {

  private TimingAllowOrigin() {}

  /**
   * {@code https://fetch.spec.whatwg.org/#concept-tao-check}.
   *
   * @param urls the last of them gave the response
   * @param basic whether response tainting is "basic"
   * @param failedBefore {@code https://fetch.spec.whatwg.org/#timing-allow-failed}: one redirect
   *     that does not allow it fails the whole chain
   */
  static boolean check(
      Headers response,
      Origin origin,
      List<Url> urls,
      Mode mode,
      boolean basic,
      boolean failedBefore) {
    if (failedBefore) {
      return false;
    }
    List<String> values = response.split("Timing-Allow-Origin").orElse(List.of());
    if (values.contains("*") || values.contains(RequestOrigin.serialize(origin, urls))) {
      return true;
    }
    boolean sameOrigin = urls.get(urls.size() - 1).origin().isSameOrigin(origin);
    return (mode != Mode.NAVIGATE || sameOrigin) && basic;
  }
}
