package dev.crosswalk.cors.quarkus;

import dev.crosswalk.cors.FrameworkSettings;
import io.smallrye.config.SmallRyeConfig;

/**
 * Names what somebody may take for a setting, and Quarkus does not: the file that other adapters
 * read, which would be a second source here, and misspelled environment variables.
 */
final class Ignored {

  private Ignored() {}

  static void warn(SmallRyeConfig config) {
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    FrameworkSettings.warnOfIgnoredFile(
        "cors-quarkus", file -> application.getResource(file) != null);
    Spellings.of(config)
        .warnOfIgnored(ConfiguredPolicy.variables(config), ConfiguredPolicy.written(config));
  }
}
