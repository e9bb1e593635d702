package dev.crosswalk.cors.quarkus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What Quarkus' configuration is made of, without Quarkus. */
class ConfiguredPolicyTest {

  private static final String APP = "https://app.example.com";

  private final Map<String, String> file = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> system = new HashMap<>();
  private String profile = "prod";

  private SmallRyeConfig config() {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withProfile(profile)
        .withSources(new PropertiesConfigSource(system, "system properties", 400))
        .withSources(new EnvConfigSource(environment, 300))
        .withSources(new PropertiesConfigSource(file, "application.properties", 250))
        .build();
  }

  private Cors policy() {
    return ConfiguredPolicy.of(config());
  }

  private String refusal() {
    return assertThrows(InvalidCorsPolicyException.class, this::policy).getMessage();
  }

  @Test
  void without_settings_there_is_no_policy() {
    file.put("quarkus.http.cors.origins", APP);
    file.put("corset", "laced");
    environment.put("CORS_SERVICE_PORT", "80");
    assertNull(policy());
  }

  @Test
  void a_policy_is_what_the_file_says() {
    file.put("cors.allowed-origins", APP + ", https://*.example.org");
    file.put("cors.allowed-methods", "PUT");
    file.put("cors.max-age", "1h");
    assertEquals(
        CorsPolicy.builder()
            .allowOrigins(APP, "https://*.example.org")
            .allowMethods("PUT")
            .maxAge(Duration.ofHours(1))
            .build(),
        policy());
  }

  @Test
  void a_list_may_be_written_member_by_member() {
    file.put("cors.allowed-origins[0]", APP);
    file.put("cors.allowed-origins[1]", "https://www.example.com");
    assertEquals(
        CorsPolicy.builder().allowOrigins(APP, "https://www.example.com").build(), policy());
  }

  @Test
  void a_list_of_a_profile_replaces_the_longer_one_of_all_profiles() {
    file.put("cors.allowed-origins[0]", APP);
    file.put("cors.allowed-origins[1]", "https://old.example.com");
    file.put("cors.allowed-origins[2]", "https://staging.example.com");
    file.put("%prod.cors.allowed-origins[0]", "https://www.example.com");
    assertEquals(CorsPolicy.builder().allowOrigins("https://www.example.com").build(), policy());
    file.put("%eu.cors.allowed-origins[0]", "https://eu.example.com");
    file.put("%eu.cors.allowed-origins[1]", "https://eu2.example.com");
    profile = "prod,eu";
    assertEquals(
        CorsPolicy.builder()
            .allowOrigins("https://eu.example.com", "https://eu2.example.com")
            .build(),
        policy());
    profile = "eu,prod";
    assertEquals(CorsPolicy.builder().allowOrigins("https://www.example.com").build(), policy());
  }

  /** YAML lists its lists in both ways. */
  @Test
  void a_line_of_a_profile_replaces_a_list_that_is_written_member_by_member() {
    file.put("cors.allowed-origins", APP + ",https://old.example.com");
    file.put("cors.allowed-origins[0]", APP);
    file.put("cors.allowed-origins[1]", "https://old.example.com");
    file.put("%prod.cors.allowed-origins", "https://www.example.com");
    assertEquals(CorsPolicy.builder().allowOrigins("https://www.example.com").build(), policy());
    file.put("%prod.cors.allowed-origins", "https://www.example.com/");
    assertTrue(
        refusal().contains("application.properties: cors.allowed-origins[0]"), this::refusal);
  }

  @Test
  void a_list_of_another_source_replaces_the_longer_one_of_the_file() {
    file.put("cors.allowed-origins[0]", APP);
    file.put("cors.allowed-origins[1]", "https://old.example.com");
    environment.put("CORS_ALLOWED_ORIGINS_0_", "https://www.example.com");
    assertEquals(CorsPolicy.builder().allowOrigins("https://www.example.com").build(), policy());
    assertEquals(Set.of(), ConfiguredPolicy.variables(config()));
    system.put("cors.allowed-origins[1]", "https://system.example.com");
    assertEquals(CorsPolicy.builder().allowOrigins("https://system.example.com").build(), policy());
  }

  @Test
  void a_list_in_one_line_and_member_by_member_is_told() {
    file.put("%prod.cors.allowed-origins", APP);
    file.put("%prod.cors.allowed-origins[0]", "https://www.example.com");
    assertEquals(
        "application.properties has the same setting twice: %prod.cors.allowed-origins and"
            + " %prod.cors.allowed-origins[0]. Quarkus ignores one of them: remove it.",
        assertThrows(IllegalStateException.class, this::policy).getMessage());
  }

  /** YAML lists its lists in both ways. */
  @Test
  void a_list_of_YAML_is_written_once() {
    file.put("cors.allowed-origins", APP + ",https://www.example.com\\,https://old.example.com");
    file.put("cors.allowed-origins[0]", APP);
    file.put("cors.allowed-origins[1]", "https://www.example.com,https://old.example.com");
    environment.put("CORS_ALLOWED_METHODS", "PUT");
    environment.put("CORS_ALLOWED_METHODS_0_", "PATCH");
    assertEquals(
        CorsPolicy.builder()
            .allowOrigins(APP, "https://www.example.com", "https://old.example.com")
            .allowMethods("PUT")
            .build(),
        policy());
    assertTrue(ConfiguredPolicy.variables(config()).contains("CORS_ALLOWED_METHODS_0_"));
  }

  @Test
  void a_value_where_settings_belong_is_told() {
    file.put("cors", APP);
    assertTrue(
        refusal().contains("application.properties: cors: there is no such setting; write cors.a"),
        this::refusal);
    file.put("cors[0]", APP);
    assertTrue(refusal().contains("write cors.allowed-origins"), this::refusal);
    file.clear();
    environment.put("CORS", APP);
    assertNull(policy());
  }

  /** Containers allow that. */
  @Test
  void a_variable_may_have_the_name_of_the_key_itself() {
    environment.put("cors.allowed-origins", APP);
    environment.put("cors.policies.open-data.paths", "/data");
    environment.put("cors.policies.open-data.allowed-origins", "*");
    CorsPolicy openData = CorsPolicy.builder().allowAnyOrigin().build();
    CorsPolicy app = CorsPolicy.builder().allowOrigins(APP).build();
    assertEquals(Cors.byPath(Map.of("/", app, "/data", openData)).toString(), policy().toString());
  }

  @Test
  void a_file_that_has_the_name_of_a_variable_is_told_to_write_the_key() {
    file.put("CORS_MAX_AGE", "1h");
    file.put("CORS_ALLOWED_METHODS", "PUT");
    file.put("cors.allowed-methods", "${CORS_ALLOWED_METHODS}");
    environment.put("CORS_ALLOWED_ORIGINS", APP);
    List<String> told = new ArrayList<>();
    Logger logger = Logger.getLogger("dev.crosswalk.cors");
    logger.setFilter(
        line -> {
          if (line.getMessage().contains("CORS_")) {
            told.add(line.getMessage());
          }
          return false;
        });
    try {
      Spellings.of(config()).warnOfIgnored(List.of(), ConfiguredPolicy.written(config()));
    } finally {
      logger.setFilter(null);
    }
    assertEquals(
        List.of(
            "CORS_MAX_AGE is ignored in application.properties, because it is the name of an"
                + " environment variable. Write cors.max-age there."),
        told);
  }

  /** Quarkus puts a key of YAML that has dots into quotes. */
  @Test
  void a_key_of_YAML_with_dots_is_told_of() {
    file.put("\"cors.allowed-origins\"", APP);
    String message = assertThrows(IllegalStateException.class, this::policy).getMessage();
    assertEquals(
        "application.properties: Quarkus does not split \"cors.allowed-origins\" at its dots. In YAML,"
            + " write a line for each part, indented below the one before: cors:, allowed-origins:",
        message);
    file.clear();
    file.put("%prod.\"cors.max-age\"", "1h");
    assertThrows(IllegalStateException.class, this::policy);
    profile = "dev";
    assertNull(policy());
    file.put("cors.allowed-origins", APP);
    file.put("cors.\"policies.api.paths\"", "/api");
    assertTrue(refusal().contains("policies.api.paths"), this::refusal);
  }

  @Test
  void the_profile_decides() {
    file.put("cors.allowed-origins", APP);
    file.put("%dev.cors.allowed-origins", "http://localhost:*");
    assertEquals(CorsPolicy.builder().allowOrigins(APP).build(), policy());
    profile = "dev";
    assertEquals(CorsPolicy.builder().allowOrigins("http://localhost:*").build(), policy());
  }

  @Test
  void in_the_profile_prod_the_rules_for_production_apply() {
    file.put("cors.allowed-origins", "http://localhost:*");
    assertTrue(refusal().contains("localhost"), this::refusal);
    profile = "prod,eu";
    assertTrue(refusal().contains("localhost"), this::refusal);
    profile = "production";
    assertTrue(refusal().contains("localhost"), this::refusal);
    profile = "staging";
    assertEquals(CorsPolicy.builder().allowOrigins("http://localhost:*").build(), policy());
  }

  @Test
  void a_profile_that_the_settings_name_counts_unless_Quarkus_is_in_production() {
    file.put("cors.allowed-origins", "http://localhost:*");
    file.put("cors.profile", "prod");
    profile = "dev";
    assertTrue(refusal().contains("localhost"), this::refusal);
    file.put("cors.profile", "dev");
    assertEquals(CorsPolicy.builder().allowOrigins("http://localhost:*").build(), policy());
    profile = "prod";
    assertTrue(refusal().contains("localhost"), this::refusal);
  }

  @Test
  void an_environment_variable_overrides_the_file_and_a_system_property_both() {
    file.put("cors.allowed-origins", "https://file.example");
    environment.put("CORS_ALLOWED_ORIGINS", "https://environment.example");
    assertEquals(
        CorsPolicy.builder().allowOrigins("https://environment.example").build(), policy());
    system.put("cors.allowed-origins", "https://system.example");
    assertEquals(CorsPolicy.builder().allowOrigins("https://system.example").build(), policy());
  }

  @Test
  void an_environment_variable_overrides_a_list_that_is_written_member_by_member() {
    file.put("cors.allowed-origins[0]", "https://file.example");
    environment.put("CORS_ALLOWED_ORIGINS", APP);
    assertEquals(CorsPolicy.builder().allowOrigins(APP).build(), policy());
  }

  @Test
  void environment_variables_alone_are_a_policy() {
    environment.put("CORS_ALLOWED_ORIGINS", APP);
    environment.put("CORS_EXPOSED_RESPONSE_HEADERS", "ETag");
    environment.put("CORS_MAX_AGE", "10m");
    assertEquals(
        CorsPolicy.builder()
            .allowOrigins(APP)
            .exposeResponseHeaders("ETag")
            .maxAge(Duration.ofMinutes(10))
            .build(),
        policy());
  }

  @Test
  void policies_have_names_in_the_file_and_in_the_environment() {
    file.put("cors.policies.open-data.paths", "/data");
    file.put("cors.policies.open-data.allowed-origins", "*");
    CorsPolicy openData = CorsPolicy.builder().allowAnyOrigin().build();
    assertEquals(Cors.byPath(Map.of("/data", openData)).toString(), policy().toString());
    environment.put("CORS_POLICIES_OPEN_DATA_ALLOWED_ORIGINS", APP);
    CorsPolicy narrower = CorsPolicy.builder().allowOrigins(APP).build();
    assertEquals(Cors.byPath(Map.of("/data", narrower)).toString(), policy().toString());
    file.clear();
    environment.put("CORS_POLICIES_OPEN_DATA_PATHS", "/data");
    assertEquals(Cors.byPath(Map.of("/data", narrower)).toString(), policy().toString());
  }

  @Test
  void of_two_settings_that_end_alike_a_variable_means_the_longer() {
    file.put("cors.policies.a.paths", "/a");
    file.put("cors.policies.a.allow-credentials", "true");
    environment.put("CORS_POLICIES_A_DANGEROUSLY_ALLOWED_ORIGINS", "http://intranet.example.com");
    assertTrue(
        policy().toString().contains("dangerously-allowed-origins"), () -> policy().toString());
  }

  @Test
  void the_guard_is_configured_too() {
    file.put("cors.allowed-origins", APP);
    file.put("cors.guard.enabled", "true");
    environment.put("CORS_GUARD_TRUSTED_ORIGINS", APP);
    assertTrue(policy().toString().contains("trusted-origins"), () -> policy().toString());
  }

  @Test
  void a_typo_in_a_file_is_an_error() {
    file.put("cors.allowed-origins", APP);
    file.put("cors.allowed-method", "PUT");
    file.put("%prod.cors.max_age", "1h");
    assertTrue(refusal().contains("2 problems"), this::refusal);
    assertTrue(refusal().contains("cors.allowed-method"), this::refusal);
    assertTrue(refusal().contains("cors.max_age"), this::refusal);
    assertTrue(refusal().contains("application.properties: cors.allowed-method:"), this::refusal);
  }

  @Test
  void what_Kubernetes_says_of_a_service_named_cors_is_not_a_setting() {
    for (String service : List.of("CORS", "CORS_PROXY")) {
      environment.put(service + "_SERVICE_HOST", "10.0.0.1");
      environment.put(service + "_SERVICE_PORT", "8080");
      environment.put(service + "_SERVICE_PORT_HTTP", "8080");
      environment.put(service + "_PORT", "tcp://10.0.0.1:8080");
      environment.put(service + "_PORT_8080_TCP", "tcp://10.0.0.1:8080");
      environment.put(service + "_PORT_8080_TCP_ADDR", "10.0.0.1");
      environment.put(service + "_PORT_8080_TCP_PORT", "8080");
      environment.put(service + "_PORT_8080_TCP_PROTO", "tcp");
    }
    assertNull(policy());
    file.put("cors.allowed-origins", APP);
    assertEquals(CorsPolicy.builder().allowOrigins(APP).build(), policy());
  }

  @Test
  void variables_are_looked_through_for_typos_unless_a_setting_refers_to_them() {
    file.put("%prod.cors.allowed-origins", "${CORS_ORIGINS:https://www.example.com}");
    file.put("app.origins", "${CORS_ALLOWED_ORIGNS}");
    environment.put("CORS_ORIGINS", APP);
    environment.put("CORS_ALLOWED_ORIGNS", APP);
    assertEquals(
        Set.of("CORS_ORIGINS", "CORS_ALLOWED_ORIGNS"), ConfiguredPolicy.variables(config()));
    assertEquals(
        Set.of("${CORS_ORIGINS:https://www.example.com}"), ConfiguredPolicy.written(config()));
  }

  @Test
  void refusals_are_logged_where_a_file_or_the_environment_says_so() {
    file.put("cors.allowed-origins", APP);
    file.put("cors.log-refusals", "true");
    assertEquals("cors.allowed-origins=" + APP + "\ncors.log-refusals=true", policy().toString());
    environment.put("CORS_LOG_REFUSALS", "explained");
    assertEquals(
        "cors.allowed-origins=" + APP + "\ncors.log-refusals=explained", policy().toString());
  }

  @Test
  void there_always_is_a_profile() {
    file.put("cors.allowed-origins", "http://localhost:3000");
    file.put("cors.allow-credentials", "true");
    profile = "dev";
    assertEquals(List.of(), policy().warnings());
  }

  @Test
  void an_empty_value_is_an_error() {
    file.put("cors.allowed-origins", "");
    assertTrue(refusal().contains("cors.allowed-origins"), this::refusal);
  }

  @Test
  void an_expression_is_filled_in() {
    file.put("cors.allowed-origins", "https://${HOST}.example.com");
    environment.put("HOST", "app");
    assertEquals(CorsPolicy.builder().allowOrigins(APP).build(), policy());
    environment.clear();
    String message = assertThrows(RuntimeException.class, this::policy).getMessage();
    assertTrue(message.contains("HOST"), message);
  }
}
