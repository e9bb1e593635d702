package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class JerseyJdkFilterTest extends CorsPolicyFilterTest {

  /**
   * Jersey has no asynchronous responses on the JDK's server. It only answers a stage that has
   * ended by the time at which the method returns, which others may.
   */
  @Override
  @Test
  void what_comes_later_is_shared_and_so_is_a_time_out() throws Exception {
    serve(new CorsPolicyFilter(POLICY));
    assertEquals(500, send("GET", "/library/endless-stage", "Origin", APP).status());
  }

  /** The JDK's server has no application below an empty path, and answers 404. */
  @Override
  List<String> pathsOfAnEmptyOne() {
    return List.of();
  }
}
