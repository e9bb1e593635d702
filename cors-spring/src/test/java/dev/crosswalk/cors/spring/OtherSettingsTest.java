package dev.crosswalk.cors.spring;

import static dev.crosswalk.cors.spring.CorsSettingsTest.environment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What is beside the settings of a policy, and what is said of both. */
class OtherSettingsTest {

  private static final String APP = "https://app.example.com";

  @Test
  void settings_of_others_are_no_policy() throws Exception {
    assertTrue(CorsSettings.of(environment("app.name: shop", Map.of("HOME", "/"))).isEmpty());
    assertTrue(CorsSettings.of(environment("cors.profile: prod", Map.of())).isEmpty());
    assertFalse(CorsSettings.of(environment("cors.max-age: 1h", Map.of())).isEmpty());
  }

  @Test
  void a_variable_is_misspelled_if_no_spelling_of_Spring_Boot_makes_a_setting_of_it()
      throws Exception {
    Map<String, String> variables =
        Map.of(
            "CORS_ALLOWED_ORIGNS",
            APP,
            "CORS_ALLOWEDORIGINS",
            APP,
            "CORS_POLICIES_A",
            "x",
            "CORS_POLICIES_A_MAXAGE",
            "1h",
            "CORS_POLICIES_A_MAXAEG",
            "1h");
    String yaml = "cors.allowed-origins: " + APP;
    assertEquals(
        Set.of("CORS_ALLOWED_ORIGNS", "CORS_POLICIES_A", "CORS_POLICIES_A_MAXAEG"),
        CorsSettings.of(environment(yaml, variables)).unknownVariables());
  }

  /** Spring Boot drops what comes after a gap, and says nothing. */
  @Test
  void a_member_of_a_list_is_misspelled_if_one_before_it_is_missing() throws Exception {
    Map<String, String> variables =
        Map.of(
            "CORS_ALLOWED_ORIGINS_1", APP,
            "CORS_ALLOWED_METHODS_0", "PUT",
            "CORS_ALLOWED_METHODS_1", "PATCH",
            "CORS_ALLOWED_METHODS_3", "DELETE");
    CorsSettings settings = CorsSettings.of(environment("cors.allowed-origins: " + APP, variables));
    assertEquals(
        Set.of("CORS_ALLOWED_ORIGINS_1", "CORS_ALLOWED_METHODS_3"), settings.unknownVariables());
  }

  @Test
  void settings_are_told_with_their_places_where_they_have_one() throws Exception {
    String yaml =
        """
        cors.profile: other
        cors.max-age: 1h
        """;
    String told = CorsSettings.of(environment(yaml, Map.of())).toString();
    assertEquals("cors.max-age (application.yml - 2:15)", told);

    StandardEnvironment withoutPlaces = new StandardEnvironment();
    withoutPlaces
        .getPropertySources()
        .addFirst(new MapPropertySource("map", Map.of("cors.max-age", "1h")));
    String without = CorsSettings.of(withoutPlaces).toString();
    assertFalse(without.contains("null"), without);
    assertTrue(without.startsWith("cors.max-age"), without);
  }
}
