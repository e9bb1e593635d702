package dev.crosswalk.cors.bench.decision;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Requests, each from reading it to the last header written. A server makes new strings for each,
 * so its hash is computed again. These are made before the clock starts, in batches that a
 * processor's cache holds, and so are the objects in which a peer expects them. A batch is timed as
 * a whole, because asking for the time takes as long as answering one request.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecisionBenchmark {

  /** The policy and the requests. */
  @Param public Scenario scenario = Scenario.ONE_NOT_CORS;

  /** Who answers. */
  @Param public Peer peer = Peer.CROSSWALK;

  private final PlainResponse response = new PlainResponse();
  private Object[] requests = {};
  private Peer.Handling handling = request -> 0;

  /** Makes the policy. */
  @Setup(Level.Trial)
  public void newPolicy() throws Exception {
    handling = peer.handling(scenario, response);
    requests = new Object[scenario.batch()];
  }

  /** Makes the requests of one batch, which is not measured. */
  @Setup(Level.Invocation)
  public void newRequests() {
    for (int i = 0; i < requests.length; i++) {
      PlainRequest request = scenario.requests.get(i % scenario.requests.size());
      requests[i] = handling.received(request.again());
    }
    Allocation.start();
  }

  /** Answers each on a response without headers. */
  @Benchmark
  public int handle() throws Exception {
    int sum = 0;
    for (Object request : requests) {
      response.clear();
      sum += handling.handle(request);
    }
    return sum;
  }

  /** Counts the bytes that the answers took, and not those of the requests. */
  @TearDown(Level.Invocation)
  public void count() {
    Allocation.stop(requests.length);
  }
}
