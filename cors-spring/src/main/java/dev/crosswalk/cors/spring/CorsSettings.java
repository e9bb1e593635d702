package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.Cors;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * What an application's configuration has under {@code cors}, in the form that core reads.
 *
 * <p>Each setting is asked for by its name, because only then Spring Boot finds every spelling of
 * it: {@code maxAge} in YAML, {@code CORS_MAX_AGE} in the environment, a list with one member in a
 * line. What there is beside them is looked through for typos.
 */
final class CorsSettings {

  private static final ConfigurationPropertyName CORS = ConfigurationPropertyName.of("cors");
  private static final ConfigurationPropertyName POLICIES =
      ConfigurationPropertyName.of("cors.policies");
  private static final String PROFILE = "cors.profile";

  /** The profiles in which the rules for production hold. */
  private static final Profiles PRODUCTION = Profiles.of("prod | production");

  private final Environment environment;
  private final Map<String, String> values = new TreeMap<>();

  private CorsSettings(Environment environment) {
    this.environment = environment;
  }

  static CorsSettings of(Environment environment) {
    CorsSettings settings = new CorsSettings(environment);
    // These keys are equal if they differ in hyphens and case alone, as for Spring Boot.
    Map<ConfigurationPropertyName, String> policies = new LinkedHashMap<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable) {
        boolean isEnvironment =
            source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
        iterable.stream()
            .filter(CORS::isAncestorOf)
            .map(name -> name.isLastElementIndexed() ? name.getParent() : name)
            .forEach(
                name -> {
                  if (isEnvironment) {
                    String policy = policyOfVariable(name);
                    if (policy != null) {
                      policies.putIfAbsent(POLICIES.append(policy), policy);
                    }
                  } else if (POLICIES.isAncestorOf(name) && name.getNumberOfElements() > 3) {
                    policies.put(name.chop(3), name.getElement(2, Form.DASHED));
                    settings.addTypo(name, CorsKeys.NAMED, 3, source);
                  } else {
                    settings.addTypo(name, CorsKeys.UNNAMED, 1, source);
                  }
                });
      }
    }
    CorsKeys.UNNAMED.forEach((key, isList) -> settings.add("cors." + key, isList));
    for (String policy : policies.values()) {
      CorsKeys.NAMED.forEach(
          (key, isList) -> settings.add("cors.policies." + policy + "." + key, isList));
    }
    return settings;
  }

  /** Whether there is anything. The profile alone is no policy. */
  boolean isEmpty() {
    return values.keySet().stream().allMatch(PROFILE::equals);
  }

  /** Returns the policy; the rules for production hold in the profiles that have that name. */
  Cors cors() {
    Map<String, String> properties = new TreeMap<>(values);
    if (environment.acceptsProfiles(PRODUCTION)) {
      properties.put(PROFILE, "prod");
    }
    return Cors.fromProperties(properties);
  }

  /** Returns the names of the settings, each with its place. */
  @Override
  public String toString() {
    return values.keySet().stream()
        .filter(key -> !key.equals(PROFILE))
        .map(key -> place(key, -1) == null ? key : key + " (" + place(key, -1) + ")")
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns where a setting is written, as Spring Boot says it.
   *
   * @param index of a member of a list; -1 for the setting itself
   */
  @Nullable String place(String key, int index) {
    return Stream.of(key + "[" + index + "]", key)
        .filter(ConfigurationPropertyName::isValid)
        .map(this::property)
        .filter(property -> property != null && property.getOrigin() != null)
        .map(property -> property.getOrigin().toString())
        .findFirst()
        .orElse(null);
  }

  private @Nullable ConfigurationProperty property(String name) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      ConfigurationProperty property =
          source.getConfigurationProperty(ConfigurationPropertyName.of(name));
      if (property != null) {
        return property;
      }
    }
    return null;
  }

  private void add(String key, boolean isList) {
    Binder binder = Binder.get(environment);
    if (isList) {
      binder
          .bind(key, Bindable.listOf(String.class))
          .ifBound(members -> values.put(key, String.join(",", members)));
    } else {
      binder.bind(key, String.class).ifBound(value -> values.put(key, value));
    }
  }

  /** Keeps what is no setting, so that core refuses it and names the nearest. */
  private void addTypo(
      ConfigurationPropertyName name,
      Map<String, Boolean> keys,
      int offset,
      ConfigurationPropertySource source) {
    ConfigurationPropertyName key = name.subName(offset);
    if (keys.keySet().stream().map(ConfigurationPropertyName::of).noneMatch(key::equals)) {
      ConfigurationProperty property = source.getConfigurationProperty(name);
      values.put(
          joined(name, Form.ORIGINAL, "."),
          property == null ? "" : String.valueOf(property.getValue()));
    }
  }

  /**
   * Returns the name of the policy that {@code CORS_POLICIES_OPEN_DATA_MAX_AGE} is about, which
   * Spring Boot lists as {@code cors.policies.open.data.max.age}. A variable that is about nothing
   * known is left alone: Kubernetes has some that begin with CORS, too.
   */
  private static @Nullable String policyOfVariable(ConfigurationPropertyName name) {
    if (!POLICIES.isAncestorOf(name)) {
      return null;
    }
    String words = joined(name.subName(2), Form.DASHED, "-");
    return CorsKeys.NAMED.keySet().stream()
        .filter(key -> words.endsWith("-" + key))
        .map(key -> words.substring(0, words.length() - key.length() - 1))
        // Of two settings, one of which ends like the other, the longer is meant.
        .min(Comparator.comparingInt(String::length))
        .orElse(null);
  }

  private static String joined(ConfigurationPropertyName name, Form form, String separator) {
    return IntStream.range(0, name.getNumberOfElements())
        .mapToObj(i -> name.getElement(i, form))
        .collect(Collectors.joining(separator));
  }
}
