package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.PolicyProblem.Severity;
import dev.crosswalk.cors.internal.config.PropertyFile;
import dev.crosswalk.cors.internal.origin.OriginPatternParser;
import dev.crosswalk.cors.internal.origin.OriginPatternParser.Flawed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever is handed over, the result is a policy or the exception with all problems. */
@DisplayName("Bad input")
class BadInputTest {

  private static final List<String> PIECES =
      Arrays.asList(
          null,
          "",
          " ",
          "*",
          "null",
          "none",
          "https://",
          "http://",
          "://",
          "a",
          "Z",
          ".",
          "-",
          "_",
          "[",
          "]",
          "::1",
          ":",
          ":*",
          ":443",
          "/",
          "?",
          "#",
          "@",
          "%",
          "\\",
          "\"",
          "'",
          ",",
          ";",
          "127.0.0.1",
          "0x7f",
          "example.com",
          "com",
          "github.io",
          "localhost",
          "xn--",
          "xn--a",
          "ü",
          "ß",
          "İ",
          "💩",
          "\ud83d",
          "\udca9",
          "\u0000",
          "\u3002",
          "\uff0e",
          "\u00ad",
          "PUT",
          "${x}",
          "(",
          "+",
          "|",
          "app-*",
          "*.",
          "wss",
          "file",
          "9".repeat(300),
          "x".repeat(5_000));

  private static String garbage(Random random) {
    int length = random.nextInt(6);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      if (piece == null && length == 1) {
        return null;
      }
      text.append(piece == null ? "" : piece);
    }
    return text.toString();
  }

  private static String[] several(Random random) {
    int length = random.nextInt(5);
    return length == 4
        ? null
        : Arrays.stream(new String[length]).map(x -> garbage(random)).toArray(String[]::new);
  }

  /** Returns whether it was a policy. */
  private static boolean isPolicy(Supplier<Cors> attempt, long seed) {
    Cors cors;
    try {
      cors = attempt.get();
    } catch (InvalidCorsPolicyException e) {
      assertFalse(e.problems().isEmpty(), () -> "seed " + seed);
      for (PolicyProblem problem : e.problems()) {
        assertEquals(Severity.ERROR, problem.severity(), () -> "seed " + seed);
        assertTrue(problem.toString().chars().noneMatch(c -> c < ' '), () -> "seed " + seed);
        assertTrue(problem.toString().length() < 8_000, () -> "seed " + seed + problem);
      }
      assertTrue(e.getMessage().startsWith("The CORS policy has "), () -> "seed " + seed);
      return false;
    }
    assertNotNull(cors.toString());
    return true;
  }

  @Test
  void in_code_is_a_policy_or_the_exception() {
    long seed = Long.getLong("seed", 1);
    Random random = new Random(seed);
    int policies = 0;
    int attempts = Rounds.of(6_000);
    for (int i = 0; i < attempts; i++) {
      policies +=
          isPolicy(
                  () -> {
                    CorsPolicy.Builder builder = CorsPolicy.builder();
                    for (int j = random.nextInt(4); j >= 0; j--) {
                      switch (random.nextInt(9)) {
                        case 0 -> builder.allowMethods(several(random));
                        case 1 -> builder.allowRequestHeaders(several(random));
                        case 2 -> builder.exposeResponseHeaders(several(random));
                        case 3 ->
                            builder.maxAge(
                                random.nextBoolean()
                                    ? null
                                    : Duration.ofSeconds(random.nextLong(), random.nextInt(2)));
                        case 4 -> builder.allowCredentials();
                        case 5 -> builder.dangerouslyAllowOrigins("null");
                        case 6 -> builder.allowOrigins("https://app.example.com");
                        default -> builder.allowOrigins(several(random));
                      }
                    }
                    return builder.build();
                  },
                  seed)
              ? 1
              : 0;
    }
    assertTrue(policies > attempts / 200 && policies < attempts / 2, "policies: " + policies);
  }

  @Test
  void in_configuration_is_a_policy_or_the_exception() {
    long seed = Long.getLong("seed", 1);
    Random random = new Random(seed);
    List<String> keys = new ArrayList<>();
    for (Setting setting : Setting.of(Setting.Scope.POLICY)) {
      keys.add("cors." + setting.key());
      keys.add("cors.policies.a." + setting.key());
    }
    keys.addAll(List.of("cors.policies.a.paths", "cors.profile", "cors.policies.", "cors.", "="));
    List<String> values = List.of("true", "1h", "/api", "https://app.example.com", "PUT", "X-A");
    int policies = 0;
    int attempts = Rounds.of(6_000);
    for (int i = 0; i < attempts; i++) {
      Map<String, String> properties = new HashMap<>();
      for (int j = random.nextInt(4); j >= 0; j--) {
        boolean usual = random.nextInt(3) > 0;
        properties.put(
            keys.get(random.nextInt(keys.size())),
            usual ? values.get(random.nextInt(values.size())) : garbage(random));
      }
      if (random.nextBoolean()) {
        properties.keySet().removeIf(key -> random.nextBoolean());
        properties.put("cors.allowed-origins", "https://app.example.com");
      }
      policies += isPolicy(() -> CorsConfiguration.of(properties), seed) ? 1 : 0;
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      isPolicy(
          () ->
              CorsConfiguration.load(
                  "x", "x", name -> PropertyFile.read(name, bytes), properties, Map.of()),
          seed);
    }
    assertTrue(policies > attempts / 200, "policies: " + policies);
  }

  @Test
  void among_paths_is_a_policy_or_the_exception() {
    long seed = Long.getLong("seed", 1);
    Random random = new Random(seed);
    int policies = 0;
    int attempts = Rounds.of(6_000);
    for (int i = 0; i < attempts; i++) {
      Map<String, Cors> paths = new HashMap<>();
      for (int j = random.nextInt(3); j > 0; j--) {
        String path = random.nextBoolean() ? garbage(random) : "/" + garbage(random);
        paths.put(path, random.nextInt(20) == 0 ? null : CorsPolicy.none());
      }
      policies += isPolicy(() -> Cors.byPath(paths), seed) ? 1 : 0;
    }
    assertTrue(policies > attempts / 200, "policies: " + policies);
  }

  /** What is to be written instead of an origin is right, and nothing is left to fix in it. */
  @Test
  void is_mended_by_what_the_remedy_says() {
    long seed = Long.getLong("seed", 1);
    Random random = new Random(seed);
    int mended = 0;
    int attempts = Rounds.of(30_000);
    for (int i = 0; i < attempts; i++) {
      String origin = garbage(random);
      if (OriginPatternParser.parse(origin == null ? "" : origin) instanceof Flawed flawed) {
        for (String written : flawed.suggestions()) {
          assertTrue(OriginPatternParser.isRight(written), () -> "seed " + seed + ": " + written);
          mended++;
        }
      }
    }
    assertTrue(mended > attempts / 200, "mended: " + mended);
  }

  @Test
  void is_answered_alike_in_every_language() {
    Locale before = Locale.getDefault();
    List<String> messages = new ArrayList<>();
    try {
      for (String language : List.of("en", "tr", "ar", "th-TH-u-nu-thai")) {
        Locale.setDefault(Locale.forLanguageTag(language));
        messages.add(
            assertThrows(
                    InvalidCorsPolicyException.class,
                    () ->
                        CorsPolicy.builder()
                            .allowOrigins("HTTPS://APP.EXAMPLE.COM/I", "https://ü.example:65536")
                            .allowMethods("options", "trace", "P\u0130T")
                            .allowRequestHeaders("COOKIE", "IF-MATCH:")
                            .exposeResponseHeaders("IF-MATCH")
                            .maxAge(Duration.ofDays(123_456))
                            .build())
                .getMessage());
      }
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(4, messages.size());
    assertEquals(1, messages.stream().distinct().count(), messages::toString);
  }

  @Test
  void is_listed_up_to_a_bound() {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      wrong.add("https://tenant-" + i + ".example.com/");
    }
    InvalidCorsPolicyException e =
        assertThrows(
            InvalidCorsPolicyException.class,
            () -> CorsPolicy.builder().allowOrigins(wrong).build());
    assertEquals(20_000, e.problems().size());
    assertEquals(19_999, e.problems().get(19_999).index());
    assertEquals(ProblemCode.ORIGIN_TRAILING_SLASH, e.problems().get(19_999).code());
    assertEquals(102, e.getMessage().lines().count());
    assertTrue(e.getMessage().endsWith("\n  - and 19900 more."), e.getMessage());
  }
}
