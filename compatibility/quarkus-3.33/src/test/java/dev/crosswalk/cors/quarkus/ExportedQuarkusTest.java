package dev.crosswalk.cors.quarkus;

import dev.crosswalk.cors.cli.configuration.Target;
import dev.crosswalk.cors.cli.policy.ServersTable;
import dev.crosswalk.cors.tck.wire.WireException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The {@code application.properties} that {@code policy export --to quarkus} writes, in an
 * application that Quarkus has built.
 */
class ExportedQuarkusTest {

  @Test
  void every_policy_of_the_kit_is_checked() throws Exception {
    ServersTable.check(
        Target.QUARKUS,
        "Quarkus",
        "/books",
        (configuration, port) -> {
          RunningApplication application =
              new RunningApplication(configuration, Map.of(), "-Dquarkus.http.port=" + port);
          awaitAnswer(application);
          return application;
        });
  }

  /** Its first answer may take long on a busy machine. */
  private static void awaitAnswer(RunningApplication application) throws Exception {
    for (int i = 0; i < 5; i++) {
      try {
        application.send("GET", "/books");
        return;
      } catch (WireException e) {
        Thread.sleep(200);
      }
    }
    throw new AssertionError("it does not answer: " + application.output());
  }
}
