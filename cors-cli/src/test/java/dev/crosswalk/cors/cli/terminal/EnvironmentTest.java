package dev.crosswalk.cors.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Crosswalk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the environment says of the terminal, in a process of its own. */
class EnvironmentTest {

  private static final String MESSAGE =
      "Access to fetch at 'https://api.example.com/items' from origin 'https://app.example.com' has"
          + " been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the"
          + " requested resource.";

  @Test
  void colors_are_left_out_where_somebody_wants_none() throws Exception {
    assertTrue(explained(Map.of("CLICOLOR_FORCE", "1")).contains("\u001B["));
    assertFalse(explained(Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1")).contains("\u001B["));
  }

  @Test
  void lines_are_as_long_as_the_terminal_is_wide() throws Exception {
    String narrow = explained(Map.of("COLUMNS", "60"));
    assertTrue(narrow.contains("Cause"), narrow);
    // What is to be pasted is not wrapped.
    narrow
        .lines()
        .filter(line -> !line.contains("crosswalk diagnose") && !line.contains("http"))
        .forEach(line -> assertTrue(line.length() <= 60, line));
    assertTrue(explained(Map.of()).lines().anyMatch(line -> line.length() > 80));
  }

  private static String explained(Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Crosswalk.class.getName(),
            "explain",
            MESSAGE);
    builder.redirectErrorStream(true);
    for (String name : new String[] {"NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"}) {
      builder.environment().remove(name);
    }
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out;
  }
}
