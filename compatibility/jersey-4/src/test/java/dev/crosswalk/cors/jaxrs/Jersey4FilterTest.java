package dev.crosswalk.cors.jaxrs;

class Jersey4FilterTest extends CorsPolicyFilterTest {}
