package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.crosswalk.cors.internal.origin.OriginPatternParser.Flawed;
import dev.crosswalk.cors.internal.origin.OriginPatternParser.Parsed;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A pattern of origins")
class OriginPatternParserTest {

  private static void assertFlaw(OriginFlaw flaw, String value) {
    Flawed flawed = assertInstanceOf(Flawed.class, OriginPatternParser.parse(value));
    assertEquals(flaw, flawed.flaw(), value);
  }

  private static OriginPattern pattern(String value) {
    return assertInstanceOf(Parsed.class, OriginPatternParser.parse(value), value).pattern();
  }

  private static void assertRight(String value) {
    assertEquals(value, pattern(value).toString());
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
    assertEquals(secured, pattern(value).secured());
  }

  @Test
  void has_no_control_character_and_no_character_that_is_not_ASCII_from_the_first_on() {
    assertFlaw(OriginFlaw.WHITESPACE, "https://a.example\u007f");
    assertFlaw(OriginFlaw.HOST_NOT_ASCII, "https://a\u0080.example");
    assertFlaw(OriginFlaw.WILDCARD_HOST, "https://*.");
  }

  @ParameterizedTest(name = "{index}: {1}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "https://a.example\u00a0|https://a.example", // No-break space, as chats and wikis have it.
        "\u00a0https://a.example|https://a.example",
        "https://a.example\u202f|https://a.example",
        "https://a.example\u3000|https://a.example",
        "https://a.example\u2028|https://a.example",
        "https://\u200ba.example|https://a.example", // Zero-width space.
        "https://a.exam\u00adple|https://a.example", // Soft hyphen.
        "\ufeffhttps://a.example|https://a.example",
        "\u202ahttps://a.example\u202c|https://a.example", // Marks of direction.
        "https://a\u200d.example|https://a.example",
        "https://a.example\u00a0/|",
        "https://a.example/\u00a0|https://a.example",
        "\u00a0 a.example:8443\u00a0|https://a.example:8443",
        "https://b\u00fccher.example\u00a0|https://xn--bcher-kva.example",
        "https://a\u00a0.example|",
      })
  void without_white_space_and_what_nobody_sees_is_told_that_and_what_remains(
      String value, String instead) {
    Flawed flawed = assertInstanceOf(Flawed.class, OriginPatternParser.parse(value));
    assertEquals(OriginFlaw.WHITESPACE, flawed.flaw());
    assertEquals(instead == null ? List.of() : List.of(instead), flawed.suggestions());
  }

  @Test
  void that_is_only_white_space_of_any_kind_is_empty() {
    assertFlaw(OriginFlaw.EMPTY, "\u00a0\u200b ");
  }

  @Test
  void is_one_of_several_also_between_spaces_that_do_not_break() {
    for (String list :
        List.of(
            "https://a.example,\u00a0https://b.example",
            "https://a.example\u00a0https://b.example\u00a0")) {
      Flawed flawed = assertInstanceOf(Flawed.class, OriginPatternParser.parse(list));
      assertEquals(OriginFlaw.LIST, flawed.flaw());
      assertEquals(List.of("https://a.example", "https://b.example"), flawed.suggestions());
    }
  }

  @Test
  void keeps_the_joiner_that_a_name_in_another_script_needs() {
    // U+200C, as Persian writes it: URL standard, UTS 46 nontransitional.
    Flawed flawed =
        assertInstanceOf(
            Flawed.class,
            OriginPatternParser.parse(
                "https://\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.example"));
    assertEquals(OriginFlaw.HOST_NOT_ASCII, flawed.flaw());
    assertEquals(List.of("https://xn--mgba3gch31f060k.example"), flawed.suggestions());
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
    OriginPattern pattern = pattern(value);
    assertEquals(
        https.isEmpty() ? List.of() : List.of(https),
        OriginPatternParser.ofMisspelledHttps(pattern));
  }
}
