package dev.crosswalk.cors.bench.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A benchmark compares answers that are worth comparing: who fails to answer is quick. */
class PeerTest {

  static Stream<Arguments> everyPeerInEveryScenarioThatItAnswers() {
    return Arrays.stream(Scenario.values())
        .filter(scenario -> scenario.origins != Scenario.Origins.HUNDRED_THOUSAND)
        .filter(
            scenario ->
                scenario.kind == Scenario.Kind.ACTUAL || scenario.kind == Scenario.Kind.PREFLIGHT)
        .flatMap(
            scenario ->
                Arrays.stream(Peer.values())
                    .filter(peer -> peer.canMeasure(scenario))
                    .map(peer -> Arguments.of(peer, scenario)));
  }

  @ParameterizedTest
  @MethodSource("everyPeerInEveryScenarioThatItAnswers")
  void an_allowed_origin_is_granted_a_refused_one_is_not(Peer peer, Scenario scenario)
      throws Exception {
    PlainResponse response = new PlainResponse();
    Peer.Handling handling = peer.handling(scenario, response);
    for (PlainRequest request : scenario.requests) {
      response.clear();
      handling.handle(handling.received(request.again()));

      String own = handling.header("Access-Control-Allow-Origin");
      String granted = own == null ? response.get("Access-Control-Allow-Origin") : own;
      boolean allowed = scenario.allows(String.valueOf(request.origin()));
      boolean readable = "*".equals(granted) || String.valueOf(request.origin()).equals(granted);
      assertEquals(allowed, readable, granted);
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_answers_of_Crosswalk_and_of_the_floor_are_right(Scenario scenario) throws Exception {
    assertTrue(Peer.CROSSWALK.isRight(scenario));
    assertTrue(Peer.FLOOR.isRight(scenario));
  }

  @Test
  void an_answer_that_a_cache_may_give_to_the_wrong_page_is_told_from_a_right_one()
      throws Exception {
    // Vert.x answers 403 in the application's place, and writes nothing for a request of no page.
    assertFalse(Peer.VERTX.isRight(Scenario.PAIR_ACTUAL_REFUSED));
    assertFalse(Peer.VERTX.isRight(Scenario.ONE_NOT_CORS));
    assertTrue(Peer.VERTX.isRight(Scenario.PAIR_ACTUAL_ALLOWED));
    assertTrue(Peer.JETTY.isRight(Scenario.PAIR_ACTUAL_REFUSED));
  }

  @Test
  void a_request_that_comes_again_is_made_of_new_strings() {
    PlainRequest request = Scenario.PAIR_PREFLIGHT_ALLOWED.requests.get(0);
    PlainRequest again = request.again();
    assertEquals(request, again);
    assertNotSame(request.origin(), again.origin());
    assertNotSame(request.requestedMethod(), again.requestedMethod());
    assertNotSame(request.requestedNames(), again.requestedNames());
  }
}
