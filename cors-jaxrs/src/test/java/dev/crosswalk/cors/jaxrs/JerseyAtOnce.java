package dev.crosswalk.cors.jaxrs;

import org.junit.jupiter.api.Test;

/** For mutation testing. A build runs {@link JerseyTest}. */
class JerseyAtOnce {

  @Test
  void every_rule_holds() throws Exception {
    new JerseyTest().requireAllRules();
  }
}
