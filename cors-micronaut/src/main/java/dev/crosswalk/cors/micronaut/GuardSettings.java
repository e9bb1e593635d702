package dev.crosswalk.cors.micronaut;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The guard around all policies. Editors show this text, and those of the setters. */
@ConfigurationProperties("cors.guard")
final class GuardSettings {

  private final Map<String, String> properties = new TreeMap<>();

  /** The settings as core reads them. */
  Map<String, String> properties() {
    return properties;
  }

  /** Whether requests of other origins that may change something are refused: true or false. */
  void setEnabled(String enabled) {
    properties.put("cors.guard.enabled", enabled);
  }

  /** Which other origins' pages may change something, for example https://admin.example.com. */
  void setTrustedOrigins(List<String> origins) {
    properties.put("cors.guard.trusted-origins", String.join(",", origins));
  }

  /** Which paths are not guarded, exactly these, for example /webhook. */
  void setExemptPaths(List<String> paths) {
    properties.put("cors.guard.exempt-paths", String.join(",", paths));
  }

  /** Which paths are not guarded, with all that is below them, for example /hooks. */
  void setExemptPathsBelow(List<String> paths) {
    properties.put("cors.guard.exempt-paths-below", String.join(",", paths));
  }
}
