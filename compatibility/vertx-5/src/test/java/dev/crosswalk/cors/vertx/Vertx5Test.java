package dev.crosswalk.cors.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The adapter's own tests run here, too: from its jar of tests, and not compiled again. */
class Vertx5Test {

  @Test
  void the_tests_of_the_adapter_run_on_vertx5() throws Exception {
    try (InputStream version =
        Vertx5Test.class.getResourceAsStream("/META-INF/vertx/vertx-version.txt")) {
      assertNotNull(version);
      assertEquals(
          "5", new String(version.readAllBytes(), StandardCharsets.US_ASCII).split("\\.")[0]);
    }
  }
}
