package dev.crosswalk.cors.jaxrs;

class ResteasyVertxFilterTest extends CorsPolicyFilterTest {}
