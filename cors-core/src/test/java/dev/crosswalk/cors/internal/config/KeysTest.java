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
  @DisplayName("is what an environment variable sets")
  void ofVariable(String variable, String key) {
    assertEquals(key, Keys.ofVariable(variable, Set.of("age", "max-age", "paths")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CORS_PORT_0_TCP", "CORS_PORT_9_UDP", "CORS_PORT_80_TCP_ADDR", "CORSICA"})
  @DisplayName("is not what Kubernetes and others set")
  void ofOthers(String variable) {
    assertNull(Keys.ofVariable(variable, Set.of()));
  }

  @Test
  @DisplayName("is near to one with the same words, however they are joined")
  void words() {
    assertEquals("cors.allowed-origins", nearest("corsAllowedOrigins", "allowed-origins"));
    assertEquals("cors.allowed-methods", nearest("my_own_allowed_methods", "allowed-methods"));
    assertEquals("cors.max-age", nearest("maximum-limits", "max-age"));
    assertEquals("cors.guard.exempt-paths", nearest("cors.exempt-paths", "guard.exempt-paths"));
    assertNull(nearest("ma-xyzzy-foo", "max-age"));
  }

  @Test
  @DisplayName("is near to one from which it differs in less than a third of the letters")
  void letters() {
    assertEquals("cors.allowed-origins", nearest("cors.alowed-orgins", "allowed-origins"));
    assertEquals("cors.max-age", nearest("mx-age", "max-age"));
    assertNull(nearest("mx-ag", "max-age"));
  }

  @Test
  @DisplayName("is near to the first of two that are equally near")
  void first() {
    assertEquals("cors.max-a", nearest("max", "max-a", "max-b"));
    assertEquals("cors.max-b", nearest("max", "max-b", "max-a"));
  }

  @Test
  @DisplayName("of policies by path is near to no setting of all")
  void ofPolicies() {
    assertNull(nearest("cors.policiesAllowedOrigins", "allowed-origins"));
  }

  @Test
  @DisplayName("may have a profile whose name consists of lower-case letters, digits and hyphens")
  void profile() {
    assertTrue(Profiles.isName("az-09"));
    for (String name : List.of("", "`", "{", "/", ":", "A", "_")) {
      assertFalse(Profiles.isName(name), name);
    }
  }
}
