package dev.crosswalk.cors.spring;

class SpringBoot4WebFluxAnswersTest extends WebFluxAnswersTest {}
