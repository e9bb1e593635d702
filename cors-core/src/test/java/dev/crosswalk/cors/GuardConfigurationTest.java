package dev.crosswalk.cors;

import static dev.crosswalk.cors.ExamplePolicies.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A guard that is set beside a policy. */
@DisplayName("Configuration of a guard")
class GuardConfigurationTest {

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
            "system property cors.guard.exempt-paths[0] \"/a/../b\": some"
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
}
