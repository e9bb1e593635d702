package dev.crosswalk.cors.spring;

class SpringBoot4TckTest extends MvcTckTest {}
