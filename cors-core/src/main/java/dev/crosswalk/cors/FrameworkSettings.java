package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.config.Keys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings in the configuration of a framework, for an adapter that reads them there: which
 * ones there are, and what people write that the framework passes over in silence. An object of
 * this class looks through the sources of one configuration.
 *
 * <pre>{@code
 * FrameworkSettings settings = new FrameworkSettings();
 * for (Source source : configuration.sources()) {
 *   settings.lookThrough(source.name(), source.isEnvironment(), source.keys(), this::setting);
 * }
 * }</pre>
 */
public final class FrameworkSettings {

  /** Stands for the name of a policy in a key. */
  private static final String ANY_NAME = "*";

  private static final List<SettingKey> SETTINGS =
      Stream.of(
              keys("", Setting.Scope.POLICY),
              keys(
                  Setting.POLICIES + ANY_NAME + ".",
                  Setting.Scope.POLICY,
                  Setting.Scope.NAMED_POLICY),
              keys("", Setting.Scope.GUARD, Setting.Scope.LOG))
          .flatMap(List::stream)
          .toList();

  /** Sentences about settings that a source has in two spellings. */
  private final List<String> twice = new ArrayList<>();

  /** Names of environment variables that a source has that is not the environment. */
  private final Map<String, String> variables = new TreeMap<>();

  /** Makes one that has seen no source. */
  public FrameworkSettings() {}

  /**
   * Returns every setting there is, for binding a framework's configuration and for telling editors
   * what to complete.
   *
   * @return the settings of the policy, of named policies, of the guard and of the log, in this
   *     order
   */
  public static List<SettingKey> all() {
    return SETTINGS;
  }

  /**
   * Returns the setting that an environment variable sets, for a framework whose own configuration
   * reads every combination of dots and hyphens into a variable's name.
   *
   * @param variable the variable's name
   * @return the whole key, such as {@code cors.policies.public-api.max-age} for {@code
   *     CORS_POLICIES_PUBLIC_API_MAX_AGE}; null if it sets none
   */
  public static @Nullable String ofVariable(String variable) {
    String key = Keys.ofVariable(required(variable), CorsConfiguration.NAMED_KEYS);
    return key != null && CorsConfiguration.isSetting(key) ? key : null;
  }

  /**
   * Returns the key of a list, for that of one of its members, as frameworks spell it: {@code
   * cors.allowed-origins} for {@code cors.allowed-origins[0]}, {@code CORS_ALLOWED_ORIGINS} for
   * {@code CORS_ALLOWED_ORIGINS_0}.
   *
   * @param key the key of a setting, or the name of an environment variable
   * @return the key of the list; {@code key} itself if it is not that of a member
   */
  public static String listOf(String key) {
    return Keys.listOf(required(key));
  }

  /**
   * Warns that no policy is configured. For an adapter that the framework registers automatically.
   * Such an adapter then touches no response.
   *
   * @param adapter what to call the adapter: its artifact, because nobody registers a class
   */
  public static void warnOfNoPolicy(String adapter) {
    CorsAdapter.warn(
        adapter
            + " has no policy, so it does nothing. Set cors.allowed-origins, or provide a bean of"
            + " the type Cors.");
  }

  /**
   * Warns if {@code cors.properties} is on the class path. For an adapter that reads the
   * configuration of its framework, where the file would be a second source of settings.
   *
   * @param adapter what to call the adapter: its artifact
   * @param isOnClassPath tells whether the application has a file
   */
  public static void warnOfIgnoredFile(String adapter, Predicate<String> isOnClassPath) {
    Objects.requireNonNull(isOnClassPath, "The test of the class path is null: pass a function");
    if (isOnClassPath.test(CorsConfiguration.FILE)) {
      CorsAdapter.warn(
          adapter
              + " does not read "
              + CorsConfiguration.FILE
              + ", which is on the class path: move its settings to the application's"
              + " configuration, such as application.properties.");
    }
  }

  /**
   * Looks for what a framework ignores in a source: one of two spellings of a setting, and the name
   * of an environment variable where it means nothing. The members of one list are not two
   * spellings.
   *
   * @param source what to call the source, such as the name of the file
   * @param isEnvironment whether it is the environment
   * @param keys all keys of the source, as they are written there
   * @param setting what stands for the setting of a key, or for the list whose member it is: equal
   *     for two spellings of the same, null if the key is not that of a setting
   */
  public void lookThrough(
      String source,
      boolean isEnvironment,
      Iterable<String> keys,
      Function<String, ? extends @Nullable Object> setting) {
    Objects.requireNonNull(keys, "The keys are null: pass those of the source");
    Objects.requireNonNull(setting, "The function is null: pass what tells the setting of a key");
    Map<Object, String> first = new HashMap<>();
    for (String key : keys) {
      required(key);
      Object meant = setting.apply(key);
      String earlier = meant == null ? null : first.putIfAbsent(meant, key);
      if (earlier != null && !areMembers(earlier, key)) {
        twice.add(source + " has the same setting twice: " + earlier + " and " + key + ".");
      } else if (meant == null && !isEnvironment && isVariable(key)) {
        variables.put(key, source);
      }
    }
  }

  private static boolean areMembers(String key, String other) {
    String list = listOf(key);
    return list.equals(listOf(other)) && !list.equals(key) && !list.equals(other);
  }

  private static boolean isVariable(String key) {
    return key.regionMatches(true, 0, "CORS_", 0, "CORS_".length())
        && ofVariable(listOf(key)) != null;
  }

  /**
   * Returns what to say of the sources that have a setting in two spellings, of which the framework
   * reads one. An adapter refuses them.
   *
   * @return a sentence for each, in the order of the sources
   */
  public List<String> twice() {
    return List.copyOf(twice);
  }

  /**
   * Warns of what somebody may take for a setting, and names the setting: each environment variable
   * that looks like a misspelled one, and each that is in a file. It is a warning and not an error
   * because the application may use the variable itself. One that a setting refers to, as {@code
   * ${CORS_ORIGINS}} does, is the application's own: it is left out, and so is what Kubernetes
   * sets.
   *
   * @param unknown the names of environment variables that are not settings
   * @param written the values of all settings, with their placeholders
   */
  public void warnOfIgnored(Collection<String> unknown, Collection<String> written) {
    Objects.requireNonNull(unknown, "The names are null: pass them, or List.of()");
    Objects.requireNonNull(written, "The values are null: pass them, or List.of()");
    unknown.forEach(FrameworkSettings::required);
    for (String variable : new TreeSet<>(unknown)) {
      if (isReferredTo(variable, written)) {
        continue;
      }
      String key = Keys.ofVariable(variable, CorsConfiguration.NAMED_KEYS);
      String nearest =
          key == null || CorsConfiguration.isSetting(key)
              ? null
              : Keys.nearest(key, Setting.PREFIX, CorsConfiguration.UNNAMED_KEYS, true);
      if (nearest != null) {
        CorsAdapter.warn(
            "The environment variable "
                + variable
                + " is not a setting, so it is ignored. Did you mean "
                + nearest
                + "?");
      }
    }
    variables.forEach(
        (variable, source) -> {
          if (!isReferredTo(variable, written)) {
            CorsAdapter.warn(
                variable
                    + " is ignored in "
                    + source
                    + ", because it is the name of an environment variable. Write "
                    + ofVariable(listOf(variable))
                    + " there.");
          }
        });
  }

  /** Whether a value has a placeholder of a name, with a default behind a colon or without one. */
  private static boolean isReferredTo(String variable, Collection<String> written) {
    String placeholder = "${" + variable;
    return written.stream()
        .anyMatch(value -> value.contains(placeholder + "}") || value.contains(placeholder + ":"));
  }

  private static String required(@Nullable String name) {
    return Objects.requireNonNull(name, "A key or the name of a variable is null: leave it out");
  }

  /** How the value of a setting is written in configuration. */
  public enum SettingKind {
    /** Members, separated by commas where they are written in one line. */
    LIST,
    /** {@code true} or {@code false}. */
    FLAG,
    /** {@code 1h}, {@code 60m}, {@code 3600s}, {@code 3600}, {@code 1d} or {@code PT1H}. */
    DURATION,
    /** One of a few words, which the description names. */
    CHOICE
  }

  /** A setting in configuration. */
  public static final class SettingKey {

    private final String key;
    private final SettingKind kind;
    private final String description;

    private SettingKey(String key, SettingKind kind, String description) {
      this.key = key;
      this.kind = kind;
      this.description = description;
    }

    /**
     * {@return the whole key, such as {@code cors.max-age}; in {@code cors.policies.*.max-age} the
     * {@code *} is the name of a policy}
     */
    public String key() {
      return key;
    }

    /** {@return how its value is written} */
    public SettingKind kind() {
      return kind;
    }

    /** {@return what it does, in one or two sentences} */
    public String description() {
      return description;
    }

    /** {@return whether it is a setting of a policy that has a name} */
    public boolean isOfNamedPolicy() {
      return key.contains(ANY_NAME);
    }

    /**
     * Returns the key of this setting for one policy.
     *
     * @param policy the name of the policy
     * @return the whole key, such as {@code cors.policies.public-api.max-age}; {@link #key()}
     *     itself if this is not a setting of policies that have names
     */
    public String of(String policy) {
      return key.replace(
          ANY_NAME, Objects.requireNonNull(policy, "The name of the policy is null: pass one"));
    }

    /** {@return the key} */
    @Override
    public String toString() {
      return key;
    }
  }

  private static List<SettingKey> keys(String prefix, Setting.Scope... scopes) {
    return Setting.of(scopes).stream()
        .map(
            setting ->
                new SettingKey(
                    Setting.PREFIX + prefix + setting.key(), setting.kind(), setting.description()))
        .toList();
  }
}
