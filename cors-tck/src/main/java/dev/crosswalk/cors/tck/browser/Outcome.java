package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What the script sees of a fetch, and what happened on the wire.
 *
 * @param type which filter lies over the response
 * @param status as the script sees it: 0 for an error and an opaque response
 * @param headers those the script may read
 * @param body what the script may read; not copied
 * @param verdict shared, or why not
 * @param exchanges in order, preflights among them
 * @see <a href="https://fetch.spec.whatwg.org/#concept-filtered-response">Fetch: filtered
 *     response</a>
 */
public record Outcome(
    Type type,
    int status,
    Headers headers,
    byte[] body,
    Verdict verdict,
    List<Exchange> exchanges) {

  /** {@code https://fetch.spec.whatwg.org/#concept-response-type}. */
  public enum Type {
    /** Same origin, or a navigation: all but the cookies. */
    BASIC,
    /** Another origin, which shares it. */
    CORS,
    /** Another origin, not asked whether it shares: nothing to be seen. */
    OPAQUE,
    /** A redirect that is not followed: nothing to be seen. */
    OPAQUE_REDIRECT,
    /** The promise is rejected, and the script does not learn why. */
    ERROR
  }

  /**
   * What {@code response.headers.get(name)} returns.
   *
   * @param name compared byte-case-insensitively
   * @return the combined value; empty where a script gets null
   */
  public Optional<String> header(String name) {
    return headers.get(name);
  }

  /** {@return the body the script may read, as UTF-8} */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** {@return only the preflights} */
  public List<Exchange> preflights() {
    return exchanges.stream().filter(Exchange::preflight).toList();
  }

  /** {@return all but the preflights} */
  public List<Exchange> actuals() {
    return exchanges.stream().filter(exchange -> !exchange.preflight()).toList();
  }
}
