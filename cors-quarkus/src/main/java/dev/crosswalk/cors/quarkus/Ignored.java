package dev.crosswalk.cors.quarkus;

import dev.crosswalk.cors.CorsAdapter;
import io.smallrye.config.SmallRyeConfig;
import java.util.Set;

/**
 * Names what somebody may take for a setting, and Quarkus does not: the file that other adapters
 * read, which would be a second source here, and misspelled environment variables.
 */
final class Ignored {

  private Ignored() {}

  static void warn(SmallRyeConfig config) {
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    CorsAdapter.logIgnoredFile("cors-quarkus", file -> application.getResource(file) != null);
    Set<String> written = ConfiguredPolicy.written(config);
    CorsAdapter.logMisspelled(ConfiguredPolicy.variables(config), written);
    Spellings.warnOfVariables(config, written);
  }
}
