package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a policy prints is what configures it. */
@DisplayName("What is printed")
class PrintedPolicyTest {

  /** Whatever a policy is, it prints the properties that load it back. */
  @Test
  void a_policy_is_loaded_from_what_it_prints() {
    long seed = Long.getLong("seed", 1);
    Random random = new Random(seed);
    int built = 0;
    int rounds = Rounds.of(8_000);
    for (int i = 0; i < rounds; i++) {
      Cors cors = random.nextInt(5) == 0 ? randomByPath(random) : randomPolicy(random);
      if (cors == null) {
        continue;
      }
      if (random.nextInt(5) == 0) {
        cors = randomGuard(random, cors);
      }
      built++;
      String printed = cors.toString();
      assertEquals(cors, Surroundings.file(printed).load(), () -> seed + ":\n" + printed);
      assertEquals(printed, Surroundings.file(printed).load().toString(), () -> "seed " + seed);
      if (cors instanceof CorsPolicy policy) {
        CorsPolicy again = policy.toBuilder().build();
        assertEquals(policy, again, () -> "seed " + seed);
        assertEquals(policy.hashCode(), again.hashCode(), () -> "seed " + seed);
      }
    }
    assertTrue(built > rounds / 4, "only " + built);
  }

  private static Cors randomByPath(Random random) {
    Map<String, Cors> policies = new HashMap<>();
    for (String path : List.of("/", "/api", "/api/v2", "/apis", "/a.b~c-d_e")) {
      CorsPolicy policy = random.nextBoolean() ? randomPolicy(random) : null;
      if (policy != null) {
        policies.put(path, policy);
      }
    }
    return policies.isEmpty() ? null : Cors.byPath(policies);
  }

  private static Cors randomGuard(Random random, Cors cors) {
    List<String> origins =
        List.of("https://a.example", "https://*.d.example", "http://localhost:*", "app://b");
    List<String> paths = List.of("/", "/webhook", "/hooks/a.b~c-d_e");
    CrossOriginGuard.Builder guard = CrossOriginGuard.around(cors);
    return (random.nextBoolean() ? guard.trustOriginsAllowedWithCredentials() : guard)
        .trustOrigins(some(random, origins).toArray(String[]::new))
        .exemptPaths(some(random, paths).toArray(String[]::new))
        .exemptPathsBelow(some(random, paths).toArray(String[]::new))
        .build();
  }

  /** Returns null if what was thrown together is wrong. */
  private static CorsPolicy randomPolicy(Random random) {
    CorsPolicy.Builder builder = CorsPolicy.builder();
    List<String> origins =
        List.of(
            "*",
            "none",
            "https://a.example",
            "https://b.example:8443",
            "http://c.example",
            "https://*.d.example",
            "https://app-*.vercel.app",
            "https://app-*-team.e.example:*",
            "http://localhost:*",
            "http://[::1]:3000",
            "http://127.0.0.1",
            "capacitor://localhost",
            "https://xn--bcher-kva.example");
    builder.allowOrigins(some(random, origins));
    builder.allowMethods(
        some(random, List.of("*", "PUT", "patch", "OPTIONS", "#!$%&'+-.^_`|~"))
            .toArray(String[]::new));
    builder.allowRequestHeaders(
        some(random, List.of("*", "Authorization", "X-A", "x-b", "!#$%&'+-.^_`|~"))
            .toArray(String[]::new));
    builder.exposeResponseHeaders(
        some(random, List.of("*", "ETag", "X-A", "Content-Type")).toArray(String[]::new));
    if (random.nextBoolean()) {
      builder.maxAge(Duration.ofSeconds(random.nextInt(86_401)));
    }
    if (random.nextInt(3) == 0) {
      builder.allowCredentials();
    }
    if (random.nextInt(2) == 0) {
      List<String> dangerous = List.of("null", "http://f.example", "https://b-*.vercel.app");
      builder.dangerouslyAllowOrigins(some(random, dangerous).toArray(String[]::new));
    }
    try {
      return builder.build();
    } catch (InvalidCorsPolicyException e) {
      return null;
    }
  }

  private static List<String> some(Random random, List<String> values) {
    List<String> some = new ArrayList<>();
    if (random.nextInt(4) == 0) {
      some.add(values.get(0));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      some.add(values.get(1 + random.nextInt(values.size() - 1)));
    }
    return some.size() > 1 && random.nextInt(3) > 0
        ? some.subList(some.size() - 1, some.size())
        : some;
  }
}
