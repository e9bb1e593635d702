package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.FrameworkSettings;
import dev.crosswalk.cors.micronaut.ConfiguredPolicy.Member;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What looks right, and is read by Micronaut in another way, or not at all, without a word. */
final class Spellings {

  /** A default that is an origin. Micronaut takes its scheme for one more name to look for. */
  private static final Pattern DEFAULT =
      Pattern.compile("\\$\\{([^{}:`]+):([a-z+.-]+://[^{}`]*)}", Pattern.CASE_INSENSITIVE);

  private Spellings() {}

  /** Returns what all sources have. */
  static FrameworkSettings of(Environment environment) {
    FrameworkSettings settings = new FrameworkSettings();
    for (PropertySource source : environment.getPropertySources()) {
      settings.lookThrough(
          source.getOrigin().location(),
          source.getConvention() == PropertyConvention.ENVIRONMENT_VARIABLE,
          source,
          key -> setting(source, key));
    }
    return settings;
  }

  private static @Nullable String setting(PropertySource source, String key) {
    String setting = Member.of(source, key).setting();
    return setting != null && setting.startsWith("cors.") ? setting : null;
  }

  /**
   * Refuses a setting that one source has in two spellings, of which Micronaut takes one, and a
   * default that Micronaut splits.
   */
  static void require(Environment environment) {
    for (String twice : of(environment).twice()) {
      throw new ConfigurationException(twice + " Micronaut ignores one of them: remove it.");
    }
    for (PropertySource source : environment.getPropertySources()) {
      for (String key : source) {
        if (setting(source, key) == null) {
          continue;
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
}
