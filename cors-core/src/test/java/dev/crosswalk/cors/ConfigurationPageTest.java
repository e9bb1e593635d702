package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.internal.config.PropertyFile;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page about configuration")
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void has_examples_that_are_all_right() throws IOException {
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
          CorsConfiguration.load(
              "cors.properties",
              "cors.properties",
              name -> PropertyFile.read(name, bytes),
              Map.of(),
              Map.of());
      assertEquals(List.of(), cors.warnings(), text);
    }
    assertTrue(examples.size() >= 5, "only " + examples.size());
  }

  /** The table is written by {@code -Dconfiguration.write=true}, from the rows of the settings. */
  @Test
  void names_every_setting_as_its_row_does() throws IOException {
    List<List<Setting>> tables =
        List.of(
            Setting.of(Setting.Scope.POLICY),
            Setting.of(Setting.Scope.GUARD),
            Setting.of(Setting.Scope.LOG));
    List<String> expected = new ArrayList<>();
    int table = 0;
    boolean inTable = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (inTable && line.startsWith("| `cors.")) {
        continue;
      }
      expected.add(line);
      inTable =
          line.equals("| --- | --- | --- |")
              && expected.get(expected.size() - 2).contains("| in code |");
      if (inTable) {
        tables.get(table++).forEach(setting -> expected.add(row(setting)));
      }
      inTable = inTable || line.startsWith("| `cors.");
    }
    assertEquals(tables.size(), table);
    if (Boolean.getBoolean("configuration.write")) {
      Files.write(PAGE, expected);
    }
    assertEquals(String.join("\n", expected), String.join("\n", Files.readAllLines(PAGE)));
  }

  private static String row(Setting setting) {
    return "| `"
        + Setting.PREFIX
        + setting.key()
        + "` | "
        + setting.description().replace("*", "\\*")
        + " | `"
        + setting.method()
        + "` |";
  }

  @Test
  void names_methods_that_there_are() {
    List<String> methods =
        Stream.of(CorsPolicy.Builder.class, CrossOriginGuard.Builder.class)
            .flatMap(type -> Stream.of(type.getMethods()))
            .map(Method::getName)
            .toList();
    for (Setting setting : Setting.of(Setting.Scope.POLICY, Setting.Scope.GUARD)) {
      if (!setting.method().contains(".")) {
        assertTrue(methods.contains(setting.method()), setting.method());
      }
    }
  }
}
