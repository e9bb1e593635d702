package dev.crosswalk.cors.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.crosswalk.cors.CorsPolicy;
import org.junit.jupiter.api.Test;

class Vertx3Test {

  /** The words are the JVM's: no code of ours has run by then. */
  @Test
  void the_handler_is_refused_when_it_is_made_and_not_in_the_first_request() {
    NoClassDefFoundError thrown =
        assertThrows(NoClassDefFoundError.class, () -> new CorsPolicyHandler(CorsPolicy.none()));
    assertEquals("io/vertx/ext/web/handler/SecurityPolicyHandler", thrown.getMessage());
  }
}
