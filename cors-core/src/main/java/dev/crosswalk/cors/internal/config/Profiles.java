package dev.crosswalk.cors.internal.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The profiles that are active.
 *
 * @param names their names, which a framework may make of any characters
 * @param areOurs whether they are named for this library, and not for the framework around it
 * @param wrong what is written instead of a name; null if that is right
 * @param source where the profile is named; null if a framework does
 */
public record Profiles(
    List<String> names, boolean areOurs, @Nullable String wrong, @Nullable String source) {

  /** The property that names a profile. */
  public static final String KEY = "cors.profile";

  /** The environment variable that names a profile. */
  static final String VARIABLE = "CORS_PROFILE";

  /** Where frameworks have the names of theirs, separated by commas. */
  private static final List<String> OF_FRAMEWORKS =
      List.of("SPRING_PROFILES_ACTIVE", "QUARKUS_PROFILE", "MICRONAUT_ENVIRONMENTS");

  private static final List<String> PRODUCTION = List.of("prod", "production");

  public static Profiles of(Map<String, String> environment, Map<String, String> properties) {
    boolean isProperty = properties.containsKey(KEY);
    String variable = variable(environment);
    String profile = isProperty ? properties.get(KEY) : environment.get(variable);
    if (profile == null) {
      return new Profiles(ofFrameworks(environment), false, null, null);
    }
    String source = isProperty ? "property " + KEY : "environment variable " + variable;
    return isName(profile)
        ? new Profiles(List.of(profile), true, null, source)
        : new Profiles(List.of(), true, profile, source);
  }

  /**
   * Returns the profiles of a framework that has its own. Where they name production, that counts;
   * elsewhere, what the property names.
   */
  public static Profiles ofFramework(Collection<String> active, Map<String, String> properties) {
    Profiles profiles = new Profiles(List.copyOf(active), false, null, null);
    return profiles.isProduction() || !properties.containsKey(KEY)
        ? profiles
        : of(Map.of(), properties);
  }

  /** Returns the name of the variable for the profile as it is written; as it should be, if not. */
  private static String variable(Map<String, String> environment) {
    return environment.containsKey(VARIABLE)
        ? VARIABLE
        : environment.keySet().stream()
            .filter(name -> Keys.toVariable(name).equals(VARIABLE))
            .min(Comparator.naturalOrder())
            .orElse(VARIABLE);
  }

  private static List<String> ofFrameworks(Map<String, String> environment) {
    List<String> profiles = new ArrayList<>();
    for (String variable : OF_FRAMEWORKS) {
      for (String profile : environment.getOrDefault(variable, "").split(",", -1)) {
        String name = profile.strip();
        if (!name.isEmpty() && !profiles.contains(name)) {
          profiles.add(name);
        }
      }
    }
    return profiles;
  }

  /** Returns those that may have a file: a name of other characters could lead anywhere. */
  List<String> withFiles() {
    return names.stream().filter(Profiles::isName).toList();
  }

  /** Whether a text consists of lower-case letters, digits and hyphens. */
  public static boolean isName(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
  }

  /** What the profiles say about where the program runs. */
  public enum Stage {
    /** There is no profile, so that this may be anywhere. */
    UNKNOWN,
    /** The rules for production hold. */
    PRODUCTION,
    /** There is a profile, and it is not production. */
    OTHER
  }

  /** Returns where the program runs. */
  public Stage stage() {
    return isProduction() ? Stage.PRODUCTION : names.isEmpty() ? Stage.UNKNOWN : Stage.OTHER;
  }

  /** Whether the rules for production hold. */
  boolean isProduction() {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).anyMatch(PRODUCTION::contains);
  }
}
