package dev.crosswalk.cors.micronaut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.ConfigurationException;
import org.junit.jupiter.api.Test;

class Micronaut3Test {

  @Test
  void the_start_is_refused_with_the_versions_that_are_supported() {
    ConfigurationException thrown =
        assertThrows(ConfigurationException.class, ApplicationContext::run);
    assertEquals(
        "cors-micronaut supports Micronaut 4, from 4.10 on, and 5, and this is another version: use"
            + " a version of cors-micronaut that supports it",
        thrown.getMessage());
  }
}
