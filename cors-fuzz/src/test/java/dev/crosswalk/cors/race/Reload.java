package dev.crosswalk.cors.race;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.ReloadableCors;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

@JCStressTest
@Description(
    "While a policy is replaced, each answer is wholly of the old one or wholly of the new one.")
@Outcome(id = "[12], [12]", expect = Expect.ACCEPTABLE, desc = "the old policy, or the new one")
@Outcome(id = "2, 1", expect = Expect.FORBIDDEN, desc = "the old policy after the new one")
@Outcome(expect = Expect.FORBIDDEN, desc = "parts of both")
@State
public class Reload {

  private static final CorsPolicy OLD =
      CorsPolicy.builder().allowOrigins("https://old.example", "https://x.example").build();
  private static final CorsPolicy NEW =
      CorsPolicy.builder()
          .allowOrigins("https://new.example", "https://x.example")
          .allowCredentials()
          .build();
  private static final Cors.Request REQUEST = Cors.Request.of("GET", "/").from("https://x.example");

  private final ReloadableCors cors = new ReloadableCors(OLD);

  @Actor
  public void reload() {
    cors.reload(NEW);
  }

  @Actor
  public void ask(II_Result result) {
    result.r1 = whose();
    result.r2 = whose();
  }

  private int whose() {
    return switch (Answers.headers(cors.decide(REQUEST))) {
      case "{Access-Control-Allow-Origin=https://x.example, Vary=Origin}" -> 1;
      case "{Access-Control-Allow-Credentials=true, Access-Control-Allow-Origin=https://x.example,"
              + " Vary=Origin}" ->
          2;
      default -> 3;
    };
  }
}
