package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.FrameworkSettings;
import dev.crosswalk.cors.FrameworkSettings.SettingKey;
import dev.crosswalk.cors.FrameworkSettings.SettingKind;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.context.condition.Condition;
import io.micronaut.context.condition.ConditionContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.naming.NameUtils;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a policy from what the application's configuration has under {@code cors}. */
@Factory
@Requires(condition = ConfiguredPolicy.IsWritten.class)
final class ConfiguredPolicy {

  /**
   * Whether there is any setting. Kubernetes may set environment variables that begin with {@code
   * CORS_}, and Micronaut makes keys of them.
   */
  static final class IsWritten implements Condition {

    @Override
    @SuppressWarnings("rawtypes") // Micronaut's interface has the raw type.
    public boolean matches(ConditionContext context) {
      return context.getBeanContext() instanceof ApplicationContext application
          && !settings(application.getEnvironment()).isEmpty();
    }
  }

  /** Made at the start, not on the first request, so that a wrong configuration stops the start. */
  @Context
  @Secondary
  Cors policy(Environment environment, BeanContext context) {
    if (context.getBeanDefinitions(Cors.class).size() > 1) {
      throw new ConfigurationException(
          "There are two policies, a bean of the type Cors and what is configured under cors:"
              + " remove one of them.");
    }
    Spellings.require(environment);
    Map<String, String> properties = settings(environment);
    try {
      return CorsConfiguration.of(properties, (key, member) -> null, environment.getActiveNames());
    } catch (InvalidCorsPolicyException e) {
      // Micronaut repeats the message of the exception that it wraps, but not that of its cause.
      throw new ConfigurationException(
          "The settings under cors are wrong, see below. They come from "
              + String.join(", ", places(environment))
              + ".",
          e);
    }
  }

  private static Map<String, String> settings(Environment environment) {
    Map<String, String> properties = written(environment);
    resolve(environment, properties);
    return properties;
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
   * Returns everything under {@code cors} that somebody wrote, misspelled as it may be, so that
   * core can say so. Environment variables are left out: their names mean every combination of dots
   * and hyphens.
   */
  private static Map<String, String> written(Environment environment) {
    Map<String, String> properties = new HashMap<>();
    for (PropertySource source : environment.getPropertySources()) {
      if (source.getConvention() != PropertyConvention.ENVIRONMENT_VARIABLE) {
        for (String key : source) {
          // The key of a member of a list ends in its index.
          String name = NameUtils.hyphenate(key.replaceFirst("\\[.*", ""));
          String value = text(source.get(key));
          // An empty value is what a key of YAML has whose settings are comments.
          if (key.startsWith("cors.") || name.equals("cors") && !value.isBlank()) {
            properties.put(name, value);
          }
        }
      }
    }
    return properties;
  }

  /** A key of YAML without a value has null, which is not the origin of that name. */
  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  /** Puts the value that Micronaut has for each of core's settings, whatever source it is from. */
  private static void resolve(Environment environment, Map<String, String> properties) {
    Collection<String> names = environment.getPropertyEntries("cors.policies");
    for (SettingKey setting : FrameworkSettings.all()) {
      List<String> keys =
          setting.isOfNamedPolicy()
              ? names.stream().map(setting::of).toList()
              : List.of(setting.key());
      for (String key : keys) {
        try {
          Optional<String> value =
              setting.kind() == SettingKind.LIST
                  ? list(environment, key)
                  : environment.getProperty(key, String.class);
          value.ifPresent(present -> properties.put(key, present));
        } catch (ConfigurationException e) { // It names the placeholder, and not the setting.
          throw new ConfigurationException(key + ": " + e.getMessage(), e);
        }
      }
    }
  }

  /**
   * Returns a list as the one source has it that wins. Micronaut replaces member by member, so that
   * an origin that a later source lists no more would stay allowed.
   */
  private static Optional<String> list(Environment environment, String key) {
    List<PropertySource> sources =
        environment.getPropertySources().stream()
            .sorted(Comparator.comparingInt(PropertySource::getOrder).reversed())
            .toList();
    for (PropertySource source : sources) {
      SortedMap<Integer, String> members = new TreeMap<>();
      for (String name : source) {
        Member member = Member.of(source, name);
        if (key.equals(member.setting())) {
          members.put(member.index(), text(source.get(name)));
        }
      }
      if (!members.isEmpty() && members.firstKey() != Member.ALL) {
        return Optional.of(line(environment, members.values()));
      }
      if (!members.isEmpty()) {
        break;
      }
    }
    return environment
        .getProperty(key, Object.class)
        .map(value -> value instanceof Object[] array ? Arrays.asList(array) : value)
        .map(value -> value instanceof Collection<?> all ? line(environment, all) : text(value));
  }

  /** Not as Micronaut makes a list of it, without an empty member at the end or one of null. */
  private static String line(Environment environment, Collection<?> members) {
    return members.stream()
        .map(ConfiguredPolicy::text)
        .map(environment.getPlaceholderResolver()::resolveRequiredPlaceholders)
        .collect(Collectors.joining(","));
  }

  /**
   * What a key of a source is about: a member of a list, or a whole setting.
   *
   * @param setting the key of the setting as core has it; null if an environment variable is none
   * @param index of the member; {@link #ALL} for the whole setting
   */
  record Member(@Nullable String setting, int index) {

    static final int ALL = -1;

    /** {@code cors.allowed-origins[0]}. */
    private static final Pattern KEY = Pattern.compile("(.+)\\[(\\d{1,4})]");

    /** {@code CORS_ALLOWED_ORIGINS_0}, or with brackets. */
    private static final Pattern VARIABLE = Pattern.compile("(.+?)[_\\[](\\d{1,4})]?");

    static Member of(PropertySource source, String name) {
      boolean isVariable = source.getConvention() == PropertyConvention.ENVIRONMENT_VARIABLE;
      Function<String, @Nullable String> key =
          isVariable ? FrameworkSettings::ofVariable : NameUtils::hyphenate;
      Matcher indexed = (isVariable ? VARIABLE : KEY).matcher(name);
      String list = indexed.matches() ? key.apply(indexed.group(1)) : null;
      return list != null && isList(list)
          ? new Member(list, Integer.parseInt(indexed.group(2)))
          : new Member(key.apply(name), ALL);
    }

    private static boolean isList(String key) {
      return FrameworkSettings.all().stream()
          .filter(setting -> setting.kind() == SettingKind.LIST)
          .anyMatch(list -> key.matches(list.key().replace(".", "\\.").replace("*", ".+")));
    }
  }
}
