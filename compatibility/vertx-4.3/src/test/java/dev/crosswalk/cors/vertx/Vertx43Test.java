package dev.crosswalk.cors.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.crosswalk.cors.CorsPolicy;
import org.junit.jupiter.api.Test;

class Vertx43Test {

  @Test
  void theHandlerIsRefusedWithTheVersionsThatAreSupported() {
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> new CorsPolicyHandler(CorsPolicy.none()));
    assertEquals(
        "CorsPolicyHandler supports Vert.x 4.4, 4.5 and 5, and this is another version: use a"
            + " version of cors-vertx that supports it",
        thrown.getMessage());
  }
}
