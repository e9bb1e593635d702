package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.CorsPolicy;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Application;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application that is a module itself, with nothing on the class path. It starts no server:
 * implementations of JAX-RS run on the class path.
 */
class ModularApplicationTest {

  private static final String DESCRIPTOR =
      """
      module application {
        requires dev.crosswalk.cors.jaxrs;
      }
      """;

  /**
   * Its second policy is refused, so that core reads its resources: the suffixes and the sentences.
   */
  private static final String MAIN =
      """
      package application;

      import dev.crosswalk.cors.CorsPolicy;
      import dev.crosswalk.cors.InvalidCorsPolicyException;
      import dev.crosswalk.cors.jaxrs.CorsPolicyFilter;
      import jakarta.ws.rs.core.Application;
      import java.util.Set;

      public final class Main extends Application {
        @Override
        public Set<Class<?>> getClasses() {
          return Set.of(CorsPolicyFilter.class);
        }

        public static void main(String... unused) throws ClassNotFoundException {
          CorsPolicy policy =
              CorsPolicy.builder().allowOrigins("https://*.example.com").allowCredentials().build();
          System.out.println(policy.getClass().getModule().getName());
          for (Class<?> type : new Main().getClasses()) {
            Class.forName(type.getName());
            System.out.println(type.getModule().getName());
          }
          try {
            CorsPolicy.builder().allowOrigins("https://*.github.io").allowCredentials().build();
          } catch (InvalidCorsPolicyException e) {
            System.out.println(e.problems().size() + " problem");
          }
        }
      }
      """;

  @Test
  void it_compiles_and_runs(@TempDir Path directory) throws Exception {
    Path descriptor = Files.writeString(directory.resolve("module-info.java"), DESCRIPTOR);
    Path main = Files.createDirectories(directory.resolve("application")).resolve("Main.java");
    Files.writeString(main, MAIN);
    String modules =
        Stream.of(CorsPolicy.class, CorsPolicyFilter.class, Application.class, Priority.class)
            .map(ModularApplicationTest::place)
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    Path classes = directory.resolve("classes");

    int compiled =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-Werror",
                "-Xlint:all",
                "--module-path",
                modules,
                "-d",
                classes.toString(),
                descriptor.toString(),
                main.toString());
    assertEquals(0, compiled);

    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                classes + File.pathSeparator + modules,
                "--module",
                "application/application.Main")
            .redirectErrorStream(true)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    java.waitFor();
    assertEquals(
        "dev.crosswalk.cors\ndev.crosswalk.cors.jaxrs\n1 problem\n",
        said.replace(System.lineSeparator(), "\n"));
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (java.net.URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
