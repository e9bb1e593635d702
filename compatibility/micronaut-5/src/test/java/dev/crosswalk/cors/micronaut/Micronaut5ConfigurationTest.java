package dev.crosswalk.cors.micronaut;

class Micronaut5ConfigurationTest extends ConfiguredPolicyTest {}
