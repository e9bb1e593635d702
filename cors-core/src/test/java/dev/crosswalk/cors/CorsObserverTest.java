package dev.crosswalk.cors;

import static dev.crosswalk.cors.ExamplePolicies.A;
import static dev.crosswalk.cors.ExamplePolicies.B;
import static dev.crosswalk.cors.ExamplePolicies.EVIL;
import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Kind;
import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsObserver.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who is told of each decision. */
@DisplayName("An observer")
class CorsObserverTest {

  private final CorsPolicy policy =
      CorsPolicy.builder().allowOrigins(A, B).allowMethods("PUT").build();

  @AutoClose private final LogLines log = new LogLines();

  private final List<Event> events = new ArrayList<>();

  @Test
  void is_told_of_each_decision_once_and_changes_none() {
    Cors observed = Cors.observed(policy, events::add);
    List<Message> requests =
        List.of(request("GET"), actual(A), actual(EVIL), preflight(A, "PUT"), preflight(A, "X"));
    for (Message request : requests) {
      assertSame(policy.decide(request, READER), observed.decide(request, READER));
    }
    assertEquals(
        List.of(
            "NOT_CORS, NOT_CORS",
            "ACTUAL, ALLOWED",
            "ACTUAL, ORIGIN_NOT_ALLOWED",
            "PREFLIGHT, ALLOWED",
            "PREFLIGHT, METHOD_NOT_ALLOWED"),
        events.stream().map(Event::toString).toList());
  }

  @Test
  void gets_the_reason_with_the_requests_text_only_when_asked_for() {
    Cors.observed(policy, events::add).decide(actual(EVIL), READER);
    Event event = events.get(0);
    assertEquals(Kind.ACTUAL, event.kind());
    assertEquals(Outcome.ORIGIN_NOT_ALLOWED, event.outcome());
    assertEquals(event.decision().explanation(), event.explanation());
    assertFalse((event.explanation() + event).contains("evil"));
    assertTrue(event.requestExplanation().startsWith("\"https://evil.example\" is not allowed"));
  }

  @Test
  void is_not_told_again_when_an_adapter_asks_again_through_whatever_is_around_it() {
    Cors observed = Cors.observed(policy, events::add);
    for (Cors cors :
        List.of(
            observed,
            Cors.byPath(Map.of("/", observed)),
            Cors.observed(observed, event -> {}),
            CrossOriginGuard.around(observed).build(),
            new ReloadableCors(observed),
            Cors.reportOnly(observed, policy, event -> {}))) {
      events.clear();
      CorsDecision first = cors.decide(actual(A), READER);
      assertEquals(1, events.size());
      assertSame(first, cors.decideAgain(actual(A), READER));
      assertSame(first, cors.decideAgain(actual(A), READER));
      assertEquals(1, events.size());
    }
  }

  @Test
  void breaks_no_request_by_throwing_and_is_reported_once() {
    AtomicInteger called = new AtomicInteger();
    Cors observed =
        Cors.observed(
            policy,
            event -> {
              if (called.incrementAndGet() % 2 == 0) {
                throw new AssertionError("broken");
              }
              throw new IllegalStateException("broken");
            });
    for (int i = 0; i < 10; i++) {
      assertEquals(Outcome.ALLOWED, observed.decide(actual(A), READER).outcome());
    }
    assertEquals(10, called.get());
    assertEquals(1, log.records().size());
    assertEquals(Level.WARNING, log.records().get(0).getLevel());
    assertTrue(log.records().get(0).getThrown() instanceof IllegalStateException);
  }

  @Test
  void leaves_the_warnings_of_the_policy_as_they_are() {
    CorsPolicy doubtful = CorsPolicy.builder().allowOrigins(A, A).allowMethods("patch").build();
    assertEquals(2, doubtful.warnings().size());
    assertEquals(doubtful.warnings(), Cors.observed(doubtful, event -> {}).warnings());
    assertEquals(doubtful.warnings(), Cors.reportOnly(policy, doubtful, event -> {}).warnings());
    assertEquals(doubtful.warnings(), Cors.reportOnly(doubtful, doubtful, event -> {}).warnings());
  }

  @Test
  void must_exist_and_so_must_what_it_watches() {
    assertThrows(NullPointerException.class, () -> Cors.observed(null, event -> {}));
    assertThrows(NullPointerException.class, () -> Cors.observed(policy, null));
    assertThrows(NullPointerException.class, () -> Cors.reportOnly(policy, null, event -> {}));
  }
}
