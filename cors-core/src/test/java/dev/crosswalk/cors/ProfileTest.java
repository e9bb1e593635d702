package dev.crosswalk.cors;

import static dev.crosswalk.cors.ExamplePolicies.only;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Development, production, and what each of them lets be written. */
@DisplayName("A profile")
class ProfileTest {

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
  @ValueSource(strings = {"http://localhost:3000", "http://[::1]:3000", "http://0.0.0.0:3000"})
  void in_development_the_own_machine_needs_no_TLS(String origin) {
    Surroundings development =
        Surroundings.file("cors.allowed-origins=" + origin + "\ncors.allow-credentials=true")
            .variable("SPRING_PROFILES_ACTIVE", "dev");
    assertEquals(List.of(), development.load().warnings());
  }

  @ParameterizedTest
  @CsvSource({
    "'', , 1",
    "'', prod, 2",
    "'', dev, 0",
    "dev, , 0",
    "'Local Dev', , 0",
    "dev, prod, 2",
    "prod, , 2",
    "Production, , 2",
    "prod, dev, 2",
    "'cloud,prod', dev, 2",
  })
  void of_a_framework_counts_first_in_production_and_last_elsewhere(
      String active, String written, int stage) {
    Map<String, String> properties = new HashMap<>();
    properties.put("cors.allowed-origins", "http://localhost:3000");
    properties.put("cors.allow-credentials", "true");
    if (written != null) {
      properties.put("cors.profile", written);
    }
    List<String> profiles = active.isEmpty() ? List.of() : List.of(active.split(","));
    List<ProblemCode> codes;
    try {
      codes =
          CorsConfiguration.of(properties, (key, index) -> null, profiles).warnings().stream()
              .map(PolicyProblem::code)
              .toList();
    } catch (InvalidCorsPolicyException e) {
      codes = e.problems().stream().map(PolicyProblem::code).toList();
    }
    List<List<ProblemCode>> expected =
        List.of(
            List.of(),
            List.of(ProblemCode.ORIGIN_LOOPBACK_WITHOUT_PROFILE),
            List.of(ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION));
    assertEquals(expected.get(stage), codes);
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
}
