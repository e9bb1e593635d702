package dev.crosswalk.cors.servlet;

import org.junit.jupiter.api.Test;

/** For mutation testing. A build runs {@link ServletTckTest}. */
class ServletTckAtOnce {

  @Test
  void every_rule_holds() throws Exception {
    new ServletTckTest().requireAllRules();
  }
}
