package dev.crosswalk.cors.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.PolicyProblem;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A policy that is built: each line begins with the first letter of a setting, {@code o} for an
 * origin, {@code d} for a dangerous one, {@code m} for a method, {@code r} for a request header,
 * {@code e} for a response header, {@code a} for the max-age, and {@code c}, {@code t} and {@code
 * b} for credentials, timing and embedding.
 */
class BuilderFuzzTest {

  /** An offending value is cut, and a remedy names a few others. */
  private static final int MAX_PROBLEM = 4_000;

  @FuzzTest
  void builder(byte[] data) throws Exception {
    List<String> origins = new ArrayList<>();
    List<String> dangerous = new ArrayList<>();
    CorsPolicy.Builder builder = CorsPolicy.builder();
    int values = 0;
    for (String line : Hostile.lines(data, 0)) {
      if (line.isEmpty()) {
        continue;
      }
      values++;
      String value = line.substring(1);
      switch (line.charAt(0)) {
        case 'o' -> {
          builder.allowOrigins(value);
          origins.add(value);
        }
        case 'd' -> {
          builder.dangerouslyAllowOrigins(value);
          dangerous.add(value);
        }
        case 'm' -> builder.allowMethods(value);
        case 'r' -> builder.allowRequestHeaders(value);
        case 'e' -> builder.exposeResponseHeaders(value);
        case 'a' -> builder.maxAge(duration(value));
        case 'c' -> builder.allowCredentials();
        case 't' -> builder.exposeTiming();
        case 'b' -> builder.allowEmbedding();
        default -> values--;
      }
    }
    CorsPolicy policy;
    try {
      policy = Hostile.inTime(builder::build);
    } catch (InvalidCorsPolicyException e) {
      assertTold(e, values);
      return;
    }
    policy.warnings().forEach(warning -> Hostile.assertOneLine(warning.toString(), MAX_PROBLEM));
    assertReadsBack(policy);
    List<String> all = new ArrayList<>(origins);
    all.addAll(dangerous);
    if (!all.contains("*")) {
      all.forEach(pattern -> assertGrantsNoMore(policy, all, pattern));
    }
  }

  private static Duration duration(String value) {
    try {
      return Duration.parse(value);
    } catch (DateTimeParseException e) {
      return Duration.ofSeconds(value.hashCode());
    }
  }

  static void assertTold(InvalidCorsPolicyException e, int values) {
    assertFalse(e.problems().isEmpty());
    assertTrue(e.problems().size() <= 8 * values + 2, () -> "problems: " + e.problems().size());
    for (PolicyProblem problem : e.problems()) {
      assertEquals(PolicyProblem.Severity.ERROR, problem.severity());
      Hostile.assertOneLine(problem.toString(), MAX_PROBLEM);
    }
    String message = String.valueOf(e.getMessage());
    int listed = Math.min(100, e.problems().size());
    long lines = message.lines().filter(line -> line.startsWith("  - ")).count();
    assertEquals(e.problems().size() > 100 ? listed + 1 : listed, lines, "one line per problem");
    Hostile.assertLines(message, 101 * MAX_PROBLEM);
  }

  private static void assertReadsBack(CorsPolicy policy) {
    assertEquals(policy, policy.toBuilder().build(), "built again");
    Map<String, String> properties =
        policy
            .toString()
            .lines()
            .map(line -> line.split("=", 2))
            .collect(
                Collectors.toMap(
                    line -> line[0], line -> line[1], (one, other) -> other, TreeMap::new));
    Cors loaded = CorsConfiguration.of(properties);
    assertEquals(policy, loaded, "printed and read");
  }

  private static void assertGrantsNoMore(CorsPolicy policy, List<String> patterns, String pattern) {
    List<String> probes = new ArrayList<>();
    for (String middle : List.of("", "a", "a.b", "evil.test/", "a.evil.test#", ".", "a-", "..")) {
      probes.add(pattern.replace("*", middle));
    }
    probes.add(pattern.replace(":*", ":8443").replace("*", "a"));
    String plain = pattern.replace(":*", "").replace("*", "a");
    probes.addAll(
        List.of(
            plain + ".evil.test",
            plain + ":1",
            plain + "/",
            plain.replace("://", "://evil"),
            plain.replace("https:", "http:"),
            plain.replace('.', 'x'),
            "null"));
    for (String probe : probes) {
      if (policy.decide(Cors.Request.of("GET", "/").from(probe)).outcome() == Outcome.ALLOWED) {
        assertTrue(Granted.origin(patterns, probe), () -> patterns + " let in " + probe);
      }
    }
  }
}
