package dev.crosswalk.cors.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Crosswalk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void mistakes_are_as_long_as_the_terminal_is_wide_too() throws Exception {
    String mistake = ran(2, Map.of("COLUMNS", "60"), "explain", "no message of a browser");
    assertTrue(mistake.startsWith("crosswalk: This message is not known."), mistake);
    mistake.lines().forEach(line -> assertTrue(line.length() <= 60, line));
    assertTrue(mistake.contains("\n    "), mistake);
  }

  @Test
  void a_header_to_be_copied_is_one_line_however_narrow_the_terminal_is() throws Exception {
    String preflight =
        MESSAGE.replace(
            "policy: No",
            "policy: Response to preflight request doesn't pass access" + " control check: No");
    String narrow = ran(0, Map.of("COLUMNS", "60"), "explain", preflight);
    assertTrue(
        narrow.contains(
            "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers\n"),
        narrow);
  }

  private static String explained(Map<String, String> environment)
      throws IOException, InterruptedException {
    return ran(0, environment, "explain", MESSAGE);
  }

  private static String ran(int exit, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Crosswalk.class.getName()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    for (String name : new String[] {"NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"}) {
      builder.environment().remove(name);
    }
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(exit, process.waitFor(), out);
    return out;
  }
}
