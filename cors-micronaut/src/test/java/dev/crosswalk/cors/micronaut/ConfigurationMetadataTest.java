package dev.crosswalk.cors.micronaut;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crosswalk.cors.FrameworkSettings;
import dev.crosswalk.cors.FrameworkSettings.SettingKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What editors complete in application.yml are the settings of core, in core's words. */
class ConfigurationMetadataTest {

  private static final Path FILE =
      Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

  @Test
  void editors_complete_the_settings_of_core() throws Exception {
    String expected = metadata();
    if (Boolean.getBoolean("metadata.write")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, expected);
    }
    assertEquals(
        expected,
        Files.readString(FILE),
        FILE + " is not what core says. If core is right, run this with -Dmetadata.write=true");
  }

  private static String metadata() throws Exception {
    List<Map<String, String>> properties = new ArrayList<>();
    for (SettingKey setting : FrameworkSettings.all()) {
      properties.add(property(setting.key(), type(setting), setting.description()));
    }
    return new ObjectMapper()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(Map.of("properties", properties))
        + "\n";
  }

  private static String type(SettingKey setting) {
    return switch (setting.kind()) {
      case LIST -> "java.util.List<java.lang.String>";
      case FLAG -> "java.lang.Boolean";
      case DURATION -> "java.time.Duration";
      case CHOICE -> "java.lang.String";
    };
  }

  private static Map<String, String> property(String name, String type, String description) {
    Map<String, String> property = new LinkedHashMap<>();
    property.put("name", name);
    property.put("type", type);
    property.put("description", description);
    return property;
  }
}
