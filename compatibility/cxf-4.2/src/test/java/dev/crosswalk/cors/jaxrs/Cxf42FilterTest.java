package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class Cxf42FilterTest extends CorsPolicyFilterTest {

  @Override
  boolean refusesTwoFilters() {
    return true;
  }

  @Test
  void two_filters_do_not_start() {
    RuntimeException e =
        assertThrows(
            RuntimeException.class,
            () -> serve(new CorsPolicyFilter(POLICY), new CorsPolicyFilter(POLICY)));
    assertEquals(
        "More than one instance of the same singleton class "
            + CorsPolicyFilter.class.getName()
            + " is available",
        e.getMessage());
  }
}
