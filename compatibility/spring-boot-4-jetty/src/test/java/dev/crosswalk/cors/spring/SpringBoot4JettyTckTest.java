package dev.crosswalk.cors.spring;

class SpringBoot4JettyTckTest extends MvcTckTest {}
