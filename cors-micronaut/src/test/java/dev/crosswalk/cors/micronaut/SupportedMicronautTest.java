package dev.crosswalk.cors.micronaut;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.LogLines;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.List;
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

  @Test
  void its_servlet_is_named_and_its_own_server_is_not() {
    try (LogLines log = new LogLines()) {
      SupportedMicronaut.warnOfServlet(getClass().getClassLoader());
      assertEquals(List.of(), log.lines());
      SupportedMicronaut.warnOfServlet(
          new ClassLoader(getClass().getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
              if (name.equals("io.micronaut.servlet.http.ServletHttpHandler")) {
                return Object.class;
              }
              throw new ClassNotFoundException(name);
            }
          });
      assertEquals(1, log.lines().size(), log.lines()::toString);
      assertTrue(
          log.lines().get(0).contains("Use micronaut-http-server-netty"), log.lines()::toString);
    }
  }
}
