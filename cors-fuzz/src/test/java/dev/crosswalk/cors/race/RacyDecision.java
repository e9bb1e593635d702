package dev.crosswalk.cors.race;

import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

@JCStressTest
@Description(
    "Decisions that are handed over without synchronization are written and explained wholly.")
@Outcome(id = "[01], [01], [01]", expect = Expect.ACCEPTABLE, desc = "not there yet, or whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "a part of an answer")
@State
public class RacyDecision {

  private @Nullable CorsDecision listed;
  private @Nullable CorsDecision refused;
  private @Nullable CorsDecision preflight;

  @Actor
  public void decide() {
    CorsPolicy policy = Answers.policy();
    listed = policy.decide(Answers.LISTED);
    refused = policy.decide(Answers.REFUSED);
    preflight = policy.decide(Answers.PREFLIGHT);
  }

  @Actor
  public void write(III_Result result) {
    result.r1 = Answers.judge(listed, Answers.LISTED);
    result.r2 = Answers.judge(refused, Answers.REFUSED);
    result.r3 = Answers.judge(preflight, Answers.PREFLIGHT);
  }
}
