package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.internal.config.PropertyFile;
import dev.crosswalk.cors.internal.config.WatchedFiles;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Configuration")
class ConfigurationTest {

  /** What surrounds a program: files by name, the environment, system properties. */
  private record Surroundings(
      Map<String, String> files, Map<String, String> environment, Map<String, String> system) {

    Surroundings() {
      this(new HashMap<>(), new HashMap<>(), new HashMap<>());
    }

    static Surroundings file(String text) {
      return new Surroundings().with("cors.properties", text);
    }

    Surroundings with(String name, String text) {
      files.put(name, text);
      return this;
    }

    Surroundings variable(String name, String value) {
      environment.put(name, value);
      return this;
    }

    Surroundings property(String name, String value) {
      system.put(name, value);
      return this;
    }

    Cors load() {
      return CorsConfiguration.load(
          "cors.properties",
          "cors.properties",
          name ->
              files.containsKey(name)
                  ? PropertyFile.read(name, files.get(name).getBytes(StandardCharsets.UTF_8))
                  : null,
          environment,
          system);
    }

    List<String> problems() {
      return problemsOf(this::load).stream().map(PolicyProblem::toString).toList();
    }

    List<ProblemCode> codes() {
      return problemsOf(this::load).stream().map(PolicyProblem::code).toList();
    }
  }

  private static List<PolicyProblem> problemsOf(Supplier<Cors> attempt) {
    return assertThrows(InvalidCorsPolicyException.class, attempt::get).problems();
  }

  private static CorsPolicy only(String origin) {
    return CorsPolicy.builder().allowOrigins(origin).build();
  }

  @Test
  void has_every_setting_of_the_builder() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://*.example.org")
            .dangerouslyAllowOrigins("http://app.example.com", "https://*.vercel.app")
            .allowCredentials()
            .allowMethods("PUT", "DELETE")
            .allowRequestHeaders("Content-Type", "Authorization")
            .exposeResponseHeaders("ETag")
            .maxAge(Duration.ofHours(1))
            .exposeTiming()
            .allowEmbedding()
            .build();
    assertEquals(
        policy,
        Surroundings.file(
                """
                # what our pages need
                cors.allowed-origins = https://*.example.org
                cors.dangerously-allowed-origins = http://app.example.com ,\\
                                       https://*.vercel.app
                cors.allow-credentials=true
                cors.allowed-methods=PUT, DELETE
                cors.allowed-request-headers=Content-Type,Authorization
                cors.exposed-response-headers: ETag
                cors.max-age 1h
                cors.expose-timing=true
                cors.allow-embedding=true
                """)
            .load());
    assertEquals(
        CorsPolicy.builder().dangerouslyAllowOrigins("null").build(),
        Surroundings.file("cors.dangerously-allowed-origins=null").load());
    assertEquals(CorsPolicy.none(), Surroundings.file("cors.allowed-origins=none").load());
  }

  @Test
  void takes_the_last_of_its_sources() {
    Surroundings all =
        Surroundings.file("cors.allowed-origins=https://file.example\ncors.max-age=1m")
            .with("cors-stage.properties", "cors.allowed-origins=https://profile.example")
            .variable("CORS_ALLOWED_ORIGINS", "https://environment.example")
            .property("cors.allowed-origins", "https://system.example");
    assertEquals(withMaxAge("https://system.example"), all.load());
    all.system().clear();
    assertEquals(withMaxAge("https://environment.example"), all.load());
    all.environment().clear();
    assertEquals(withMaxAge("https://file.example"), all.load());
    all.variable("CORS_PROFILE", "stage");
    assertEquals(withMaxAge("https://profile.example"), all.load());
    all.environment().clear();
    all.property("cors.profile", "stage");
    assertEquals(withMaxAge("https://profile.example"), all.load());
  }

  @Test
  void takes_the_profile_of_the_variable_that_is_written_as_it_should_be() {
    Surroundings all =
        Surroundings.file("cors.allowed-origins=https://file.example")
            .with("cors-stage.properties", "cors.allowed-origins=https://stage.example")
            .with("cors-other.properties", "cors.allowed-origins=https://other.example")
            .variable("CORS.PROFILE", "other");
    assertEquals(only("https://other.example"), all.load());
    all.variable("CORS_PROFILE", "stage");
    assertEquals(only("https://stage.example"), all.load());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cors.allow-private-network", "cors.allowPrivateNetwork"})
  void says_that_browsers_have_given_up_private_network_access(String key) {
    Surroundings all =
        Surroundings.file("cors.allowed-origins=https://a.example\n" + key + "=true");
    InvalidCorsPolicyException e = assertThrows(InvalidCorsPolicyException.class, all::load);
    assertEquals(ProblemCode.CONFIGURATION_PRIVATE_NETWORK, e.problems().get(0).code());
  }

  private static CorsPolicy withMaxAge(String origin) {
    return only(origin).toBuilder().maxAge(Duration.ofMinutes(1)).build();
  }

  @ParameterizedTest
  @CsvSource({
    "3600, 3600",
    "3600s, 3600",
    "60m, 3600",
    "1h, 3600",
    "PT1H, 3600",
    "pt60m, 3600",
    "0, 0"
  })
  void reads_durations_in_every_usual_form(String written, long seconds) {
    CorsPolicy expected =
        only("https://a.example").toBuilder().maxAge(Duration.ofSeconds(seconds)).build();
    assertEquals(
        expected,
        Surroundings.file("cors.allowed-origins=https://a.example\ncors.max-age=" + written)
            .load());
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "h",
    "1w",
    "1 h",
    "1.5h",
    "99999999999999999999",
    "9223372036854775807d",
    "-",
    "1h30m"
  })
  void refuses_other_durations(String written) {
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_DURATION),
        Surroundings.file("cors.allowed-origins=*\ncors.max-age=" + written).codes());
  }

  @Test
  void chooses_named_policies_by_path() {
    Cors expected =
        Cors.byPath(
            Map.of(
                "/", CorsPolicy.none(),
                "/api", only("https://app.example.com"),
                "/v2", only("https://app.example.com"),
                "/open", only("*")));
    assertEquals(
        expected,
        Surroundings.file(
                """
                cors.allowed-origins=none
                cors.policies.api.paths=/api, /v2
                cors.policies.api.allowed-origins=https://app.example.com
                """)
            .variable("CORS_POLICIES_OPEN_DATA_PATHS", "/open")
            .property("cors.policies.open-data.allowed-origins", "*")
            .load());
  }

  @Test
  void a_single_named_policy_covers_its_paths_and_no_other() {
    assertEquals(
        Cors.byPath(Map.of("/api", only("*"))),
        Surroundings.file("cors.policies.a.paths=/api\ncors.policies.a.allowed-origins=*").load());
  }

  private static CrossOriginGuard.Builder around(Cors cors) {
    return CrossOriginGuard.around(cors);
  }

  @Test
  void puts_a_guard_round_the_policy() {
    Cors expected =
        around(only("https://a.example"))
            .trustOrigins("https://b.example", "https://*.c.example")
            .exemptPaths("/webhook", "/ping")
            .exemptPathsBelow("/hooks")
            .build();
    Surroundings file =
        Surroundings.file(
            """
            cors.allowed-origins=https://a.example
            cors.guard.enabled=true
            cors.guard.trusted-origins=https://b.example, https://*.c.example
            cors.guard.exempt-paths=/webhook,/ping
            cors.guard.exempt-paths-below=/hooks
            """);
    Surroundings variables =
        Surroundings.file("cors.allowed-origins=https://a.example")
            .variable("CORS_GUARD_ENABLED", "true")
            .variable("CORS_GUARD_TRUSTED_ORIGINS", "https://b.example, https://*.c.example")
            .variable("CORS_GUARD_EXEMPT_PATHS", "/webhook,/ping")
            .variable("CORS_GUARD_EXEMPT_PATHS_BELOW", "/hooks");
    Surroundings properties =
        Surroundings.file("cors.allowed-origins=https://a.example")
            .property("cors.guard.enabled", "true")
            .property("cors.guard.trusted-origins", "https://b.example, https://*.c.example")
            .property("cors.guard.exempt-paths", "/webhook,/ping")
            .property("cors.guard.exempt-paths-below", "/hooks");
    for (Surroundings surroundings : List.of(file, variables, properties)) {
      assertEquals(expected, surroundings.load());
    }
    assertNotEquals(expected, file.property("cors.guard.exempt-paths", "/other").load());
  }

  @Test
  void the_guard_trusts_who_may_read_with_credentials_if_that_is_said() {
    CorsPolicy policy =
        CorsPolicy.builder().allowOrigins("https://a.example").allowCredentials().build();
    Cors expected = around(policy).trustOriginsAllowedWithCredentials().build();
    Surroundings surroundings =
        Surroundings.file(policy + "\ncors.guard.enabled=true")
            .variable("CORS_GUARD_TRUST_ORIGINS_ALLOWED_WITH_CREDENTIALS", "true");
    assertEquals(expected, surroundings.load());
    assertEquals(expected, Surroundings.file(expected.toString()).load());
    assertNotEquals(expected, around(policy).build());
    surroundings.property("cors.guard.trust-origins-allowed-with-credentials", "yes");
    assertEquals(List.of(ProblemCode.CONFIGURATION_BOOLEAN), surroundings.codes());
  }

  @Test
  void the_guard_goes_round_all_policies() {
    assertEquals(
        around(Cors.byPath(Map.of("/api", only("https://a.example")))).build(),
        Surroundings.file(
                """
                cors.policies.api.paths=/api
                cors.policies.api.allowed-origins=https://a.example
                cors.guard.enabled=true
                """)
            .load());
    assertEquals(
        around(CorsPolicy.none()).build(),
        Surroundings.file("cors.allowed-origins=none\ncors.guard.enabled=true").load());
  }

  @Test
  void a_guard_that_somebody_believes_to_be_there_is_an_error() {
    assertEquals(
        List.of(
            "cors.properties:2: cors.guard.exempt-paths: it is a setting of the guard, but there is"
                + " no guard; set cors.guard.enabled=true, or false to keep it for later."),
        Surroundings.file("cors.allowed-origins=none\ncors.guard.exempt-paths=/webhook")
            .problems());
    assertEquals(
        List.of(
            "environment variable CORS_GUARD_TRUSTED_ORIGINS: cors.guard.trusted-origins: it is a"
                + " setting of the guard, but there is no guard; set cors.guard.enabled=true, or"
                + " false to keep it for later."),
        Surroundings.file("cors.allowed-origins=none")
            .variable("CORS_GUARD_TRUSTED_ORIGINS", "https://a.example")
            .problems());
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_BOOLEAN),
        Surroundings.file("cors.allowed-origins=none\ncors.guard.enabled=maybe").codes());
  }

  @Test
  void a_guard_that_is_turned_off_aloud_is_checked() {
    Surroundings surroundings =
        Surroundings.file(
                """
                cors.allowed-origins=https://a.example
                cors.guard.enabled=true
                cors.guard.trusted-origins=https://b.example
                """)
            .variable("CORS_GUARD_ENABLED", "false");
    assertEquals(only("https://a.example"), surroundings.load());
    surroundings.property("cors.guard.trusted-origins", "https://b.example/");
    assertEquals(List.of(ProblemCode.ORIGIN_TRAILING_SLASH), surroundings.codes());
  }

  @Test
  void a_guard_needs_a_policy() {
    assertEquals(
        List.of(ProblemCode.ORIGIN_MISSING), Surroundings.file("cors.guard.enabled=true").codes());
  }

  @Test
  void names_the_line_of_every_problem_of_the_guard() {
    assertEquals(
        List.of(
            "cors.properties:1: cors.allowed-origins[0] \"https://a.example/\": there is an extra"
                + " trailing slash; write \"https://a.example\".",
            "cors.properties:3: cors.guard.trusted-origins[0] \"*\": a guard that trusts every"
                + " origin guards nothing; list the origins, or remove the guard.",
            "cors.properties:4: cors.guard.trusted-origins[1] \"null\": every website can send the"
                + " origin null; serve the page from its own origin, and trust that origin.",
            "cors.properties:5: cors.guard.trusted-origins[2] \"https://b.example/\": there is an"
                + " extra trailing slash; write \"https://b.example\".",
            "system property cors.guard.exempt-paths: cors.guard.exempt-paths[0] \"/a/../b\": some"
                + " servers drop a segment that is empty, ends in a dot or starts with two dots;"
                + " write the path without such a segment.",
            "environment variable CORS_GUARD_EXEMPT_PATHS_BELOW: cors.guard.exempt-paths-below[1]"
                + " \"b\": it does not start with a slash; write \"/b\"."),
        Surroundings.file(
                """
                cors.allowed-origins=https://a.example/
                cors.guard.enabled=true
                cors.guard.trusted-origins=*,\\
                  null,\\
                  https://b.example/
                cors.guard.exempt-paths=/x
                """)
            .property("cors.guard.exempt-paths", "/a/../b")
            .variable("CORS_GUARD_EXEMPT_PATHS_BELOW", "/a, b")
            .problems());
  }

  @Test
  void in_production_nobody_is_trusted_whose_pages_others_forge() {
    Surroundings surroundings =
        Surroundings.file(
            """
            cors.allowed-origins=https://a.example
            cors.guard.enabled=true
            cors.guard.trusted-origins=http://localhost:*,https://127.0.0.1,http://b.example,\\
              https://c.example,capacitor://localhost
            """);
    assertEquals(
        List.of(ProblemCode.GUARD_TRUSTS_INSECURE_WITHOUT_PROFILE),
        surroundings.load().warnings().stream().map(PolicyProblem::code).toList());
    for (String profile : List.of("prod", "production")) {
      surroundings.variable("CORS_PROFILE", profile);
      assertEquals(
          List.of(
              ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION,
              ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION,
              ProblemCode.GUARD_TRUSTS_INSECURE),
          surroundings.codes());
    }
  }

  @Test
  void says_so_when_the_guard_trusts_the_very_readers() {
    Surroundings surroundings =
        Surroundings.file(
            """
            cors.allowed-origins=https://a.example, https://b.example
            cors.guard.enabled=true
            cors.guard.trusted-origins=https://b.example, https://a.example
            """);
    assertEquals(
        List.of(
            "cors.properties:3: cors.guard.trusted-origins: it trusts exactly the origins that may"
                + " read, and reading is not writing; trust only the origins whose pages change"
                + " something."),
        surroundings.load().warnings().stream().map(PolicyProblem::toString).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "true, 'The policy does not allow the request''s origin.'",
    "' true ', 'The policy does not allow the request''s origin.'",
    "explained, '\"https://other.test\" is not allowed. Nothing in the policy is similar. If its"
        + " pages are yours, add it to cors.allowed-origins.'",
    "false,",
  })
  void logs_refusals_from_every_source(String word, String explanation) {
    String origins = "cors.allowed-origins=https://a.example, https://c.example";
    List<Surroundings> sources =
        List.of(
            Surroundings.file(origins + "\ncors.log-refusals=" + word.strip()),
            Surroundings.file(origins)
                .with("cors-stage.properties", "cors.log-refusals=" + word)
                .variable("CORS_PROFILE", "stage"),
            Surroundings.file(origins).variable("CORS_LOG_REFUSALS", word),
            Surroundings.file(origins).property("cors.log-refusals", word));
    for (Surroundings source : sources) {
      Cors cors = source.load();
      List<String> lines =
          logged(() -> cors.decide(Cors.Request.of("GET", "/").from("https://other.test")));
      assertEquals(
          explanation == null
              ? List.of()
              : List.of("CORS: actual refused, ORIGIN_NOT_ALLOWED. " + explanation),
          lines);
    }
  }

  private static List<String> logged(Runnable task) {
    List<String> lines = new ArrayList<>();
    Logger logger = Logger.getLogger("dev.crosswalk.cors");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      task.run();
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().equals("cors-refusals")) {
          assertDoesNotThrow(() -> thread.join(10_000)); // It ends when no line waits.
        }
      }
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    return lines;
  }

  @Test
  void the_log_is_of_all_policies_and_the_guard() {
    Cors cors =
        Surroundings.file(
                """
                cors.policies.api.paths=/api
                cors.policies.api.allowed-origins=https://a.example
                cors.guard.enabled=true
                cors.log-refusals=true
                """)
            .load();
    Cors.Request write = Cors.Request.of("POST", "/other").with("Sec-Fetch-Site", "cross-site");
    assertEquals(1, logged(() -> cors.decide(write)).size());
    assertTrue(cors.toString().endsWith("\ncors.guard.enabled=true\ncors.log-refusals=true"));
    assertEquals(
        cors.toString(),
        Surroundings.file(cors.toString().replaceAll("(?m)^#.*", "")).load().toString());
  }

  @Test
  void the_log_is_no_policy_and_of_no_policy_alone() {
    assertEquals(
        List.of(ProblemCode.ORIGIN_MISSING), Surroundings.file("cors.log-refusals=true").codes());
    assertEquals(
        List.of(
            "cors.properties:2: cors.log-refusals \"yes\": this word is not one of its values;"
                + " write true."),
        Surroundings.file("cors.allowed-origins=*\ncors.log-refusals=yes").problems());
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_OF_ALL_POLICIES),
        Surroundings.file(
                "cors.policies.a.paths=/\ncors.policies.a.allowed-origins=*\n"
                    + "cors.policies.a.log-refusals=true")
            .codes());
  }

  @Test
  void warns_of_an_own_machine_with_credentials_that_nobody_says_is_not_production() {
    Surroundings surroundings =
        Surroundings.file(
            "cors.allowed-origins=https://a.example, http://localhost:*\n"
                + "cors.allow-credentials=true");
    assertEquals(
        List.of(
            "cors.properties:1: cors.allowed-origins[1] \"http://localhost:*\": no profile is set,"
                + " so this origin is also allowed in production, where any program on the user's"
                + " own machine has it; allow it in the profile for development."),
        surroundings.load().warnings().stream().map(PolicyProblem::toString).toList());
    surroundings.with("cors-dev.properties", "");
    for (String variable :
        List.of(
            "CORS_PROFILE",
            "SPRING_PROFILES_ACTIVE",
            "QUARKUS_PROFILE",
            "MICRONAUT_ENVIRONMENTS")) {
      assertEquals(List.of(), surroundings.variable(variable, "dev").load().warnings(), variable);
      surroundings.environment().clear();
    }
    assertEquals(
        List.of(), Surroundings.file("cors.allowed-origins=http://localhost").load().warnings());
  }

  @ParameterizedTest
  @CsvSource({
    "SPRING_PROFILES_ACTIVE, prod",
    "SPRING_PROFILES_ACTIVE, Prod",
    "SPRING_PROFILES_ACTIVE, PRODUCTION",
    "SPRING_PROFILES_ACTIVE, 'cloud, prod'",
    "QUARKUS_PROFILE, prod",
    "QUARKUS_PROFILE, production",
    "MICRONAUT_ENVIRONMENTS, 'ec2,prod'",
  })
  void a_frameworks_variable_names_the_profile(String variable, String profiles) {
    Surroundings surroundings =
        Surroundings.file("cors.allowed-origins=http://localhost:3000")
            .variable(variable, profiles);
    assertEquals(List.of(ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION), surroundings.codes());
    if (!profiles.startsWith("P")) {
      surroundings.with("cors-prod.properties", "cors.allowed-origins=https://a.example");
      surroundings.with("cors-production.properties", "cors.allowed-origins=https://a.example");
      assertEquals(only("https://a.example"), surroundings.load());
    }
  }

  @Test
  void our_own_variable_comes_before_a_frameworks() {
    Surroundings surroundings =
        Surroundings.file("cors.allowed-origins=http://localhost:3000")
            .with("cors-dev.properties", "")
            .variable("SPRING_PROFILES_ACTIVE", "prod")
            .variable("CORS_PROFILE", "dev");
    assertEquals(only("http://localhost:3000"), surroundings.load());
    // A framework's profiles may have no file here, and names that are not ours are left to it.
    surroundings.environment().clear();
    surroundings.variable("SPRING_PROFILES_ACTIVE", "Local Dev, ../blue");
    assertEquals(only("http://localhost:3000"), surroundings.load());
    Surroundings withCredentials =
        Surroundings.file("cors.allowed-origins=http://localhost\ncors.allow-credentials=true")
            .variable("SPRING_PROFILES_ACTIVE", "Local Dev");
    assertEquals(List.of(), withCredentials.load().warnings(), "a profile is set");
  }

  @Test
  void names_the_line_of_every_problem_and_all_problems_at_once() {
    assertEquals(
        List.of(
            "cors.properties:2: cors.allowed-origins[1] \"https://b.example/\": there is an extra"
                + " trailing slash; write \"https://b.example\".",
            "cors.properties:3: cors.allowed-origins[2] \"\": it is empty; write an origin, such as"
                + " \"https://app.example.com\".",
            "cors.properties:5: cors.max-agee: there is no such setting; write cors.max-age.",
            "environment variable CORS_ALLOWED_METHODS: cors.allowed-methods[0] \"delete\":"
                + " browsers send it in upper case; write \"DELETE\".",
            "system property cors.max-age: cors.max-age \"2d\": no browser keeps an answer for"
                + " longer than a day; write 24 hours or less."),
        Surroundings.file(
                """
                cors.allowed-origins=https://a.example,\\
                  https://b.example/,\\
                  ,\\
                  https://c.example
                cors.max-agee=1h
                """)
            .variable("CORS_ALLOWED_METHODS", "delete")
            .property("cors.max-age", "2d")
            .problems());
  }

  @Test
  void says_in_a_files_words_how_to_open_a_gate() {
    assertEquals(
        List.of(
            "cors.properties:2: cors.policies.a.allowed-origins[0] \"http://a.example\": with"
                + " credentials, anyone on the network can read what the signed-in user may read;"
                + " write \"https://a.example\" or, if you really need http,"
                + " cors.policies.a.dangerously-allowed-origins=http://a.example instead."),
        Surroundings.file(
                """
                cors.policies.a.paths=/
                cors.policies.a.allowed-origins=http://a.example
                cors.policies.a.allow-credentials=true
                """)
            .problems());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:3000", "http://[::1]:3000", "http://0.0.0.0:3000"})
  void in_development_the_own_machine_needs_no_TLS(String origin) {
    Surroundings development =
        Surroundings.file("cors.allowed-origins=" + origin + "\ncors.allow-credentials=true")
            .variable("SPRING_PROFILES_ACTIVE", "dev");
    assertEquals(List.of(), development.load().warnings());
  }

  @Test
  void in_production_loopback_and_insecure_origins_are_errors() {
    for (String profile : List.of("prod", "production")) {
      Surroundings production =
          Surroundings.file(
                  """
                  cors.allowed-origins=http://localhost:*,https://127.0.0.1,http://[::1]:3000,\\
                    http://0.0.0.0:80,http://a.example,https://b.example,capacitor://localhost
                  """
                      .replace(":80", ":8080"))
              .variable("CORS_PROFILE", profile);
      assertEquals(
          List.of(
              ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION,
              ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION,
              ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION,
              ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION,
              ProblemCode.ORIGIN_INSECURE_IN_PRODUCTION),
          production.codes());
      production.property("cors.dangerously-allowed-origins", "http://localhost:3000");
      assertEquals(6, production.codes().size(), "the gate is not for loopback");
      production.property("cors.allowed-origins", "https://b.example");
      production.property("cors.dangerously-allowed-origins", "http://a.example");
      assertEquals(List.of(), production.load().warnings(), "the gate is in use");
    }
    Surroundings development = Surroundings.file("cors.allowed-origins=http://localhost:*");
    assertEquals(only("http://localhost:*"), development.load());
  }

  @Test
  void a_profile_needs_its_file_unless_it_is_production() {
    Surroundings surroundings = Surroundings.file("cors.allowed-origins=https://a.example");
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_PROFILE_FILE),
        surroundings.variable("CORS_PROFILE", "dev").codes());
    surroundings.with("cors-dev.properties", "");
    assertEquals(only("https://a.example"), surroundings.load());
    surroundings.variable("CORS_PROFILE", "prod");
    assertEquals(only("https://a.example"), surroundings.load());
    for (String name : List.of("", "..", "../x", "Dev", "a b")) {
      surroundings.variable("CORS_PROFILE", name);
      assertEquals(List.of(ProblemCode.CONFIGURATION_PROFILE_NAME), surroundings.codes(), name);
    }
  }

  @Test
  void a_profile_that_is_wrong_is_the_first_of_all_problems() {
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_PROFILE_NAME, ProblemCode.ORIGIN_TRAILING_SLASH),
        Surroundings.file("cors.allowed-origins=https://a.example/")
            .variable("CORS_PROFILE", "Dev")
            .codes());
  }

  @Test
  void other_variables_and_properties_are_not_its_business() {
    Surroundings surroundings =
        Surroundings.file("cors.allowed-origins=https://a.example")
            .variable("PATH", "/bin")
            .variable("CORSICA", "x")
            .property("java.version", "17")
            .property("corsica", "x");
    assertEquals(only("https://a.example"), surroundings.load());
  }

  @ParameterizedTest
  @CsvSource({"CORS", "CORS_PROXY", "CORS_PROXY_2", "CORS_ALLOWED_ORIGINS"})
  void what_kubernetes_says_of_a_service_is_not_a_setting(String service) {
    Surroundings surroundings = Surroundings.file("cors.allowed-origins=https://a.example");
    for (String variable :
        List.of(
            "SERVICE_HOST",
            "SERVICE_PORT",
            "SERVICE_PORT_HTTP",
            "SERVICE_PORT_HTTP_METRICS",
            "PORT",
            "PORT_8080_TCP",
            "PORT_8080_TCP_ADDR",
            "PORT_8080_TCP_PORT",
            "PORT_8080_TCP_PROTO",
            "PORT_53_UDP_ADDR")) {
      surroundings.variable(service + "_" + variable, "10.0.0.1");
    }
    assertEquals(only("https://a.example"), surroundings.load());
    // What is like it, and Kubernetes never makes, may be a typo.
    surroundings.variable("CORS_PROXY_HOST", "10.0.0.1").variable("CORS_PORT_8080", "1");
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_UNKNOWN_KEY, ProblemCode.CONFIGURATION_UNKNOWN_KEY),
        surroundings.codes());
  }

  @Test
  void a_property_without_a_key_is_not_a_setting() {
    Map<String, String> properties = new HashMap<>(Map.of("cors.allowed-origins", "*"));
    properties.put(null, "x");
    assertEquals(only("*"), CorsConfiguration.of(properties));
  }

  @Test
  void a_file_that_is_null_is_an_error_and_not_the_class_path() {
    for (Supplier<Cors> attempt :
        List.<Supplier<Cors>>of(
            () -> CorsConfiguration.load(null), () -> CorsConfiguration.watching(null))) {
      assertEquals(
          List.of("the file is null; pass the path of a file."),
          problemsOf(attempt).stream().map(PolicyProblem::toString).toList());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cors.allowed-origin, cors.allowed-origins",
    "cors.origins, cors.allowed-origins",
    "cors.allow-origin, cors.allowed-origins",
    "cors.allowedOrigins, cors.allowed-origins",
    "allowed-origins, cors.allowed-origins",
    "cors.allowed_methods, cors.allowed-methods",
    "cors.methods, cors.allowed-methods",
    "cors.headers, cors.allowed-request-headers",
    "cors.allowed-headers, cors.allowed-request-headers",
    "cors.exposed-headers, cors.exposed-response-headers",
    "cors.expose-headers, cors.exposed-response-headers",
    "cors.credentials, cors.allow-credentials",
    "cors.with-credentials, cors.allow-credentials",
    "cors.allowed-with-credentials, cors.allow-credentials",
    "cors.supports-credentials, cors.allow-credentials",
    "cors.maxage, cors.max-age",
    "cors.max-age-seconds, cors.max-age",
    "cors.dangerously-allow-origins, cors.dangerously-allowed-origins",
    "cors.policies.api.path, cors.policies.api.paths",
    "cors.paths, cors.policies.<name>.paths",
    "cors.mapping, cors.policies.<name>.paths",
    "cors.urlPatterns, cors.policies.<name>.paths",
    "cors.policies.api.origins, cors.policies.api.allowed-origins",
    "CORS.ALLOWED-ORIGINS, cors.allowed-origins",
    "cors.guard, cors.guard.enabled",
    "cors.guard.enable, cors.guard.enabled",
    "cors.guard.origins, cors.guard.trusted-origins",
    "cors.guard.trustedOrigins, cors.guard.trusted-origins",
    "cors.guard-trusted-origins, cors.guard.trusted-origins",
    "cors.trusted-origins, cors.guard.trusted-origins",
    "guard.exempt-paths, cors.guard.exempt-paths",
    "cors.guard.exempt-path-below, cors.guard.exempt-paths-below",
  })
  void an_unknown_key_is_an_error_with_the_nearest_known_one(String written, String meant) {
    List<PolicyProblem> problems =
        problemsOf(Surroundings.file("cors.allowed-origins=*\n" + written + "=x")::load);
    assertEquals(ProblemCode.CONFIGURATION_MISSPELLED_KEY, problems.get(0).code());
    assertEquals("write " + meant, problems.get(0).remedy());
    assertEquals("cors.properties:2", problems.get(0).source());
  }

  @Test
  void an_unknown_key_is_corrected_as_its_source_spells_it_whatever_a_file_is_called(
      @TempDir Path directory) throws IOException {
    assertEquals(
        "write CORS_ALLOWED_ORIGINS",
        problemsOf(new Surroundings().variable("CORS_ALLOWED_ORIGNS", "*")::load).get(0).remedy());
    Path file = directory.resolve("environment.properties");
    Files.writeString(file, "cors.allowed-orgins=*");
    PolicyProblem ofFile = problemsOf(() -> CorsConfiguration.load(file)).get(0);
    assertEquals("write cors.allowed-origins", ofFile.remedy());
    PolicyProblem ofFramework =
        problemsOf(
                () ->
                    CorsConfiguration.of(
                        Map.of("cors.allowed-orgins", "*"),
                        (key, index) -> "environments/prod.yml:3"))
            .get(0);
    assertEquals("write cors.allowed-origins", ofFramework.remedy());
  }

  @ParameterizedTest
  @CsvSource({"cors.enabled", "cors.exempt", "cors.below", "cors.allow-websockets", "cors.danger"})
  void a_key_that_is_near_to_nothing_is_not_taken_for_the_guards(String written) {
    List<PolicyProblem> problems =
        problemsOf(Surroundings.file("cors.allowed-origins=*\n" + written + "=x")::load);
    assertEquals(ProblemCode.CONFIGURATION_UNKNOWN_KEY, problems.get(0).code());
    String message = new InvalidCorsPolicyException(problems).getMessage();
    assertTrue(message.contains("\nThe settings are cors.allowed-origins, "), message);
    assertTrue(message.contains(", cors.policies.<name>.paths, "), message);
    assertTrue(message.endsWith(", cors.log-refusals."), message);
  }

  @Test
  void a_key_that_stands_in_a_source_twice_is_an_error() {
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_DUPLICATE_KEY),
        Surroundings.file("cors.allowed-origins=*\ncors.allowed-origins=*").codes());
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_DUPLICATE_KEY),
        new Surroundings()
            .variable("CORS_ALLOWED_ORIGINS", "*")
            .variable("cors_allowed_origins", "*")
            .codes());
  }

  /** A container can have variables of any name, and frameworks read these. */
  @Test
  void a_variable_may_have_the_name_of_the_key_itself() {
    assertEquals(
        only("https://a.example"),
        new Surroundings().variable("cors.allowed-origins", "https://a.example").load());
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_MISSPELLED_KEY),
        new Surroundings().variable("cors.allowed-origin", "https://a.example").codes());
    for (String name : List.of("cors.profile", "cors_profile")) {
      assertEquals(
          List.of(ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION),
          Surroundings.file("cors.allowed-origins=http://localhost:3000")
              .variable(name, "prod")
              .codes());
    }
  }

  @Test
  void what_is_written_where_settings_belong_is_an_error() {
    for (List<PolicyProblem> problems :
        List.of(
            problemsOf(Surroundings.file("cors=https://a.example")::load),
            problemsOf(() -> CorsConfiguration.of(Map.of("cors", "https://a.example"))))) {
      assertEquals("write cors.allowed-origins", problems.get(0).remedy());
      assertEquals(1, problems.size());
    }
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_POLICY_KEY),
        Surroundings.file("cors.policies=https://a.example").codes());
  }

  @Test
  void nothing_configured_is_an_error() {
    assertEquals(List.of(ProblemCode.CONFIGURATION_MISSING), new Surroundings().codes());
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_MISSING),
        problemsOf(() -> CorsConfiguration.of(Map.of())).stream()
            .map(PolicyProblem::code)
            .toList());
    assertEquals(1, problemsOf(() -> CorsConfiguration.of(null)).size());
  }

  @Test
  void a_frameworks_properties_are_the_only_source() {
    assertEquals(
        only("https://a.example"),
        CorsConfiguration.of(
            Map.of("cors.allowed-origins", "https://a.example", "server.port", "8080")));
    Map<String, String> production =
        Map.of("cors.allowed-origins", "http://localhost", "cors.profile", "prod");
    assertEquals(
        List.of(ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION),
        problemsOf(() -> CorsConfiguration.of(production)).stream()
            .map(PolicyProblem::code)
            .toList());
    Map<String, String> withNull = new HashMap<>();
    withNull.put("cors.allowed-origins", null);
    assertEquals(
        ProblemCode.ORIGIN_EMPTY, problemsOf(() -> CorsConfiguration.of(withNull)).get(0).code());
  }

  @Test
  void loads_a_file_and_the_profiles_beside_it(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("our-cors.properties");
    Files.writeString(file, "cors.allowed-origins=https://a.example");
    assertEquals(only("https://a.example"), CorsConfiguration.load(file));
    Files.writeString(
        directory.resolve("our-cors-stage.properties"), "cors.allowed-origins=https://b.example");
    assertEquals(
        only("https://b.example"),
        CorsConfiguration.load(
            file, WatchedFiles.Content::of, Map.of("CORS_PROFILE", "stage"), Map.of()));
    assertEquals(only("https://b.example"), CorsConfiguration.load(file, "stage"));
    assertEquals(only("https://a.example"), CorsConfiguration.load(file, "prod"));
    for (String wrong : new String[] {null, "", "Prod"}) {
      assertEquals(
          ProblemCode.CONFIGURATION_PROFILE_NAME,
          problemsOf(() -> CorsConfiguration.load(file, wrong)).get(0).code());
    }
    for (Path wrong : List.of(directory, directory.resolve("absent"))) {
      List<PolicyProblem> problems = problemsOf(() -> CorsConfiguration.load(wrong));
      assertEquals(
          wrong == directory
              ? ProblemCode.CONFIGURATION_UNREADABLE
              : ProblemCode.CONFIGURATION_FILE_MISSING,
          problems.get(0).code());
      assertEquals(wrong.toString(), problems.get(0).source());
    }
  }

  @Test
  void loads_from_the_class_path_of_the_thread(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("cors.properties"), "cors.allowed-origins=https://a.example");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
      thread.setContextClassLoader(loader);
      assertEquals(only("https://a.example"), CorsConfiguration.load());
    } finally {
      thread.setContextClassLoader(before);
    }
    assertSame(before, thread.getContextClassLoader());
    assertThrows(InvalidCorsPolicyException.class, CorsConfiguration::load);
  }

  @Test
  void loads_from_the_class_path_of_the_program_where_a_thread_has_none() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(null);
      assertEquals(
          List.of(ProblemCode.CONFIGURATION_MISSING),
          problemsOf(CorsConfiguration::load).stream().map(PolicyProblem::code).toList());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void names_the_line_of_each_member_of_a_list() {
    List<PolicyProblem> problems =
        problemsOf(
            Surroundings.file(
                    """
                    cors.allowed-origins=\\
                      https://a.example/,\\
                      ,\\
                      https://b.example/
                    """)
                ::load);
    assertEquals(
        List.of("cors.properties:2", "cors.properties:3", "cors.properties:4"),
        problems.stream().map(PolicyProblem::source).toList());
    problems =
        problemsOf(
            Surroundings.file(
                    "cors.allowed-origins=https://a.example/, \\\n  https://b.example/,\\\n,")
                ::load);
    assertEquals(
        List.of("cors.properties:1", "cors.properties:2", "cors.properties:3", "cors.properties:3"),
        problems.stream().map(PolicyProblem::source).toList());
  }

  @Test
  void a_comma_in_a_placeholder_separates_no_members() {
    List<PolicyProblem> problems =
        problemsOf(
            Surroundings.file(
                    "cors.allowed-origins=${A:https://a.example,https://b.example},"
                        + "https://c.example/")
                ::load);
    assertEquals(
        List.of("${A:https://a.example,https://b.example}", "https://c.example/"),
        problems.stream().map(PolicyProblem::value).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cors:\n  allowed-origins: https://a.example\n",
        "server:\n  port: 80\ncors:\n  max-age: 1h\n",
        "cors.allowed-origins:\n  - https://a.example\n  - https://b.example\n",
      })
  void a_file_of_YAML_has_one_problem(String yaml) {
    List<PolicyProblem> problems = problemsOf(Surroundings.file(yaml)::load);
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_YAML),
        problems.stream().map(PolicyProblem::code).toList());
  }

  @Test
  void an_empty_key_is_not_YAML() {
    List<PolicyProblem> problems =
        problemsOf(Surroundings.file("cors=\ncors.allowed-origins=https://a.example")::load);
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_MISSPELLED_KEY),
        problems.stream().map(PolicyProblem::code).toList());
  }

  @Test
  void two_files_on_the_class_path_are_an_error_that_names_both(
      @TempDir Path one, @TempDir Path other) throws IOException {
    for (Path directory : List.of(one, other)) {
      Files.writeString(
          directory.resolve("cors.properties"), "cors.allowed-origins=https://a.example");
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    URL[] path = {one.toUri().toURL(), other.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, null)) {
      thread.setContextClassLoader(loader);
      assertEquals(
          List.of(
              "cors.properties: it is on the class path more than once, so it is not certain"
                  + " which one is read: "
                  + one.resolve("cors.properties").toUri().toURL()
                  + " and "
                  + other.resolve("cors.properties").toUri().toURL()
                  + "; keep one of them."),
          problemsOf(CorsConfiguration::load).stream().map(PolicyProblem::toString).toList());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

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
