package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class Cxf42FilterTest extends CorsPolicyFilterTest {

  /** CXF refuses to start with two instances of one class. */
  @Override
  @Test
  void two_filters_write_one_set_of_headers() {
    assertThrows(
        RuntimeException.class,
        () -> serve(new CorsPolicyFilter(POLICY), new CorsPolicyFilter(POLICY)));
  }

  @Override
  @Test
  void of_two_filters_one_decides() {
    two_filters_write_one_set_of_headers();
  }

  @Override
  @Test
  void a_second_filter_of_ours_is_named() {
    two_filters_write_one_set_of_headers();
  }
}
