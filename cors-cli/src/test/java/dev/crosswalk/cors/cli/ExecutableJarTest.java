package dev.crosswalk.cors.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The jar that users download. It is made after the other tests of this module. */
@Tag("jar")
class ExecutableJarTest {

  private static final Path JAR = Path.of("target", "crosswalk.jar");

  @Test
  void maps_a_host_beyond_ASCII_without_the_data_that_it_leaves_out() throws Exception {
    Process diagnose =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString(),
                "diagnose",
                "http://faß.localhost:1/",
                "--origin",
                "https://app.example.com")
            .redirectErrorStream(true)
            .start();
    diagnose.getOutputStream().close();
    String printed = new String(diagnose.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    diagnose.waitFor();
    assertTrue(printed.contains("xn--fa-hia.localhost:1"), printed);
  }

  @Test
  void names_each_library_that_it_contains() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      String names =
          new String(
                  jar.getInputStream(jar.getEntry("META-INF/THIRD-PARTY")).readAllBytes(),
                  StandardCharsets.UTF_8)
              .toLowerCase(Locale.ROOT);
      List<String> libraries =
          jar.stream()
              .map(JarEntry::getName)
              .filter(name -> name.endsWith("/pom.properties"))
              .filter(name -> !name.startsWith("META-INF/maven/dev.crosswalk/"))
              .map(name -> Path.of(name).getParent().getFileName().toString())
              .toList();
      assertFalse(libraries.isEmpty());
      List<String> unnamed =
          libraries.stream().filter(name -> !names.contains(name.replaceFirst("-.*", ""))).toList();
      assertEquals(List.of(), unnamed);
    }
  }
}
