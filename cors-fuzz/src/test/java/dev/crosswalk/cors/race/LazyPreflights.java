package dev.crosswalk.cors.race;

import dev.crosswalk.cors.CorsPolicy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

@JCStressTest
@Description(
    "Preflights that are made when they are first asked for, by several threads at once, are whole.")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "each is whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "a part of an answer")
@State
public class LazyPreflights {

  private final CorsPolicy policy = Answers.policy();

  @Actor
  public void allowed(III_Result result) {
    result.r1 = Answers.ask(policy, Answers.PREFLIGHT);
  }

  @Actor
  public void again(III_Result result) {
    result.r2 = Answers.ask(policy, Answers.REFUSED_PREFLIGHT);
    result.r3 = Answers.ask(policy, Answers.PREFLIGHT);
  }
}
