package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Punycode")
class PunycodeTest {

  @ParameterizedTest
  @CsvSource({
    "bücher.example, xn--bcher-kva.example",
    "BÜCHER.Example, xn--bcher-kva.example",
    "straße.de, xn--strae-oqa.de",
    "faß.de, xn--fa-hia.de",
    "βόλος.com, xn--nxasmm1c.com",
    "例え.テスト, xn--r8jz45g.xn--zckzah",
    "почта.рф, xn--80a1acny.xn--p1ai",
    "💩.la, xn--ls8h.la",
    "ａｂｃ.com, abc.com",
    "a。b, a.b",
    "bu\u0308cher.example, xn--bcher-kva.example",
    "he\u00adllo.example, hello.example",
    "*.bücher.example, *.xn--bcher-kva.example",
    "he\ufe00l\ufe0flo.example, hello.example",
    "a\ufe10b, 'a,b'",
    "\u0080, xn--a",
    "example.com, example.com",
    // The bias is adapted at the very limit, 455.
    "abαѧ中, xn--ab-d9b24er57z",
  })
  void writes_hosts_as_browsers_do(String host, String ascii) {
    assertEquals(ascii, Punycode.toAscii(host));
  }

  /** The samples of RFC 3492 §7.1 that have no letter in upper case. */
  @ParameterizedTest
  @CsvSource({
    "ليهمابتكلموشعربي؟, egbpdaj6bu4bxfgehfvwxn",
    "他们为什么不说中文, ihqwcrb4cv8a8dqg056pqjye",
    "почемужеонинеговорятпорусски, b1abfaaepdrnnbgefbadotcwatmq2g4l",
    "למההםפשוטלאמדבריםעברית, 4dbcagdahymbxekheh6e0a7fei0b",
    "세계의모든사람들이한국어를이해한다면얼마나좋을까, "
        + "989aomsvi5e83db1d2a355cv1e0vak1dwrv93d5xbh15a0dt30a5jpsd879ccm6fea98c",
  })
  void encodes_the_samples_of_the_standard(String text, String encoded) {
    assertEquals("xn--" + encoded, Punycode.toAscii(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xn--bcher-kva",
        "xn--ls8h",
        "xn--p1ai",
        "xn--strae-oqa",
        "xn--fiqs8s",
        "xn--80a1acny",
        "xn--mgberp4a5d4ar"
      })
  void accepts(String label) {
    assertTrue(Punycode.isValid(label));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xn--",
        "xn--f",
        "xn--a",
        "xn--abc-",
        "xn--a-da", // a and U+0081
        "xn--ab-21n", // ab and U+1680, a space
        "xn--bcher-kv",
        "xn--zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "xn--99999999",
        "xn--bücher",
        "xn--Bcher-kva",
        // What it decodes to is in upper case, or not composed.
        "xn--bcher-2pa",
        "xn--bucher-xyd",
      })
  void refuses_what_encodes_nothing(String label) {
    assertFalse(Punycode.isValid(label));
  }

  @Test
  void refuses_numbers_that_are_too_large() {
    for (int digits = 10; digits <= 63; digits++) {
      assertFalse(Punycode.isValid("xn--" + "9".repeat(digits)));
      assertFalse(Punycode.isValid("xn--" + "9".repeat(digits) + "a"), "9 " + digits + " times");
    }
  }

  /**
   * Chromium 156 sends origins with the first four and Firefox 153 throws; the rest are ordinary.
   */
  @ParameterizedTest
  @CsvSource({
    "xn--58d, true",
    "xn--a, true",
    "xn--8i7caa, true",
    "xn--pokxncvks, true",
    "xn--, true",
    "xn--bcher-kva, false",
    "xn--fiqs8s, false",
    "xn, false",
    "example, false",
  })
  void tells_what_browsers_do_not_agree_on(String label, boolean doubtful) {
    assertEquals(doubtful, Punycode.isDoubtful(label));
  }

  @Test
  void decodes_what_it_encodes() {
    Random random = new Random(Long.getLong("seed", 20_261_127));
    String letters = "abz09-bücherстраница例え文字עברית한국어" + "\ud83d\udca9";
    int[] points = letters.codePoints().toArray();
    int encoded = 0;
    for (int i = 0; i < 3_000; i++) {
      StringBuilder label = new StringBuilder();
      for (int length = 1 + random.nextInt(20); length > 0; length--) {
        label.appendCodePoint(points[random.nextInt(points.length)]);
      }
      String ascii = Punycode.toAscii(label.toString());
      if (Punycode.isEncoded(ascii)) {
        assertTrue(Punycode.isValid(ascii), () -> label + " is " + ascii);
        encoded++;
      }
    }
    assertTrue(encoded > 2_000, "only " + encoded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "\udbff", "\udc00", "\udfff", "a\udfff"})
  void refuses_half_a_character(String half) {
    String label = Punycode.toAscii(half);
    assertTrue(Punycode.isEncoded(label));
    assertFalse(Punycode.isValid(label), label);
  }

  @Test
  void finds_the_label_of_a_host_that_is_doubtful() {
    assertEquals("xn--a", Punycode.invalidLabel("www.xn--bcher-kva.xn--a.example"));
    assertNull(Punycode.invalidLabel("www.xn--bcher-kva.example"));
    assertNull(Punycode.invalidLabel("example"));
  }

  /** An oracle that knows the letters of Unicode 3.2, and those in lower case map to themselves. */
  @Test
  void agrees_with_the_jdk_on_old_letters() {
    int compared = 0;
    for (int c = 0xE0; c < 0x1E00; c++) {
      if (c == 'ß' || c == 'ς' || Character.getType(c) != Character.LOWERCASE_LETTER) {
        continue;
      }
      String letter = Character.toString(c);
      if (!Normalizer.isNormalized(letter, Normalizer.Form.NFKC)) {
        continue;
      }
      String host = "a" + letter + "b.example";
      String expected;
      try {
        expected = IDN.toASCII(host);
      } catch (IllegalArgumentException e) {
        continue;
      }
      assertEquals(expected, Punycode.toAscii(host), () -> host);
      compared++;
    }
    assertTrue(compared > 300, "compared only " + compared);
  }
}
