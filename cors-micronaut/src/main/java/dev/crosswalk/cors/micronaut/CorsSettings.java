package dev.crosswalk.cors.micronaut;

import io.micronaut.context.annotation.ConfigurationProperties;

/** The policy for all paths that no other policy covers. Editors show this text. */
@ConfigurationProperties("cors")
final class CorsSettings extends PolicySettings {

  CorsSettings() {
    super("cors.");
  }
}
