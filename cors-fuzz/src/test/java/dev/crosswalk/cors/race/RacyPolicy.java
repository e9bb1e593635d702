package dev.crosswalk.cors.race;

import dev.crosswalk.cors.CorsPolicy;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

@JCStressTest
@Description(
    "A policy that is handed over without synchronization answers wholly, or is not there.")
@Outcome(
    id = {"0, 0", "0, 1", "1, 0", "1, 1"},
    expect = Expect.ACCEPTABLE,
    desc = "not there yet, or whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "a part of an answer")
@State
public class RacyPolicy {

  private @Nullable CorsPolicy policy;

  @Actor
  public void build() {
    policy = Answers.policy();
  }

  @Actor
  public void ask(II_Result result) {
    result.r1 = Answers.ask(policy, Answers.LISTED);
    result.r2 = Answers.ask(policy, Answers.PREFLIGHT);
  }
}
