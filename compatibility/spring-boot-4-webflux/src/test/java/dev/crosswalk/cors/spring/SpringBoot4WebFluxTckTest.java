package dev.crosswalk.cors.spring;

class SpringBoot4WebFluxTckTest extends WebFluxTckTest {}
