package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.cli.configuration.Target;
import dev.crosswalk.cors.cli.policy.ServersTable;
import dev.crosswalk.cors.cli.policy.Upstream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * The {@code application.yml} that {@code policy export --to spring-cloud-gateway} writes, in a
 * real gateway.
 */
class ExportedGatewayTest {

  @TempDir private Path directory;

  @Test
  void every_policy_of_the_kit_is_checked() throws Exception {
    try (Upstream upstream = new Upstream()) {
      ServersTable.check(
          Target.SPRING_CLOUD_GATEWAY,
          "Spring Cloud Gateway",
          "/items",
          (configuration, port) -> {
            Path file = Files.createTempFile(directory, "application", ".yml");
            Files.writeString(file, configuration);
            return SpringApplication.run(
                Gateway.class,
                "--spring.config.location=" + file.toUri(),
                "--spring.main.banner-mode=off",
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--spring.cloud.gateway.server.webflux.routes[0].id=items",
                "--spring.cloud.gateway.server.webflux.routes[0].uri=http://127.0.0.1:"
                    + upstream.port(),
                "--spring.cloud.gateway.server.webflux.routes[0].predicates[0]=Path=/**");
          });
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Gateway {}
}
