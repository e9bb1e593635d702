package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

/** What editors complete in application.yml is what is read. */
class ConfigurationMetadataTest {

  @Test
  void editors_know_every_setting_and_whether_it_is_a_list() throws Exception {
    Map<String, Boolean> expected = new TreeMap<>();
    CorsKeys.UNNAMED.forEach((key, isList) -> expected.put("cors." + key, isList));
    expected.remove("cors.profile"); // Spring Boot has profiles of its own.
    expected.put("cors.policies", false);

    Map<String, Boolean> complete = new TreeMap<>();
    properties()
        .forEach(
            property ->
                complete.put(
                    (String) property.get("name"),
                    property.get("type").toString().startsWith("java.util.List<")));
    assertEquals(expected, complete);
  }

  @Test
  void editors_show_what_each_setting_does() throws Exception {
    for (Map<String, Object> property : properties()) {
      String description = (String) property.get("description");
      assertTrue(description.matches("[A-Z].*\\."), description);
      assertTrue(!description.contains("<") && !description.contains("{@"), description);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> properties() throws Exception {
    URL file =
        CorsKeys.class
            .getClassLoader()
            .resources("META-INF/spring-configuration-metadata.json")
            .filter(url -> url.toString().contains("cors-spring")) // not Spring Boot's own
            .findFirst()
            .orElseThrow();
    try (InputStream stream = file.openStream()) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return (List<Map<String, Object>>)
          JsonParserFactory.getJsonParser().parseMap(text).get("properties");
    }
  }
}
