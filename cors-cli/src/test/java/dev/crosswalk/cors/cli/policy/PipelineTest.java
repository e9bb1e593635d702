package dev.crosswalk.cors.cli.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The script and the action of {@code examples/pipeline}, on a repository. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The script is for bash.")
class PipelineTest {

  private static final Path PIPELINE = Path.of("../examples/pipeline").toAbsolutePath().normalize();

  private static final String NARROW = "cors.allowed-origins=https://app.example.com\n";
  private static final String WIDE = "cors.allowed-origins=*\n";

  /** What is printed, and the exit code. */
  private record Ran(int exit, String out) {}

  @TempDir private Path repository;
  @TempDir private Path beside;

  private String jar = "";

  @BeforeEach
  void aRepositoryWithAPolicy() throws Exception {
    jar = jar("crosswalk.jar", "dev.crosswalk.cors.cli.Crosswalk");
    policy(NARROW);
    run(Map.of(), "git", "init", "-q");
    run(Map.of(), "git", "add", "cors.properties");
    Ran commit =
        run(
            Map.of(),
            "git",
            "-c",
            "user.name=Ann",
            "-c",
            "user.email=ann@example.com",
            "commit",
            "-q",
            "--no-gpg-sign",
            "-m",
            "A policy");
    assertEquals(0, commit.exit(), commit.out());
  }

  @Test
  void the_script_says_what_a_change_grants() throws Exception {
    Ran same = script(jar, "cors.properties", "HEAD");
    assertEquals(0, same.exit(), same.out());
    policy("cors.allowed-origins=none\n");
    Ran narrower = script(jar, "cors.properties", "HEAD");
    assertEquals(1, narrower.exit(), narrower.out());
    assertTrue(narrower.out().startsWith("**CORS**: The new policy is narrower."), narrower.out());
    policy(WIDE);
    Ran wider = script(jar, "cors.properties", "HEAD");
    assertEquals(2, wider.exit(), wider.out());
    assertTrue(wider.out().startsWith("**CORS**: The new policy is wider."), wider.out());
    policy("cors.allowed-origins=");
    assertEquals(3, script(jar, "cors.properties", "HEAD").exit());
  }

  @Test
  void what_was_not_compared_is_a_mistake_whatever_java_ends_with() throws Exception {
    policy(WIDE);
    Path empty = Files.createFile(beside.resolve("empty.jar"));
    for (String[] wrong :
        new String[][] {
          {"nowhere.jar", "cors.properties", "HEAD"},
          {empty.toString(), "cors.properties", "HEAD"},
          {jar("other.jar", "dev.crosswalk.cors.cli.NotThere"), "cors.properties", "HEAD"},
          {"", "cors.properties", "HEAD"},
          {jar, "cors.properties", "no-such-commit"},
          {jar, "cors.properties"},
          {}
        }) {
      Ran ran = script(wrong);
      assertEquals(3, ran.exit(), () -> List.of(wrong) + ran.out());
      assertFalse(ran.out().startsWith("**CORS**"), ran.out());
    }
  }

  @Test
  void a_program_that_fails_without_a_word_is_a_mistake() throws Exception {
    policy(WIDE);
    for (int code : new int[] {0, 1, 2}) {
      Path java = Files.writeString(beside.resolve("java"), "#!/bin/sh\nexit " + code + "\n");
      assertTrue(java.toFile().setExecutable(true));
      Ran ran =
          run(
              Map.of("PATH", beside + File.pathSeparator + System.getenv("PATH")),
              command(jar, "cors.properties", "HEAD"));
      assertEquals(3, ran.exit(), ran.out());
    }
  }

  @Test
  void the_action_stops_what_is_wider_and_what_was_not_compared() throws Exception {
    policy(WIDE);
    assertEquals(1, action(jar, "wider").exit());
    assertEquals(List.of("result=wider"), results());
    Ran told = action(jar, "mistake");
    assertEquals(0, told.exit(), told.out());
    assertEquals(List.of("result=wider"), results());
    for (String failOn : List.of("wider", "mistake")) {
      Ran ran = action("nowhere.jar", failOn);
      assertEquals(3, ran.exit(), ran.out());
      assertEquals(List.of(), results());
    }
  }

  @Test
  void the_action_stops_for_a_misspelled_setting() throws Exception {
    policy(WIDE);
    Ran ran = action(jar, "Wider");
    assertEquals(3, ran.exit(), ran.out());
    assertTrue(ran.out().contains("\"Wider\""), ran.out());
  }

  private void policy(String text) throws IOException {
    Files.writeString(repository.resolve("cors.properties"), text);
  }

  private Ran script(String... arguments) throws Exception {
    return run(Map.of(), command(arguments));
  }

  private static String[] command(String... arguments) {
    return Stream.concat(
            Stream.of(PIPELINE.resolve("policy-diff").toString()), Stream.of(arguments))
        .toArray(String[]::new);
  }

  /** The step of the action, as GitHub runs it: by bash, with -e and pipefail. */
  private Ran action(String ofJar, String failOn) throws Exception {
    Map<String, Object> action = new Yaml().load(Files.readString(PIPELINE.resolve("action.yml")));
    Map<?, ?> runs = (Map<?, ?>) action.get("runs");
    Map<?, ?> step = (Map<?, ?>) ((List<?>) runs.get("steps")).get(0);
    Path file = Files.writeString(beside.resolve("step.sh"), step.get("run").toString());
    Files.deleteIfExists(beside.resolve("output"));
    return run(
        Map.of(
            "FILE",
            "cors.properties",
            "BASE",
            "HEAD",
            "PROFILE",
            "",
            "JAR",
            ofJar,
            "FAIL_ON",
            failOn,
            "RUNNER_TEMP",
            beside.toString(),
            "GITHUB_ACTION_PATH",
            PIPELINE.toString(),
            "GITHUB_STEP_SUMMARY",
            beside.resolve("summary").toString(),
            "GITHUB_OUTPUT",
            beside.resolve("output").toString()),
        "bash",
        "--noprofile",
        "--norc",
        "-eo",
        "pipefail",
        file.toString());
  }

  private List<String> results() throws IOException {
    Path output = beside.resolve("output");
    return Files.exists(output)
        ? Files.readAllLines(output).stream().filter(line -> line.startsWith("result=")).toList()
        : List.of();
  }

  private Ran run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(repository.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .merge(
            "PATH",
            Path.of(System.getProperty("java.home"), "bin").toString(),
            (path, java) -> java + File.pathSeparator + path);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), out);
  }

  /** A jar that starts a class of this build. */
  private String jar(String name, String mainClass) throws IOException {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> entries = new ArrayList<>();
    for (String entry : path.split(File.pathSeparator)) {
      entries.add(Path.of(entry).toUri().toString());
    }
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, mainClass);
    attributes.put(Attributes.Name.CLASS_PATH, entries.stream().collect(Collectors.joining(" ")));
    Path file = beside.resolve(name);
    try (OutputStream bytes = Files.newOutputStream(file);
        JarOutputStream made = new JarOutputStream(bytes, manifest)) {
      made.flush();
    }
    return file.toString();
  }
}
