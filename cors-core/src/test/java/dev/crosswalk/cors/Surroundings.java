package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.crosswalk.cors.internal.config.PropertyFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What surrounds a program: files by name, the environment, system properties. */
record Surroundings(
    Map<String, String> files, Map<String, String> environment, Map<String, String> system) {

  Surroundings() {
    this(new HashMap<>(), new HashMap<>(), new HashMap<>());
  }

  static Surroundings file(String text) {
    return new Surroundings().with("cors.properties", text);
  }

  Surroundings with(String name, String text) {
    files.put(name, text);
    return this;
  }

  Surroundings variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Surroundings property(String name, String value) {
    system.put(name, value);
    return this;
  }

  Cors load() {
    return CorsConfiguration.load(
        "cors.properties",
        "cors.properties",
        name ->
            files.containsKey(name)
                ? PropertyFile.read(name, files.get(name).getBytes(StandardCharsets.UTF_8))
                : null,
        environment,
        system);
  }

  List<String> problems() {
    return problemsOf(this::load).stream().map(PolicyProblem::toString).toList();
  }

  List<ProblemCode> codes() {
    return problemsOf(this::load).stream().map(PolicyProblem::code).toList();
  }

  static List<PolicyProblem> problemsOf(Supplier<Cors> attempt) {
    return assertThrows(InvalidCorsPolicyException.class, attempt::get).problems();
  }
}
