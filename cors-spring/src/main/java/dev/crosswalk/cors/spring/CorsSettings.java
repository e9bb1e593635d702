package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.FrameworkSettings;
import dev.crosswalk.cors.FrameworkSettings.SettingKey;
import dev.crosswalk.cors.FrameworkSettings.SettingKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The application's configuration under {@code cors}, as core reads it.
 *
 * <p>It asks for each setting by its name, because only then does Spring Boot find every spelling:
 * {@code maxAge} in YAML, {@code CORS_MAX_AGE} in the environment, a list with one member per line.
 * It checks all other keys for typos.
 */
final class CorsSettings {

  private static final ConfigurationPropertyName CORS = ConfigurationPropertyName.of("cors");
  private static final ConfigurationPropertyName POLICIES = CORS.append("policies");
  private static final String PROFILE = "cors.profile";

  /** The prefix of the keys of named policies in core's list. */
  private static final String NAMED = "cors.policies.*.";

  /** What may follow {@code cors}, and {@code cors.policies.<name>}. */
  private static final Map<ConfigurationPropertyName, SettingKind> KEYS = keys("cors.");

  private static final Map<ConfigurationPropertyName, SettingKind> KEYS_OF_NAMED = keys(NAMED);

  /** How the name of an environment variable ends that has one member of a list. */
  private static final Pattern MEMBER = Pattern.compile("(.+)_(\\d{1,4})");

  /** A name that core accepts for a policy. */
  private static final Pattern POLICY = Pattern.compile("[a-z0-9-]+");

  /** How Spring calls the profile of an application in which nobody named any. */
  private static final String UNNAMED = "default";

  private final Environment environment;
  private final Map<String, String> values = new TreeMap<>();

  /** Environment variables that are not settings. */
  private final Set<String> variables = new TreeSet<>();

  /** The values of all settings as they are written, with their placeholders. */
  private final List<String> written = new ArrayList<>();

  /** The names of policies. To Spring Boot, keys that differ only in hyphens are equal. */
  private final Map<ConfigurationPropertyName, String> policies = new LinkedHashMap<>();

  /** Of {@code cors.max-age} and {@code cors.maxAge} in one source Spring Boot uses one. */
  private final FrameworkSettings spellings = new FrameworkSettings();

  private CorsSettings(Environment environment) {
    this.environment = environment;
  }

  static CorsSettings of(Environment environment) {
    CorsSettings settings = new CorsSettings(environment);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable) {
        settings.lookThrough(iterable);
      }
    }
    Binder binder = Binder.get(environment);
    binder.bind(PROFILE, String.class).ifBound(name -> settings.values.put(PROFILE, name));
    for (SettingKey setting : FrameworkSettings.all()) {
      if (setting.isOfNamedPolicy()) {
        for (String policy : settings.policies.values()) {
          settings.bind(binder, setting.of(policy), setting.kind());
        }
      } else {
        settings.bind(binder, setting.key(), setting.kind());
      }
    }
    return settings;
  }

  private static Map<ConfigurationPropertyName, SettingKind> keys(String prefix) {
    Map<ConfigurationPropertyName, SettingKind> keys = new HashMap<>();
    for (SettingKey setting : FrameworkSettings.all()) {
      if (setting.isOfNamedPolicy() == prefix.equals(NAMED)) {
        keys.put(
            ConfigurationPropertyName.of(setting.key().substring(prefix.length())), setting.kind());
      }
    }
    return keys;
  }

  private void bind(Binder binder, String key, SettingKind kind) {
    if (kind == SettingKind.LIST) {
      binder
          .bind(key, Bindable.listOf(String.class))
          .ifBound(members -> values.put(key, String.join(",", members)));
    } else {
      binder.bind(key, String.class).ifBound(value -> values.put(key, value));
    }
  }

  /** Returns the name of the setting, or of the list, that a key without an index means. */
  private static @Nullable ConfigurationPropertyName setting(String key, boolean isEnvironment) {
    String setting = isEnvironment ? FrameworkSettings.ofVariable(key) : null;
    ConfigurationPropertyName name =
        setting == null
            ? ConfigurationPropertyName.adapt(key, isEnvironment ? '_' : '.')
            : ConfigurationPropertyName.of(setting);
    return isSetting(name) ? name : null;
  }

  /** Finds names of policies, and keys that are not settings. */
  private void lookThrough(IterableConfigurationPropertySource source) {
    if (source.getUnderlyingSource() instanceof EnumerablePropertySource<?> listed) {
      boolean isEnvironment = listed instanceof SystemEnvironmentPropertySource;
      spellings.lookThrough(
          listed.getName(),
          isEnvironment,
          List.of(listed.getPropertyNames()),
          key -> setting(FrameworkSettings.listOf(key), isEnvironment));
    }
    if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource environment) {
      Set<String> all = Set.copyOf(List.of(environment.getPropertyNames()));
      all.forEach(variable -> lookAt(variable, all));
      return;
    }
    for (ConfigurationPropertyName listed : source) {
      ConfigurationProperty property = source.getConfigurationProperty(listed);
      String value = property == null ? "" : String.valueOf(property.getValue());
      // An empty value is what a key of YAML has whose settings are comments.
      if (listed.equals(CORS) && !value.isBlank()) {
        values.put(CORS.toString(), value);
      }
      if (CORS.isAncestorOf(listed)) {
        written.add(value);
        lookAt(listed, value);
      }
    }
  }

  private void lookAt(ConfigurationPropertyName listed, String value) {
    boolean isMember = listed.isLastElementIndexed();
    ConfigurationPropertyName name = isMember ? listed.getParent() : listed;
    boolean isNamed = POLICIES.isAncestorOf(name) && name.getNumberOfElements() > 3;
    SettingKind kind = isNamed ? KEYS_OF_NAMED.get(name.subName(3)) : KEYS.get(name.subName(1));
    if (isNamed && !POLICY.matcher(name.getElement(2, Form.DASHED)).matches()) {
      values.put(listed.toString(), value);
    } else if (kind == null && !name.equals(ConfigurationPropertyName.of(PROFILE))) {
      values.put(original(name), value);
    } else if (kind != SettingKind.LIST && isMember) {
      values.put(original(name) + "[" + listed.getLastElement(Form.ORIGINAL) + "]", value);
    } else if (isNamed) {
      policies.put(name.chop(3), name.getElement(2, Form.DASHED));
    }
  }

  private void lookAt(String variable, Set<String> all) {
    String list = listOf(variable, all);
    String key = isList(list) ? list : FrameworkSettings.ofVariable(variable);
    if (key != null && key.startsWith("cors.policies.")) {
      String policy = key.substring("cors.policies.".length(), key.lastIndexOf('.'));
      policies.putIfAbsent(POLICIES.append(policy), policy);
    }
    // Spring Boot reads CORS_MAXAGE, too.
    ConfigurationPropertyName boots = ConfigurationPropertyName.adapt(variable, '_');
    if (key == null && !isSetting(boots)) {
      variables.add(variable);
    }
  }

  /** Whether a name, without the index of a member, is that of a setting. */
  private static boolean isSetting(ConfigurationPropertyName name) {
    int elements = name.getNumberOfElements();
    return CORS.isAncestorOf(name)
        && (KEYS.containsKey(name.subName(1))
            || elements > 3 && KEYS_OF_NAMED.containsKey(name.subName(3)));
  }

  /** Spring Boot begins with the member 0, and reads none after one that is missing. */
  private static @Nullable String listOf(String variable, Set<String> all) {
    Matcher member = MEMBER.matcher(variable);
    return member.matches()
            && IntStream.range(0, Integer.parseInt(member.group(2)))
                .allMatch(index -> all.contains(member.group(1) + "_" + index))
        ? FrameworkSettings.ofVariable(member.group(1))
        : null;
  }

  private static boolean isList(@Nullable String key) {
    return key != null
        && FrameworkSettings.all().stream()
            .filter(setting -> setting.kind() == SettingKind.LIST)
            .map(setting -> setting.key().replace(NAMED, ""))
            .anyMatch(key::endsWith);
  }

  /** Warns of what somebody may take for a setting, and Spring Boot does not. */
  void warnOfIgnored() {
    spellings.warnOfIgnored(variables, written);
  }

  /** Returns the environment variables that are no setting in any spelling of Spring Boot. */
  Set<String> unknownVariables() {
    return Set.copyOf(variables);
  }

  /** As somebody wrote it. Core then refuses it, and names the nearest setting. */
  private static String original(ConfigurationPropertyName name) {
    return IntStream.range(0, name.getNumberOfElements())
        .mapToObj(i -> name.getElement(i, Form.ORIGINAL))
        .collect(Collectors.joining("."));
  }

  /** Whether there is any setting. A profile alone is not a policy. */
  boolean isEmpty() {
    return values.keySet().stream().allMatch(PROFILE::equals);
  }

  /** Returns the policy. The rules for production apply in the profiles of that name. */
  Cors cors() {
    if (!spellings.twice().isEmpty()) {
      throw new CorsSetupException(
          String.join("\n", spellings.twice()),
          "Remove one of the two, because Spring Boot ignores one of them.");
    }
    return CorsConfiguration.of(new TreeMap<>(values), this::place, profiles());
  }

  /** Returns the active profiles; if there are none, those of the default, if somebody named it. */
  private List<String> profiles() {
    List<String> active = List.of(environment.getActiveProfiles());
    return active.isEmpty()
        ? Stream.of(environment.getDefaultProfiles())
            .filter(profile -> !profile.equals(UNNAMED))
            .toList()
        : active;
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
   * Returns where a setting is written, as Spring Boot says it. All members of a list are of the
   * first source that has any.
   *
   * @param index of a member of a list; -1 for the setting itself, which begins with its first
   *     member if it is a list of YAML
   */
  @Nullable String place(String key, int index) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (properties(source, key, key + "[0]").findAny().isPresent()) {
        return properties(source, key + "[" + index + "]", key, key + "[0]")
            .filter(property -> property.getOrigin() != null)
            .map(property -> property.getOrigin().toString())
            .findFirst()
            .orElse(null);
      }
    }
    return null;
  }

  private static Stream<ConfigurationProperty> properties(
      ConfigurationPropertySource source, String... names) {
    return Stream.of(names)
        .map(name -> source.getConfigurationProperty(ConfigurationPropertyName.adapt(name, '.')))
        .filter(Objects::nonNull);
  }
}
