package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class JerseyJdkFilterTest extends CorsPolicyFilterTest {

  /**
   * Jersey mistakes the authority for a part of the path. No policy by path applies to such a path,
   * which is not in normal form.
   */
  @Override
  @Test
  void of_a_target_in_absolute_form_the_path_is_the_path() throws Exception {
    assertEquals("//api.example/books", pathOf("http://api.example/books"));
  }

  /** Jersey has no asynchronous responses on the JDK's server. */
  @Override
  @Test
  void what_comes_later_is_shared_and_so_is_a_time_out() throws Exception {
    serve(new CorsPolicyFilter(POLICY));
    assertEquals(500, send("GET", "/library/stage", "Origin", APP).status());
  }
}
