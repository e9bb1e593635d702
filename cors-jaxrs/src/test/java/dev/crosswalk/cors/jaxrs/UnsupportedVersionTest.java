package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens where there is no supported version of JAX-RS. */
class UnsupportedVersionTest {

  @Test
  void without_an_implementation_of_jakarta_the_filter_is_refused_with_a_sentence()
      throws Exception {
    InvocationTargetException thrown =
        assertThrows(
            InvocationTargetException.class,
            () -> register(CorsPolicyFilter.class, Cors.class, Response.class));
    assertInstanceOf(IllegalStateException.class, thrown.getCause());
    assertTrue(
        thrown.getCause().getMessage().contains("Jersey 3.0 to 4.0"),
        thrown.getCause().getMessage());
  }

  /** A project for Jersey 2 does not even have the interfaces. */
  @Test
  void without_the_interfaces_of_jakarta_the_filter_does_not_load() {
    NoClassDefFoundError thrown =
        assertThrows(
            NoClassDefFoundError.class, () -> register(CorsPolicyFilter.class, Cors.class));
    assertTrue(thrown.getMessage().startsWith("jakarta/ws/rs/"), thrown.getMessage());
  }

  /** Makes a filter where there is nothing but the jars of some classes. */
  private static void register(Class<?>... ofJars) throws Exception {
    List<URL> jars = new ArrayList<>();
    for (Class<?> type : ofJars) {
      jars.add(type.getProtectionDomain().getCodeSource().getLocation());
    }
    assertEquals(ofJars.length, jars.size());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      Class<?> cors = loader.loadClass(Cors.class.getName());
      Object none =
          loader.loadClass("dev.crosswalk.cors.CorsPolicy").getMethod("none").invoke(null);
      loader.loadClass(CorsPolicyFilter.class.getName()).getConstructor(cors).newInstance(none);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
