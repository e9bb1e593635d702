package dev.crosswalk.cors.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A key")
class KeysTest {

  private static @Nullable String nearest(String key, String... known) {
    return Keys.nearest(key, "cors.", new LinkedHashSet<>(List.of(known)), false);
  }

  @ParameterizedTest
  @CsvSource({
    "CORS_MAX_AGE, cors.max-age",
    "CORS_GUARD_ENABLED, cors.guard.enabled",
    "CORS_POLICIES_PUBLIC_API_MAX_AGE, cors.policies.public-api.max-age",
    "cors_max_age, cors.max-age",
    "cors.max-age, cors.max-age",
    "cors.policies.public-api.max-age, cors.policies.public-api.max-age",
    "CORS_8080_TCP, cors.8080-tcp",
    "CORS_PORT_8080, cors.port-8080",
    "CORS_PORT__TCP, cors.port--tcp",
    "CORS_PORT_8A_TCP, cors.port-8a-tcp",
    "CORS_PORT_8/_TCP, cors.port-8/-tcp",
    "CORS_PORT_8:_TCP, cors.port-8:-tcp",
    "CORS_PORT_80_HTTP, cors.port-80-http",
    "CORS_PORT_80_TCP_NAME, cors.port-80-tcp-name",
    "CORS_PORT_80_TCP_ADDR_X, cors.port-80-tcp-addr-x",
  })
  void is_what_an_environment_variable_sets(String variable, String key) {
    assertEquals(key, Keys.ofVariable(variable, Set.of("age", "max-age", "paths")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CORS_PORT_0_TCP", "CORS_PORT_9_UDP", "CORS_PORT_80_TCP_ADDR", "CORSICA"})
  void is_not_what_Kubernetes_and_others_set(String variable) {
    assertNull(Keys.ofVariable(variable, Set.of()));
  }

  @Test
  void is_near_to_one_with_the_same_words_however_they_are_joined() {
    assertEquals("cors.allowed-origins", nearest("corsAllowedOrigins", "allowed-origins"));
    assertEquals("cors.allowed-methods", nearest("my_own_allowed_methods", "allowed-methods"));
    assertEquals("cors.max-age", nearest("maximum-limits", "max-age"));
    assertEquals("cors.guard.exempt-paths", nearest("cors.exempt-paths", "guard.exempt-paths"));
    assertNull(nearest("ma-xyzzy-foo", "max-age"));
  }

  @Test
  void is_near_to_one_from_which_it_differs_in_less_than_a_third_of_the_letters() {
    assertEquals("cors.allowed-origins", nearest("cors.alowed-orgins", "allowed-origins"));
    assertEquals("cors.max-age", nearest("mx-age", "max-age"));
    assertNull(nearest("mx-ag", "max-age"));
  }

  @Test
  void is_near_to_the_first_of_two_that_are_equally_near() {
    assertEquals("cors.max-a", nearest("max", "max-a", "max-b"));
    assertEquals("cors.max-b", nearest("max", "max-b", "max-a"));
  }

  @Test
  void of_policies_by_path_is_near_to_no_setting_of_all() {
    assertNull(nearest("cors.policiesAllowedOrigins", "allowed-origins"));
  }

  @Test
  void may_have_a_profile_whose_name_consists_of_lower_case_letters_digits_and_hyphens() {
    assertTrue(Profiles.isName("az-09"));
    for (String name : List.of("", "`", "{", "/", ":", "A", "_")) {
      assertFalse(Profiles.isName(name), name);
    }
  }
}
