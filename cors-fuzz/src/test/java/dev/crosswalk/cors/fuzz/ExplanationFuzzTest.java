package dev.crosswalk.cors.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;

/** Why a decision was made. The input is as in {@link DecideFuzzTest}. */
class ExplanationFuzzTest {

  /** A few quoted values, each cut, and the sentences around them. */
  private static final int MAX_LENGTH = 4_000;

  @FuzzTest
  void explanation(byte[] data) throws Exception {
    Cors.Request request = DecideFuzzTest.request(Hostile.lines(data, 5));
    for (DecideFuzzTest.Subject subject : DecideFuzzTest.SUBJECTS) {
      String said = explain(subject.policy(), request);
      if (subject == DecideFuzzTest.one(data)) {
        CorsPolicy fresh = subject.policy().toBuilder().build();
        assertEquals(explain(fresh, request), said, "fresh equals used");
        explain(CrossOriginGuard.around(subject.policy()).build(), request);
      }
    }
    explain(CorsPolicy.none(), request);
  }

  private static String explain(Cors cors, Cors.Request request) throws Exception {
    CorsDecision decision = cors.decide(request);
    String said = Hostile.inTime(() -> decision.explanation(request, Cors.Request.READER));
    Hostile.assertOneLine(said, MAX_LENGTH);
    assertTrue(
        said.chars().allMatch(c -> c < 0x7F || c == '…' || c == '§'), () -> "not ASCII: " + said);
    assertTrue(said.endsWith("."), () -> "not a sentence: " + said);
    Hostile.assertOneLine(decision.explanation(), 400);
    return said;
  }
}
