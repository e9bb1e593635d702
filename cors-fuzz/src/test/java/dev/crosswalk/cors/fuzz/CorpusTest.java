package dev.crosswalk.cors.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.policy.from.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Without its inputs a target is replayed on nothing, and passes. */
class CorpusTest {

  private static final Path SOURCES = Path.of("src", "test", "java");
  private static final Path INPUTS = Path.of("src", "test", "resources");

  @Test
  void every_target_has_inputs() throws IOException {
    List<Path> targets = files(SOURCES, "FuzzTest.java");
    assertTrue(targets.size() >= 13, () -> "targets: " + targets);
    for (Path target : targets) {
      String name = SOURCES.relativize(target).toString().replace(".java", "Inputs");
      List<Path> inputs = files(INPUTS.resolve(name), "");
      assertTrue(inputs.size() >= 5, () -> name + ": " + inputs);
    }
  }

  @Test
  void every_format_that_is_imported_has_one() throws IOException {
    Path inputs = INPUTS.resolve("dev/crosswalk/cors/fuzz/ImportFuzzTestInputs/imported");
    Set<Format> read = EnumSet.noneOf(Format.class);
    for (Path input : files(inputs, "")) {
      String first = Files.readString(input, StandardCharsets.ISO_8859_1).split("\n", 2)[0];
      Format.of(first).ifPresent(read::add);
    }
    assertEquals(EnumSet.allOf(Format.class), read);
  }

  private static List<Path> files(Path directory, String ending) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      return tree.filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
          .toList();
    }
  }
}
