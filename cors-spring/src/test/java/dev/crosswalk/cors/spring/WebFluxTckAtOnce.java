package dev.crosswalk.cors.spring;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** For mutation testing. A build runs {@link WebFluxTckTest}. */
@Tag("webflux")
class WebFluxTckAtOnce {

  @Test
  void every_rule_holds() throws Exception {
    new WebFluxTckTest().requireAllRules();
  }
}
