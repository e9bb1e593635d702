package dev.crosswalk.cors.cli.explain.csp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which URLs a source of a policy stands for.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/#match-url-to-source-expression">CSP 3, section
 *     6.7.2.8</a>
 */
class PolicySourceTest {

  @ParameterizedTest
  @CsvSource({
    "https://a.example, https://a.example/x, true",
    "https://a.example, http://a.example/x, false",
    "http://a.example, https://a.example/x, true",
    "a.example, https://a.example/x, true",
    "a.example, http://a.example/x, false",
    "a.example, https://b.a.example/x, false",
    "*.a.example, https://b.a.example/x, true",
    "*.a.example, https://a.example/x, false",
    "https://a.example, https://a.example:8443/x, false",
    "https://a.example:8443, https://a.example:8443/x, true",
    "https://a.example:*, https://a.example:8443/x, true",
    "https://a.example/lib, https://a.example/lib/b.js, false",
    "https://a.example/lib/, https://a.example/lib/b.js, true",
    "https://a.example/lib/b.js, https://a.example/lib/b.js, true",
    "https://a.example, wss://a.example/x, false",
    "wss://a.example, wss://a.example/x, true",
    "ws:, https://a.example/x, false",
    "https:, https://a.example/x, true",
    "https:, http://a.example/x, false",
    "data:, https://a.example/x, false",
    "*, http://a.example:81/x, true",
    "http://localhost:*, http://localhost:3000/x, true",
  })
  void a_source_stands_for_a_url_as_the_standard_says(String source, String url, boolean allowed) {
    assertEquals(allowed, PolicySource.of(source).orElseThrow().allows(url));
  }

  @Test
  void a_keyword_is_no_source_of_urls() {
    for (String keyword : List.of("'self'", "'none'", "'nonce-abc'", "'sha256-abc='")) {
      assertTrue(PolicySource.of(keyword).isEmpty(), keyword);
    }
  }

  @Test
  void a_host_that_is_another_one_misses_nothing() {
    assertTrue(
        PolicySource.of("https://a.example")
            .orElseThrow()
            .misses("https://b.example:8443/x")
            .isEmpty());
  }
}
