package dev.crosswalk.cors.tck.rules;

import dev.crosswalk.cors.tck.wire.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cache between a server and its users, such as a CDN. It takes every response for fresh, and
 * hands it out again where {@code Vary} lets it: to the origin that it is for, or to another.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9111#section-4.1">RFC 9111, section 4.1</a>
 */
final class SharedCache {

  private final List<Observation> stored = new ArrayList<>();

  void store(Observation observation) {
    stored.add(observation);
  }

  /** What the cache answers for a GET of the same URL with these headers, if it has it. */
  Optional<Observation> answer(Headers headers) {
    return stored.stream().filter(observation -> matches(observation, headers)).findFirst();
  }

  private static boolean matches(Observation observation, Headers headers) {
    List<String> vary = observation.vary();
    Headers original = observation.request().headers();
    return !vary.contains("*")
        && vary.stream().allMatch(name -> original.get(name).equals(headers.get(name)));
  }
}
