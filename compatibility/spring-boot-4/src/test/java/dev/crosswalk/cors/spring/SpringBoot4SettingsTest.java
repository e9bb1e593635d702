package dev.crosswalk.cors.spring;

class SpringBoot4SettingsTest extends CorsSettingsTest {}
