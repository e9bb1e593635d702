package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Rounds;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A serialized origin")
class SerializedOriginTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "http://localhost",
        "http://localhost:8080",
        "https://example.com:80",
        "https://example.com:65535",
        "http://127.0.0.1",
        "http://[::1]",
        "http://[::]:3000",
        "http://[2001:db8::1]",
        "http://[1:2:3:4:5:6:7:8]",
        "http://[1:0:0:2::]",
        "http://[1::2:0:0:3]",
        "http://[1:0:2:3:4:5:6:7]",
        "http://[::ffff:7f00:1]",
        "capacitor://localhost",
        "https://xn--bcher-kva.example",
        "app+x.y-z://h",
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
      })
  void is_scheme_host_and_port_as_browsers_write_them(String value) {
    assertTrue(Origin.isSerialized(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "NULL",
        "*",
        "https://Example.com",
        "HTTPS://example.com",
        "https://example.com/",
        "https://example.com/path",
        "https://example.com?",
        "https://example.com#",
        "https://user@example.com",
        "https://example.com:",
        "https://example.com:0",
        "https://example.com:080",
        "https://example.com:443",
        "http://example.com:80",
        "https://example.com:65536",
        "https://example.com:123456",
        "https://example.com:99999999999999999999",
        "https://example.com:4294967377",
        "https://",
        "https://:80",
        "example.com",
        "//example.com",
        "://example.com",
        "1a://example.com",
        "https:/example.com",
        "https://b\u00fccher.example",
        "https://a-.example",
        "https://-a.example",
        "https://a..example",
        "https://a.example.",
        "https://.example",
        "http://[::ffff:127.0.0.1]",
        "http://[0:0:0:0:0:0:0:01]",
        "http://[0:0:0:0:0:0:0:1]",
        "http://[::0001]",
        "http://[::A]",
        "http://[1::2::3]",
        "http://[:1]",
        "http://[1:]",
        "http://[:::]",
        "http://[1:2:3:4:5:6:7]",
        "http://[1:2:3:4:5:6:7:8:9]",
        "http://[1::2:3:4:5:6:7]",
        "http://[1:0:0:2:3:4:5:6]",
        "http://[1::2:0:0:0:3]",
        "http://[1:0:0:2::3:4]",
        "http://[0::1]",
        "http://[::0]",
        "http://[::1::]",
        "http://[fe80::1%25eth0]",
        "http://[12345::]",
        "http://[::g]",
        "http://[]",
        "http://[",
        "http://[::1",
        "http://::1]",
        "http://[::1]x",
        "http://[::1]:",
        "http://[localhost]",
        "https://a, https://b",
        "https://a https://b",
        " https://a"
      })
  void is_nothing_else(String value) {
    assertFalse(Origin.isSerialized(value));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "safari-web-extension://01234567-89AB-CDEF-0123-456789ABCDEF, true",
    "safari-web-extension://01234567-89ab-cdef-0123-456789abcdef, true",
    "safari-web-extension://01234567-89AB-CDEF-0123-456789abcdef, true",
    "safari-web-extension://01234567-89AB-CDEF-0123-456789ABCDE, false",
    "safari-web-extension://01234567-89AB-CDEF-0123-456789ABCDEF0, false",
    "safari-web-extension://01234567-89AB-CDEF-0123-456789ABCDEG, false",
    "safari-web-extension://G1234567-89AB-CDEF-0123-456789ABCDEF, false",
    "safari-web-extension://01234567-89AB-CDEF-0123-456789ABCDE\uff11, false",
    "safari-web-extension://01234567A89AB-CDEF-0123-456789ABCDEF, false",
    "safari-web-extension://01234567-89ABACDEF-0123-456789ABCDEF, false",
    "safari-web-extension://01234567-89AB-CDEFA0123-456789ABCDEF, false",
    "safari-web-extension://01234567-89AB-CDEF-0123A456789ABCDEF, false",
    "safari-web-extension://0123456--89AB-CDEF-0123-456789ABCDEF, false",
    "safari-web-extension://01234567-89AB-CDEF-0123-456789ABCDEF/, false",
    "safari-web-extensions://01234567-89AB-CDEF-0123-456789ABCDEF, false",
    "chrome-extension://01234567-89AB-CDEF-0123-456789ABCDEF, false",
    "https://01234567-89AB-CDEF-0123-456789ABCDEF, false",
    "https://EXAMPLE, false",
  })
  void has_upper_case_in_Safaris_UUID_of_an_extension_and_nowhere_else(
      String value, boolean expected) {
    assertEquals(expected, Origin.isSerialized(value));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "https://a-.example, true",
    "https://-a.example, true",
    "https://a.-b-.example:8443, true",
    "https://a.example-, true",
    "https://-, true",
    "https://a-b.example, false",
    "https://a.example, false",
    "https://a-.example/, false",
    "https://a_-.EXAMPLE, false",
    "-, false",
    "'', false",
  })
  void may_be_one_but_for_a_hyphen_at_the_edge_of_a_label(String value, boolean expected) {
    assertEquals(expected, Origin.hasHyphenAtEdge(value));
    assertFalse(Origin.hasHyphenAtEdge(value + "-".repeat(Origin.MAX_LENGTH)));
  }

  @Test
  void is_several_if_a_comma_or_a_space_comes_where_one_origin_has_to_have_ended() {
    assertTrue(Origin.isSeveral("https://a.example, https://b.example"));
    assertTrue(Origin.isSeveral("https://a.example https://b.example"));
    assertTrue(Origin.isSeveral("null, https://b.example"));
    assertFalse(Origin.isSeveral("https://a.example"));
    assertFalse(Origin.isSeveral("a, b"));
    String longest = "https://" + "a".repeat(Origin.MAX_LENGTH - 8);
    assertTrue(Origin.isSeveral(longest + ","));
    assertFalse(Origin.isSeveral(longest + "a,"));
  }

  @Test
  void may_have_an_underscore_which_the_grammar_has_not_because_browsers_send_it() {
    assertTrue(Origin.isSerialized("https://a_b.example"));
    assertTrue(Origin.isSerialized("https://_.example"));
  }

  @Test
  void has_an_end_host_and_label_as_long_as_DNS_allows() {
    assertTrue(Origin.isSerialized("https://" + "a".repeat(63)));
    assertFalse(Origin.isSerialized("https://" + "a".repeat(64)));
    String host = ("a".repeat(62) + ".").repeat(4);
    assertTrue(Origin.isSerialized("https://" + host + "a"));
    assertTrue(Origin.isSerialized("https://" + host + "a:65535"));
    assertFalse(Origin.isSerialized("https://" + host + "aa"));
    String longest = "a".repeat(64) + "://" + host + "a:65535";
    assertEquals(Origin.MAX_LENGTH, longest.length());
    assertTrue(Origin.isSerialized(longest));
    assertFalse(Origin.isSerialized(longest + "0"));
    assertFalse(Origin.isSerialized("https://a.example" + ":1".repeat(200)));
    assertTrue(Origin.isSerialized("a".repeat(64) + "://b"));
    assertFalse(Origin.isSerialized("a".repeat(65) + "://b"));
  }

  @Test
  void has_an_IPv6_address_if_the_JDK_reads_it_and_writes_it_so_compressed_as_browsers_do() {
    long seed = Long.getLong("seed", 1);
    Random random = new Random(seed);
    int canonical = 0;
    for (int i = 0; i < Rounds.of(100_000); i++) {
      StringBuilder text = new StringBuilder("[");
      for (int pieces = random.nextInt(9); pieces >= 0; pieces--) {
        int kind = random.nextInt(5);
        text.append(kind < 2 ? "0" : kind == 2 ? "" : Integer.toHexString(random.nextInt(0x10800)));
        text.append(pieces == 0 ? "" : ":");
      }
      String bracketed = text.append(']').toString();
      boolean expected = bracketed.equals(IpAddress.canonicalV6(bracketed));
      assertEquals(
          expected,
          Origin.isSerialized("http://" + bracketed),
          () -> "seed " + seed + ": " + bracketed);
      canonical += expected ? 1 : 0;
    }
    assertTrue(canonical > Rounds.of(1_000), "canonical " + canonical);
  }

  @Test
  void has_labels_and_a_port_of_the_right_length_and_characters_wherever_they_are() {
    String label = "a".repeat(63);
    assertTrue(Origin.isSerialized("https://" + label + ".example"));
    assertFalse(Origin.isSerialized("https://a" + label + ".example"));
    assertFalse(Origin.isSerialized("https://a\u0080.example"));
    assertFalse(Origin.isSerialized("https://a.example:8a"));
    assertFalse(Origin.isSerialized("https://a.example:a8"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://-a.example, true",
    "https://a-.example, true",
    "https://a.example-, true",
    "https://a.example-:8443, true",
    "https://a.-0-1f, true",
    "my-app://-a, true",
    "https://a-b.example, false",
    "https://-a.example/, false",
    "https://a.example:-1, false",
    "-a, false",
  })
  void but_for_a_hyphen_at_the_edge_of_a_label_is_what_some_browsers_send(
      String value, boolean isOne) {
    assertEquals(isOne, Origin.hasHyphenAtEdge(value));
  }

  @ParameterizedTest
  @CsvSource({
    "a, true",
    "z, true",
    "a09, true",
    "a+-., true",
    "'', false",
    "0a, false",
    "+a, false",
    "A, false",
    "a/, false",
    "a_, false",
    "a`, false",
    "a{, false",
    "a*, false",
    "`, false",
    "{, false",
  })
  void has_a_scheme_of_letters_digits_and_three_other_characters_a_letter_first(
      String scheme, boolean isOne) {
    assertEquals(isOne, Origin.isSerialized(scheme + "://h"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example, a.example, true",
    "https://a.example, A.EXAMPLE, true",
    "https://a.example, a.example:443, true",
    "http://a.example, a.example, true",
    "http://a.example, a.example:80, true",
    "https://a.example:80, a.example:80, true",
    "http://a.example:8080, a.example:8080, true",
    "https://a.example., a.example., true",
    "https://a.example., a.example.:443, true",
    "https://a.example.:8443, a.example.:8443, true",
    "https://[::1], [::1], true",
    "https://[::1], [::1]:443, true",
    "https://[::1]:8443, [::1]:8443, true",
    "https://a, a, true",
    // Another host, of the same length or of another one.
    "https://b.example, a.example, false",
    "https://a.examplf, a.example, false",
    "https://a.example, a.exampl, false",
    "https://a.example, a.example2, false",
    "https://a.example, '', false",
    "https://a.example, , false",
    "https://a.example., a.example, false",
    "https://a.example, a.example., false",
    // Another port. The default one is left out by browsers, once.
    "https://a.example, a.example:80, false",
    "http://a.example, a.example:443, false",
    "https://a.example, a.example:8443, false",
    "https://a.example, a.example:444, false",
    "https://a.example:8443, a.example, false",
    "https://a.example:8443, a.example:8443:443, false",
    "https://a.example:443, a.example:443, false",
    "https://a.example:443, a.example, false",
    // Another scheme, and what is no origin.
    "ftp://a.example, a.example, false",
    "app://a.example, a.example, false",
    "four://a.example, a.example, false",
    "fives://a.example, a.example, false",
    "xttps://a.example, a.example, false",
    "https://, '', false",
    "https://., ., false",
    "https://a..example, a..example, false",
    "https://a.example.., a.example.., false",
    "https://a.example/, a.example/, false",
    "https://a.example:, a.example:, false",
    "a.example, a.example, false",
    "null, null, false",
    "'', '', false",
  })
  void is_of_a_host_if_it_has_its_name_and_port_with_the_default_port_or_without(
      String origin, String host, boolean isOf) {
    assertEquals(isOf, Origin.isOfHost(origin, host));
  }

  @Test
  void is_of_a_host_of_any_length_that_an_origin_may_have_and_with_a_dot_behind_it() {
    String label = "a".repeat(63) + ".";
    String longest = label.repeat(3) + "a".repeat(61);
    assertTrue(Origin.isOfHost("https://" + longest, longest));
    assertTrue(Origin.isOfHost("https://" + longest + ".", longest + "."));
    assertTrue(Origin.isOfHost("https://" + longest + ".:65535", longest + ".:65535"));
    assertFalse(Origin.isOfHost("https://" + longest + "a", longest + "a"));
  }

  @Test
  void of_the_greatest_length_has_the_longest_scheme_host_and_port() {
    String longest =
        "s".repeat(64) + "://" + ("a".repeat(63) + ".").repeat(3) + "a".repeat(61) + ":65535";
    assertEquals(Origin.MAX_LENGTH, longest.length());
    assertTrue(Origin.isSerialized(longest));
    assertFalse(Origin.isSerialized(longest + "5"));
    String hyphen = longest.replaceFirst("a", "-");
    assertTrue(Origin.hasHyphenAtEdge(hyphen));
    assertFalse(Origin.hasHyphenAtEdge(hyphen + "5"));
  }
}
