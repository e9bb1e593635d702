package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

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
  @DisplayName("says what is wrong with it")
  void flaws(String value, OriginFlaw flaw) {
    assertFlaw(flaw, value);
  }

  @Test
  @DisplayName("is as long as an origin can be, and no longer")
  void lengths() {
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
  @DisplayName("with a wildcard denotes at least one host that DNS can name")
  void lengthsWithAWildcard() {
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
}
