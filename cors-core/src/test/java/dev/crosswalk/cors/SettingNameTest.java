package dev.crosswalk.cors;

import static dev.crosswalk.cors.ExamplePolicies.only;
import static dev.crosswalk.cors.Surroundings.problemsOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key is called, in each source, and what it is taken for. */
@DisplayName("The name of a setting")
class SettingNameTest {

  @ParameterizedTest
  @CsvSource({
    "cors.allowed-origin, cors.allowed-origins",
    "cors.origins, cors.allowed-origins",
    "cors.allow-origin, cors.allowed-origins",
    "cors.allowedOrigins, cors.allowed-origins",
    "allowed-origins, cors.allowed-origins",
    "cors.allowed_methods, cors.allowed-methods",
    "cors.methods, cors.allowed-methods",
    "cors.headers, cors.allowed-request-headers",
    "cors.allowed-headers, cors.allowed-request-headers",
    "cors.exposed-headers, cors.exposed-response-headers",
    "cors.expose-headers, cors.exposed-response-headers",
    "cors.credentials, cors.allow-credentials",
    "cors.with-credentials, cors.allow-credentials",
    "cors.allowed-with-credentials, cors.allow-credentials",
    "cors.supports-credentials, cors.allow-credentials",
    "cors.maxage, cors.max-age",
    "cors.max-age-seconds, cors.max-age",
    "cors.dangerously-allow-origins, cors.dangerously-allowed-origins",
    "cors.policies.api.path, cors.policies.api.paths",
    "cors.paths, cors.policies.<name>.paths",
    "cors.mapping, cors.policies.<name>.paths",
    "cors.urlPatterns, cors.policies.<name>.paths",
    "cors.policies.api.origins, cors.policies.api.allowed-origins",
    "CORS.ALLOWED-ORIGINS, cors.allowed-origins",
    "cors.guard, cors.guard.enabled",
    "cors.guard.enable, cors.guard.enabled",
    "cors.guard.origins, cors.guard.trusted-origins",
    "cors.guard.trustedOrigins, cors.guard.trusted-origins",
    "cors.guard-trusted-origins, cors.guard.trusted-origins",
    "cors.trusted-origins, cors.guard.trusted-origins",
    "guard.exempt-paths, cors.guard.exempt-paths",
    "cors.guard.exempt-path-below, cors.guard.exempt-paths-below",
  })
  void an_unknown_key_is_an_error_with_the_nearest_known_one(String written, String meant) {
    List<PolicyProblem> problems =
        problemsOf(Surroundings.file("cors.allowed-origins=*\n" + written + "=x")::load);
    assertEquals(ProblemCode.CONFIGURATION_MISSPELLED_KEY, problems.get(0).code());
    assertEquals("write " + meant, problems.get(0).remedy());
    assertEquals("cors.properties:2", problems.get(0).source());
  }

  @Test
  void an_unknown_key_is_corrected_as_its_source_spells_it_whatever_a_file_is_called(
      @TempDir Path directory) throws IOException {
    assertEquals(
        "write CORS_ALLOWED_ORIGINS",
        problemsOf(new Surroundings().variable("CORS_ALLOWED_ORIGNS", "*")::load).get(0).remedy());
    Path file = directory.resolve("environment.properties");
    Files.writeString(file, "cors.allowed-orgins=*");
    PolicyProblem ofFile = problemsOf(() -> CorsConfiguration.load(file)).get(0);
    assertEquals("write cors.allowed-origins", ofFile.remedy());
    PolicyProblem ofFramework =
        problemsOf(
                () ->
                    CorsConfiguration.of(
                        Map.of("cors.allowed-orgins", "*"),
                        (key, index) -> "environments/prod.yml:3"))
            .get(0);
    assertEquals("write cors.allowed-origins", ofFramework.remedy());
  }

  @ParameterizedTest
  @CsvSource({"cors.enabled", "cors.exempt", "cors.below", "cors.allow-websockets", "cors.danger"})
  void a_key_that_is_near_to_nothing_is_not_taken_for_the_guards(String written) {
    List<PolicyProblem> problems =
        problemsOf(Surroundings.file("cors.allowed-origins=*\n" + written + "=x")::load);
    assertEquals(ProblemCode.CONFIGURATION_UNKNOWN_KEY, problems.get(0).code());
    String message = new InvalidCorsPolicyException(problems).getMessage();
    assertTrue(message.contains("\nThe settings are cors.allowed-origins, "), message);
    assertTrue(message.contains(", cors.policies.<name>.paths, "), message);
    assertTrue(message.endsWith(", cors.log-refusals."), message);
  }

  @Test
  void a_key_that_stands_in_a_source_twice_is_an_error() {
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_DUPLICATE_KEY),
        Surroundings.file("cors.allowed-origins=*\ncors.allowed-origins=*").codes());
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_DUPLICATE_KEY),
        new Surroundings()
            .variable("CORS_ALLOWED_ORIGINS", "*")
            .variable("cors_allowed_origins", "*")
            .codes());
  }

  /** A container can have variables of any name, and frameworks read these. */
  @Test
  void a_variable_may_have_the_name_of_the_key_itself() {
    assertEquals(
        only("https://a.example"),
        new Surroundings().variable("cors.allowed-origins", "https://a.example").load());
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_MISSPELLED_KEY),
        new Surroundings().variable("cors.allowed-origin", "https://a.example").codes());
    for (String name : List.of("cors.profile", "cors_profile")) {
      assertEquals(
          List.of(ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION),
          Surroundings.file("cors.allowed-origins=http://localhost:3000")
              .variable(name, "prod")
              .codes());
    }
  }

  @Test
  void what_is_written_where_settings_belong_is_an_error() {
    for (List<PolicyProblem> problems :
        List.of(
            problemsOf(Surroundings.file("cors=https://a.example")::load),
            problemsOf(() -> CorsConfiguration.of(Map.of("cors", "https://a.example"))))) {
      assertEquals("write cors.allowed-origins", problems.get(0).remedy());
      assertEquals(1, problems.size());
    }
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_POLICY_KEY),
        Surroundings.file("cors.policies=https://a.example").codes());
  }

  @Test
  void a_property_without_a_key_is_not_a_setting() {
    Map<String, String> properties = new HashMap<>(Map.of("cors.allowed-origins", "*"));
    properties.put(null, "x");
    assertEquals(only("*"), CorsConfiguration.of(properties));
  }

  @Test
  void an_empty_key_is_not_YAML() {
    List<PolicyProblem> problems =
        problemsOf(Surroundings.file("cors=\ncors.allowed-origins=https://a.example")::load);
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_MISSPELLED_KEY),
        problems.stream().map(PolicyProblem::code).toList());
  }

  @Test
  void other_variables_and_properties_are_not_its_business() {
    Surroundings surroundings =
        Surroundings.file("cors.allowed-origins=https://a.example")
            .variable("PATH", "/bin")
            .variable("CORSICA", "x")
            .property("java.version", "17")
            .property("corsica", "x");
    assertEquals(only("https://a.example"), surroundings.load());
  }

  @ParameterizedTest
  @CsvSource({"CORS", "CORS_PROXY", "CORS_PROXY_2", "CORS_ALLOWED_ORIGINS"})
  void what_kubernetes_says_of_a_service_is_not_a_setting(String service) {
    Surroundings surroundings = Surroundings.file("cors.allowed-origins=https://a.example");
    for (String variable :
        List.of(
            "SERVICE_HOST",
            "SERVICE_PORT",
            "SERVICE_PORT_HTTP",
            "SERVICE_PORT_HTTP_METRICS",
            "PORT",
            "PORT_8080_TCP",
            "PORT_8080_TCP_ADDR",
            "PORT_8080_TCP_PORT",
            "PORT_8080_TCP_PROTO",
            "PORT_53_UDP_ADDR")) {
      surroundings.variable(service + "_" + variable, "10.0.0.1");
    }
    assertEquals(only("https://a.example"), surroundings.load());
    // What is like it, and Kubernetes never makes, may be a typo.
    surroundings.variable("CORS_PROXY_HOST", "10.0.0.1").variable("CORS_PORT_8080", "1");
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_UNKNOWN_KEY, ProblemCode.CONFIGURATION_UNKNOWN_KEY),
        surroundings.codes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cors.allow-private-network", "cors.allowPrivateNetwork"})
  void says_that_browsers_have_given_up_private_network_access(String key) {
    Surroundings all =
        Surroundings.file("cors.allowed-origins=https://a.example\n" + key + "=true");
    InvalidCorsPolicyException e = assertThrows(InvalidCorsPolicyException.class, all::load);
    assertEquals(ProblemCode.CONFIGURATION_PRIVATE_NETWORK, e.problems().get(0).code());
  }
}
