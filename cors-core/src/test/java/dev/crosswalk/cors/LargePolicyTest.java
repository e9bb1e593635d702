package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.crosswalk.cors.internal.origin.OriginPatternParser;
import dev.crosswalk.cors.internal.origin.OriginPatternParser.Parsed;
import dev.crosswalk.cors.internal.origin.OriginPatterns;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@DisplayName("A policy of 100 000 origins")
class LargePolicyTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MANY = 100_000;

  /** As many as it takes to tell a square from a line: 16 times as many take 256 times as long. */
  private static final int SOME = 8_000;

  private static final int FEW = SOME / 16;

  private static List<String> origins(String form, int count) {
    return IntStream.range(0, count).mapToObj(i -> form.replace("%", "" + i)).toList();
  }

  private static CorsPolicy build(List<String> origins) {
    return CorsPolicy.builder().allowOrigins(origins).allowCredentials().build();
  }

  /** Of several attempts, because others use the machine, too. */
  private static long leastTime(List<String> origins) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      assertEquals(List.of(), build(origins).warnings());
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - before);
    }
    return least;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://tenant-%.example.com",
        "https://*.tenant-%.example.com",
        "https://tenant%-*.example.com",
        "https://app-*-tenant%.example.com",
        "https://tenant-%.example.com:*",
      })
  void is_built_in_time_that_grows_with_their_number(String form) {
    List<String> few = origins(form, FEW);
    leastTime(few);
    long ofFew = leastTime(few);
    long ofMany = leastTime(origins(form, SOME));
    assertTrue(ofMany < 80 * ofFew, ofFew / 1_000 + " µs, " + ofMany / 1_000 + " µs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://tenant-%.example.com",
        "https://*.tenant-%.example.com",
        "https://app-*-tenant%.example.com:*",
      })
  void takes_less_than64_mebibytes(String form) {
    List<String> origins = origins(form, MANY);
    long before = used();
    CorsPolicy policy = build(origins);
    long after = used();
    assertEquals(MANY, policy.toString().lines().findFirst().orElse("").split(",").length);
    assertTrue(after - before < 64 * 1024 * 1024, (after - before) + " bytes");
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    runtime.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** A look-up of one among many is not the comparison with each of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://*.tenant-%.example.com",
        "https://tenant%-*.example.com",
        "https://app-*-tenant%.example.com",
      })
  void is_matched_in_the_same_time_whatever_their_number(String form) {
    String origin = form.replace("%", "7").replace("*", "x");
    List<String> ten = origins(form, 10);
    List<String> many = origins(form, SOME);
    long ofTen = leastTimeToMatch(ten, origin);
    long ofMany = leastTimeToMatch(many, origin);
    assertTrue(ofMany < 50 * ofTen, ofTen + " ns, " + ofMany + " ns");
  }

  private static long leastTimeToMatch(List<String> origins, String origin) {
    OriginPatterns patterns =
        new OriginPatterns(
            origins.stream()
                .map(text -> ((Parsed) OriginPatternParser.parse(text)).pattern())
                .toList());
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      for (int j = 0; j < 1_000; j++) {
        assertTrue(patterns.match(origin));
      }
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - before);
    }
    return least;
  }
}
