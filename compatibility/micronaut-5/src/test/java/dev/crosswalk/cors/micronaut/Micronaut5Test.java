package dev.crosswalk.cors.micronaut;

class Micronaut5Test extends MicronautHttp2Test {}
