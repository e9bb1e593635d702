package dev.crosswalk.cors.tck.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other specifications add to a fetch: fetch metadata, resource policy, timing. */
class FetchIntegrationsTest {

  private static final Set<String> SUFFIXES = Set.of("co.uk");

  @ParameterizedTest
  @CsvSource({
    "https://a.example,  https://a.example/,                         same-origin",
    "https://a.example,  https://b.a.example/,                       same-site",
    "https://a.example,  http://a.example/,                          cross-site",
    "https://a.co.uk,    https://b.co.uk/,                           cross-site",
    "null,               https://a.example/,                         cross-site",
    "https://a.example,  https://b.a.example/ https://a.example/,    same-site",
    "https://a.example,  https://b.test/ https://a.example/,         cross-site",
    "https://a.example,  https://a.example/ https://b.test/,         cross-site",
  })
  void a_site_is_as_far_as_the_furthest_url(String origin, String urls, String site) {
    List<Url> chain = Stream.of(urls.split(" ")).map(Url::of).toList();
    assertEquals(site, FetchMetadata.site(Origin.of(origin), chain, SUFFIXES));
  }

  @ParameterizedTest
  @CsvSource({
    "same-origin,                 https://a.example,  https://a.example,    false",
    "same-origin,                 https://a.example,  https://b.a.example,  true",
    "same-site,                   https://a.example,  https://b.a.example,  false",
    "same-site,                   https://a.example,  http://b.a.example,   false",
    "same-site,                   http://a.example,   http://b.a.example,   false",
    "same-site,                   http://a.example,   https://b.a.example,  true",
    "same-site,                   https://a.example,  https://b.example,    true",
    "same-site,                   null,               https://b.example,    true",
    "cross-origin,                https://a.example,  https://b.example,    false",
    "Same-Origin,                 https://a.example,  https://b.example,    false",
    "'same-origin, same-origin',  https://a.example,  https://b.example,    false",
    "'',                          https://a.example,  https://b.example,    false",
  })
  void a_resource_policy_keeps_others_out(
      String policy, String origin, String url, boolean blocked) {
    Headers headers = Headers.of("Cross-Origin-Resource-Policy", policy);
    for (Mode mode : Mode.values()) {
      assertEquals(
          blocked && mode == Mode.NO_CORS,
          ResourcePolicy.blocks(headers, Origin.of(origin), Url.of(url), mode, SUFFIXES),
          mode.name());
    }
  }

  private static boolean timed(String values, String origin, Mode mode, boolean basic) {
    return TimingAllowOrigin.check(
        Headers.of("Timing-Allow-Origin", values),
        Origin.of(origin),
        List.of(Url.of("https://b.example/")),
        mode,
        basic,
        false);
  }

  @Test
  void a_response_may_be_timed_by_whom_it_names() {
    assertEquals(
        true,
        timed("https://c.example , https://a.example", "https://a.example", Mode.CORS, false));
    assertEquals(true, timed("x,*", "https://a.example", Mode.CORS, false));
    assertEquals(true, timed("null", "null", Mode.CORS, false));
    assertEquals(false, timed("https://A.example", "https://a.example", Mode.CORS, false));
    assertEquals(false, timed("", "https://b.example", Mode.CORS, false));
    assertEquals(true, timed("", "https://b.example", Mode.CORS, true));
    assertEquals(true, timed("", "https://b.example", Mode.NAVIGATE, true));
    assertEquals(false, timed("", "https://a.example", Mode.NAVIGATE, true));
  }

  @Test
  void a_response_is_not_timed_once_a_redirect_has_refused() {
    assertEquals(
        false,
        TimingAllowOrigin.check(
            Headers.of("Timing-Allow-Origin", "*"),
            Origin.of("https://a.example"),
            List.of(Url.of("https://a.example/")),
            Mode.CORS,
            true,
            true));
  }
}
