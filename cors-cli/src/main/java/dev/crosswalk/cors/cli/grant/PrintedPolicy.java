package dev.crosswalk.cors.cli.grant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings that a policy prints, one in a line; their members have no commas. */
final class PrintedPolicy {

  private PrintedPolicy() {}

  static Map<String, List<String>> of(String printed) {
    Map<String, List<String>> settings = new LinkedHashMap<>();
    printed
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              settings.put(
                  line.substring(0, equals), List.of(line.substring(equals + 1).split(", ", -1)));
            });
    return settings;
  }

  static boolean isTrue(Map<String, List<String>> settings, String key) {
    return settings.getOrDefault(key, List.of()).contains("true");
  }
}
