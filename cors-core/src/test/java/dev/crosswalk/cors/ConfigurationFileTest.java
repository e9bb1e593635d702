package dev.crosswalk.cors;

import static dev.crosswalk.cors.ExamplePolicies.only;
import static dev.crosswalk.cors.Surroundings.problemsOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.crosswalk.cors.internal.config.WatchedFiles;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the file of the settings is, and what is wrong with it. */
@DisplayName("A file of settings")
class ConfigurationFileTest {

  @Test
  void loads_a_file_and_the_profiles_beside_it(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("our-cors.properties");
    Files.writeString(file, "cors.allowed-origins=https://a.example");
    assertEquals(only("https://a.example"), CorsConfiguration.load(file));
    Files.writeString(
        directory.resolve("our-cors-stage.properties"), "cors.allowed-origins=https://b.example");
    assertEquals(
        only("https://b.example"),
        CorsConfiguration.load(
            file, WatchedFiles.Content::of, Map.of("CORS_PROFILE", "stage"), Map.of()));
    assertEquals(only("https://b.example"), CorsConfiguration.load(file, "stage"));
    assertEquals(only("https://a.example"), CorsConfiguration.load(file, "prod"));
    for (String wrong : new String[] {"", "Prod"}) {
      assertEquals(
          ProblemCode.CONFIGURATION_PROFILE_NAME,
          problemsOf(() -> CorsConfiguration.load(file, wrong)).get(0).code());
    }
    for (Path wrong : List.of(directory, directory.resolve("absent"))) {
      List<PolicyProblem> problems = problemsOf(() -> CorsConfiguration.load(wrong));
      assertEquals(
          wrong == directory
              ? ProblemCode.CONFIGURATION_UNREADABLE
              : ProblemCode.CONFIGURATION_FILE_MISSING,
          problems.get(0).code());
      assertEquals(wrong.toString(), problems.get(0).source());
    }
  }

  @Test
  void loads_from_the_class_path_of_the_thread(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("cors.properties"), "cors.allowed-origins=https://a.example");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
      thread.setContextClassLoader(loader);
      assertEquals(only("https://a.example"), CorsConfiguration.load());
    } finally {
      thread.setContextClassLoader(before);
    }
    assertSame(before, thread.getContextClassLoader());
    assertThrows(InvalidCorsPolicyException.class, CorsConfiguration::load);
  }

  @Test
  void loads_from_the_class_path_of_the_program_where_a_thread_has_none() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(null);
      assertEquals(
          List.of(ProblemCode.CONFIGURATION_MISSING),
          problemsOf(CorsConfiguration::load).stream().map(PolicyProblem::code).toList());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void two_files_on_the_class_path_are_an_error_that_names_both(
      @TempDir Path one, @TempDir Path other) throws IOException {
    for (Path directory : List.of(one, other)) {
      Files.writeString(
          directory.resolve("cors.properties"), "cors.allowed-origins=https://a.example");
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    URL[] path = {one.toUri().toURL(), other.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, null)) {
      thread.setContextClassLoader(loader);
      assertEquals(
          List.of(
              "cors.properties: it is on the class path more than once, so it is not certain"
                  + " which one is read: "
                  + one.resolve("cors.properties").toUri().toURL()
                  + " and "
                  + other.resolve("cors.properties").toUri().toURL()
                  + "; keep one of them."),
          problemsOf(CorsConfiguration::load).stream().map(PolicyProblem::toString).toList());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void a_file_that_is_null_is_an_error_and_not_the_class_path() {
    for (Executable attempt :
        List.<Executable>of(
            () -> CorsConfiguration.load(null),
            () -> CorsConfiguration.load(null, "prod"),
            () -> CorsConfiguration.watching(null))) {
      assertEquals(
          "The file is null: pass its path",
          assertThrows(NullPointerException.class, attempt).getMessage());
    }
    assertEquals(
        "The profile is null: name one, such as prod",
        assertThrows(
                NullPointerException.class,
                () -> CorsConfiguration.load(Path.of("cors.properties"), null))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cors:\n  allowed-origins: https://a.example\n",
        "server:\n  port: 80\ncors:\n  max-age: 1h\n",
        "cors.allowed-origins:\n  - https://a.example\n  - https://b.example\n",
      })
  void a_file_of_YAML_has_one_problem(String yaml) {
    List<PolicyProblem> problems = problemsOf(Surroundings.file(yaml)::load);
    assertEquals(
        List.of(ProblemCode.CONFIGURATION_YAML),
        problems.stream().map(PolicyProblem::code).toList());
  }
}
