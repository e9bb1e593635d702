package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

class CorsFailureAnalyzerTest {

  private final CorsFailureAnalyzer analyzer = new CorsFailureAnalyzer();

  @Test
  void each_problem_of_a_policy_has_a_line_in_both_parts() {
    InvalidCorsPolicyException invalid =
        assertThrows(
            InvalidCorsPolicyException.class,
            () ->
                CorsPolicy.builder()
                    .allowOrigins("https://app.example/", "https://other.example/")
                    .build());
    assertAnalysis(
        """
        The CORS policy is wrong:

            allowed-origins[0] "https://app.example/": there is an extra trailing slash
            allowed-origins[1] "https://other.example/": there is an extra trailing slash\
        """,
        """
        Change the policy:

            allowed-origins[0]: write "https://app.example"
            allowed-origins[1]: write "https://other.example"\
        """,
        invalid,
        analyzer.analyze(new IllegalStateException(new IllegalStateException(invalid))));
  }

  @Test
  void a_value_cannot_look_like_another_line_of_the_report() {
    InvalidCorsPolicyException invalid =
        assertThrows(
            InvalidCorsPolicyException.class,
            () -> CorsPolicy.builder().allowOrigins("https://a.example/\"\n    x").build());
    String description = analyzer.analyze(invalid).getDescription();
    assertEquals(3, description.lines().count(), description);
    String value = "allowed-origins[0] \"https://a.example/\\\"\\u000a    x\": ";
    assertTrue(description.contains(value), description);
  }

  @Test
  void a_problem_of_the_configuration_has_its_place() throws Exception {
    CorsSettings settings =
        CorsSettings.of(
            CorsSettingsTest.environment(
                """
                cors:
                  allowed-origins: https://app.example
                  alowed-methods: PUT
                """,
                Map.of()));
    InvalidCorsPolicyException invalid =
        assertThrows(InvalidCorsPolicyException.class, settings::cors);
    assertAnalysis(
        """
        The CORS policy is wrong:

            cors.alowed-methods: there is no such setting
                at application.yml - 3:19\
        """,
        """
        Change the policy:

            cors.alowed-methods: write cors.allowed-methods\
        """,
        invalid,
        analyzer.analyze(invalid));
  }

  @Test
  void a_wrong_setup_says_what_is_wrong_and_what_to_change() {
    CorsSetupException setup = new CorsSetupException("Two.", "Remove one.");
    assertAnalysis(
        "Two.", "Remove one.", setup, analyzer.analyze(new IllegalStateException(setup)));
  }

  @Test
  void another_failure_is_left_to_others() {
    assertNull(analyzer.analyze(new IllegalStateException(new IllegalArgumentException("Other."))));
  }

  private static void assertAnalysis(
      String description, String action, Throwable cause, FailureAnalysis analysis) {
    assertNotNull(analysis);
    assertEquals(description, analysis.getDescription());
    assertEquals(action, analysis.getAction());
    assertSame(cause, analysis.getCause());
  }
}
