package dev.crosswalk.cors.micronaut;

import org.junit.jupiter.api.Test;

/** For mutation testing. A build runs {@link MicronautTest}. */
class MicronautAtOnce {

  @Test
  void every_rule_holds() throws Exception {
    new MicronautTest().requireAllRules();
  }
}
