package dev.crosswalk.cors.quarkus;

import dev.crosswalk.cors.FrameworkSettings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * What Quarkus ignores in a source, and says nothing: a list in one line beside its members, and
 * the name of an environment variable in a file.
 */
final class Spellings {

  private Spellings() {}

  /**
   * Returns what all sources have but the environment, whose other spellings are named as
   * misspelled variables.
   */
  static FrameworkSettings of(SmallRyeConfig config) {
    FrameworkSettings settings = new FrameworkSettings();
    for (ConfigSource source : config.getConfigSources()) {
      if (!(source instanceof EnvConfigSource)) {
        Set<String> names = new TreeSet<>(source.getPropertyNames());
        names.removeIf(name -> repeatsItsMembers(source, name));
        settings.lookThrough(
            ConfiguredPolicy.file(source.getName()), false, names, Spellings::setting);
      }
    }
    return settings;
  }

  /** Refuses a list that one source has in one line, and with other members one by one. */
  static void require(SmallRyeConfig config) {
    for (String twice : of(config).twice()) {
      throw new IllegalStateException(twice + " Quarkus ignores one of them: remove it.");
    }
  }

  /** Returns the key of a setting, or of a list, with its profile. */
  private static @Nullable String setting(String name) {
    String list = FrameworkSettings.listOf(name);
    return list.replaceFirst("^%[^.]+\\.", "").startsWith("cors.") ? list : null;
  }

  /** YAML has both for each list, and puts a backslash before a comma in a member. */
  private static boolean repeatsItsMembers(ConfigSource source, String list) {
    String line = source.getValue(list);
    StringBuilder members = new StringBuilder();
    String separator = "";
    for (int i = 0; source.getValue(list + "[" + i + "]") != null; i++) {
      members.append(separator).append(source.getValue(list + "[" + i + "]"));
      separator = ",";
    }
    return line != null && members.length() > 0 && line.replace("\\", "").contentEquals(members);
  }
}
