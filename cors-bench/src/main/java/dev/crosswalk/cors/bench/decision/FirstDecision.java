package dev.crosswalk.cors.bench.decision;

import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The least use of core in a JVM that has done nothing yet: builds a policy, decides once, writes.
 * {@link Footprint} runs it.
 */
final class FirstDecision {

  private FirstDecision() {}

  /**
   * Prints how long building took, and how long all of it, in nanoseconds.
   *
   * @param arguments how many origins the policy allows
   */
  public static void main(String... arguments) {
    int count = Integer.parseInt(arguments[0]);
    List<String> origins =
        IntStream.range(0, count).mapToObj(i -> "https://app" + i + ".example.com").toList();
    PlainRequest request = request(count);
    PlainResponse response = new PlainResponse();

    long start = System.nanoTime();
    CorsPolicy policy =
        CorsPolicy.builder().allowOrigins(origins).allowMethods("GET", "POST", "PUT").build();
    long built = System.nanoTime();
    CorsDecision decision = policy.decide(request, PlainRequest.READER);
    decision.writeTo(response, PlainResponse.WRITER);
    long written = System.nanoTime();

    if (response.get("Access-Control-Allow-Origin") == null) {
      throw new IllegalStateException("The origin is allowed, and its header is missing.");
    }
    PrintStream out = System.out;
    out.println((built - start) + " " + (written - start));
  }

  private static PlainRequest request(int count) {
    return new PlainRequest("GET", "https://app" + count / 2 + ".example.com", null, null);
  }

  /** The same without core: what the JVM loads anyway. */
  static final class WithoutCore {

    private WithoutCore() {}

    /** Prepares the same, and decides nothing. */
    public static void main(String... arguments) {
      int count = Integer.parseInt(arguments[0]);
      List<String> origins =
          IntStream.range(0, count).mapToObj(i -> "https://app" + i + ".example.com").toList();
      PrintStream out = System.out;
      out.println(origins.size() + " " + request(count));
    }
  }
}
