package dev.crosswalk.cors.spring;

class SpringBoot4AnswersTest extends MvcAnswersTest {}
