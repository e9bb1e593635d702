package dev.crosswalk.cors.micronaut;

import io.micronaut.context.annotation.ConfigurationProperties;

/** What stands under {@code cors}: the policy for all paths that no other policy covers. */
@ConfigurationProperties("cors")
final class CorsSettings extends PolicySettings {

  CorsSettings() {
    super("cors.");
  }
}
