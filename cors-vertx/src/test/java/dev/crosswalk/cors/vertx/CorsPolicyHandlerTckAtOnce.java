package dev.crosswalk.cors.vertx;

import org.junit.jupiter.api.Test;

/** For mutation testing. A build runs {@link CorsPolicyHandlerTckTest}. */
class CorsPolicyHandlerTckAtOnce {

  @Test
  void every_rule_holds() throws Exception {
    new CorsPolicyHandlerTckTest().requireAllRules();
  }
}
