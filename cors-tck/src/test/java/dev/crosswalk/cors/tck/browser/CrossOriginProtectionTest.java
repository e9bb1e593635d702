package dev.crosswalk.cors.tck.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.wire.Headers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginProtectionTest {

  private static final Headers CROSS_SITE = Headers.of("Sec-Fetch-Site", "cross-site");

  private static boolean bypasses(String pattern, String method, String path) {
    return new CrossOriginProtection(List.of(), List.of(pattern))
        .allows(method, "example.com", path, CROSS_SITE);
  }

  @ParameterizedTest
  @CsvSource({
    "/bypass/,               /bypass/,               true",
    "/bypass/,               /bypass/below/it,       true",
    "/bypass/,               /bypass,                false",
    "/bypass/,               /bypassed,              false",
    "/bypass/,               /foo/../bypass/bar,     false",
    "/bypass/,               //bypass/,              false",
    "/bypass/,               /bypass/./x,            false",
    "/bypass/,               /api/,                  false",
    "/exact,                 /exact,                 true",
    "/exact,                 /exact/,                false",
    "/only/{name},           /only/123,              true",
    "/only/{name},           /only/123/more,         false",
    "/only/{name},           /only/,                 false",
    "/all/{rest...},         /all/a/b,               true",
    "/end/{$},               /end/,                  true",
    "/end/{$},               /end/x,                 false",
    "/,                      /anything/at/all,       true",
    "example.com/host/,      /host/x,                true",
    "other.example/host/,    /host/x,                false",
    "POST /post/,            /post/,                 true",
    "PUT /put/,              /put/,                  false",
  })
  void a_pattern_matches_a_path_as_it_stands(String pattern, String path, boolean bypasses) {
    assertEquals(bypasses, bypasses(pattern, "POST", path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "http://localhost:8080",
        "capacitor://localhost",
        "a+b://c"
      })
  void an_origin_can_be_trusted(String origin) {
    assertTrue(CrossOriginProtection.isTrustable(origin));
    assertTrue(
        new CrossOriginProtection(List.of(origin), List.of())
            .allows("POST", "example.com", "/", CROSS_SITE.with("Origin", origin)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "*",
        "example.com",
        "//example.com",
        "https:",
        "https://",
        "https:/example.com",
        "https://example.com/",
        "https://example.com?q",
        "https://example.com#f",
        "https://ex ample.com",
        "1https://example.com",
        "ht_tps://example.com"
      })
  void what_is_not_an_origin_cannot(String value) {
    assertFalse(CrossOriginProtection.isTrustable(value));
    assertThrows(
        IllegalArgumentException.class, () -> new CrossOriginProtection(List.of(value), List.of()));
  }

  @Test
  void without_fetch_metadata_the_origin_is_compared_with_the_host() {
    CrossOriginProtection protection = new CrossOriginProtection(List.of(), List.of());
    for (String same : List.of("https://example.com", "http://example.com")) {
      assertTrue(protection.allows("POST", "example.com", "/", Headers.of("Origin", same)), same);
    }
    for (String other : List.of("null", "https://example.com:443", "https://example.org", "x")) {
      assertFalse(
          protection.allows("POST", "example.com", "/", Headers.of("Origin", other)), other);
    }
  }

  @Test
  void of_several_lines_the_first_counts() {
    CrossOriginProtection protection = new CrossOriginProtection(List.of(), List.of());
    Headers twice = Headers.of("Sec-Fetch-Site", "same-origin", "Sec-Fetch-Site", "cross-site");
    assertTrue(protection.allows("POST", "example.com", "/", twice));
  }
}
