package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** What Spring Boot's users write is what core reads. */
class CorsSettingsTest {

  private static final CorsPolicy POLICY =
      CorsPolicy.builder()
          .allowOrigins("https://app.example.com", "https://admin.example.com")
          .allowMethods("PUT", "DELETE")
          .allowCredentials()
          .maxAge(Duration.ofHours(1))
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        cors:
          allowed-origins: https://app.example.com, https://admin.example.com
          allowed-methods: PUT,DELETE
          allow-credentials: true
          max-age: 1h
        """,
        """
        cors:
          allowed-origins:
            - https://app.example.com
            - https://admin.example.com
          allowed-methods: [PUT, DELETE]
          allow-credentials: yes
          max-age: 3600
        """,
        """
        cors:
          allowedOrigins: [https://app.example.com, https://admin.example.com]
          allowed_methods: PUT, DELETE
          allowCredentials: on
          maxAge: PT1H
        """,
        """
        app: https://app.example.com
        cors.allowed-origins: "${app}, https://${sub:admin}.example.com"
        cors.allowed-methods: PUT, DELETE
        cors.allow-credentials: true
        cors.max-age: 60m
        """
      })
  void every_spelling_of_yaml_is_the_same_policy(String yaml) throws Exception {
    assertEquals(POLICY, CorsSettings.of(environment(yaml, Map.of())).cors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CORS_ALLOWED_ORIGINS CORS_ALLOWED_METHODS CORS_ALLOW_CREDENTIALS CORS_MAX_AGE",
        "CORS_ALLOWEDORIGINS CORS_ALLOWEDMETHODS CORS_ALLOWCREDENTIALS CORS_MAXAGE"
      })
  void environment_variables_are_the_same_policy(String names) throws Exception {
    String[] name = names.split(" ");
    Map<String, String> variables =
        Map.of(
            name[0], "https://app.example.com,https://admin.example.com",
            name[1], "PUT,DELETE",
            name[2], "true",
            name[3], "1h");
    assertEquals(POLICY, CorsSettings.of(environment("", variables)).cors());
  }

  @Test
  void an_environment_variable_replaces_a_list_of_yaml_as_a_whole() throws Exception {
    String yaml =
        """
        cors:
          allowed-origins: [https://one.example, https://two.example]
        """;
    assertEquals(
        CorsPolicy.builder().allowOrigins("https://three.example").build(),
        CorsSettings.of(environment(yaml, Map.of("CORS_ALLOWED_ORIGINS", "https://three.example")))
            .cors());
  }

  @Test
  void a_variable_may_have_one_member_of_a_list() throws Exception {
    Map<String, String> variables =
        Map.of(
            "CORS_ALLOWED_ORIGINS_0", "https://app.example.com",
            "CORS_ALLOWED_ORIGINS_1", "https://admin.example.com",
            "CORS_MAX_AGE_0", "10m",
            "CORS_POLICIES_OPEN_DATA_ALLOWED_ORIGINS_0", "*",
            "CORS_POLICIES_OPEN_DATA_PATHS_0", "/data");
    CorsSettings settings = CorsSettings.of(environment("", variables));
    assertEquals(
        "cors.allowed-origins, cors.policies.open-data.allowed-origins,"
            + " cors.policies.open-data.paths",
        names(settings));
    assertEquals(Set.of("CORS_MAX_AGE_0"), settings.unknownVariables());
    settings.cors();
  }

  @Test
  void a_policy_with_a_name_may_be_in_the_environment_alone() throws Exception {
    CorsSettings settings =
        CorsSettings.of(
            environment(
                "",
                Map.of(
                    "CORS_POLICIES_OPEN_DATA_ALLOWED_ORIGINS", "*",
                    "CORS_POLICIES_OPEN_DATA_PATHS", "/data")));
    assertEquals(
        "cors.policies.open-data.allowed-origins, cors.policies.open-data.paths", names(settings));
    settings.cors();
  }

  @Test
  void a_policy_with_a_name_is_configured_in_yaml_and_in_the_environment() throws Exception {
    String yaml =
        """
        cors:
          policies:
            open-data:
              paths: [/data, /files]
              max-age: 1h
            admin:
              paths: /admin
              allowed-origins: https://admin.example.com
        """;
    CorsSettings settings =
        CorsSettings.of(environment(yaml, Map.of("CORS_POLICIES_OPENDATA_ALLOWEDORIGINS", "*")));
    settings.cors();
    assertEquals(
        "cors.policies.admin.allowed-origins, cors.policies.admin.paths,"
            + " cors.policies.open-data.allowed-origins, cors.policies.open-data.max-age,"
            + " cors.policies.open-data.paths",
        names(settings));
  }

  @Test
  void the_guard_is_configured() throws Exception {
    String yaml =
        """
        cors:
          allowed-origins: https://app.example.com
          guard:
            enabled: true
            trustedOrigins: [https://admin.example.com]
        """;
    assertEquals(
        "cors.allowed-origins, cors.guard.enabled, cors.guard.exempt-paths,"
            + " cors.guard.trusted-origins",
        names(CorsSettings.of(environment(yaml, Map.of("CORS_GUARD_EXEMPT_PATHS", "/hook")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cors.allowed-origin: https://a.example",
        "cors.alowedOrigins: [https://a.example]",
        "cors.guard.enable: true",
        "cors.policies.api.allowed-orgins: https://a.example",
        "cors.policies.allowed-origins: https://a.example",
        "cors.allowed-origins.a: https://a.example"
      })
  void a_typo_is_an_error(String yaml) throws Exception {
    CorsSettings settings = CorsSettings.of(environment(yaml, Map.of()));
    assertFalse(settings.isEmpty());
    InvalidCorsPolicyException e = assertThrows(InvalidCorsPolicyException.class, settings::cors);
    assertTrue(e.getMessage().contains("there is no such setting"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Token", "[X-Token, X-Total]", "[]"})
  void a_typo_has_its_line_whatever_its_value(String value) throws Exception {
    String yaml =
        """
        cors:
          allowed-origins: https://a.example
          allowed-headers: %s
        """;
    CorsSettings settings = CorsSettings.of(environment(yaml.formatted(value), Map.of()));
    InvalidCorsPolicyException e = assertThrows(InvalidCorsPolicyException.class, settings::cors);
    assertTrue(e.getMessage().contains("application.yml - 3:"), e.getMessage());
  }

  @Test
  void a_typo_is_told_the_nearest_setting() throws Exception {
    CorsSettings settings =
        CorsSettings.of(environment("cors.alowedOrigins: https://a.example", Map.of()));
    InvalidCorsPolicyException e = assertThrows(InvalidCorsPolicyException.class, settings::cors);
    assertTrue(e.getMessage().contains("cors.alowedOrigins"), e.getMessage());
    assertTrue(e.getMessage().contains("cors.allowed-origins"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CORS", "CORS_PROXY"})
  void variables_that_kubernetes_sets_for_a_service_are_not_settings(String service)
      throws Exception {
    Map<String, String> variables =
        Map.of(
            service + "_SERVICE_HOST", "10.0.0.1",
            service + "_SERVICE_PORT", "8080",
            service + "_SERVICE_PORT_HTTP", "8080",
            service + "_PORT", "tcp://10.0.0.1:8080",
            service + "_PORT_8080_TCP", "tcp://10.0.0.1:8080",
            service + "_PORT_8080_TCP_ADDR", "10.0.0.1",
            service + "_PORT_8080_TCP_PORT", "8080",
            service + "_PORT_8080_TCP_PROTO", "tcp");
    assertTrue(CorsSettings.of(environment("", variables)).isEmpty());
    assertEquals(
        CorsPolicy.builder().allowAnyOrigin().build(),
        CorsSettings.of(environment("cors.allowed-origins: '*'", variables)).cors());
  }

  @Test
  void refusals_are_logged_where_a_file_or_the_environment_says_so() throws Exception {
    String origins = "cors.allowed-origins: '*'\n";
    String expected = "cors.allowed-origins=*\ncors.log-refusals=explained";
    assertEquals(
        expected,
        CorsSettings.of(environment(origins + "cors.logRefusals: explained", Map.of()))
            .cors()
            .toString());
    assertEquals(
        expected,
        CorsSettings.of(environment(origins, Map.of("CORS_LOG_REFUSALS", "explained")))
            .cors()
            .toString());
    assertEquals(
        "cors.allowed-origins=*\ncors.log-refusals=true",
        CorsSettings.of(environment(origins + "cors.log-refusals: true", Map.of()))
            .cors()
            .toString());
  }

  @Test
  void an_own_machine_with_credentials_needs_a_profile() throws Exception {
    StandardEnvironment environment =
        environment(
            "cors.allowed-origins: http://localhost:3000\ncors.allow-credentials: true", Map.of());
    assertEquals(1, CorsSettings.of(environment).cors().warnings().size());
    environment.setActiveProfiles("Local Dev");
    assertEquals(0, CorsSettings.of(environment).cors().warnings().size());
  }

  @Test
  void in_production_an_origin_of_the_users_own_machine_is_an_error() throws Exception {
    String yaml = "cors.allowed-origins: http://localhost:3000";
    StandardEnvironment environment = environment(yaml, Map.of());
    CorsSettings.of(environment).cors();
    for (String profile : new String[] {"prod", "production", "Prod"}) {
      environment.setActiveProfiles(profile);
      assertThrows(InvalidCorsPolicyException.class, () -> CorsSettings.of(environment).cors());
    }
    environment.setActiveProfiles("test");
    CorsSettings.of(environment).cors();
  }

  @Test
  void the_profiles_of_a_default_are_those_of_an_application_without_any() throws Exception {
    StandardEnvironment environment =
        environment("cors.allowed-origins: http://localhost:3000", Map.of());
    environment.setDefaultProfiles("prod");
    assertThrows(InvalidCorsPolicyException.class, () -> CorsSettings.of(environment).cors());
    environment.setActiveProfiles("test");
    CorsSettings.of(environment).cors();
  }

  @Test
  void the_profile_alone_is_not_a_policy() throws Exception {
    assertTrue(CorsSettings.of(environment("", Map.of("CORS_PROFILE", "prod"))).isEmpty());
    assertThrows(
        InvalidCorsPolicyException.class,
        () ->
            CorsSettings.of(
                    environment(
                        "cors.allowed-origins: http://localhost:3000",
                        Map.of("CORS_PROFILE", "prod")))
                .cors());
  }

  @Test
  void a_setting_knows_its_line() throws Exception {
    String yaml =
        """
        cors:
          max-age: 1h
          allowed-origins:
            - https://app.example.com
            - https://admin.example.com
        """;
    CorsSettings settings = CorsSettings.of(environment(yaml, Map.of()));
    assertEquals("application.yml - 2:12", settings.place("cors.max-age", -1));
    assertEquals("application.yml - 5:7", settings.place("cors.allowed-origins", 1));
  }

  @Test
  void a_list_that_is_replaced_has_the_place_of_what_replaces_it() throws Exception {
    String list =
        """
        cors:
          allowed-origins: [https://app.example.com, https://*.example.org]
        """;
    String member = "cors.allowed-origins[0] \"https://app.example.com/\"";
    StandardEnvironment variable =
        environment(list, Map.of("CORS_ALLOWED_ORIGINS", "https://app.example.com/"));
    assertEquals(
        member + " at \"CORS_ALLOWED_ORIGINS\" from property source \"systemEnvironment\"",
        wrong(variable));

    StandardEnvironment line = environment(list, Map.of());
    line.getPropertySources()
        .addFirst(
            new SimpleCommandLinePropertySource("--cors.allowed-origins=https://app.example.com/"));
    assertEquals(
        member + " at \"cors.allowed-origins\" from property source \"commandLineArgs\"",
        wrong(line));

    StandardEnvironment profile = environment(list, Map.of());
    profile
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "application-dev.yml",
                Map.of(
                    "cors.allowed-origins[0]", "https://app.example.com/",
                    "cors.allowed-origins[1]", "https://other.example.com/")));
    assertEquals(
        member
            + " at \"cors.allowed-origins[0]\" from property source \"application-dev.yml\", "
            + "cors.allowed-origins[1] \"https://other.example.com/\""
            + " at \"cors.allowed-origins[1]\" from property source \"application-dev.yml\"",
        wrong(profile));
  }

  private static String wrong(StandardEnvironment environment) {
    return assertThrows(InvalidCorsPolicyException.class, () -> CorsSettings.of(environment).cors())
        .problems()
        .stream()
        .map(problem -> problem.subject() + " at " + problem.source())
        .collect(Collectors.joining(", "));
  }

  @Test
  void the_page_shows_what_a_builder_can_state() throws Exception {
    String page = Files.readString(root().resolve("docs/spring.md"));
    int from = page.indexOf("```yaml\n") + "```yaml\n".length();
    assertEquals(
        CorsPolicy.builder()
            .allowOrigins("https://app.example.com", "https://*.example.org")
            .allowMethods("PUT", "DELETE")
            .allowCredentials()
            .maxAge(Duration.ofHours(1))
            .build(),
        CorsSettings.of(environment(page.substring(from, page.indexOf("```", from)), Map.of()))
            .cors());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void the_page_for_those_who_come_from_spring_shows_right_settings(int index) throws Exception {
    String[] blocks = Files.readString(root().resolve("docs/from-spring.md")).split("```");
    String yaml = blocks[2 * index + 1];
    assertTrue(yaml.startsWith("yaml\n"), yaml);
    CorsSettings.of(environment(yaml.substring("yaml\n".length()).split("---")[0], Map.of()))
        .cors();
  }

  /** The tests of compatibility/ are a directory deeper. */
  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("README.md"))) {
      directory = directory.getParent();
    }
    return directory;
  }

  private static String names(CorsSettings settings) {
    return settings.toString().replaceAll(" \\(.*?\\)", "");
  }

  static StandardEnvironment environment(String yaml, Map<String, String> variables)
      throws Exception {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .forEach(source -> environment.getPropertySources().remove(source.getName()));
    environment
        .getPropertySources()
        .addLast(
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new TreeMap<>(variables)));
    ByteArrayResource file =
        new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public String getDescription() {
            return "application.yml";
          }
        };
    for (PropertySource<?> source : new YamlPropertySourceLoader().load("application.yml", file)) {
      environment.getPropertySources().addLast(source);
    }
    ConfigurationPropertySources.attach(environment);
    return environment;
  }
}
