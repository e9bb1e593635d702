package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.internal.origin.OriginPatternParser.Parsed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Patterns of origins")
class OriginPatternsTest {

  private static OriginPattern pattern(String text) {
    return ((Parsed) OriginPatternParser.parse(text)).pattern();
  }

  private static OriginPatterns patterns(String... texts) {
    return new OriginPatterns(Arrays.stream(texts).map(OriginPatternsTest::pattern).toList());
  }

  @ParameterizedTest(name = "{0} denotes {1}: {2}")
  @CsvSource({
    "moz-extension://*, moz-extension://0b2d7d8a-6d0c-4d5c-9d5a-5f3d8a3f2d10, true",
    "moz-extension://*, moz-extension://a, true",
    "moz-extension://*, moz-extension://a.b, false",
    "moz-extension://*, moz-extension://a:8443, false",
    "moz-extension://*, moz-extension://[::1], false",
    "moz-extension://*, chrome-extension://a, false",
    "moz-extension://*, https://a, false",
    "https://app-*-x.a.example, https://app-1-x.a.example, true",
    "https://app-*-x.a.example, https://app-x.a.example, false",
    "https://app-*-x.a.example, https://app--x.a.example, false",
    "https://app-*-x.a.example, https://app-1-x.b.a.example, false",
    "https://app-*-x.a.example, https://b.app-1-x.a.example, false",
    "https://*-x.a.example, https://app-x.a.example, true",
    "https://*.a.example:8443, https://x.a.example:8443, true",
    "https://*.a.example:8443, https://x.a.example, false",
    "https://*.a.example:*, https://x.a.example:1, true",
    "https://*.a.example, x.a.example, false",
  })
  void denote_origins_alone_and_beside_patterns_of_every_other_kind(
      String pattern, String origin, boolean expected) {
    assertEquals(expected, patterns(pattern).match(origin));
    OriginPatterns several =
        patterns(
            "https://*.z.example", "https://z-*.z.example", "safari-web-extension://*", pattern);
    assertEquals(expected, several.match(origin));
    assertFalse(patterns().match(origin));
  }

  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource({
    "https://a.b.example, https://*.b.example",
    "https://*.b.example, https://*.example",
    "https://app-x-*.b.example, https://app-*.b.example",
    "https://*-x-y.b.example, https://*-y.b.example",
    "https://app-*.b.example, https://*.b.example",
    "https://b.example:8443, https://b.example:*",
    "http://[::1]:3000, http://[::1]:*",
    "moz-extension://a, moz-extension://*",
    "https://*.b.example, -",
    "https://b.example, -",
    "https://*.example, -",
    "https://b-*.b.example, -",
  })
  void make_narrower_ones_superfluous_and_not_themselves(String narrower, String wider) {
    OriginPatterns patterns =
        wider.equals("-") ? patterns(narrower) : patterns("https://z-*.z.example", narrower, wider);
    @Nullable OriginPattern found = patterns.wider(pattern(narrower));
    assertEquals(wider, found == null ? "-" : found.toString());
    assertEquals(null, patterns().wider(pattern(narrower)));
  }

  @ParameterizedTest(name = "{0} beside {1}")
  @CsvSource({
    "https://a.b.example:*, https://*.b.example",
    "https://a.b.example:8443, https://*.b.example",
    "https://a.b.example, https://*.b.example:8443",
    "http://a.b.example, https://*.b.example",
    "https://b.example, https://*.b.example",
  })
  void make_none_superfluous_that_has_another_scheme_other_ports_or_no_subdomain(
      String pattern, String other) {
    assertNull(patterns("https://z-*.z.example:*", pattern, other).wider(pattern(pattern)));
  }

  @Test
  void may_be_many_that_have_the_same_prefix_suffix_or_host() {
    List<OriginPattern> all =
        List.of("a", "b", "c", "d", "e", "f", "g").stream()
            .flatMap(
                c ->
                    List.of(
                        "https://x-*-" + c + ".example.com",
                        "https://" + c + "-*-x.example.com",
                        "https://x-*." + c + ".example.com",
                        "https://*." + c + ".example.com")
                        .stream())
            .map(OriginPatternsTest::pattern)
            .toList();
    OriginPatterns patterns = new OriginPatterns(all);
    for (OriginPattern each : all) {
      String origin = each.toString().replace("*", "y");
      assertTrue(patterns.match(origin), origin);
      assertFalse(patterns.match(origin.replace("example", "exampl")), origin);
    }
  }

  /** If they shared one place of a table, this would take as long as their number squared. */
  @ParameterizedTest
  @CsvSource({
    "https://*.t-%.example.com",
    "https://t-%-*.example.com",
    "https://t-*-%.example.com",
    "https://*-%.example.com:*"
  })
  void may_be_tens_of_thousands_that_differ_in_one_part(String form) {
    OriginPattern one = pattern(form.replace("%", "x"));
    OriginPatterns patterns =
        new OriginPatterns(
            IntStream.range(0, 40_000).mapToObj(i -> numbered(one, "" + i)).toList());
    for (int i = 0; i < 1_000; i++) {
      String origin = form.replace("%", "" + i).replace(":*", ":8443").replace("*", "y");
      assertTrue(patterns.match(origin), origin);
      assertFalse(patterns.match(origin.replace("example", "exampl")), origin);
    }
  }

  private static OriginPattern numbered(OriginPattern one, String number) {
    return new OriginPattern(
        one.scheme(),
        one.leftmost(),
        one.prefix().replace("x", number),
        one.suffix().replace("x", number),
        one.host().replace("t-x", "t-" + number),
        one.anyPort(),
        one.port());
  }
}
