package dev.crosswalk.cors.micronaut;

class Micronaut4Test extends MicronautHttp2Test {}
