package dev.crosswalk.cors.spring;

import org.junit.jupiter.api.Test;

/** For mutation testing. A build runs {@link MvcTckTest}. */
class MvcTckAtOnce {

  @Test
  void everyRuleHolds() throws Exception {
    new MvcTckTest().requireAllRules();
  }
}
