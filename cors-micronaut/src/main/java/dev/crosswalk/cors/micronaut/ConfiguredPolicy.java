package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.naming.NameUtils;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes a policy of what the application's configuration has under {@code cors}. */
@Factory
@Requires(property = "cors")
final class ConfiguredPolicy {

  /** The names that Micronaut's users give to the environment in which the rules of prod hold. */
  private static final List<String> PRODUCTION = List.of("prod", "production");

  /** At the start and not on the first request, so that a wrong configuration stops the start. */
  @Context
  @Secondary
  Cors policy(
      CorsSettings settings,
      GuardSettings guardSettings,
      Collection<NamedSettings> namedSettings,
      Environment environment,
      BeanContext context) {
    if (context.getBeanDefinitions(Cors.class).size() > 1) {
      throw new ConfigurationException(
          "There are two policies, a bean of the type Cors and what is configured under cors:"
              + " remove one of them.");
    }
    Map<String, String> properties = new HashMap<>(unbound(environment));
    if (environment.getActiveNames().stream().anyMatch(PRODUCTION::contains)) {
      properties.put("cors.profile", "prod");
    }
    properties.putAll(settings.properties());
    properties.putAll(guardSettings.properties());
    namedSettings.forEach(named -> properties.putAll(named.properties()));
    try {
      return CorsConfiguration.of(properties);
    } catch (InvalidCorsPolicyException e) {
      // Micronaut repeats the message of what it wraps, and not that of its cause.
      throw new ConfigurationException(
          "The settings under cors are wrong, see below. They come from "
              + String.join(", ", places(environment))
              + ".",
          e);
    }
  }

  /** Returns where settings are written, such as {@code classpath:application.yml}. */
  private static SortedSet<String> places(Environment environment) {
    SortedSet<String> places = new TreeSet<>();
    for (PropertySource source : environment.getPropertySources()) {
      for (String key : source) {
        if (NameUtils.hyphenate(key).startsWith("cors")) {
          places.add(source.getOrigin().location());
        }
      }
    }
    return places;
  }

  /**
   * Everything under {@code cors} that somebody wrote, for Micronaut binds what it knows and drops
   * the rest, misspelt as it may be. Environment variables are left out: their names stand for
   * every combination of dots and hyphens.
   */
  private static Map<String, String> unbound(Environment environment) {
    Map<String, String> properties = new HashMap<>();
    for (PropertySource source : environment.getPropertySources()) {
      if (source.getConvention() != PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE) {
        for (String key : source) {
          if (key.startsWith("cors.")) {
            // The key of a list has the index of a member at its end.
            String name = NameUtils.hyphenate(key.replaceFirst("\\[.*", ""));
            properties.put(name, String.valueOf(source.get(key)));
          }
        }
      }
    }
    return properties;
  }
}
