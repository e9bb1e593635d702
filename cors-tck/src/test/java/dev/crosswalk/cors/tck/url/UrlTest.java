package dev.crosswalk.cors.tck.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {

  @ParameterizedTest
  @CsvSource({
    "HTTP://EXAMPLE.com,                   http://example.com/",
    "http:example.com,                     http://example.com/",
    "http:\\\\example.com\\a,              http://example.com/a",
    "https:///example.com,                 https://example.com/",
    "https://example.com:443/,             https://example.com/",
    "https://example.com:/,                https://example.com/",
    "http://example.com:443/,              http://example.com:443/",
    "http://example.com:00080/,            http://example.com/",
    "http://a.test/a/./b/../c,             http://a.test/a/c",
    "http://a.test/a/%2E%2e/c/.,           http://a.test/c/",
    "http://a.test/../..,                  http://a.test/",
    "http://a.test/ä b?ä b#ä b,            http://a.test/%C3%A4%20b?%C3%A4%20b#%C3%A4%20b",
    "http://a.test?q,                      http://a.test/?q",
    "http://u:p@a.test/,                   http://u:p@a.test/",
    "http://u:@a.test/,                    http://u@a.test/",
    "http://@a.test/,                      http://a.test/",
    "http://a@b@c.test/,                   http://a%40b@c.test/",
    "http://127.1/,                        http://127.0.0.1/",
    "http://0x7f.0.0.1/,                   http://127.0.0.1/",
    "http://0300.0250.1/,                  http://192.168.0.1/",
    "http://2130706433/,                   http://127.0.0.1/",
    "http://1.2.3.4./,                     http://1.2.3.4/",
    "http://[2001:DB8:0:0:0:0:0:1]/,       http://[2001:db8::1]/",
    "http://[::ffff:127.0.0.1]/,           http://[::ffff:7f00:1]/",
    "http://[1:0:0:2:0:0:0:3]/,            http://[1:0:0:2::3]/",
    "http://[1:2:3:4:5:6:1.2.3.4]/,        http://[1:2:3:4:5:6:102:304]/",
    "http://[1:2:3:4:5:6:7::]/,            http://[1:2:3:4:5:6:7:0]/",
    "http://[0:0:0:0:0:0:0:0]/,            http://[::]/",
    "https://bücher.example/,              https://xn--bcher-kva.example/",
    "https://faß.de/,                      https://xn--fa-hia.de/",
    "https://ශ්\u200Dරී.com/,               https://xn--10cl1a0b660p.com/",
    "https://日本語。jp/,                   https://xn--wgv71a119e.jp/",
    "https://ＥＸＡＭＰＬＥ.com/,           https://example.com/",
    "https://xn--bcher-kva.example/,       https://xn--bcher-kva.example/",
    "https://XN--a.example/,               https://xn--a.example/",
    "https://пример.испытание/,            https://xn--e1afmkfd.xn--80akhbyknj4f/",
    "https://なぜみんな日本語を話してくれないのか/, https://xn--n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa/",
    "https://%65xample.com/,               https://example.com/",
    "https://a_b.example./,                https://a_b.example./",
    "foo://Host/..,                        foo://Host/",
    "data:text/plain?x#y,                  data:text/plain?x#y",
  })
  void is_repaired_and_made_canonical(String input, String expected) {
    assertEquals(expected, Url.of(input).toString());
    assertEquals(expected, Url.of(expected).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "//example.com",
        "/path",
        "http://",
        "http://:80",
        "http://u@/",
        "http://a b/",
        "http://a.test:65536/",
        "http://a.test:100000/",
        "http://a.test:x/",
        "http://a.test:-1/",
        "http://[::1/",
        "http://[1:2]/",
        "http://[::1::]/",
        "http://[12345::]/",
        "http://[::g]/",
        "http://[1:2:3:4:5:6:7:1.2.3.4]/",
        "http://[1:]/",
        "http://[::1.2.3.04]/",
        "http://256.1.1.1/",
        "http://1.2.3.4.5/",
        "http://4294967296/",
        "http://a<b/",
        "http://a%00b/",
        "http://%ff/",
        "foo://a\0b/",
        "http://xn--\u00e9/",
        "http://\u0301a/",
        "http://\u2488com/",
        "http://\u064Aa/",
        "http://a\u200D\u00FC/",
        "1http://a.test/",
      })
  void is_refused_where_no_browser_could_repair_it(String input) {
    assertEquals(Optional.empty(), Url.parse(input));
    assertThrows(IllegalArgumentException.class, () -> Url.of(input));
  }

  @ParameterizedTest
  @CsvSource({
    "'',                 http://u:p@a.test:81/p/q?r",
    "s,                  http://u:p@a.test:81/p/s",
    "./s,                http://u:p@a.test:81/p/s",
    "../s,               http://u:p@a.test:81/s",
    "../../../s,         http://u:p@a.test:81/s",
    "..,                 http://u:p@a.test:81/",
    "/s,                 http://u:p@a.test:81/s",
    "\\s,                http://u:p@a.test:81/s",
    "?s,                 http://u:p@a.test:81/p/q?s",
    "#s,                 http://u:p@a.test:81/p/q?r#s",
    "//b.test,           http://b.test/",
    "\\\\b.test\\s,      http://b.test/s",
    "///b.test,          http://b.test/",
    "http:s,             http://u:p@a.test:81/p/s",
    "http:/s,            http://u:p@a.test:81/s",
    "http://b.test/s,    http://b.test/s",
    "https:s,            https://s/",
    "' s\t',             http://u:p@a.test:81/p/s",
    "foo:s,              foo:s",
    "a:b,                a:b",
    "./a:b,              http://u:p@a.test:81/p/a:b",
  })
  void resolves_a_location(String reference, String expected) {
    Url base = Url.of("http://u:p@a.test:81/p/q?r#f");
    assertEquals(Optional.of(expected), base.resolve(reference).map(Url::toString));
  }

  @ParameterizedTest
  @ValueSource(strings = {"//", "http://", "//b.test:99999/", "//[", "https:"})
  void resolves_no_location_that_is_broken(String reference) {
    assertEquals(Optional.empty(), Url.of("http://a.test/p").resolve(reference));
  }

  @Test
  void has_an_opaque_base_only_for_fragments() {
    Url base = Url.of("data:x");
    assertEquals(Optional.empty(), base.resolve("y"));
    assertEquals("data:x#y", base.resolve("#y").orElseThrow().toString());
  }

  @Test
  void keeps_path_and_authority_apart() {
    assertEquals("a://b/y", Url.of("a://b").resolve("y").orElseThrow().toString());
    assertEquals("a:/.//y", Url.of("a:/b").resolve("..//y").orElseThrow().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com:443/x,             https://example.com",
    "http://u:p@EXAMPLE.com:8080/,          http://example.com:8080",
    "blob:https://example.com/550e8400,     https://example.com",
    "blob:ftp://example.com/550e8400,       null",
    "blob:x,                                null",
    "wss://example.com/,                    wss://example.com",
    "file:///etc/passwd,                    null",
    "data:x,                                null",
    "about:blank,                           null",
    "javascript:1,                          null",
    "chrome-extension://abc/,               null",
  })
  void has_an_origin(String url, String expected) {
    assertEquals(expected, Url.of(url).origin().serialize());
  }

  @Test
  void says_to_whom_and_for_what_it_is_sent() {
    Url url = Url.of("http://u:p@a.test/p?q#f");
    assertEquals("a.test", url.authority());
    assertEquals("/p?q", url.target());
    assertEquals(80, url.effectivePort());
    assertEquals("a.test:81", Url.of("http://a.test:81").authority());
    assertTrue(url.includesCredentials());
    assertFalse(Url.of("http://@a.test").includesCredentials());
  }

  @Test
  void takes_bounded_time_and_stack_for_a_hostile_host() {
    for (String part : new String[] {"a.", "é", "1", "xn--9", ":", "[", "%41", "é."}) {
      Url.parse("http://" + part.repeat(20_000) + "/");
    }
    Url.parse("http://a.test/" + "../a/".repeat(20_000));
    assertFalse(Origin.isOriginOrNull("https://" + "a.".repeat(50_000)));
  }

  @Test
  void takes_bounded_time_for_spaces_inside() {
    String spaces = " ".repeat(100_000);
    assertTimeout(
        Duration.ofSeconds(5),
        () ->
            assertEquals(
                "http://a.test/a" + "%20".repeat(100_000) + "b",
                Url.of(spaces + "http://a.test/a" + spaces + "b" + spaces).toString()));
  }
}
