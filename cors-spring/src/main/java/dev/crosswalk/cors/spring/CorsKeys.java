package dev.crosswalk.cors.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of core, and whether each is a list. */
final class CorsKeys {

  /** Behind {@code cors.policies.<name>.}. */
  static final Map<String, Boolean> NAMED = new LinkedHashMap<>();

  /** Behind {@code cors.}. */
  static final Map<String, Boolean> UNNAMED = new LinkedHashMap<>();

  static {
    for (String list :
        List.of(
            "allowed-origins",
            "allowed-methods",
            "allowed-request-headers",
            "exposed-response-headers")) {
      NAMED.put(list, true);
    }
    for (String scalar :
        List.of(
            "allow-credentials",
            "max-age",
            "expose-timing",
            "allow-embedding",
            "dangerously-allowed-origins")) {
      NAMED.put(scalar, false);
    }
    UNNAMED.putAll(NAMED);
    NAMED.put("paths", true);
    UNNAMED.put("guard.enabled", false);
    UNNAMED.put("guard.trusted-origins", true);
    UNNAMED.put("guard.exempt-paths", true);
    UNNAMED.put("guard.exempt-paths-below", true);
    UNNAMED.put("profile", false);
  }

  private CorsKeys() {}
}
