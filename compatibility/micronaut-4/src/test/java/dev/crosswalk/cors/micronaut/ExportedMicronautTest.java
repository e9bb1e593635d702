package dev.crosswalk.cors.micronaut;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.crosswalk.cors.cli.configuration.Target;
import dev.crosswalk.cors.cli.policy.ServersTable;
import dev.crosswalk.cors.tck.TestApplication;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The {@code application.yml} that {@code policy export --to micronaut} writes, on a server. */
class ExportedMicronautTest {

  @Test
  void every_policy_of_the_kit_is_checked() throws Exception {
    ServersTable.check(Target.MICRONAUT, "Micronaut", "/resource", ExportedMicronautTest::start);
  }

  private static AutoCloseable start(String configuration, int port) throws IOException {
    Map<String, Object> properties =
        new LinkedHashMap<>(
            new YamlPropertySourceLoader()
                .read("application", new ByteArrayInputStream(configuration.getBytes(UTF_8))));
    properties.put("micronaut.server.port", port);
    properties.put("micronaut.server.host", "127.0.0.1");
    EmbeddedServer server =
        ApplicationContext.builder()
            .singletons(new TestApplication())
            .properties(properties)
            .start()
            .getBean(EmbeddedServer.class)
            .start();
    return server.getApplicationContext();
  }
}
