package dev.crosswalk.cors.micronaut;

class Micronaut5FilterTest extends CorsPolicyFilterTest {}
