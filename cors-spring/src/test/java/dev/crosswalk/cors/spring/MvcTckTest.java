package dev.crosswalk.cors.spring;

/** Every rule, on Spring MVC with Spring Security. */
class MvcTckTest extends SpringTck {

  MvcTckTest() {
    super(MvcApplication.class);
  }
}
