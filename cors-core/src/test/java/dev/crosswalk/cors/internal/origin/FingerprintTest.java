package dev.crosswalk.cors.internal.origin;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.internal.origin.OriginPatternParser.Parsed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  void tells_origins_by_two_characters_at_each_end_of_a_wildcard_and_not_by_all(
      String pattern, String origin) {
    Fingerprint fingerprint =
        Fingerprint.tellingWildcards(
            List.of(((Parsed) OriginPatternParser.parse(pattern)).pattern()));
    String wild = "m".repeat(16);
    int same = fingerprint.of(origin.replace("%", wild));
    for (int i : new int[] {0, 1, 14, 15}) {
      String other = wild.substring(0, i) + "n" + wild.substring(i + 1);
      assertNotEquals(same, fingerprint.of(origin.replace("%", other)), other);
    }
    assertEquals(same, fingerprint.of(origin.replace("%", "mmnmmmmnnmmmmnmm")));
    requireAnyLength(fingerprint);
  }

  @Test
  void of_patterns_reads_no_more_than_a_few_characters_whatever_their_number() {
    List<OriginPattern> patterns = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      String pattern = "https://" + "a".repeat(8 * i) + "-*." + "b".repeat(8 * i) + ".example";
      patterns.add(((Parsed) OriginPatternParser.parse(pattern)).pattern());
    }
    Fingerprint ofTwo = Fingerprint.tellingWildcards(patterns.subList(0, 2));
    Fingerprint ofThree = Fingerprint.tellingWildcards(patterns);
    String text = IntStream.range(0, 90).mapToObj(Integer::toString).collect(joining());
    assertEquals(ofTwo.of(text), ofThree.of(text));
    assertNotEquals(ofTwo.of(text), Fingerprint.tellingWildcards(List.of()).of(text));
  }

  /** A text may end anywhere before what tells others apart, and just there. */
  private static void requireAnyLength(Fingerprint fingerprint) {
    String text = "x".repeat(100);
    for (int i = 0; i <= text.length(); i++) {
      assertEquals(fingerprint.of(text.substring(0, i)), fingerprint.of("x".repeat(i)));
    }
  }

  @Test
  void of_a_list_tells_by_the_first_character_and_by_the_last() {
    Fingerprint first = telling("a://x", "b://x");
    assertNotEquals(first.of("a://x"), first.of("b://x"));
    Fingerprint last = telling("a://x", "a://y");
    assertNotEquals(last.of("a://x"), last.of("a://y"));
    assertNotEquals(telling().of("a"), telling().of(""));
    requireAnyLength(first);
    requireAnyLength(last);
  }

  private static long told(String... origins) {
    Fingerprint fingerprint = telling(origins);
    return Stream.of(origins).map(fingerprint::of).distinct().count();
  }

  @Test
  void of_a_list_reads_at_most_twelve_characters() {
    String[] origins =
        IntStream.range(0, 40)
            .mapToObj(i -> "https://" + "a".repeat(i) + "b" + "a".repeat(39 - i))
            .toArray(String[]::new);
    assertEquals(12 + 1, told(origins));
  }

  /** Some, each different from all others; the last ones only by another character. */
  private static String[] inPairs(int count, int pairs) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              boolean isTwin = i % 2 == 1 && i < 2 * pairs;
              int number = isTwin ? i - 1 : i;
              return "https://%04x%s.example".formatted(number, isTwin ? "t" : "a");
            })
        .toArray(String[]::new);
  }

  /** Every second one is in the sample, which has no twins. */
  @Test
  void of_a_long_list_tells_what_a_sample_does_not_tell_if_that_pays_off() {
    assertEquals(2_048, told(inPairs(2_048, 1_024)));
    assertEquals(2_048, told(inPairs(2_048, 129)));
    assertEquals(2_048 - 128, told(inPairs(2_048, 128)), "one in eight");
    assertEquals(1_024, told(inPairs(1_024, 1)), "there is no sample");
  }

  /** A place in a table is the last bits. */
  @Test
  void has_last_bits_that_differ_where_characters_do() {
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
