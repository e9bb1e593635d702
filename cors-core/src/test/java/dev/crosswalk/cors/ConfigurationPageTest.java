package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.internal.config.PropertyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page about configuration")
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void hasExamplesThatAreAllRight() throws IOException {
    List<String> examples = new ArrayList<>();
    StringBuilder example = null;
    for (String line : Files.readAllLines(PAGE)) {
      if (line.equals("```properties")) {
        example = new StringBuilder();
      } else if (line.equals("```") && example != null) {
        examples.add(example.toString());
        example = null;
      } else if (example != null) {
        example.append(line).append('\n');
      }
    }
    for (String text : examples) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      Cors cors =
          Configuration.load(
              "cors.properties",
              "cors.properties",
              name -> PropertyFile.read(name, bytes),
              Map.of(),
              Map.of());
      assertEquals(List.of(), cors.warnings(), text);
    }
    assertTrue(examples.size() >= 5, "only " + examples.size());
  }

  @Test
  void namesEverySetting() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `cors.")).toList();
    List<String> settings = new ArrayList<>(Configuration.SETTINGS);
    settings.addAll(Configuration.GUARD_SETTINGS);
    for (String setting : settings) {
      assertTrue(
          rows.stream().anyMatch(row -> row.startsWith("| `cors." + setting + "` |")), setting);
    }
    assertEquals(settings.size(), rows.size());
  }
}
