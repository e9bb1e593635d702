package dev.crosswalk.cors.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One request, from reading it to the last header written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecisionBenchmark {

  /** The policy and the request. */
  @Param public Scenario scenario = Scenario.NOT_CORS;

  /** Who answers. */
  @Param public Peer peer = Peer.CROSSWALK;

  private final PlainResponse response = new PlainResponse();
  private Peer.Handling handling = () -> 0;

  /** Makes the policy and the request. */
  @Setup
  public void setUp() throws Exception {
    handling = peer.handling(scenario, scenario.request(), response);
  }

  /** Answers the request on a response without headers. */
  @Benchmark
  public int handle() throws Exception {
    response.clear();
    return handling.handle();
  }
}
