package dev.crosswalk.cors.internal.config;

import dev.crosswalk.cors.internal.syntax.Typo;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of settings, as sources spell them, and typos in them. */
public final class Keys {

  private static final Set<String> PROTOCOLS = Set.of("TCP", "UDP", "SCTP");
  private static final Set<String> OF_A_PORT = Set.of("ADDR", "PORT", "PROTO");

  /** What every key begins with. */
  public static final String CORS = "cors.";

  /** What the key of a policy with a name has next, before the name. */
  public static final String POLICIES = "policies.";

  /** How the key of the list ends that every policy has. */
  static final String ALLOWED_ORIGINS = "allowed-origins";

  /** What others have and we do not, and the value by which it turns CORS on. */
  private static final Map<String, Boolean> SWITCHES =
      Map.of("enable", true, "enabled", true, "disable", false, "disabled", false);

  private static final String DANGER = "dangerously-";
  private static final String GUARD = "guard";

  /** What others call the paths of a policy. Here such a policy has a name. */
  private static final Set<String> PATHS =
      Set.of("path", "paths", "mapping", "mappings", "url-pattern", "url-patterns");

  /** How a key ends that has one member of a list. */
  private static final Pattern MEMBER = Pattern.compile("[_\\[]\\d+]?$");

  private Keys() {}

  /**
   * Returns the key that an environment variable sets: {@code cors.policies.public-api.max-age} for
   * {@code CORS_POLICIES_PUBLIC_API_MAX_AGE}. A container can also have a variable with the name of
   * the key itself, and frameworks read it.
   *
   * @param written the variable's name
   * @param ofPolicies the settings that a policy with a name can have
   * @return the key, whether there is such a setting or not; null if the variable is not ours
   */
  public static @Nullable String ofVariable(String written, Set<String> ofPolicies) {
    String variable = toVariable(written);
    if (!variable.startsWith("CORS_")
        || variable.equals(Profiles.VARIABLE)
        || isOfKubernetes(variable)) {
      return null;
    }
    String words = variable.substring("CORS_".length()).replace('_', '-').toLowerCase(Locale.ROOT);
    if (words.startsWith("policies-")) {
      String rest = words.substring("policies-".length());
      String longest = ""; // One setting may end like another.
      for (String setting : ofPolicies) {
        if (rest.endsWith("-" + setting) && setting.length() > longest.length()) {
          longest = setting;
        }
      }
      if (!longest.isEmpty()) {
        String name = rest.substring(0, rest.length() - longest.length() - 1);
        return CORS + POLICIES + name + "." + longest;
      }
    }
    return words.startsWith(GUARD + "-")
        ? CORS + GUARD + "." + words.substring(GUARD.length() + 1)
        : CORS + words;
  }

  /**
   * Whether Kubernetes puts a variable into every container of a namespace that has a Service named
   * {@code cors}, or {@code cors-proxy}: {@code CORS_PROXY_SERVICE_HOST}, {@code CORS_PORT}, {@code
   * CORS_PROXY_PORT_8080_TCP_ADDR}.
   */
  private static boolean isOfKubernetes(String variable) {
    if (variable.endsWith("_SERVICE_HOST")
        || variable.endsWith("_PORT")
        || variable.contains("_SERVICE_PORT_")) {
      return true;
    }
    int port = variable.indexOf("_PORT_");
    if (port == -1) {
      return false;
    }
    String[] words = variable.substring(port + "_PORT_".length()).split("_", -1);
    return words.length >= 2
        && words.length <= 3
        && !words[0].isEmpty()
        && words[0].chars().allMatch(c -> c >= '0' && c <= '9')
        && PROTOCOLS.contains(words[1])
        && (words.length == 2 || OF_A_PORT.contains(words[2]));
  }

  /**
   * Returns the environment variable that sets a key. Of another spelling of a variable, returns
   * the usual one.
   */
  public static String toVariable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** Returns the name of the policy that a key belongs to; null if that policy has no name. */
  public static @Nullable String policy(String key) {
    if (!key.startsWith(CORS + POLICIES)) {
      return null;
    }
    int from = (CORS + POLICIES).length();
    int dot = key.indexOf('.', from);
    return dot == -1 ? null : key.substring(from, dot);
  }

  /**
   * Returns the key of a list, for that of a member: {@code cors.allowed-origins} for {@code
   * cors.allowed-origins[0]}, {@code CORS_ALLOWED_ORIGINS} for {@code CORS_ALLOWED_ORIGINS_0}. Any
   * other key is returned as it is.
   */
  public static String listOf(String key) {
    return MEMBER.matcher(key).replaceFirst("");
  }

  /**
   * Returns the key of the setting that was probably meant; null if there is none. Never a
   * dangerous setting, unless the typo names the danger.
   *
   * @param key what is written
   * @param prefix what the keys of the known settings begin with
   * @param isVariable whether to return the name of an environment variable
   */
  public static @Nullable String nearest(
      String key, String prefix, Set<String> known, boolean isVariable) {
    if (CORS.equals(key + ".")) {
      return CORS + ALLOWED_ORIGINS;
    }
    String setting = key.startsWith(prefix) ? key.substring(prefix.length()) : key;
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < setting.length(); i++) {
      char c = setting.charAt(i);
      boolean isHump =
          i > 0 && Character.isUpperCase(c) && Character.isLowerCase(setting.charAt(i - 1));
      words.append(isHump ? "-" : "").append(c == '.' || c == '_' ? '-' : Character.toLowerCase(c));
    }
    if (words.indexOf("policies") == 0) {
      return null; // What is meant for some paths is not a setting for all of them.
    }
    boolean isPaths = prefix.equals(CORS) && PATHS.contains(words.toString());
    String nearest = isPaths ? POLICIES + "<name>.paths" : null;
    int most = isPaths ? Integer.MAX_VALUE : 0;
    for (String candidate : known) {
      if (candidate.startsWith(DANGER) && !words.toString().startsWith("dangerous")) {
        continue;
      }
      int common = 100 * commonWords(words.toString(), candidate);
      boolean isOfGuard = candidate.startsWith(GUARD + ".");
      if (isOfGuard && words.indexOf(GUARD) != 0 && (common < 200 || !isTrustOrExemption(words))) {
        continue; // Other words, such as enabled or credentials, may be about something else.
      }
      int distance = Typo.distance(words.toString(), candidate);
      int likeness = common + 50 - Math.min(50, distance);
      // Half of the settings allow something. What they allow shows which one was meant.
      String noun = words.toString().replaceAll("\\b(allow|expose)[a-z]*\\b", "");
      boolean isMeant = commonWords(noun, candidate) > 0 || distance < candidate.length() / 3;
      if (likeness > most && isMeant) {
        nearest = candidate;
        most = likeness;
      }
    }
    if (nearest == null) {
      return null;
    }
    String whole = prefix + nearest;
    return isVariable ? toVariable(whole) : whole;
  }

  /** Returns the value by which a switch turns CORS on; null if it is not called as a switch is. */
  static @Nullable Boolean turnsOn(String setting) {
    return SWITCHES.get(setting);
  }

  private static boolean isTrustOrExemption(CharSequence words) {
    return words.toString().contains("trust") || words.toString().contains("exempt");
  }

  /** Whether a key is about private network access, which browsers have given up. */
  public static boolean isOfPrivateNetwork(String key) {
    return key.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT).contains("privatenetwork");
  }

  /** How many words of two names begin alike: {@code allow} is near to {@code allowed}. */
  private static int commonWords(String one, String other) {
    int common = 0;
    for (String word : one.split("-")) {
      for (String candidate : other.replace('.', '-').split("-")) {
        if (word.length() > 2 && (candidate.startsWith(word) || word.startsWith(candidate))) {
          common++;
        }
      }
    }
    return common;
  }
}
