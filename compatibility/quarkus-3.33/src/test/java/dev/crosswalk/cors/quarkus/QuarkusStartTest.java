package dev.crosswalk.cors.quarkus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What an application says when it starts, or why it does not start: each in its own process. The
 * profile compatibility adds those that are rare.
 */
@Execution(ExecutionMode.CONCURRENT)
class QuarkusStartTest {

  private static final String APP = "https://app.example.com";
  private static final String POLICY = "cors.allowed-origins=https://app.example.com\n";
  private static final Map<String, String> NOTHING = Map.of();

  private static List<String> allowed(RunningApplication application, String origin)
      throws Exception {
    return application
        .send("GET", "/books", "Origin", origin)
        .headers()
        .lines("Access-Control-Allow-Origin");
  }

  private static void assertOneLine(String output, String text) {
    assertEquals(1, output.lines().filter(line -> line.contains(text)).count(), output);
  }

  @Test
  void without_a_policy_it_says_so_and_does_nothing() throws Exception {
    try (RunningApplication application = new RunningApplication("", NOTHING)) {
      assertEquals(List.of(), allowed(application, APP));
      assertEquals(
          List.of("*"),
          application
              .send("GET", "/books/own", "Origin", APP)
              .headers()
              .lines("Access-Control-Allow-Origin"));
      assertOneLine(application.output(), "cors-quarkus has no policy");
    }
  }

  @Test
  void environment_variables_and_the_profile_override_the_file() throws Exception {
    try (RunningApplication application =
        new RunningApplication(
            POLICY + "%shop.cors.allowed-origins=https://shop.example, https://www.example.com\n",
            Map.of("QUARKUS_PROFILE", "shop", "CORS_MAX_AGE", "90s"))) {
      assertEquals(List.of("https://shop.example"), allowed(application, "https://shop.example"));
      assertEquals(List.of(), allowed(application, APP));
      assertEquals(
          List.of("90"),
          application
              .send(
                  "OPTIONS",
                  "/books",
                  "Origin",
                  "https://shop.example",
                  "Access-Control-Request-Method",
                  "GET")
              .headers()
              .lines("Access-Control-Max-Age"));
      // Vert.x warns of a thread that waits, as it does on a machine with much to do.
      assertTrue(
          application
              .output()
              .lines()
              .filter(line -> line.contains("WARN"))
              .allMatch(line -> line.contains("BlockedThreadChecker")),
          application.output());
    }
  }

  @Test
  @Tag("rare")
  void a_bean_is_a_policy() throws Exception {
    try (RunningApplication application = new RunningApplication("", NOTHING, "-Dbeans.one=true")) {
      assertEquals(List.of(APP), allowed(application, APP));
    }
  }

  @Test
  @Tag("rare")
  void a_warning_is_logged_once() throws Exception {
    try (RunningApplication application =
        new RunningApplication(
            POLICY + "cors.allowed-methods=PUT, PUT\ncors.max-age=${CORS_AGE}\n",
            Map.of("CORS_ALLOWED_ORIGNS", "https://b.example", "CORS_AGE", "90"))) {
      assertEquals(List.of(APP), allowed(application, APP));
      assertOneLine(application.output(), "allowed-methods[1]");
      assertOneLine(application.output(), "Did you mean CORS_ALLOWED_ORIGINS?");
      assertFalse(application.output().contains("CORS_AGE"), application.output());
    }
  }

  @Test
  void a_typo_stops_it() throws Exception {
    try (RunningApplication application =
        new RunningApplication(POLICY + "%prod.cors.allow-credential=true\n", NOTHING)) {
      assertOneLine(application.refusal(), "cors.allow-credential:");
      assertOneLine(application.output(), "/config/application.properties:2");
    }
  }

  @Test
  void an_origin_for_development_stops_it_in_production() throws Exception {
    try (RunningApplication application =
        new RunningApplication("cors.allowed-origins=http://localhost:3000\n", NOTHING)) {
      assertOneLine(application.refusal(), "http://localhost:3000");
    }
  }

  @Test
  void quarkus_own_CORS_beside_a_policy_stops_it() throws Exception {
    String own = "quarkus.http.cors.enabled=true\nquarkus.http.cors.origins=https://a.example\n";
    try (RunningApplication application = new RunningApplication(POLICY + own, NOTHING)) {
      assertOneLine(application.refusal(), "remove the settings quarkus.http.cors.*");
    }
    // Without a policy it is nobody's business.
    try (RunningApplication application = new RunningApplication(own, NOTHING)) {
      assertEquals(List.of("https://a.example"), allowed(application, "https://a.example"));
    }
  }

  @Test
  @Tag("rare")
  void quarkus_own_CORS_that_code_enables_is_named_when_it_refuses() throws Exception {
    try (RunningApplication application =
        new RunningApplication(POLICY, NOTHING, "-Down.cors=true")) {
      for (int i = 0; i < 2; i++) {
        assertEquals(403, application.send("GET", "/books", "Origin", APP).status());
      }
      assertOneLine(application.output(), "Remove HttpSecurity.cors(");
    }
  }

  @Test
  @Tag("rare")
  void two_policies_stop_it() throws Exception {
    for (String settings : List.of(POLICY, "cors.log-refusals=true")) {
      try (RunningApplication application =
          new RunningApplication(settings, NOTHING, "-Dbeans.one=true")) {
        assertOneLine(application.refusal(), "There are two policies");
      }
    }
    try (RunningApplication application =
        new RunningApplication("", NOTHING, "-Dbeans.one=true", "-Dbeans.another=true")) {
      assertOneLine(application.refusal(), "There are several beans of the type Cors");
    }
  }

  @Test
  @Tag("rare")
  void a_policy_that_is_null_stops_it() throws Exception {
    try (RunningApplication application =
        new RunningApplication("", NOTHING, "-Dbeans.null=true")) {
      String refusal = application.refusal();
      assertTrue(refusal.contains("needs a policy, but got null"), refusal);
    }
  }
}
