package dev.crosswalk.cors.tck.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

  private static final Set<String> SUFFIXES = Set.of("co.uk", "github.io");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example",
        "http://localhost:3000",
        "http://[::1]:8080",
        "chrome-extension://abcdef",
        "capacitor://localhost",
        "https://a_b.example.",
        "null"
      })
  void is_read_as_a_browser_writes_it(String serialized) {
    assertEquals(serialized, Origin.of(serialized).serialize());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "app.example",
        "https://",
        "https://app.example/",
        "https://u@app.example",
        "https://a.example, https://b.example",
        "https://app.example:http",
        "https://app.example:123456",
        "https://app.example:99999",
      })
  void is_refused_if_no_browser_writes_it(String value) {
    assertThrows(IllegalArgumentException.class, () -> Origin.of(value));
  }

  @Test
  void an_opaque_one_is_same_origin_with_itself_alone() {
    Origin opaque = Origin.opaque();
    assertTrue(opaque.isSameOrigin(opaque));
    assertFalse(opaque.isSameOrigin(Origin.opaque()));
    assertFalse(opaque.isSameSite(Origin.opaque(), SUFFIXES));
    assertFalse(Origin.of("https://app.example").isSameSite(opaque, SUFFIXES));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example,      https://a.example:8443,  true",
    "https://a.example,      https://b.example,       false",
    "https://x.a.example,    https://y.a.example,     true",
    "https://a.example,      https://x.a.example,     true",
    "https://a.example,      http://a.example,        false",
    "https://not-a.example,  https://a.example,       false",
    "https://a.co.uk,        https://b.co.uk,         false",
    "https://x.a.co.uk,      https://y.a.co.uk,       true",
    "https://co.uk,          https://co.uk,           true",
    "https://a.github.io,    https://b.github.io,     false",
    "https://a.example.,     https://a.example,       false",
    "https://x.a.co.uk.,     https://y.a.co.uk.,      true",
    "https://localhost,      https://localhost:8443,  true",
    "http://127.0.0.1,       http://1.0.0.1,          false",
    "http://127.0.0.1:1,     http://127.0.0.1:2,      true",
    "http://[::1]:1,         http://[::1]:2,          true",
  })
  void is_same_site_by_scheme_and_registrable_domain(String a, String b, boolean sameSite) {
    assertEquals(sameSite, Origin.of(a).isSameSite(Origin.of(b), SUFFIXES));
    assertEquals(sameSite, Origin.of(b).isSameSite(Origin.of(a), SUFFIXES));
  }

  @Test
  void is_schemelessly_same_site_over_http_too() {
    assertTrue(
        Origin.of("https://x.a.example")
            .isSchemelesslySameSite(Origin.of("http://y.a.example"), SUFFIXES));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://[::]",
        "http://[::f09a]",
        "http://[1::]",
        "http://[1:2:3:4:5:6::]",
        "http://[::1:2:3:4:5:6]",
        "http://[1:2:3:4:5:6:7:8]",
        "http://[1:2::3]:80",
        "http://999.1.1.1",
        "a://b",
        "https://a:00000"
      })
  void the_grammar_admits_what_is_serialized(String value) {
    assertTrue(Origin.isOriginOrNull(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NULL",
        "http://[1:2:3:4:5:6:7::]",
        "http://[::1:2:3:4:5:6:7]",
        "http://[1:2:3:4:5:6:7]",
        "http://[1:2:3:4:5:6:7:8:9]",
        "http://[1::2::3]",
        "http://[:1]",
        "http://[::A]",
        "http://[::00]",
        "http://[::1",
        "http://::1]",
        "http://x::]",
        "http://a:",
        "http://a:1:2",
        "1a://b",
        "://b",
        "http://-a",
        "http://a-",
        "http://.a",
        "http://a?",
        "http://a\n"
      })
  void the_grammar_admits_nothing_else(String value) {
    assertFalse(Origin.isOriginOrNull(value));
  }
}
