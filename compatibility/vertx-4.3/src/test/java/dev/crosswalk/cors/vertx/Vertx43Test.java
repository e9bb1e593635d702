package dev.crosswalk.cors.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.crosswalk.cors.CorsPolicy;
import org.junit.jupiter.api.Test;

class Vertx43Test {

  @Test
  void the_handler_is_refused_with_the_versions_that_are_supported() {
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> new CorsPolicyHandler(CorsPolicy.none()));
    assertEquals(
        "CorsPolicyHandler supports Vert.x 4.4, 4.5 and 5. This is a different version: use a"
            + " release of the adapter that supports it.",
        thrown.getMessage());
  }
}
