package dev.crosswalk.cors.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.crosswalk.cors.CorsPolicy;
import org.junit.jupiter.api.Test;

class Javalin5Test {

  /** The words are the JVM's, but for one: no code of ours has run by then. */
  @Test
  void the_plugin_is_refused_with_the_versions_that_are_supported() {
    IncompatibleClassChangeError thrown =
        assertThrows(
            IncompatibleClassChangeError.class, () -> new CorsPolicyPlugin(CorsPolicy.none()));
    assertEquals(
        "class dev.crosswalk.cors.javalin.PluginOfJavalin6Or7 has interface"
            + " io.javalin.plugin.Plugin as super class",
        thrown.getMessage());
  }
}
