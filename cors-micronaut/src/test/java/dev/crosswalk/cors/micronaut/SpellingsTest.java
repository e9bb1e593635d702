package dev.crosswalk.cors.micronaut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.LogLines;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Micronaut reads in another way than it looks, or not at all. */
class SpellingsTest {

  private static final String APP = "https://app.example.com";

  private static PropertySource file(Map<String, Object> properties) {
    return source("application.yml", properties, PropertyConvention.JAVA_PROPERTIES);
  }

  private static PropertySource variables(Map<String, Object> variables) {
    return source("environment", variables, PropertyConvention.ENVIRONMENT_VARIABLE);
  }

  private static PropertySource source(
      String name, Map<String, Object> properties, PropertyConvention convention) {
    return PropertySource.of(name, properties, convention, PropertySource.Origin.of(name));
  }

  private static Optional<Cors> policy(PropertySource... sources) {
    try (ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .properties(Map.of("micronaut.security.enabled", false))
            .propertySources(sources)
            .start()) {
      return context.findBean(Cors.class);
    }
  }

  private static void assertRefused(String sentence, PropertySource source) {
    Throwable refusal = assertThrows(RuntimeException.class, () -> policy(source));
    StringBuilder messages = new StringBuilder();
    for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
      messages.append(cause.getMessage()).append('\n');
    }
    assertTrue(messages.toString().contains(sentence), messages.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "allowed-origins, allowedOrigins",
    "allowed-origins, allowed-origins[0]",
    "allowed-origins[0], allowedOrigins[1]",
    "allowed-origins[0], allowedOrigins[0]",
    "policies.api.max-age, policies.api.maxAge",
  })
  void a_setting_that_a_file_has_in_two_spellings_is_told(String one, String other) {
    assertRefused(
        "application.yml has the same setting twice: cors.",
        file(Map.of("cors." + one, APP, "cors." + other, APP)));
  }

  @Test
  void a_setting_that_two_variables_have_is_told() {
    assertRefused(
        "environment has the same setting twice: ",
        variables(Map.of("CORS_ALLOWED_ORIGINS", APP, "CORS_ALLOWED_ORIGINS_0", APP)));
  }

  @Test
  void two_sources_may_spell_a_setting_in_two_ways() {
    assertEquals(
        CorsPolicy.builder().allowOrigins(APP, "https://www.example.com").build(),
        policy(
                file(Map.of("cors.allowedOrigins", "https://old.example.com")),
                variables(
                    Map.of(
                        "CORS_ALLOWED_ORIGINS_0",
                        APP,
                        "CORS_ALLOWED_ORIGINS_1",
                        "https://www.example.com")))
            .orElseThrow());
  }

  @Test
  void a_value_where_settings_belong_is_told() {
    for (Object value : List.of(APP, true, List.of(APP))) {
      assertRefused(
          "cors: there is no such setting; write cors.allowed-origins",
          file(Map.of("cors", value)));
    }
  }

  /** Somebody has made comments of the settings. */
  @Test
  void no_value_where_settings_belong_is_no_policy() {
    assertTrue(policy(file(Collections.singletonMap("cors", null))).isEmpty());
    assertTrue(policy(variables(Map.of("CORS", APP))).isEmpty());
  }

  /** To Micronaut, {@code ${A:B:C}} is A, or B where that is not set, or the text C. */
  @Test
  void a_default_that_Micronaut_splits_is_told_with_its_backticks() {
    String split =
        "cors.allowed-origins: Micronaut splits the default in ${ORIGINS:https://a.example} at its"
            + " colon. Put the default into backticks: ${ORIGINS:`https://a.example`}";
    assertRefused(split, file(Map.of("cors.allowed-origins", "${ORIGINS:https://a.example}")));
    assertRefused(
        split, file(Map.of("cors.allowed-origins", List.of(APP, "${ORIGINS:https://a.example}"))));
    assertEquals(
        CorsPolicy.builder().allowOrigins("https://a.example", APP).build(),
        policy(file(Map.of("cors.allowed-origins", "${ORIGINS:`https://a.example," + APP + "`}")))
            .orElseThrow());
  }

  @Test
  void a_file_that_has_the_name_of_a_variable_is_told_to_write_the_key() {
    try (LogLines log = new LogLines()) {
      policy(
          file(
              Map.of(
                  "CORS_MAX_AGE", "1h",
                  "CORS_ALLOWED_ORIGINS", APP,
                  "cors.allowed-origins", "${CORS_ALLOWED_ORIGINS}")));
      assertEquals(
          List.of(
              "CORS_MAX_AGE is ignored in application.yml, because it is the name of an environment"
                  + " variable. Write cors.max-age there."),
          log.lines());
    }
  }
}
