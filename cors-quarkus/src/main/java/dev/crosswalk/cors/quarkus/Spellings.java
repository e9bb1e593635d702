package dev.crosswalk.cors.quarkus;

import dev.crosswalk.cors.CorsAdapter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What Quarkus ignores in a source, and says nothing: a list in one line beside its members, and
 * the name of an environment variable in a file.
 */
final class Spellings {

  /** A member of a list, with its profile. */
  private static final Pattern MEMBER = Pattern.compile("((%[^.]+\\.)?cors\\..+)\\[\\d+]");

  private Spellings() {}

  /** Refuses a list that one source has in one line, and with other members one by one. */
  static void require(SmallRyeConfig config) {
    for (ConfigSource source : config.getConfigSources()) {
      if (source instanceof EnvConfigSource) {
        continue; // Its other spelling is named as a misspelled variable.
      }
      Map<String, Map<Integer, String>> lists = new HashMap<>();
      for (String name : source.getPropertyNames()) {
        if (MEMBER.matcher(name).matches()) {
          int bracket = name.lastIndexOf('[');
          lists
              .computeIfAbsent(name.substring(0, bracket), list -> new TreeMap<>())
              .put(
                  Integer.valueOf(name.substring(bracket + 1, name.length() - 1)),
                  source.getValue(name));
        }
      }
      lists.forEach((list, members) -> requireOne(source, list, members.values()));
    }
  }

  private static void requireOne(ConfigSource source, String list, Collection<String> members) {
    String line = source.getValue(list);
    // YAML has both for each list, and puts a backslash before a comma in a member.
    if (line != null && !line.replace("\\", "").equals(String.join(",", members))) {
      throw new IllegalStateException(
          CorsAdapter.twice(ConfiguredPolicy.file(source.getName()), list, list + "[0]")
              + ". Quarkus ignores one of them: remove it.");
    }
  }

  /**
   * Warns of what a file means for an environment variable. One that a setting refers to, as {@code
   * ${CORS_ALLOWED_ORIGINS}} does, is the application's own.
   *
   * @param written the values of all settings, with their placeholders
   */
  static void warnOfVariables(SmallRyeConfig config, Collection<String> written) {
    for (ConfigSource source : config.getConfigSources()) {
      for (String name : source.getPropertyNames()) {
        String setting = name.startsWith("CORS_") ? CorsAdapter.settingOf(name) : null;
        if (setting != null && !(source instanceof EnvConfigSource)) {
          CorsAdapter.logVariableInFile(
              name, setting, ConfiguredPolicy.file(source.getName()), written);
        }
      }
    }
  }
}
