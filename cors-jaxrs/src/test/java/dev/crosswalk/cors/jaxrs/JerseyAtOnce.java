package dev.crosswalk.cors.jaxrs;

import org.junit.jupiter.api.Test;

/** For mutation testing. A build runs {@link JerseyTest}. */
class JerseyAtOnce {

  @Test
  void everyRuleHolds() throws Exception {
    new JerseyTest().requireAllRules();
  }
}
