package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A pattern of origins")
class OriginPatternParserTest {

  private static void assertFlaw(OriginFlaw flaw, String value) {
    OriginPatternParser parser = new OriginPatternParser(value);
    assertNull(parser.parse(), value);
    assertEquals(flaw, parser.flaw(), value);
  }

  private static void assertRight(String value) {
    OriginPattern pattern = new OriginPatternParser(value).parse();
    assertNotNull(pattern, value);
    assertEquals(value, pattern.toString());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "://example.com, SCHEME_MISSING",
    "//, SCHEME_MISSING",
    "1://example.com, SCHEME_INVALID",
    "https://., LABEL_EMPTY",
    "https://a., TRAILING_DOT",
    "https://a.., LABEL_EMPTY",
    "https://a..b, LABEL_EMPTY",
    "https://.a, LABEL_EMPTY",
    "https://-a.example, LABEL_HYPHEN",
    "https://a-.example, LABEL_HYPHEN",
    "https://a_b!.example, HOST_INVALID",
    "https://*.example.1, WILDCARD_IP",
    "https://*.0x7f, WILDCARD_IP",
    "https://app-*.example.0x, WILDCARD_IP",
    "https://*.-a.example, LABEL_HYPHEN",
    "https://example.1, IPV4_NOT_CANONICAL",
    "http://127.1, IPV4_NOT_CANONICAL",
    "http://2130706433, IPV4_NOT_CANONICAL",
    "http://0177.0.0.1, IPV4_NOT_CANONICAL",
    "http://0x7f000001, IPV4_NOT_CANONICAL",
    "http://0x7f.0.0.1, IPV4_NOT_CANONICAL",
    "http://1.2.3.4.5, IPV4_NOT_CANONICAL",
    "http://127.0.0.256, IPV4_NOT_CANONICAL",
  })
  void says_what_is_wrong_with_it(String value, OriginFlaw flaw) {
    assertFlaw(flaw, value);
  }

  @Test
  void is_as_long_as_an_origin_can_be_and_no_longer() {
    String label = "a".repeat(63);
    String host = (label + ".").repeat(3) + "b".repeat(61);
    assertEquals(253, host.length());

    assertRight("https://" + label + ".example");
    assertFlaw(OriginFlaw.LABEL_TOO_LONG, "https://a" + label + ".example");
    assertRight("https://" + host);
    assertFlaw(OriginFlaw.HOST_TOO_LONG, "https://" + host + "b");
    assertRight("s".repeat(64) + "://" + host + ":65535");
    assertFlaw(OriginFlaw.SCHEME_INVALID, "s".repeat(65) + "://" + host);
    assertFlaw(OriginFlaw.TOO_LONG, "s".repeat(65) + "://" + host + ":65535");
  }

  @Test
  void with_a_wildcard_denotes_at_least_one_host_that_DNS_can_name() {
    String rest = ("a".repeat(62) + ".").repeat(3) + "b".repeat(62);
    assertEquals(251, rest.length());

    assertRight("https://*." + rest);
    assertFlaw(OriginFlaw.HOST_TOO_LONG, "https://*." + rest + "b");
    assertFlaw(OriginFlaw.HOST_TOO_LONG, "https://*." + rest.replaceFirst("a", "aa") + "b");
    String shorter = rest.substring(4);
    assertRight("https://app-*." + shorter);
    assertFlaw(OriginFlaw.HOST_TOO_LONG, "https://app-*." + shorter + "b");
    assertRight("https://" + "a".repeat(61) + "-*.example");
    assertFlaw(OriginFlaw.LABEL_TOO_LONG, "https://" + "a".repeat(62) + "-*.example");
  }

  @Test
  void is_a_regular_expression_also_where_it_has_two_schemes_or_a_comma_like_a_list() {
    assertFlaw(OriginFlaw.REGULAR_EXPRESSION, "^(https://a\\.example|https://b\\.example)$");
    assertFlaw(OriginFlaw.REGULAR_EXPRESSION_LABEL, "^https://[a-z]{1,3}\\.example$");
    assertFlaw(OriginFlaw.REGULAR_EXPRESSION_ONLY, "^ftp://a\\.example$");
    assertFlaw(OriginFlaw.LIST, "https://a.example|https://b.example");
    assertFlaw(OriginFlaw.LIST, "^https://a\\.example$, ^https://b\\.example$");
    assertFlaw(OriginFlaw.LIST, "^https://a\\.example$,\t^https://b\\.example$");
    assertFlaw(OriginFlaw.LIST, "'^https://a\\.example$','^https://b\\.example$'");
  }

  @Test
  void is_a_regular_expression_with_its_end_in_any_notation_and_of_characters_of_origins() {
    String host = "b".repeat(62) + "\\.example$";
    assertFlaw(OriginFlaw.REGULAR_EXPRESSION, "^https://a\\.example\\Z");
    assertFlaw(OriginFlaw.REGULAR_EXPRESSION, "^https://a\\.example\\z");
    assertFlaw(OriginFlaw.REGULAR_EXPRESSION_ONLY, "^https://[a-z]+." + host);
    assertFlaw(OriginFlaw.REGULAR_EXPRESSION_ONLY, "^https://a\uE000\\.example$");
  }

  @Test
  void that_is_too_long_to_be_an_origin_is_not_read_as_a_regular_expression() {
    String expression = "^(https://a\\.example|https://b\\.example)$";
    String longest = "|".repeat(Origin.MAX_LENGTH - expression.length()) + expression;
    assertFlaw(OriginFlaw.REGULAR_EXPRESSION_ONLY, longest);
    assertFlaw(OriginFlaw.LIST, "|" + longest);
  }

  @Test
  void may_be_a_member_of_an_array_the_first_or_the_last_that_was_split_at_its_commas() {
    assertFlaw(OriginFlaw.JSON, "[\"https://a.example\"");
    assertFlaw(OriginFlaw.JSON, "\"https://b.example\"]");
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example, https://a.example",
    "http://a.example:443, https://a.example",
    "http://*.a.example:8080, https://*.a.example:8080",
  })
  void has_one_over_https_that_says_the_same(String value, String secured) {
    assertEquals(secured, new OriginPatternParser(value).parse().secured());
  }

  @Test
  void has_no_control_character_and_no_character_that_is_not_ASCII_from_the_first_on() {
    assertFlaw(OriginFlaw.WHITESPACE, "https://a.example\u007f");
    assertFlaw(OriginFlaw.HOST_NOT_ASCII, "https://a\u0080.example");
    assertFlaw(OriginFlaw.WILDCARD_HOST, "https://*.");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "htps://app.example, https://app.example",
    "htp://app.example:8443, https://app.example:8443",
    "httpss://*.app.example, https://*.app.example",
    "htps://app.example:443, https://app.example",
    "http://app.example, ''",
    "https://app.example, ''",
    "capacitor://localhost, ''",
  })
  void with_a_typo_in_https_is_suggested_over_https_and_no_other_one_is(
      String value, String https) {
    OriginPattern pattern = new OriginPatternParser(value).parse();
    assertNotNull(pattern, value);
    assertEquals(
        https.isEmpty() ? List.of() : List.of(https),
        OriginPatternParser.ofMisspelledHttps(pattern));
  }
}
