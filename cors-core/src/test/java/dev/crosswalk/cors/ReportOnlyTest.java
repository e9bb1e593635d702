package dev.crosswalk.cors;

import static dev.crosswalk.cors.ExamplePolicies.A;
import static dev.crosswalk.cors.ExamplePolicies.B;
import static dev.crosswalk.cors.ExamplePolicies.EVIL;
import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsObserver.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A policy on trial, beside the one that answers. */
@DisplayName("An observer with a stricter policy on trial")
class ReportOnlyTest {

  private final CorsPolicy policy =
      CorsPolicy.builder().allowOrigins(A, B).allowMethods("PUT").build();

  private final List<Event> events = new ArrayList<>();
  private final CorsPolicy any =
      CorsPolicy.builder().allowAnyOrigin().allowAnyMethod().allowAnyRequestHeader().build();
  private final Cors cors = Cors.reportOnly(any, policy, events::add);

  @Test
  void is_told_what_it_would_refuse_while_the_other_policy_answers() {
    Message[] requests = {actual(EVIL), preflight(A, "DELETE"), preflight(A, "PUT", "x-foo")};
    for (Message request : requests) {
      assertSame(any.decide(request, READER), cors.decide(request, READER));
    }
    assertEquals(
        List.of(
            "ACTUAL, ORIGIN_NOT_ALLOWED",
            "PREFLIGHT, METHOD_NOT_ALLOWED",
            "PREFLIGHT, HEADER_NOT_ALLOWED"),
        events.stream().map(Event::toString).toList());
    assertTrue(events.get(0).requestExplanation().contains("\"https://evil.example\""));
  }

  @Test
  void is_not_told_what_both_allow_what_both_refuse_and_what_is_not_CORS() {
    for (Message request :
        List.of(
            request("GET"),
            actual(A),
            preflight(A, "PUT"),
            preflight(A, "TRACE"),
            request("POST").with("Origin", EVIL).with("Sec-Fetch-Site", "same-origin"))) {
      cors.decide(request, READER);
    }
    assertEquals(List.of(), events);
  }

  @Test
  void is_told_what_a_guard_would_refuse_whether_or_not_it_may_be_read() {
    Cors tried = Cors.reportOnly(policy, CrossOriginGuard.around(policy).build(), events::add);
    for (Message request :
        List.of(
            actual(A),
            request("POST").with("Origin", A).with("Sec-Fetch-Site", "cross-site"),
            request("POST").with("Origin", EVIL),
            request("POST").with("Sec-Fetch-Site", "same-site"),
            request("POST").with("Origin", EVIL).with("Sec-Fetch-Site", "same-origin"))) {
      assertTrue(tried.decide(request, READER) instanceof CorsDecision.Proceed);
    }
    assertEquals(
        List.of(
            "ACTUAL, WRITE_FROM_CROSS_SITE",
            "ACTUAL, WRITE_FROM_OTHER_ORIGIN",
            "NOT_CORS, WRITE_FROM_SAME_SITE"),
        events.stream().map(Event::toString).toList());
  }

  @Test
  void is_not_told_again_what_a_guard_refuses_already() {
    Cors guarded = CrossOriginGuard.around(policy).build();
    Cors tried = Cors.reportOnly(guarded, guarded, events::add);
    Message request = request("POST").with("Origin", EVIL).with("Sec-Fetch-Site", "cross-site");
    assertEquals(Outcome.WRITE_FROM_CROSS_SITE, tried.decide(request, READER).outcome());
    assertEquals(List.of(), events);
  }

  @Test
  void is_told_which_requests_would_no_longer_have_a_policy() {
    Cors.reportOnly(any, Cors.byPath(Map.of("/api", any)), events::add)
        .decide(request("GET", "/other").with("Origin", A), READER);
    assertEquals(List.of("ACTUAL, NO_POLICY"), events.stream().map(Event::toString).toList());
  }

  @Test
  void is_told_apart_from_who_observes_what_is_decided() {
    Cors.observed(cors, events::add).decide(actual(EVIL), READER);
    assertEquals(List.of(true, false), events.stream().map(Event::isReportOnly).toList());
  }
}
