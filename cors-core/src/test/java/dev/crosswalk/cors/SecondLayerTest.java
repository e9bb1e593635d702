package dev.crosswalk.cors;

import static dev.crosswalk.cors.ExamplePolicies.A;
import static dev.crosswalk.cors.ExamplePolicies.B;
import static dev.crosswalk.cors.ExamplePolicies.EVIL;
import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.WRITER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static dev.crosswalk.cors.Message.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Headers of CORS that the policy did not write. */
@DisplayName("Who watches for a second CORS layer")
class SecondLayerTest {

  private final CorsPolicy policy =
      CorsPolicy.builder().allowOrigins(A, B).allowMethods("PUT").build();

  @AutoClose private final LogLines log = new LogLines();

  private final CorsPolicy exposing = policy.toBuilder().exposeResponseHeaders("X-A").build();

  private void write(Message request, Message response) {
    exposing.decide(request, READER).writeTo(response, WRITER);
  }

  @Test
  void hears_of_it_once_with_the_names_of_its_headers_and_without_their_values() {
    write(actual(A), response().with("access-control-allow-origin", "secret"));
    write(actual(A), response().with("Access-Control-Allow-Origin", "*"));
    assertEquals(1, log.records().size());
    assertEquals(Level.WARNING, log.records().get(0).getLevel());
    assertTrue(
        log.lines()
            .get(0)
            .startsWith(
                "A response already had CORS headers that the policy did not write:"
                    + " Access-Control-Allow-Origin. "),
        log.lines().get(0));
    assertFalse(log.lines().get(0).contains("secret"));
  }

  @Test
  void hears_of_each_place_where_it_may_be_also_of_one_behind_a_gateway() {
    write(actual(A), response().with("Access-Control-Allow-Origin", "*"));
    assertTrue(
        log.lines()
            .get(0)
            .contains(
                "(the framework's own CORS, a filter, a handler, a service behind this gateway)"),
        log.lines().get(0));
  }

  @Test
  void hears_of_all_its_headers_also_where_the_policy_removes_them() {
    write(
        request("GET"),
        response()
            .with("Access-Control-Allow-Credentials", "true")
            .with("Access-Control-Expose-Headers", "*"));
    assertTrue(
        log.lines()
            .get(0)
            .contains(": Access-Control-Allow-Credentials, Access-Control-Expose-Headers. "),
        log.lines().get(0));
  }

  @Test
  void hears_of_one_header_alone_whichever_it_is() {
    for (String name :
        List.of(
            "Access-Control-Allow-Origin",
            "Access-Control-Allow-Credentials",
            "Access-Control-Expose-Headers")) {
      log.clear();
      CorsPolicy each = exposing.toBuilder().build();
      each.decide(actual(A), READER).writeTo(response().with(name, "other"), WRITER);
      assertTrue(log.lines().get(0).contains("did not write: " + name + ". "), log.lines().get(0));
      assertEquals(1, log.records().size());
    }
  }

  @Test
  void hears_of_a_value_that_a_framework_did_not_write_because_the_policy_owns_it() {
    for (Message request : List.of(actual(A), preflight(A, "PUT"))) {
      for (String name : List.of("Origin", "Allow-Origin", "Allow-Credentials", "Vary")) {
        log.clear();
        CorsPolicy each = exposing.toBuilder().allowCredentials().build();
        CorsDecision decision = each.decide(request, READER);
        String header = "Access-Control-" + name;
        decision.overrule(header, null);
        decision.overrule(header, name.equals("Allow-Origin") ? A : "true");
        assertEquals(List.of(), log.lines());
        decision.overrule(header.toLowerCase(Locale.ROOT), "other");
        decision.overrule(header, "another");
        assertEquals(name.startsWith("Allow-") ? 1 : 0, log.records().size(), name);
        if (log.records().size() == 1) {
          assertTrue(
              log.lines().get(0).contains("did not write: " + header + ". "), log.lines().get(0));
        }
      }
    }
  }

  @Test
  void hears_of_names_that_a_framework_did_not_expose_because_the_policy_says_which() {
    CorsDecision decision = exposing.decide(actual(A), READER);
    decision.overrule("Access-Control-Expose-Headers", "X-A");
    assertEquals(List.of(), log.lines());
    decision.overrule("Access-Control-Expose-Headers", "*");
    assertTrue(log.lines().get(0).contains("did not write: Access-Control-Expose-Headers. "));
  }

  @Test
  void hears_nothing_where_there_is_no_policy() {
    Cors none = Cors.choosing(facts -> null);
    for (Message request : List.of(actual(A), preflight(A, "PUT"))) {
      none.decide(request, READER).overrule("Access-Control-Allow-Origin", "*");
      none.decideAgain(request, READER).overrule("Access-Control-Allow-Origin", "*");
    }
    assertEquals(List.of(), log.lines());
  }

  @Test
  void hears_of_a_response_object_that_has_the_headers_of_an_earlier_request() {
    Message constant = response();
    write(actual(A), constant);
    write(actual(B), constant);
    assertEquals(1, log.records().size());
    assertTrue(
        log.lines().get(0).contains("one response object for several requests: build one for each"),
        log.lines().get(0));
  }

  @Test
  void hears_of_it_on_a_preflight() {
    write(preflight(A, "PUT"), response().with("Access-Control-Allow-Origin", "*"));
    assertEquals(1, log.records().size());
  }

  @Test
  void hears_of_a_value_twice_which_no_browser_accepts() {
    write(
        actual(A),
        response().with("Access-Control-Allow-Origin", A).with("Access-Control-Allow-Origin", A));
    assertEquals(1, log.records().size());
  }

  @Test
  void hears_nothing_if_it_is_the_policy_that_wrote_however_often() {
    for (Message request :
        List.of(request("GET"), actual(A), actual(EVIL), preflight(A, "PUT"), preflight(A, "X"))) {
      Message response = response().with("Vary", "Accept").with("X-A", "1");
      write(request, response);
      write(request, response);
    }
    assertEquals(List.of(), log.lines());
  }

  @Test
  void hears_of_what_was_there_before_the_adapter_from_the_adapter_alone() {
    for (Message request : List.of(actual(A), preflight(A, "PUT"))) {
      for (String name :
          List.of(
              "Access-Control-Allow-Origin",
              "Access-Control-Allow-Credentials",
              "Access-Control-Expose-Headers")) {
        for (String value : List.of(A, "*")) {
          Message response = response().with(name, value);
          assertTrue(exposing.decide(request, READER).writeFirst(response, WRITER), name);
          Message clean = response();
          assertFalse(exposing.decide(request, READER).writeFirst(clean, WRITER));
          assertEquals(clean.toString(), response.toString());
        }
      }
    }
    assertEquals(List.of(), log.lines());
    write(actual(A), response().with("Access-Control-Allow-Origin", "*"));
    assertEquals(1, log.records().size(), "of what came later it hears as before");
  }

  @Test
  void hears_nothing_of_headers_that_share_nothing() {
    Message response = response().with("Vary", "Accept").with("Timing-Allow-Origin", "*");
    CorsPolicy timing = exposing.toBuilder().exposeTiming().build();
    assertFalse(timing.decide(actual(A), READER).writeFirst(response, WRITER));
  }

  @Test
  void hears_nothing_from_an_adapter_where_there_is_no_policy() {
    Message response = response().with("Access-Control-Allow-Origin", "*");
    Cors none = Cors.choosing(facts -> null, "X-Tenant");
    for (Message request : List.of(actual(A), preflight(A, "PUT"))) {
      assertFalse(none.decide(request, READER).writeFirst(response, WRITER));
    }
  }

  @Test
  void hears_nothing_more_from_a_policy_once_an_adapter_has_named_one() {
    CorsPolicy other = policy.toBuilder().build();
    Cors cors =
        new ReloadableCors(
            CrossOriginGuard.around(Cors.byPath(Map.of("/", exposing, "/other", other))).build());
    CorsAdapter.warnOfLayer(cors, "Remove the layer.");
    write(actual(A), response().with("Access-Control-Allow-Origin", "*"));
    other.decide(actual(A), READER).overrule("Access-Control-Allow-Origin", "*");
    assertEquals(1, log.records().size());
    assertTrue(log.lines().get(0).contains("Remove the layer."), log.lines().get(0));
    CorsPolicy another = policy.toBuilder().build();
    another.decide(actual(A), READER).overrule("Access-Control-Allow-Origin", "*");
    assertEquals(2, log.records().size());
  }

  @Test
  void hears_of_it_however_late() {
    for (int i = 0; i < 20_000; i++) {
      write(actual(A), response());
    }
    write(actual(A), response().with("Access-Control-Allow-Origin", "*"));
    assertEquals(1, log.records().size());
  }
}
