package dev.crosswalk.cors.jaxrs;

class Jersey4Test extends JerseyWithMapperTest {}
