package dev.crosswalk.cors.javalin;

import org.junit.jupiter.api.Test;

/** For mutation testing. A build runs {@link CorsPolicyPluginTckTest}. */
class CorsPolicyPluginTckAtOnce {

  @Test
  void everyRuleHolds() throws Exception {
    new CorsPolicyPluginTckTest().requireAllRules();
  }
}
