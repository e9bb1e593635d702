package dev.crosswalk.cors.race;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

@JCStressTest
@Description("Origins that push each other out of the cache never get the answer of another one.")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "each has its own answer")
@Outcome(expect = Expect.FORBIDDEN, desc = "the answer of another origin")
@State
public class RecentOrigins {

  // Shared by all states, so that the cache is always full; the three share a place or its
  // neighbor.
  private static final CorsPolicy POLICY = Answers.policy();
  private static final Cors.Request OTHER = Cors.Request.of("GET", "/").from("https://aab.example");

  @Actor
  public void allowed(III_Result result) {
    result.r1 = Answers.ask(POLICY, Answers.ALLOWED);
  }

  @Actor
  public void others(III_Result result) {
    result.r2 = Answers.ask(POLICY, Answers.REFUSED);
    result.r3 = Answers.headers(POLICY.decide(OTHER)).equals("{Vary=Origin}") ? 1 : 2;
  }
}
