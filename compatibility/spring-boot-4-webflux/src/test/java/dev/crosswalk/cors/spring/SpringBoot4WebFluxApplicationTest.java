package dev.crosswalk.cors.spring;

class SpringBoot4WebFluxApplicationTest extends WebFluxApplicationTest {}
