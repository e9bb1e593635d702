package dev.crosswalk.cors.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.rules.Catalogue;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a run of the kit leaves for a table of compatibility. */
class RunRecordTest {

  /** Found by no build, for it is nested and is not named as a test. */
  static class Adapter extends CorsTck {
    @Override
    protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
      return new JdkServer(cors, application).underTest();
    }

    @Override
    protected Map<String, String> limitations() {
      String reason = "the server has no WebSockets";
      return Map.of(
          "IN17", reason, "IN22", reason, "GU37", reason, "OR01", "a reason that has gone");
    }
  }

  @Test
  void it_counts_what_is_kept_and_says_on_what_and_why_not(@TempDir Path directory)
      throws IOException {
    Properties record = record(directory);
    int rules = Catalogue.rules().size();
    assertEquals(String.valueOf(rules), record.getProperty("rules"));
    assertEquals("the server has no WebSockets", record.getProperty("limitation.IN17"));
    assertEquals("the server speaks no HTTP/2 without TLS", record.getProperty("limitation.IN16"));
    assertEquals("HTTP/1.1", record.getProperty("protocol"));
    // It holds, so that the test of it fails: neither kept nor a limitation.
    assertFalse(record.containsKey("limitation.OR01"), record::toString);
    long limitations =
        record.stringPropertyNames().stream().filter(key -> key.startsWith("limitation.")).count();
    assertTrue(limitations >= 4, record::toString);
    assertEquals(String.valueOf(rules - limitations - 1), record.getProperty("kept"));
    assertEquals(String.valueOf(Runtime.version().feature()), record.getProperty("jdk"));
    assertTrue(record.getProperty("class-path").contains("junit-jupiter-api"), record::toString);
    assertTrue(record.getProperty("running").contains("jdk.httpserver"), record::toString);
  }

  private static Properties record(Path directory) throws IOException {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(Adapter.class))
                .configurationParameter("dev.crosswalk.cors.tck.record", directory.toString())
                .build());
    Properties record = new Properties();
    Path file = directory.resolve("dev.crosswalk.cors.tck.RunRecordTest$Adapter.properties");
    try (Reader reader = Files.newBufferedReader(file)) {
      record.load(reader);
    }
    return record;
  }
}
