package dev.crosswalk.cors.spring;

import org.junit.jupiter.api.Tag;

/** Every rule, on WebFlux with Spring Security. */
@Tag("webflux")
class WebFluxTckTest extends SpringTck {

  WebFluxTckTest() {
    super(WebFluxApplication.class);
  }
}
