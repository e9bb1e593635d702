package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.CorsAdapter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * How each source spells the settings. Of {@code cors.max-age} and {@code cors.maxAge} in one file
 * Spring Boot uses one, and of a list in one line and member by member, and says nothing of the
 * other. The name of an environment variable means nothing in a file.
 */
final class Spellings {

  /** Sentences about settings that a source has in two spellings. */
  private final List<String> twice = new ArrayList<>();

  /** Names of environment variables in sources that are not the environment, and the sources. */
  private final Map<String, String> variables = new TreeMap<>();

  void lookThrough(EnumerablePropertySource<?> source) {
    boolean isEnvironment = source instanceof SystemEnvironmentPropertySource;
    Map<ConfigurationPropertyName, String> keys = new HashMap<>();
    for (String key : source.getPropertyNames()) {
      String setting = CorsAdapter.settingOf(CorsAdapter.listOf(key));
      ConfigurationPropertyName name =
          isEnvironment && setting != null
              ? ConfigurationPropertyName.of(setting)
              : ConfigurationPropertyName.adapt(CorsAdapter.listOf(key), isEnvironment ? '_' : '.');
      if (CorsSettings.isSetting(name)) {
        String earlier = keys.putIfAbsent(name, key);
        String sentence =
            earlier == null ? null : CorsAdapter.twice(source.getName(), earlier, key);
        if (sentence != null) {
          twice.add(sentence);
        }
      } else if (setting != null && !isEnvironment) {
        variables.put(key, source.getName());
      }
    }
  }

  void requireOne() {
    if (!twice.isEmpty()) {
      throw new CorsSetupException(
          String.join(".\n", twice) + ".",
          "Remove one of the two, because Spring Boot ignores one of them.");
    }
  }

  /**
   * Warns of what a file means for an environment variable. One that a setting refers to, as {@code
   * ${CORS_ALLOWED_ORIGINS}} does, is the application's own.
   *
   * @param written the values of all settings, with their placeholders
   */
  void warnOfVariables(Collection<String> written) {
    variables.forEach(
        (variable, source) ->
            CorsAdapter.logVariableInFile(
                variable,
                Objects.requireNonNull(CorsAdapter.settingOf(CorsAdapter.listOf(variable))),
                source,
                written));
  }
}
