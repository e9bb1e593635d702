package dev.crosswalk.cors.micronaut;

class Micronaut5ApplicationTest extends MicronautApplicationTest {}
