package dev.crosswalk.cors.spring;

import org.junit.jupiter.api.Test;

/** For mutation testing. A build runs {@link MvcTckTest}. */
class MvcTckAtOnce {

  @Test
  void every_rule_holds() throws Exception {
    new MvcTckTest().requireAllRules();
  }
}
