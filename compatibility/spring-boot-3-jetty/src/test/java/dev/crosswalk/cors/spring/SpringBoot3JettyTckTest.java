package dev.crosswalk.cors.spring;

class SpringBoot3JettyTckTest extends MvcTckTest {}
