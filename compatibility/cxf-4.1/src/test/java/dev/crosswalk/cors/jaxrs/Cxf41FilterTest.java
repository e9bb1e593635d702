package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.crosswalk.cors.CorsPolicy;
import org.junit.jupiter.api.Test;

class Cxf41FilterTest extends CorsPolicyFilterTest {

  /** CXF refuses to start with two instances of one class. */
  @Override
  @Test
  void two_filters_write_one_set_of_headers() {
    assertThrows(
        RuntimeException.class,
        () ->
            start(
                JaxRsServer.application(
                    new CorsPolicyFilter(CorsPolicy.none()),
                    new CorsPolicyFilter(CorsPolicy.none()))));
  }
}
