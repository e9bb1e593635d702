package dev.crosswalk.cors;

import static dev.crosswalk.cors.ExamplePolicies.only;
import static dev.crosswalk.cors.Surroundings.problemsOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings from each source, as a policy. */
@DisplayName("Configuration")
class ConfigurationTest {

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
            "system property cors.max-age \"2d\": no browser keeps an answer for"
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
  void names_a_property_once_because_its_key_is_its_place() {
    InvalidCorsPolicyException e =
        assertThrows(
            InvalidCorsPolicyException.class,
            () ->
                CorsConfiguration.of(
                    Map.of("cors.allowed-origins", "https://a.example/", "cors.max-agee", "1h")));
    assertEquals(
        Set.of(
            "property cors.allowed-origins[0] \"https://a.example/\": there is an extra trailing"
                + " slash; write \"https://a.example\".",
            "property cors.max-agee: there is no such setting; write cors.max-age."),
        e.problems().stream().map(PolicyProblem::toString).collect(Collectors.toSet()));
    assertTrue(
        e.problems().stream().anyMatch(p -> "property cors.allowed-origins".equals(p.source())));
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

  @Test
  void nothing_configured_is_an_error() {
    assertEquals(List.of(ProblemCode.CONFIGURATION_MISSING), new Surroundings().codes());
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_MISSING),
        problemsOf(() -> CorsConfiguration.of(Map.of())).stream()
            .map(PolicyProblem::code)
            .toList());
    assertEquals(
        "The properties are null: pass a map",
        assertThrows(NullPointerException.class, () -> CorsConfiguration.of(null)).getMessage());
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
}
