package dev.crosswalk.cors.bench.decision;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The bytes that answering one request takes. JMH's own profiler would count what making the
 * requests takes, too.
 */
public final class Allocation implements InternalProfiler {

  static final String LABEL = "bytes";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static long before;
  private static long bytes;
  private static long requests;

  /** Made by JMH, by the name of the class. */
  public Allocation() {}

  static void start() {
    before = THREADS.getCurrentThreadAllocatedBytes();
  }

  static void stop(int answered) {
    bytes += THREADS.getCurrentThreadAllocatedBytes() - before;
    requests += answered;
  }

  @Override
  public String getDescription() {
    return "the bytes that answering one request takes";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    bytes = 0;
    requests = 0;
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double each = (double) bytes / requests;
    return List.of(new ScalarResult(LABEL, each, "B", AggregationPolicy.AVG));
  }
}
