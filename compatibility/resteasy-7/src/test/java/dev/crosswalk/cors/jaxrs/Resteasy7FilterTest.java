package dev.crosswalk.cors.jaxrs;

class Resteasy7FilterTest extends CorsPolicyFilterTest {}
