package dev.crosswalk.cors.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** What must not take long. The processor's time counts: a busy machine may make it wait. */
public final class ProcessorTime {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ProcessorTime() {}

  /** What takes time on the thread that calls it. */
  public interface Work<E extends Exception> {
    void run() throws E;
  }

  /** Does something, and asserts how long it has taken. */
  public static <E extends Exception> void assertAtMost(Duration most, Work<E> work) throws E {
    long before = THREADS.getCurrentThreadCpuTime();
    work.run();
    Duration taken = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before);
    assertTrue(taken.compareTo(most) < 0, () -> "took " + taken);
  }
}
