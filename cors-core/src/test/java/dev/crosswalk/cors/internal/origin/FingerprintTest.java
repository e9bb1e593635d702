package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A fingerprint")
class FingerprintTest {

  private static Fingerprint telling(String... origins) {
    return Fingerprint.telling(origins);
  }

  @ParameterizedTest
  @CsvSource({
    "https://*.shop.example, https://%.shop.example",
    "https://*.shop.example:8443, https://%.shop.example:8443",
    "https://*.shop.example:*, https://%",
    "https://team-*.shop.example, https://team-%.shop.example",
    "https://*-team.shop.example, https://%-team.shop.example",
    "https://team-*-app.shop.example, https://team-%-app.shop.example",
    "capacitor-app://team-*-app.shop.example, capacitor-app://team-%-app.shop.example",
  })
  @DisplayName("tells origins by two characters at each end of a wildcard, and not by all")
  void wildcard(String pattern, String origin) {
    Fingerprint fingerprint =
        Fingerprint.tellingWildcards(List.of(new OriginPatternParser(pattern).parse()));
    String wild = "m".repeat(16);
    int same = fingerprint.of(origin.replace("%", wild));
    for (int i : new int[] {0, 1, 14, 15}) {
      String other = wild.substring(0, i) + "n" + wild.substring(i + 1);
      assertNotEquals(same, fingerprint.of(origin.replace("%", other)), other);
    }
    assertEquals(same, fingerprint.of(origin.replace("%", "mmmmmmmnnmmmmmmm")));
    fingerprint.of("");
  }

  @Test
  @DisplayName("of a list tells by the first character, and by the last")
  void edges() {
    Fingerprint first = telling("a://x", "b://x");
    assertNotEquals(first.of("a://x"), first.of("b://x"));
    Fingerprint last = telling("a://x", "a://y");
    assertNotEquals(last.of("a://x"), last.of("a://y"));
    assertNotEquals(telling().of("a"), telling().of(""));
    last.of("");
  }

  /** A place in a table is the last bits. */
  @Test
  @DisplayName("has last bits that differ where characters do")
  void lastBits() {
    String[] origins =
        IntStream.range(0, 4_096)
            .mapToObj(i -> "https://" + Integer.toHexString(0x10000 + i * 16) + ".example")
            .toArray(String[]::new);
    Fingerprint fingerprint = telling(origins);
    Set<Integer> places = new HashSet<>();
    for (String origin : origins) {
      places.add(fingerprint.of(origin) & 8_191);
    }
    // Of places that are chosen at random 3 200 are expected.
    assertTrue(places.size() > 2_000, "only " + places.size());
  }
}
