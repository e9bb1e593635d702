package dev.crosswalk.cors;

import static dev.crosswalk.cors.ExamplePolicies.A;
import static dev.crosswalk.cors.ExamplePolicies.B;
import static dev.crosswalk.cors.ExamplePolicies.EVIL;
import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.WRITER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.response;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.CorsDecision.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A disk that is full, a connection to a server of logs that is gone. */
@DisplayName("A log that fails")
class FailingLogTest {

  private final CorsPolicy policy =
      CorsPolicy.builder().allowOrigins(A, B).allowMethods("PUT").build();

  @AutoClose private final LogLines log = new LogLines();

  @BeforeEach
  void fail() {
    log.fails = true;
  }

  @Test
  void ends_no_thread_that_has_more_lines_to_write() {
    List<Runnable> writing = new ArrayList<>();
    Cors cors = Cors.observed(policy, new RefusalLog(false, () -> 0, writing::add));
    cors.decide(actual(EVIL), READER);
    cors.decide(preflight(A, "PATCH"), READER);
    writing.get(0).run();
    assertEquals(2, log.records().size());
  }

  @Test
  void breaks_no_request_whose_observer_fails() {
    Cors cors =
        Cors.observed(
            policy,
            event -> {
              throw new IllegalStateException("broken");
            });
    assertEquals(Outcome.ALLOWED, cors.decide(actual(A), READER).outcome());
    assertEquals(1, log.records().size());
  }

  @Test
  void breaks_no_request_whose_policy_cannot_be_chosen() {
    Cors cors =
        Cors.choosing(
            facts -> {
              throw new IllegalStateException("broken");
            });
    assertEquals(Outcome.NO_POLICY, cors.decide(actual(A), READER).outcome());
    assertEquals(1, log.records().size());
  }

  @Test
  void breaks_no_start_of_an_application() {
    CorsPolicy doubtful = policy.toBuilder().allowMethods("patch").build();
    assertEquals(1, doubtful.warnings().size());
    doubtful.logWarnings();
    FrameworkSettings.warnOfNoPolicy("an-adapter");
    assertEquals(2, log.records().size());
  }

  @Test
  void breaks_no_response_that_a_second_CORS_layer_wrote_to() {
    Message response = response().with("Access-Control-Allow-Origin", "*");
    policy.toBuilder().build().decide(actual(A), READER).writeTo(response, WRITER);
    assertEquals(A, response.combined("Access-Control-Allow-Origin"));
    assertEquals(1, log.records().size());
  }
}
