package dev.crosswalk.cors.spring;

import static dev.crosswalk.cors.spring.CorsSettingsTest.environment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Spring Boot ignores without a word, because of how it is spelled. */
class SpellingsTest {

  private static final String APP = "https://app.example.com";
  private static final CorsPolicy POLICY = CorsPolicy.builder().allowOrigins(APP).build();

  private static String refusal(String yaml, Map<String, String> variables) throws Exception {
    CorsSettings settings = CorsSettings.of(environment(yaml, variables));
    return assertThrows(IllegalStateException.class, settings::cors).getMessage();
  }

  private static String problem(String yaml) throws Exception {
    CorsSettings settings = CorsSettings.of(environment(yaml, Map.of()));
    InvalidCorsPolicyException e = assertThrows(InvalidCorsPolicyException.class, settings::cors);
    assertEquals(1, e.problems().size(), e::getMessage);
    return e.problems().get(0).setting() + ": " + e.problems().get(0).remedy();
  }

  @ParameterizedTest
  @CsvSource({
    "allowed-origins, allowedOrigins",
    "allowed-origins, allowed-origins[0]",
    "allowed-origins[0], allowedOrigins[1]",
    "policies.api.max-age, policies.api.maxAge",
    "guard.enabled, guard.Enabled",
  })
  void a_setting_that_a_file_has_in_two_spellings_is_told(String one, String other)
      throws Exception {
    String yaml = "cors." + one + ": x\ncors." + other + ": y\n";
    assertEquals(
        "application.yml has the same setting twice: cors." + one + " and cors." + other + ".",
        refusal(yaml, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CORS_ALLOWED_ORIGINS_0",
        "CORS_ALLOWEDORIGINS",
        "cors.allowed-origins",
        "cors_allowed_origins"
      })
  void a_setting_that_two_variables_have_is_told(String other) throws Exception {
    String told = refusal("", Map.of("CORS_ALLOWED_ORIGINS", APP, other, APP));
    assertTrue(told.startsWith("systemEnvironment has the same setting twice: "), told);
    assertTrue(told.contains("CORS_ALLOWED_ORIGINS") && told.contains(other), told);
  }

  @Test
  void two_sources_may_spell_a_setting_in_two_ways() throws Exception {
    String documents = "cors.allowedOrigins: x\n---\ncors.allowed-origins: " + APP + "\n";
    Map<String, String> variables =
        Map.of("CORS_ALLOWED_ORIGINS", APP, "CORS_X", "", "CORS_X_1", "");
    assertEquals(POLICY, CorsSettings.of(environment(documents, variables)).cors());
    String members = "cors.allowed-origins: [" + APP + ", https://www.example.com]";
    assertEquals(
        CorsPolicy.builder().allowOrigins(APP, "https://www.example.com").build(),
        CorsSettings.of(environment(members, Map.of())).cors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cors: " + APP, "cors: true", "cors: [" + APP + "]"})
  void a_value_where_settings_belong_is_told(String yaml) throws Exception {
    assertEquals("cors: write cors.allowed-origins", problem(yaml));
  }

  /** Somebody has made comments of the settings. */
  @Test
  void no_value_where_settings_belong_is_no_policy() throws Exception {
    assertTrue(CorsSettings.of(environment("cors:\n", Map.of())).isEmpty());
    assertTrue(CorsSettings.of(environment("", Map.of("CORS", APP))).isEmpty());
  }

  /** Spring Boot finds no value then, as if nobody had written the setting. */
  @Test
  void a_list_where_one_value_belongs_is_told() throws Exception {
    String origins = "cors.allowed-origins: " + APP + "\n";
    assertEquals("cors.max-age[0]: write cors.max-age", problem(origins + "cors.max-age: [1h]"));
    assertEquals(
        "cors.allow-credentials[0]: write cors.allow-credentials",
        problem(origins + "cors.allow-credentials: [true]"));
  }

  /** Spring's own CORS, and that of the Gateway, have paths where a policy has its name. */
  @Test
  void a_path_where_a_name_belongs_is_told() throws Exception {
    assertEquals(
        "cors.policies[/api/v1.0/**].allowed-origins: write the name of the policy and a setting,"
            + " as in cors.policies.api.allowed-origins",
        problem(
            """
            cors:
              policies:
                '[/api/v1.0/**]':
                  allowed-origins: https://app.example.com
            """));
  }

  @Test
  void a_misspelled_variable_is_told_unless_a_setting_refers_to_it() throws Exception {
    Map<String, String> variables =
        Map.of(
            "CORS_ORIGIN", "https://a.example",
            "CORS_ORIGINS", "https://b.example",
            "CORS_AGE", "90");
    String yaml = "cors.allowed-origins: ${CORS_ORIGINS}\ncors.max-age: ${CORS_AGE:1h}";
    try (LogLines log = new LogLines()) {
      CorsSettings.of(environment(yaml, variables)).warnOfIgnored();
      assertEquals(
          List.of(
              "WARNING The environment variable CORS_ORIGIN is not a setting, so it is ignored. Did"
                  + " you mean CORS_ALLOWED_ORIGINS?"),
          log.lines());
    }
  }

  @Test
  void a_file_that_has_the_name_of_a_variable_is_told_to_write_the_key() throws Exception {
    String file = "CORS_ALLOWED_ORIGINS_0: x\nCORS_MAX_AGE: 1h\nCORS_ORIGINS: y\n";
    try (LogLines log = new LogLines()) {
      CorsSettings.of(environment(file + "cors.max-age: ${CORS_MAX_AGE}", Map.of()))
          .warnOfIgnored();
      assertEquals(
          List.of(
              "WARNING CORS_ALLOWED_ORIGINS_0 is ignored in application.yml, because it is the name"
                  + " of an environment variable. Write cors.allowed-origins there."),
          log.lines());
    }
  }
}
