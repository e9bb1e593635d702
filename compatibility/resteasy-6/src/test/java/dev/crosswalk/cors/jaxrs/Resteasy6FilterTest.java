package dev.crosswalk.cors.jaxrs;

class Resteasy6FilterTest extends CorsPolicyFilterTest {}
