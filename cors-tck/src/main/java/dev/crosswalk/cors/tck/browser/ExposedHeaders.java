package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Which headers of a response a script may read. */
final class ExposedHeaders {

  private static final Set<String> SAFELISTED =
      Set.of(
          "cache-control content-language content-length content-type expires last-modified pragma"
              .split(" "));

  private ExposedHeaders() {}

  /**
   * The headers of a CORS filtered response.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#concept-filtered-response-cors">Fetch: CORS
   *     filtered response</a>
   */
  static Headers ofCorsResponse(Headers headers, boolean include) {
    // https://fetch.spec.whatwg.org/#concept-main-fetch, the step on header names to expose: with
    // credentials "*" is the name of a header like any other, and one malformed element exposes
    // nothing at all.
    List<String> values = headers.extractListValues("Access-Control-Expose-Headers").orNone();
    boolean all = !include && values.contains("*");
    Set<String> names = new HashSet<>(SAFELISTED);
    values.forEach(name -> names.add(Bytes.lowerCase(name)));
    return keep(headers, name -> all || names.contains(name));
  }

  /** {@code https://fetch.spec.whatwg.org/#concept-filtered-response-basic}. */
  static Headers ofBasicResponse(Headers headers) {
    return keep(headers, name -> true);
  }

  private static Headers keep(Headers headers, Predicate<String> isExposed) {
    return Headers.of(
        headers.fields().stream()
            .filter(field -> !isForbidden(Bytes.lowerCase(field.name())))
            .filter(field -> isExposed.test(Bytes.lowerCase(field.name())))
            .toList());
  }

  /** {@code https://fetch.spec.whatwg.org/#forbidden-response-header-name}: never exposed. */
  private static boolean isForbidden(String lowerCaseName) {
    return lowerCaseName.equals("set-cookie") || lowerCaseName.equals("set-cookie2");
  }
}
