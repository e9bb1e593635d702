package dev.crosswalk.cors.javalin;

import org.junit.jupiter.api.Test;

/** For mutation testing. A build runs {@link CorsPolicyPluginTckTest}. */
class CorsPolicyPluginTckAtOnce {

  @Test
  void every_rule_holds() throws Exception {
    new CorsPolicyPluginTckTest().requireAllRules();
  }
}
