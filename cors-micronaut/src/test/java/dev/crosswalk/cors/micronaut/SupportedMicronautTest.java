package dev.crosswalk.cors.micronaut;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micronaut.context.exceptions.ConfigurationException;
import org.junit.jupiter.api.Test;

class SupportedMicronautTest {

  /** Micronaut 3 has a module of its own. */
  @Test
  void a_Micronaut_that_looks_for_a_route_first_is_refused() {
    ClassLoader before46 =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.endsWith(".PreMatching")) {
              throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
          }
        };
    ConfigurationException thrown =
        assertThrows(ConfigurationException.class, () -> SupportedMicronaut.require(before46));
    assertEquals(
        "cors-micronaut supports Micronaut 4, from 4.10 on, and 5, and this is another version: use"
            + " a version of cors-micronaut that supports it",
        thrown.getMessage());
    assertDoesNotThrow(() -> SupportedMicronaut.require(getClass().getClassLoader()));
  }
}
