package dev.crosswalk.cors.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.PolicyProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of properties, as it is. */
class ConfigurationFuzzTest {

  private static final int MAX_PROBLEM = 4_000;
  private static final Path FILE = temporary();

  private static Path temporary() {
    try {
      Path file = Files.createTempFile("cors", ".properties");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FuzzTest
  void configuration(byte[] data) throws Exception {
    Files.write(FILE, data);
    Cors cors;
    try {
      cors = Hostile.inTime(() -> CorsConfiguration.load(FILE));
    } catch (InvalidCorsPolicyException e) {
      assertFalse(e.problems().isEmpty());
      for (PolicyProblem problem : e.problems()) {
        Hostile.assertOneLine(problem.toString(), MAX_PROBLEM);
      }
      Hostile.assertLines(String.valueOf(e.getMessage()), 102 * MAX_PROBLEM);
      return;
    }
    cors.warnings().forEach(warning -> Hostile.assertOneLine(warning.toString(), MAX_PROBLEM));
    Files.write(FILE, cors.toString().getBytes(StandardCharsets.UTF_8));
    Cors again = CorsConfiguration.load(FILE);
    assertEquals(cors.toString(), again.toString(), "printed and read");
    if (cors instanceof CorsPolicy) {
      assertEquals(cors, again, "printed and read");
    }
  }
}
