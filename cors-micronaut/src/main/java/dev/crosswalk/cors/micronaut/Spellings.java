package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.CorsAdapter;
import dev.crosswalk.cors.micronaut.ConfiguredPolicy.Member;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What looks right, and is read by Micronaut in another way, or not at all, without a word. */
final class Spellings {

  /** A default that is an origin. Micronaut takes its scheme for one more name to look for. */
  private static final Pattern DEFAULT =
      Pattern.compile("\\$\\{([^{}:`]+):([a-z+.-]+://[^{}`]*)}", Pattern.CASE_INSENSITIVE);

  private Spellings() {}

  /**
   * Refuses a setting that one source has in two spellings, of which Micronaut takes one, and a
   * default that Micronaut splits.
   */
  static void require(Environment environment) {
    for (PropertySource source : environment.getPropertySources()) {
      Map<String, String> keys = new HashMap<>();
      for (String key : source) {
        String setting = Member.of(source, key).setting();
        if (setting == null || !setting.startsWith("cors.")) {
          continue;
        }
        String earlier = keys.putIfAbsent(setting, key);
        String twice =
            earlier == null ? null : CorsAdapter.twice(source.getOrigin().location(), earlier, key);
        if (twice != null) {
          throw new ConfigurationException(twice + ". Micronaut ignores one of them: remove it.");
        }
        Matcher whole = DEFAULT.matcher(String.valueOf(source.get(key)));
        if (whole.find()) {
          throw new ConfigurationException(
              key
                  + ": Micronaut splits the default in "
                  + whole.group()
                  + " at its colon. Put the default into backticks: ${"
                  + whole.group(1)
                  + ":`"
                  + whole.group(2)
                  + "`}");
        }
      }
    }
  }

  /**
   * Warns of what a file means for an environment variable. One that a setting refers to, as {@code
   * ${CORS_ALLOWED_ORIGINS}} does, is the application's own.
   *
   * @param written the values of all settings, with their placeholders
   */
  static void warnOfVariables(Environment environment, Collection<String> written) {
    for (PropertySource source : environment.getPropertySources()) {
      for (String key : source) {
        String setting =
            key.startsWith("CORS_") ? CorsAdapter.settingOf(CorsAdapter.listOf(key)) : null;
        if (setting != null && source.getConvention() != PropertyConvention.ENVIRONMENT_VARIABLE) {
          CorsAdapter.logVariableInFile(key, setting, source.getOrigin().location(), written);
        }
      }
    }
  }
}
