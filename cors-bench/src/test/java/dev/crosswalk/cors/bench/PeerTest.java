package dev.crosswalk.cors.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A benchmark compares answers that are worth comparing: who fails to answer is quick. */
class PeerTest {

  static Stream<Arguments> everyPeerInEveryScenarioWithAnAnswer() {
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
  @MethodSource("everyPeerInEveryScenarioWithAnAnswer")
  @DisplayName("an allowed origin is granted, a refused one is not")
  void grantsAsTheScenarioSays(Peer peer, Scenario scenario) throws Exception {
    boolean allowed = !scenario.name().endsWith("REFUSED");

    String origin = peer.answer(scenario, "Access-Control-Allow-Origin");

    assertEquals(allowed, List.of("*", scenario.origin).contains(String.valueOf(origin)), origin);
  }
}
