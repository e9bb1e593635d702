package dev.crosswalk.cors.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsPolicy;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** {@code cors-core} is a bundle that needs no other, in a real framework of OSGi. */
class BundleTest {

  @Test
  void felix_starts_it_and_its_resources_are_found(@TempDir Path cache) throws Exception {
    Framework felix =
        new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, cache.toString()));
    felix.start();
    try {
      Path core =
          Path.of(CorsPolicy.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Bundle bundle = felix.getBundleContext().installBundle("reference:" + core.toUri());
      bundle.start();
      assertEquals("dev.crosswalk.cors", bundle.getSymbolicName());
      assertEquals(Bundle.ACTIVE, bundle.getState());

      Class<?> policy = bundle.loadClass("dev.crosswalk.cors.CorsPolicy");
      assertTrue(policy != CorsPolicy.class, "that is the class of this test's class path");
      // Refused by the list of suffixes, in a sentence of the catalogue.
      Object builder = policy.getMethod("builder").invoke(null);
      builder
          .getClass()
          .getMethod("allowOrigins", String[].class)
          .invoke(builder, (Object) new String[] {"https://*.github.io"});
      builder.getClass().getMethod("allowCredentials").invoke(builder);
      InvocationTargetException refused =
          assertThrows(
              InvocationTargetException.class,
              () -> builder.getClass().getMethod("build").invoke(builder));
      assertTrue(refused.getCause().getMessage().contains("github.io"), refused::toString);
    } finally {
      felix.stop();
      felix.waitForStop(10_000);
    }
  }
}
