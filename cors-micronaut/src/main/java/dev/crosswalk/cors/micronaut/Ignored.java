package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.FrameworkSettings;
import dev.crosswalk.cors.micronaut.ConfiguredPolicy.Member;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names what somebody may take for a setting, and Micronaut does not: the file that other adapters
 * read, which would be a second source here, and misspelled environment variables.
 */
@Context
final class Ignored {

  Ignored(Environment environment) {
    FrameworkSettings.warnOfIgnoredFile(
        "cors-micronaut", file -> environment.getResource("classpath:" + file).isPresent());
    Spellings.of(environment).warnOfIgnored(variables(environment), written(environment));
  }

  /** Those that are no member of a list, as {@code CORS_ALLOWED_ORIGINS_0} is. */
  private static Set<String> variables(Environment environment) {
    Set<String> variables = new TreeSet<>();
    for (PropertySource source : environment.getPropertySources()) {
      for (String key : source) {
        if (source.getConvention() == PropertyConvention.ENVIRONMENT_VARIABLE
            && Member.of(source, key).setting() == null) {
          variables.add(key);
        }
      }
    }
    return variables;
  }

  /** Returns the values of all settings as they are written, with their placeholders. */
  private static Set<String> written(Environment environment) {
    Set<String> values = new TreeSet<>();
    for (PropertySource source : environment.getPropertySources()) {
      for (String key : source) {
        if (source.getConvention() != PropertyConvention.ENVIRONMENT_VARIABLE
            && key.startsWith("cors.")) {
          values.add(String.valueOf(source.get(key)));
        }
      }
    }
    return values;
  }
}
