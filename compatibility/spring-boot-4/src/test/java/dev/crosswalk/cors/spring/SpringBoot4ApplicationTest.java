package dev.crosswalk.cors.spring;

class SpringBoot4ApplicationTest extends MvcApplicationTest {}
