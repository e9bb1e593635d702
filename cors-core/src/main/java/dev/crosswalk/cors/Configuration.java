package dev.crosswalk.cors;

import dev.crosswalk.cors.Combined.ByPath;
import dev.crosswalk.cors.internal.config.PropertyFile;
import dev.crosswalk.cors.internal.config.PropertyFile.Entry;
import dev.crosswalk.cors.internal.syntax.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads policies from files, environment variables and system properties, and finds everything that
 * is wrong with them. See {@link Cors#fromConfiguration()}.
 */
final class Configuration {

  private static final String CORS = "cors.";
  private static final String POLICIES = "policies.";
  private static final String GUARD = "guard";
  private static final String PROFILE = "cors.profile";
  private static final String FILE = "cors.properties";
  private static final String EXTENSION = ".properties";

  /** The profiles in which the rules for production hold. */
  private static final List<String> PRODUCTION = List.of("prod", "production");

  private static final List<String> TRUE = List.of("true", "yes", "on", "1");
  private static final List<String> FALSE = List.of("false", "no", "off", "0");

  /** The settings of a policy, by the names that they have everywhere. */
  static final List<String> SETTINGS = keys(dev.crosswalk.cors.Setting.Scope.POLICY);

  /** The settings of the guard, which goes round all policies and belongs to none. */
  static final List<String> GUARD_SETTINGS = keys(dev.crosswalk.cors.Setting.Scope.GUARD);

  private static List<String> keys(dev.crosswalk.cors.Setting.Scope scope) {
    return dev.crosswalk.cors.Setting.of(scope).stream()
        .map(dev.crosswalk.cors.Setting::key)
        .toList();
  }

  /** What is configured under one key, and where each member of the value stands. */
  private record Setting(String value, IntFunction<String> source) {

    String place() {
      return source.apply(-1);
    }
  }

  /** Keys with what the last source says, in the order in which they were first seen. */
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  /** The places of all keys, known or not, in the order written. */
  private final Map<String, Integer> order = new HashMap<>();

  private final List<PolicyProblem> problems = new ArrayList<>();
  private boolean production;

  private Configuration() {}

  /**
   * Loads from files, the environment and system properties; later ones win.
   *
   * @param file the file; null for the one on the class path
   */
  static Cors load(
      @Nullable Path file, Map<String, String> environment, Map<String, String> system) {
    if (file == null) {
      String where = FILE + " on the class path";
      return load(FILE, where, Configuration::resource, environment, system);
    }
    return load(
        file.toString(),
        file.toString(),
        name -> {
          PropertyFile read = file(file.getFileSystem().getPath(name));
          return read == null && name.equals(file.toString())
              ? PropertyFile.unreadable(name, PropertyFile.Fault.FILE_MISSING, "")
              : read;
        },
        environment,
        system);
  }

  /**
   * @param base what to call the file
   * @param where the same, for somebody who looks for it
   * @param reader finds a file by its name, or has null if there is none
   */
  static Cors load(
      String base,
      String where,
      Function<String, @Nullable PropertyFile> reader,
      Map<String, String> environment,
      Map<String, String> system) {
    Configuration configuration = new Configuration();
    String profile = configuration.profile(environment, system);
    configuration.add(base, reader, profile);
    configuration.addEnvironment(environment);
    configuration.addAll(system, "system property ");
    return configuration.cors(where);
  }

  /** Loads from the properties of a framework, that has sources and precedence of its own. */
  static Cors load(Map<String, String> properties) {
    Configuration configuration = new Configuration();
    configuration.profile(Map.of(), properties);
    configuration.addAll(properties, "property ");
    return configuration.cors("the configuration");
  }

  /** Returns the files that {@link #load} reads, whether they exist or not. */
  static List<Path> files(Path file, Map<String, String> environment, Map<String, String> system) {
    String profile = new Configuration().profile(environment, system);
    return profile == null
        ? List.of(file)
        : List.of(file, file.getFileSystem().getPath(name(file.toString(), profile)));
  }

  static Map<String, String> systemProperties() {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name, ""));
    }
    return properties;
  }

  // The sources.

  private @Nullable String profile(Map<String, String> environment, Map<String, String> system) {
    String profile = environment.get("CORS_PROFILE");
    String source = "environment variable CORS_PROFILE";
    if (system.containsKey(PROFILE)) {
      profile = system.get(PROFILE);
      source = "property " + PROFILE;
    }
    if (profile == null) {
      return null;
    }
    if (!isName(profile)) {
      problems.add(ProblemCode.CONFIGURATION_PROFILE_NAME.at(PROFILE, profile, -1, source));
      return null;
    }
    production = PRODUCTION.contains(profile);
    return profile;
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
  }

  private static String name(String base, String profile) {
    boolean extended = base.endsWith(EXTENSION);
    String stem = extended ? base.substring(0, base.length() - EXTENSION.length()) : base;
    return stem + "-" + profile + (extended ? EXTENSION : "");
  }

  private void add(
      String base, Function<String, @Nullable PropertyFile> reader, @Nullable String profile) {
    PropertyFile file = reader.apply(base);
    if (file != null) {
      add(file);
    }
    PropertyFile ofProfile = profile == null ? null : reader.apply(name(base, profile));
    if (ofProfile != null) {
      add(ofProfile);
    } else if (profile != null && !production) {
      // A slip in the name would otherwise be a policy that nobody asked for.
      problems.add(
          ProblemCode.CONFIGURATION_PROFILE_FILE.at(
              PROFILE, profile, -1, null, name(base, profile)));
    }
  }

  private static @Nullable PropertyFile resource(String name) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream stream =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(name)
            : loader.getResourceAsStream(name)) {
      return stream == null
          ? null
          : PropertyFile.read(name, stream.readNBytes(PropertyFile.MAX_BYTES + 1));
    } catch (IOException e) {
      return unreadable(name, e);
    }
  }

  private static @Nullable PropertyFile file(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      return PropertyFile.read(file.toString(), stream.readNBytes(PropertyFile.MAX_BYTES + 1));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      return unreadable(file.toString(), e);
    }
  }

  private static PropertyFile unreadable(String name, IOException e) {
    return PropertyFile.unreadable(name, PropertyFile.Fault.UNREADABLE, e.toString());
  }

  private void add(PropertyFile file) {
    for (PropertyFile.Flaw flaw : file.flaws()) {
      problems.add(
          ProblemCode.valueOf("CONFIGURATION_" + flaw.fault())
              .at("cors", flaw.value(), -1, flaw.source(), flaw.detail()));
    }
    Map<String, Integer> lines = new HashMap<>();
    for (Entry entry : file.entries()) {
      IntFunction<String> source = source(file.name(), entry);
      Integer earlier = lines.putIfAbsent(entry.key(), entry.line());
      if (earlier != null) {
        duplicate(entry.key(), source.apply(-1), "line " + earlier);
      } else if (entry.key().equals(PROFILE)) {
        problems.add(
            ProblemCode.CONFIGURATION_PROFILE_IN_FILE.at(
                PROFILE, entry.value(), -1, source.apply(-1)));
      } else {
        add(entry.key(), new Setting(entry.value(), source));
      }
    }
  }

  /** A member of a list may stand in a later line than its key. */
  private static IntFunction<String> source(String file, Entry entry) {
    int[] lines = new int[1 + (int) entry.value().chars().filter(c -> c == ',').count()];
    int member = 0;
    int breaks = 0;
    lines[0] = entry.line();
    boolean isBlank = true;
    for (int i = 0; i < entry.value().length(); i++) {
      while (breaks < entry.breaks().size() && entry.breaks().get(breaks) <= i) {
        breaks++;
      }
      char c = entry.value().charAt(i);
      if (c == ',') {
        lines[member] = isBlank ? entry.line() + breaks : lines[member];
        isBlank = true;
        lines[++member] = entry.line() + breaks;
      } else if (isBlank && c > ' ') {
        isBlank = false;
        lines[member] = entry.line() + breaks;
      }
    }
    return index -> file + ":" + (index < 0 ? entry.line() : lines[index]);
  }

  private void addEnvironment(Map<String, String> environment) {
    Map<String, String> names = new HashMap<>();
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              String upper = name.toUpperCase(Locale.ROOT);
              if (!upper.startsWith("CORS_") || upper.equals("CORS_PROFILE")) {
                return;
              }
              String source = "environment variable " + name;
              String key = key(upper);
              String earlier = names.putIfAbsent(key, name);
              if (earlier != null) {
                duplicate(key, source, earlier);
              } else {
                add(key, new Setting(value, index -> source));
              }
            });
  }

  /** Returns what {@code CORS_POLICIES_PUBLIC_API_MAX_AGE} stands for. */
  private static String key(String variable) {
    String words = variable.substring("CORS_".length()).replace('_', '-').toLowerCase(Locale.ROOT);
    if (words.startsWith("policies-")) {
      String rest = words.substring("policies-".length());
      for (String setting : namedSettings()) {
        if (rest.endsWith("-" + setting)) {
          String name = rest.substring(0, rest.length() - setting.length() - 1);
          return CORS + POLICIES + name + "." + setting;
        }
      }
    }
    return words.startsWith(GUARD + "-")
        ? CORS + GUARD + "." + words.substring(GUARD.length() + 1)
        : CORS + words;
  }

  private void addAll(Map<String, String> properties, String kind) {
    new TreeMap<>(properties)
        .forEach(
            (key, value) -> {
              if (key.startsWith(CORS) && !key.equals(PROFILE)) {
                add(key, new Setting(value == null ? "" : value, index -> kind + key));
              }
            });
  }

  private void add(String key, Setting setting) {
    order.putIfAbsent(key, order.size());
    String name = policy(key);
    boolean isKnown =
        name == null
            ? key.startsWith(CORS) && SETTINGS.contains(key.substring(CORS.length()))
                || isOfTheGuard(key)
            : namedSettings().contains(key.substring(prefix(name).length()));
    if (!isKnown) {
      problems.add(unknown(key, name, setting.place()));
    } else if (name != null && !isName(name)) {
      problems.add(ProblemCode.CONFIGURATION_POLICY_NAME.at(key, name, -1, setting.place()));
    } else {
      settings.put(key, setting);
    }
  }

  private void duplicate(String key, String source, String earlier) {
    problems.add(ProblemCode.CONFIGURATION_DUPLICATE_KEY.at(key, null, -1, source, earlier));
  }

  /** Returns the name of the policy that a key belongs to, or null if that has none. */
  private static @Nullable String policy(String key) {
    if (!key.startsWith(CORS + POLICIES)) {
      return null;
    }
    int from = (CORS + POLICIES).length();
    int dot = key.indexOf('.', from);
    return dot < 0 ? null : key.substring(from, dot);
  }

  private static String prefix(@Nullable String policy) {
    return policy == null ? CORS : CORS + POLICIES + policy + ".";
  }

  private static boolean isOfTheGuard(String key) {
    return key.startsWith(CORS) && GUARD_SETTINGS.contains(key.substring(CORS.length()));
  }

  private static List<String> unnamedSettings() {
    List<String> unnamed = new ArrayList<>(SETTINGS);
    unnamed.addAll(GUARD_SETTINGS);
    return unnamed;
  }

  private static List<String> namedSettings() {
    List<String> named = new ArrayList<>(SETTINGS);
    named.add(ByPath.PATHS);
    return named;
  }

  private static PolicyProblem unknown(String key, @Nullable String policy, String source) {
    if (policy == null && key.startsWith(CORS + POLICIES)) {
      return ProblemCode.CONFIGURATION_POLICY_KEY.at(key, null, -1, source);
    }
    String prefix = prefix(policy);
    if (policy != null && key.startsWith(prefix + GUARD)) {
      String unnamed = CORS + key.substring(prefix.length());
      return ProblemCode.CONFIGURATION_GUARD_OF_POLICY.at(key, null, -1, source, unnamed);
    }
    String nearest = nearest(key, policy, source);
    return nearest == null
        ? ProblemCode.CONFIGURATION_UNKNOWN_KEY.at(key, null, -1, source)
        : ProblemCode.CONFIGURATION_MISSPELT_KEY.at(key, null, -1, source, nearest);
  }

  /** Returns the setting that somebody probably meant. Nobody means a danger by another name. */
  private static @Nullable String nearest(String key, @Nullable String policy, String source) {
    String prefix = prefix(policy);
    String setting = key.startsWith(prefix) ? key.substring(prefix.length()) : key;
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < setting.length(); i++) {
      char c = setting.charAt(i);
      boolean isHump =
          i > 0 && Character.isUpperCase(c) && Character.isLowerCase(setting.charAt(i - 1));
      words.append(isHump ? "-" : "").append(c == '.' || c == '_' ? '-' : Character.toLowerCase(c));
    }
    List<String> known = policy == null ? unnamedSettings() : namedSettings();
    String nearest = null;
    int most = 0;
    for (String candidate : known) {
      if (candidate.startsWith("dangerously-") && !words.toString().startsWith("dangerous")) {
        continue;
      }
      int common = 100 * commonWords(words.toString(), candidate);
      if (GUARD_SETTINGS.contains(candidate) && common < 200 && words.indexOf(GUARD) != 0) {
        continue; // One word alone, such as enabled, may well be about something else.
      }
      int likeness = common + 50 - Math.min(50, Text.distance(words.toString(), candidate));
      if (likeness > most && (common > 0 || likeness > 50 - candidate.length() / 3)) {
        nearest = candidate;
        most = likeness;
      }
    }
    if (nearest == null) {
      return null;
    }
    String whole = prefix + nearest;
    return source.startsWith("environment")
        ? whole.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')
        : whole;
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

  // The policies.

  private Cors cors(String where) {
    List<@Nullable String> names = new ArrayList<>();
    for (String key : settings.keySet()) {
      if (!isOfTheGuard(key) && !names.contains(policy(key))) {
        names.add(policy(key));
      }
    }
    if (names.isEmpty() && !settings.isEmpty()) {
      names.add(null); // A guard needs a policy. That there is none is a problem of the policy's.
    }
    if (names.isEmpty() && problems.isEmpty()) {
      problems.add(
          ProblemCode.CONFIGURATION_MISSING.at(
              CORS + dev.crosswalk.cors.Setting.ALLOWED_ORIGINS.key(), null, -1, null, where));
    }
    Map<String, CorsPolicy> policies = new LinkedHashMap<>();
    Map<String, @Nullable String> owners = new HashMap<>();
    Map<String, String> spellings = new HashMap<>();
    for (String name : names) {
      CorsPolicy policy = build(prefix(name));
      List<String> paths = name == null ? List.of("/") : paths(prefix(name), owners, spellings);
      for (String path : paths) {
        owners.put(path, name);
        policies.put(path, policy);
      }
    }
    Cors cors =
        guarded(
            names.size() == 1 && names.get(0) == null
                ? policies.values().iterator().next()
                : new ByPath(policies));
    if (!problems.isEmpty()) {
      problems.sort(Comparator.comparing(this::place));
      throw new InvalidCorsPolicyException(problems);
    }
    return cors;
  }

  /** Puts the guard round all policies, if it is enabled; what is wrong with it is found anyway. */
  private Cors guarded(Cors cors) {
    Map.Entry<String, Setting> first =
        settings.entrySet().stream()
            .filter(setting -> isOfTheGuard(setting.getKey()))
            .findFirst()
            .orElse(null);
    if (first == null) {
      return cors;
    }
    if (!settings.containsKey(CORS + CrossOriginGuard.Builder.ENABLED)) {
      // Whoever wrote it believes that there is a guard.
      problems.add(
          ProblemCode.GUARD_NOT_ENABLED.at(first.getKey(), null, -1, first.getValue().place()));
    }
    CrossOriginGuard.Builder builder = CrossOriginGuard.around(cors);
    builder.prefix = CORS;
    builder.production = production;
    builder.sources = sources(CORS);
    builder.trustedOrigins.addAll(members(CORS + CrossOriginGuard.Builder.TRUSTED));
    builder.exemptPaths.addAll(members(CORS + CrossOriginGuard.Builder.EXEMPT));
    builder.exemptPrefixes.addAll(members(CORS + CrossOriginGuard.Builder.EXEMPT_BELOW));
    boolean enabled = isTrue(CORS + CrossOriginGuard.Builder.ENABLED);
    try {
      CrossOriginGuard guard = builder.build();
      return enabled ? guard : cors;
    } catch (InvalidCorsPolicyException e) {
      problems.addAll(e.problems());
      return cors;
    }
  }

  /** Where the settings below a prefix stand. */
  private BiFunction<String, Integer, @Nullable String> sources(String prefix) {
    return (setting, index) -> {
      Setting configured = settings.get(prefix + setting);
      return configured == null ? null : configured.source().apply(index);
    };
  }

  /** Files and profiles come first, what is missing comes last. */
  private int place(PolicyProblem problem) {
    boolean isGeneral = problem.setting().equals("cors") || problem.setting().equals(PROFILE);
    return isGeneral ? -1 : order.getOrDefault(problem.setting(), Integer.MAX_VALUE);
  }

  /** Returns the policy; one that allows nobody if it is wrong, and then there are problems. */
  private CorsPolicy build(String prefix) {
    dev.crosswalk.cors.Setting.Values values =
        new dev.crosswalk.cors.Setting.Values(prefix, production);
    for (dev.crosswalk.cors.Setting setting :
        dev.crosswalk.cors.Setting.of(dev.crosswalk.cors.Setting.Scope.POLICY)) {
      Setting configured = settings.get(prefix + setting.key());
      if (configured != null) {
        boolean isList = setting.kind() == dev.crosswalk.cors.Setting.Kind.LIST;
        values.set(
            setting,
            isList ? members(prefix + setting.key()) : List.of(configured.value()),
            configured.source());
      }
    }
    try {
      return CorsPolicy.of(values);
    } catch (InvalidCorsPolicyException e) {
      problems.addAll(e.problems());
      return CorsPolicy.none();
    }
  }

  private List<String> paths(
      String prefix, Map<String, @Nullable String> owners, Map<String, String> spellings) {
    String key = prefix + ByPath.PATHS;
    Setting setting = settings.get(key);
    if (setting == null) {
      problems.add(ByPath.missing(key, null));
      return List.of();
    }
    List<String> paths = members(key);
    List<String> valid = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      String source = setting.source().apply(i);
      PolicyProblem problem = ByPath.problem(path, key, i, source, spellings);
      if (problem != null) {
        problems.add(problem);
      } else if (owners.containsKey(path)) {
        String owner = owner(owners.get(path));
        problems.add(ProblemCode.PATH_SHARED.at(key, path, i, source, owner));
      } else if (paths.indexOf(path) < i) {
        problems.add(ProblemCode.PATH_DUPLICATE.at(key, path, i, source));
      } else {
        valid.add(path);
      }
    }
    return valid;
  }

  private static String owner(@Nullable String name) {
    return name == null ? "the policy without a name" : "the policy " + name;
  }

  private List<String> members(String key) {
    Setting setting = settings.get(key);
    List<String> members = new ArrayList<>();
    if (setting != null) {
      for (String member : setting.value().split(",", -1)) {
        members.add(member.strip());
      }
    }
    return members;
  }

  private boolean isTrue(String key) {
    Setting setting = settings.get(key);
    String value = setting == null ? "false" : setting.value().strip();
    boolean isTrue = TRUE.contains(value.toLowerCase(Locale.ROOT));
    if (setting != null && !value.equals("true") && !value.equals("false")) {
      boolean isFalse = FALSE.contains(value.toLowerCase(Locale.ROOT));
      String instead = isTrue ? "true" : isFalse ? "false" : "true or false";
      problems.add(ProblemCode.CONFIGURATION_BOOLEAN.at(key, value, -1, setting.place(), instead));
    }
    // What was meant, so that the other problems are found, too.
    return isTrue;
  }
}
