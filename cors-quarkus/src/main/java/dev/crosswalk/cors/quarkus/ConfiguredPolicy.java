package dev.crosswalk.cors.quarkus;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.FrameworkSettings;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** Reads a policy from what Quarkus' configuration has under {@code cors}, in any source. */
final class ConfiguredPolicy {

  private static final String CORS = "cors.";
  private static final String ITSELF = "cors";
  private static final String QUOTED = "\"cors.";

  /** How the sources of files begin to name the file, in brackets. */
  private static final String SOURCE = "[source=";

  private ConfiguredPolicy() {}

  /** Returns the policy; null if nothing is configured under {@code cors}. */
  static @Nullable Cors of(SmallRyeConfig config) {
    refuseQuoted(config);
    Spellings.require(config);
    Map<String, String> properties = new TreeMap<>();
    for (String key : keys(config)) {
      properties.put(key, value(config, key));
    }
    if (properties.isEmpty()) {
      return null;
    }
    return CorsConfiguration.of(
        properties, (key, member) -> place(config, key, member), config.getProfiles());
  }

  /** A key of YAML that has dots is one name to Quarkus, in quotes, and means nothing. */
  private static void refuseQuoted(SmallRyeConfig config) {
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(QUOTED)) {
        throw new IllegalStateException(
            place(config, name, -1)
                + ": Quarkus does not split "
                + name
                + " at its dots. In YAML, write a line for each part, indented below the one"
                + " before: "
                + name.replace("\"", "").replace(".", ":, ")
                + ":");
      }
    }
  }

  /** Whether there is any setting under {@code cors}. */
  static boolean isConfigured(SmallRyeConfig config) {
    return !keys(config).isEmpty();
  }

  /** Returns every key that somebody wrote, misspelled as it may be. */
  private static SortedSet<String> keys(SmallRyeConfig config) {
    // An environment variable's name can mean every combination of dots and hyphens. Quarkus
    // lists it with dots, unless another source has the key.
    SortedSet<String> variables = new TreeSet<>();
    SortedSet<String> keys = new TreeSet<>();
    for (ConfigSource source : config.getConfigSources()) {
      if (source instanceof EnvConfigSource) {
        variables.add(source.getName());
        source.getPropertyNames().stream()
            .map(FrameworkSettings::ofVariable)
            .filter(key -> key != null)
            .forEach(keys::add);
      }
    }
    for (String name : config.getPropertyNames()) {
      if ((name.startsWith(CORS) || name.equals(ITSELF) || name.startsWith(ITSELF + "["))
          && !variables.contains(config.getConfigValue(name).getConfigSourceName())) {
        // The name of a member of a list ends in its index.
        int index = name.indexOf('[');
        keys.add(index < 0 ? name : name.substring(0, index));
      }
    }
    return keys;
  }

  /**
   * Returns the environment variables that are no member of a list, as {@code
   * CORS_ALLOWED_ORIGINS_0_} can be.
   */
  static Set<String> variables(SmallRyeConfig config) {
    Set<String> variables = new TreeSet<>();
    for (ConfigSource source : config.getConfigSources()) {
      if (source instanceof EnvConfigSource) {
        // It lists keys that it makes of the names, too.
        source.getPropertyNames().stream()
            .filter(name -> name.startsWith("CORS_"))
            .forEach(variables::add);
      }
    }
    for (String key : keys(config)) {
      members(config, key).forEach(member -> variables.remove(variable(member)));
    }
    return variables;
  }

  /** Returns the values of all settings as they are written, with their placeholders. */
  static Set<String> written(SmallRyeConfig config) {
    Set<String> values = new TreeSet<>();
    for (ConfigSource source : config.getConfigSources()) {
      if (!(source instanceof EnvConfigSource)) {
        source.getPropertyNames().stream()
            .filter(name -> name.replaceFirst("^%[^.]*\\.", "").startsWith(CORS))
            .forEach(name -> values.add(String.valueOf(source.getValue(name))));
      }
    }
    return values;
  }

  /** Returns where a setting is written, such as {@code …/application.properties:3}. */
  private static @Nullable String place(SmallRyeConfig config, String key, int member) {
    List<String> members = members(config, key);
    boolean isMember = member >= 0 && member < members.size();
    ConfigValue value = config.getConfigValue(isMember ? members.get(member) : key);
    String source = value.getConfigSourceName();
    if (source == null) {
      return null;
    }
    String name = file(source);
    return value.getLineNumber() < 0 ? name : name + ":" + value.getLineNumber();
  }

  /** Returns the name of the file that a source has; of the source, if it has none. */
  static String file(String source) {
    int file = source.indexOf(SOURCE);
    return file < 0 ? source : source.substring(file + SOURCE.length(), source.length() - 1);
  }

  /**
   * Returns the keys of a list's members; none if the list is written in one line. They are all of
   * one source and one profile, those that win. Quarkus replaces member by member, so that an
   * origin that {@code %prod} lists no more would stay allowed.
   */
  private static List<String> members(SmallRyeConfig config, String key) {
    List<String> members = config.getIndexedProperties(key);
    Comparator<String> precedence =
        Comparator.comparing(config::getConfigValue, ConfigValue.CONFIG_SOURCE_COMPARATOR)
            .thenComparing(name -> rank(config, config.getConfigValue(name).getProfile()));
    return Stream.concat(members.stream(), Stream.of(key))
        .filter(name -> config.getConfigValue(name).getRawValue() != null)
        .max(precedence)
        .map(last -> members.stream().filter(m -> precedence.compare(m, last) == 0).toList())
        .orElse(members);
  }

  /** Quarkus lists the profile that wins first. */
  private static int rank(SmallRyeConfig config, @Nullable String profile) {
    return profile == null ? Integer.MIN_VALUE : -config.getProfiles().indexOf(profile);
  }

  /** Returns the name of the environment variable that has a key's value. */
  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  private static String value(SmallRyeConfig config, String key) {
    List<String> members = members(config, key);
    if (!members.isEmpty()) {
      return members.stream()
          .map(member -> config.getValue(member, String.class))
          .collect(Collectors.joining(","));
    }
    // To ask for the value itself refuses an empty one, whose problem core names, and an expression
    // that cannot be filled in, which is named here.
    String value = config.getConfigValue(key).getValue();
    return value == null ? config.getValue(key, String.class) : value;
  }
}
