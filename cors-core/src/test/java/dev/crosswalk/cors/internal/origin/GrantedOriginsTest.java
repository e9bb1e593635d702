package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.crosswalk.cors.Rounds;
import dev.crosswalk.cors.internal.origin.OriginPatternParser.Parsed;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What origins are granted")
class GrantedOriginsTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long SEED = Long.getLong("seed", 20_261_126);

  private record Decision(@Nullable String origin) {}

  private static final Decision REFUSED = new Decision(null);

  private static OriginPattern pattern(String text) {
    return ((Parsed) OriginPatternParser.parse(text)).pattern();
  }

  private static GrantedOrigins<Decision> granted(List<String> origins) {
    List<OriginPattern> patterns = new ArrayList<>();
    for (String origin : origins) {
      patterns.add(origin.equals("null") ? OriginPattern.NULL : pattern(origin));
    }
    return new GrantedOrigins<>(patterns, Decision::new, Decision::origin);
  }

  /** Like what a server reads: an object of its own, whose hash nobody has computed. */
  private static String fresh(String origin) {
    return new String(origin.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static List<String> numbered(int count, String form) {
    return IntStream.range(0, count).mapToObj(i -> form.replace("%", "" + i)).toList();
  }

  /** Texts that differ in one place, each in another one, so that no few characters tell them. */
  private static List<String> differingInOnePlaceEach() {
    List<String> origins = new ArrayList<>();
    for (int i = 0; i < 240; i++) {
      StringBuilder host = new StringBuilder(("a".repeat(60) + ".").repeat(4) + "example");
      if (host.charAt(i) == 'a') {
        host.setCharAt(i, 'b');
        origins.add("https://" + host);
      }
    }
    return origins;
  }

  /** Many of those, which differ in two places. */
  private static List<String> differingInTwoPlacesEach() {
    List<String> origins = new ArrayList<>();
    List<String> one = differingInOnePlaceEach();
    for (int i = 0; i < one.size(); i++) {
      for (int j = 0; j < i; j++) {
        StringBuilder both = new StringBuilder(one.get(i));
        both.setCharAt(one.get(j).indexOf('b'), 'b');
        origins.add(both.toString());
      }
    }
    return origins;
  }

  private static int mostAlike(List<String> origins) {
    Fingerprint fingerprint = Fingerprint.telling(origins.toArray(String[]::new));
    Map<Integer, Integer> counts = new HashMap<>();
    origins.forEach(origin -> counts.merge(fingerprint.of(origin), 1, Integer::sum));
    return counts.values().stream().max(Integer::compare).orElse(0);
  }

  static Stream<List<String>> lists() {
    Random random = new Random(SEED);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      StringBuilder host = new StringBuilder();
      for (int j = random.nextInt(30); j >= 0; j--) {
        host.append((char) ('a' + random.nextInt(26)));
      }
      words.add("https://" + host + (random.nextBoolean() ? ".com" : ".example:8443"));
    }
    return Stream.of(
        List.of(),
        List.of("https://example.com"),
        List.of("null"),
        List.of("https://example.com", "null"),
        List.of("https://a.example", "https://a.example"),
        List.of("https://a.example", "http://a.example", "https://a.example:8443", "app://."),
        numbered(2, "https://" + "a".repeat(60) + ".%.example"),
        numbered(9, "https://example%.com"),
        numbered(1_000, "https://example%.com"),
        numbered(20_000, "https://tenant-%.example.com"),
        numbered(3_000, "http://localhost:%").subList(1_024, 3_000),
        words,
        differingInOnePlaceEach(),
        differingInTwoPlacesEach().subList(0, 4_000));
  }

  /** One character of an origin changed, added or left out. */
  private static String changed(String origin, Random random) {
    int at = random.nextInt(origin.length() + 1);
    String head = origin.substring(0, at);
    char c = "abz019-.:/".charAt(random.nextInt(10));
    return switch (random.nextInt(3)) {
      case 0 -> head + c + origin.substring(at);
      case 1 -> head + origin.substring(Math.min(at + 1, origin.length()));
      default -> head + c + origin.substring(Math.min(at + 1, origin.length()));
    };
  }

  private static final Pattern SERIALIZED =
      Pattern.compile(
          "[a-z][a-z0-9+.-]*://(?=.{1,253}(?::|$))"
              + "(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*"
              + "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
              + "(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}"
              + "|655[0-2][0-9]|6553[0-5]))?");

  private static boolean isSerialized(String origin) {
    return SERIALIZED.matcher(origin).matches()
        && !origin.matches("https://.*:443|http://[^:]*:80");
  }

  @ParameterizedTest
  @MethodSource("lists")
  void are_those_in_the_list_and_no_others_by_a_set_that_keeps_whole_strings(List<String> origins) {
    GrantedOrigins<Decision> granted = granted(origins);
    Set<String> oracle = new HashSet<>(origins);
    Random random = new Random(SEED);
    int rounds = Rounds.of(15_000);
    int asked = 0;
    int refused = 0;
    int malformed = 0;
    for (int i = 0; i < rounds; i++) {
      String origin =
          origins.isEmpty() ? "https://a.example" : origins.get(random.nextInt(origins.size()));
      for (int changes = random.nextInt(3); changes > 0; changes--) {
        origin = changed(origin, random);
      }
      Decision decision = granted.of(fresh(origin), REFUSED);
      if (oracle.contains(origin)) {
        assertTrue(decision != null && origin.equals(decision.origin()), origin);
      } else if (isSerialized(origin)) {
        assertSame(REFUSED, decision, origin);
        refused++;
      } else {
        assertNull(decision, origin);
        malformed++;
      }
      asked++;
    }
    for (String origin : origins) {
      Decision decision = granted.of(fresh(origin), REFUSED);
      assertTrue(decision != null && origin.equals(decision.origin()), origin);
      asked++;
    }
    int least = rounds / 30;
    assertTrue(asked >= rounds && malformed > least, asked + ", " + refused + ", " + malformed);
    assertTrue(refused > least || origins.equals(List.of("null")), "refused " + refused);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 1_000, 100_000})
  void are_told_by_a_few_characters_and_no_more_than_a_few_have_to_be_compared(int count) {
    for (String form : List.of("https://example%.com", "https://%", "http://localhost:%")) {
      List<String> origins = numbered(count, form);
      assertTrue(mostAlike(origins) <= 8, form + ": " + mostAlike(origins));
    }
  }

  @Test
  @Tag("slow")
  void take_no_time_to_speak_of_where_somebody_has_chosen_them_to_look_alike() {
    List<String> origins = differingInTwoPlacesEach();
    assertTrue(origins.size() > 20_000, "only " + origins.size());
    assertTrue(mostAlike(origins) > 10_000, "only " + mostAlike(origins) + " are alike");
    List<String> others = numbered(origins.size(), "https://" + "a".repeat(60) + ".%.example");

    long ofAlike = leastTime(granted(origins), origins.get(origins.size() / 2));
    long ofOthers = leastTime(granted(others), others.get(origins.size() / 2));

    // One by one, they would take thousands of times as long.
    assertTrue(ofAlike < 50 * ofOthers, ofOthers + " ns, " + ofAlike + " ns");
  }

  private static long leastTime(GrantedOrigins<Decision> granted, String origin) {
    String asked = fresh(origin);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 50; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      for (int j = 0; j < 500; j++) {
        assertTrue(granted.of(asked, REFUSED) != REFUSED);
      }
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - before);
    }
    return least;
  }

  @Test
  @Tag("slow")
  void do_not_depend_on_what_was_asked_before_in_several_threads_at_once() throws Exception {
    List<String> policy =
        List.of("https://a.example", "null", "https://*.b.example", "https://app-*-x.c.example:*");
    Map<String, @Nullable Boolean> expected = new HashMap<>();
    // Many share a place in the cache: their fingerprints differ in nothing.
    for (int i = 0; i < 300; i++) {
      String same = "aaa" + "x".repeat(i % 50) + i + "y".repeat(60 - i % 50) + "zzz";
      String label = same.substring(0, Math.min(63, same.length()) - 4) + "zzz";
      expected.put("https://" + label + ".b.example", true);
      expected.put("https://" + label + ".d.example", false);
      expected.put("https://" + label + "-.b.example", null);
      expected.put("https://app-" + i + "-x.c.example:" + (i + 1), true);
      expected.put("https://app-" + i + "-y.c.example:" + (i + 1), false);
    }
    expected.put("https://a.example", true);
    expected.put("https://b.example", false);
    expected.put("null", true);
    expected.put("", null);
    expected.put("x".repeat(10_000), null);
    List<String> origins = List.copyOf(new LinkedHashSet<>(expected.keySet()));
    GrantedOrigins<Decision> granted = granted(policy);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        Random random = new Random(SEED + thread);
        tasks.add(
            () -> {
              int asked = 0;
              for (; asked < 50_000; asked++) {
                String origin = origins.get(random.nextInt(origins.size()));
                Boolean isGranted = expected.get(origin);
                Decision decision = granted.of(fresh(origin), REFUSED);
                if (isGranted == null) {
                  assertNull(decision, origin);
                } else if (isGranted) {
                  assertTrue(decision != null && origin.equals(decision.origin()), origin);
                } else {
                  assertSame(REFUSED, decision, origin);
                }
              }
              return asked;
            });
      }
      int asked = 0;
      for (Future<Integer> task : threads.invokeAll(tasks)) {
        asked += task.get();
      }
      assertEquals(400_000, asked);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void are_decided_once_for_a_patterns_origin_that_comes_again_and_once_for_each_other() {
    GrantedOrigins<Decision> granted = granted(List.of("https://*.b.example"));

    Decision first = granted.of(fresh("https://x.b.example"), REFUSED);
    assertEquals(new Decision("https://x.b.example"), first);

    assertSame(first, granted.of(fresh("https://x.b.example"), REFUSED));
    assertSame(REFUSED, granted.of(fresh("https://x.d.example"), REFUSED));
    assertSame(REFUSED, granted.of(fresh("https://x.d.example"), REFUSED));
    assertNull(granted.of("https://x.b.example/", REFUSED));
  }

  @Test
  void are_kept_where_two_of_them_look_alike_and_one_that_is_listed_is_decided_once() {
    GrantedOrigins<Decision> granted = granted(List.of("https://*.b.example", "https://a.example"));
    String one = "https://aaaaaa1aaaaaa.b.example";
    String other = "https://aaaaaa2aaaaaa.b.example";

    Decision ofOne = granted.of(one, REFUSED);
    Decision ofOther = granted.of(other, REFUSED);

    assertSame(ofOne, granted.of(fresh(one), REFUSED));
    assertSame(ofOther, granted.of(fresh(other), REFUSED));
    assertSame(granted.of("https://a.example", REFUSED), granted.of("https://a.example", REFUSED));

    String refused = "https://aaaaaa3aaaaaa.c.example";
    assertSame(REFUSED, granted.of(refused, REFUSED));
    ofOne = granted.of(one, REFUSED);
    assertSame(REFUSED, granted.of(fresh(refused), REFUSED));
    assertSame(REFUSED, granted.of(fresh(refused), REFUSED));
    assertSame(ofOne, granted.of(fresh(one), REFUSED));
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(
      strings = {
        "https://*.example.com",
        "https://app-*.example.com",
        "https://app-*-team.example.com",
        "https://*-team.example.com:*",
      })
  void take_hardly_more_time_to_find_by_a_pattern_in_a_label_of_many_hyphens(String pattern) {
    OriginPatterns patterns = new OriginPatterns(List.of(pattern(pattern)));
    String label = "app-%-team";
    String plain = "https://" + label.replace("%", "x".repeat(53)) + ".example.com";
    String hyphens = "https://" + label.replace("%", "x-".repeat(26) + "x") + ".example.com";
    assertEquals(28, hyphens.chars().filter(c -> c == '-').count());

    long ofPlain = leastTime(patterns, plain);
    long ofHyphens = leastTime(patterns, hyphens);

    // Each prefix with each suffix would be 400 look-ups.
    assertTrue(ofHyphens < 10 * ofPlain, ofPlain + " ns, " + ofHyphens + " ns");
  }

  private static long leastTime(OriginPatterns patterns, String origin) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 100; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      for (int j = 0; j < 500; j++) {
        assertTrue(patterns.match(origin));
      }
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - before);
    }
    return least;
  }
}
