package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A log of refusals that is set beside a policy. */
@DisplayName("Configuration of the log")
class LogConfigurationTest {

  @ParameterizedTest
  @CsvSource({
    "true, 'The policy does not allow the request''s origin.'",
    "' true ', 'The policy does not allow the request''s origin.'",
    "explained, '\"https://other.test\" is not allowed. Nothing in the policy is similar. If its"
        + " pages are yours, add it to cors.allowed-origins.'",
    "false,",
  })
  void logs_refusals_from_every_source(String word, String explanation) {
    String origins = "cors.allowed-origins=https://a.example, https://c.example";
    List<Surroundings> sources =
        List.of(
            Surroundings.file(origins + "\ncors.log-refusals=" + word.strip()),
            Surroundings.file(origins)
                .with("cors-stage.properties", "cors.log-refusals=" + word)
                .variable("CORS_PROFILE", "stage"),
            Surroundings.file(origins).variable("CORS_LOG_REFUSALS", word),
            Surroundings.file(origins).property("cors.log-refusals", word));
    for (Surroundings source : sources) {
      Cors cors = source.load();
      List<String> lines =
          logged(() -> cors.decide(Cors.Request.of("GET", "/").from("https://other.test")));
      assertEquals(
          explanation == null
              ? List.of()
              : List.of("CORS: request refused, ORIGIN_NOT_ALLOWED. " + explanation),
          lines);
    }
  }

  private static List<String> logged(Runnable task) {
    try (LogLines log = new LogLines()) {
      task.run();
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().equals("cors-refusals")) {
          assertDoesNotThrow(() -> thread.join(10_000)); // It ends when no line waits.
        }
      }
      return log.next();
    }
  }

  @Test
  void the_log_is_of_all_policies_and_the_guard() {
    Cors cors =
        Surroundings.file(
                """
                cors.policies.api.paths=/api
                cors.policies.api.allowed-origins=https://a.example
                cors.guard.enabled=true
                cors.log-refusals=true
                """)
            .load();
    Cors.Request write = Cors.Request.of("POST", "/other").with("Sec-Fetch-Site", "cross-site");
    assertEquals(1, logged(() -> cors.decide(write)).size());
    assertTrue(cors.toString().endsWith("\ncors.guard.enabled=true\ncors.log-refusals=true"));
    assertEquals(
        cors.toString(),
        Surroundings.file(cors.toString().replaceAll("(?m)^#.*", "")).load().toString());
  }

  @Test
  void the_log_is_no_policy_and_of_no_policy_alone() {
    assertEquals(
        List.of(ProblemCode.ORIGIN_MISSING), Surroundings.file("cors.log-refusals=true").codes());
    assertEquals(
        List.of(
            "cors.properties:2: cors.log-refusals \"yes\": this word is not one of its values;"
                + " write true."),
        Surroundings.file("cors.allowed-origins=*\ncors.log-refusals=yes").problems());
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_OF_ALL_POLICIES),
        Surroundings.file(
                "cors.policies.a.paths=/\ncors.policies.a.allowed-origins=*\n"
                    + "cors.policies.a.log-refusals=true")
            .codes());
  }
}
