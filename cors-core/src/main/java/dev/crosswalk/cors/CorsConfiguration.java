package dev.crosswalk.cors;

import dev.crosswalk.cors.Combined.ByPath;
import dev.crosswalk.cors.FrameworkSettings.SettingKind;
import dev.crosswalk.cors.Setting.Scope;
import dev.crosswalk.cors.internal.config.Keys;
import dev.crosswalk.cors.internal.config.Profiles;
import dev.crosswalk.cors.internal.config.PropertyFile;
import dev.crosswalk.cors.internal.config.Sources;
import dev.crosswalk.cors.internal.config.Sources.Entry;
import dev.crosswalk.cors.internal.config.WatchedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads policies from files, the environment and system properties. If several sources set the same
 * key, the later source wins:
 *
 * <ol>
 *   <li>{@code cors.properties} on the class path, or the file that you name, in UTF-8;
 *   <li>{@code cors-prod.properties} beside it, if {@code prod} is the profile: the environment
 *       variable {@code CORS_PROFILE} or the system property {@code cors.profile} names it, and
 *       where neither is set {@code SPRING_PROFILES_ACTIVE}, {@code QUARKUS_PROFILE} or {@code
 *       MICRONAUT_ENVIRONMENTS};
 *   <li>environment variables such as {@code CORS_ALLOWED_ORIGINS};
 *   <li>system properties such as {@code cors.allowed-origins}.
 * </ol>
 *
 * <p>Settings have the names that {@link CorsPolicy#toString()} shows. Several policies are {@code
 * cors.policies.<name>.…}, each with {@code paths}, chosen as {@link Cors#byPath} does. In the
 * profile {@code prod} an origin on the user's own machine, or one without TLS, is an error. With
 * {@code cors.guard.enabled=true} a {@link CrossOriginGuard} wraps them all. With {@code
 * cors.log-refusals=true} refusals are logged.
 */
public final class CorsConfiguration {

  private static final String CORS = Setting.PREFIX;
  private static final String ROOT = "cors";
  private static final String GUARD = "guard";
  private static final String PROFILE = Profiles.KEY;
  static final String FILE = "cors.properties";

  // Whole keys: of the guard, and of all that surrounds the policies.
  private static final Set<String> GUARD_KEYS = Setting.keys(CORS, Scope.GUARD);
  private static final Set<String> SHARED_KEYS = Setting.keys(CORS, Scope.GUARD, Scope.LOG);
  // What may follow cors., and what may follow the name of a policy.
  static final Set<String> UNNAMED_KEYS = Setting.keys("", Scope.POLICY, Scope.GUARD, Scope.LOG);
  static final Set<String> NAMED_KEYS = Setting.keys("", Scope.POLICY, Scope.NAMED_POLICY);

  /** Keys with the value of the last source, in the order in which they were first seen. */
  private final Map<String, Entry> settings = new LinkedHashMap<>();

  /** The places of all keys, known or not, in the order written. */
  private final Map<String, Integer> order = new HashMap<>();

  private final List<PolicyProblem> problems = new ArrayList<>();
  private final Sources sources = new Sources();
  private Profiles.Stage stage = Profiles.Stage.UNKNOWN;

  private CorsConfiguration() {}

  /**
   * Loads {@code cors.properties} from the class path, and what the environment and system
   * properties set.
   *
   * @return what decides: a {@link CorsPolicy}, policies by path, a guard around them
   * @throws InvalidCorsPolicyException if anything is wrong, including an unknown key; it lists all
   *     problems with file and line
   */
  public static Cors load() {
    return load(
        FILE,
        FILE + " on the class path",
        Sources::resource,
        System.getenv(),
        Sources.systemProperties());
  }

  /**
   * Loads a file instead of the one on the class path, and what the environment and system
   * properties set. The profile's file is beside it.
   *
   * @param file the file, which must exist
   * @return what decides: a {@link CorsPolicy}, policies by path, a guard around them
   * @throws NullPointerException if an argument is null
   * @throws InvalidCorsPolicyException if anything is wrong; it lists all problems with file and
   *     line
   */
  public static Cors load(Path file) {
    return load(file, WatchedFiles.Content::of, System.getenv(), Sources.systemProperties());
  }

  /**
   * Loads a file as {@link #load(Path)} does, in a profile: for a test of what production allows.
   *
   * @param file the file, which must exist
   * @param profile the profile, such as {@code prod}, whatever the environment names
   * @return what decides: a {@link CorsPolicy}, policies by path, a guard around them
   * @throws NullPointerException if an argument is null
   * @throws InvalidCorsPolicyException if anything is wrong; it lists all problems
   */
  public static Cors load(Path file, String profile) {
    Map<String, String> system = Sources.systemProperties();
    system.put(
        PROFILE, Objects.requireNonNull(profile, "The profile is null: name one, such as prod"));
    return load(file, WatchedFiles.Content::of, System.getenv(), system);
  }

  /**
   * Loads only these properties, for a framework that has its own configuration.
   *
   * @param properties the properties; keys that do not begin with {@code cors.} are ignored, but
   *     {@code cors} itself is an error, and {@code cors.profile} is the profile
   * @return what decides: a {@link CorsPolicy}, policies by path, a guard around them
   * @throws NullPointerException if an argument is null
   * @throws InvalidCorsPolicyException if anything is wrong; it lists all problems
   */
  public static Cors of(Map<String, String> properties) {
    return of(Sources.sorted(required(properties)), (key, index) -> null);
  }

  /**
   * Loads only these properties, for a framework that knows where each of them is written.
   *
   * @param properties the properties, as {@link #of(Map)} takes them; problems are listed in their
   *     order
   * @param places where a member of a value is written, such as {@code application.yml:7}, by the
   *     key and the member's index, which is -1 for the whole value; null if that is not known
   * @return what decides: a {@link CorsPolicy}, policies by path, a guard around them
   * @throws NullPointerException if an argument is null
   * @throws InvalidCorsPolicyException if anything is wrong; it lists all problems
   */
  public static Cors of(
      Map<String, String> properties, BiFunction<String, Integer, @Nullable String> places) {
    return of(properties, places, List.of());
  }

  /**
   * Loads only these properties, for a framework that has profiles of its own.
   *
   * @param properties the properties, as {@link #of(Map)} takes them
   * @param places where a member of a value is written, as in {@link #of(Map, BiFunction)}
   * @param profiles the names of the framework's active profiles. If one of them is {@code prod} or
   *     {@code production}, in any case, the rules for production apply; otherwise {@code
   *     cors.profile} may name a profile
   * @return what decides: a {@link CorsPolicy}, policies by path, a guard around them
   * @throws NullPointerException if an argument is null
   * @throws InvalidCorsPolicyException if anything is wrong; it lists all problems
   */
  public static Cors of(
      Map<String, String> properties,
      BiFunction<String, Integer, @Nullable String> places,
      Collection<String> profiles) {
    CorsConfiguration configuration = new CorsConfiguration();
    configuration.check(
        Profiles.ofFramework(
            Objects.requireNonNull(profiles, "The profiles are null: pass those that are active"),
            required(properties)));
    configuration.sources.addProperties(
        properties,
        key -> key.startsWith(CORS) || key.equals(ROOT),
        "property",
        Objects.requireNonNull(places, "The places are null: pass a function, or leave it out"));
    return configuration.cors("the configuration");
  }

  /**
   * Loads a file as {@link #load(Path)} does, and loads it again within two seconds after it or the
   * profile's file changes. If a file is wrong, or cannot be read, the old policy stays in force,
   * the problems are logged to {@code dev.crosswalk.cors}, and {@link WatchedCors#problems()}
   * returns them. A daemon thread watches the files until you close the result.
   *
   * @param file the file, which must exist
   * @return what decides by the newest policy that is right
   * @throws NullPointerException if an argument is null
   * @throws InvalidCorsPolicyException if the file is wrong to begin with
   */
  public static WatchedCors watching(Path file) {
    return watching(file, problems -> {});
  }

  /**
   * Watches a file as {@link #watching(Path)} does, and tells a listener about every change.
   *
   * @param file the file, which must exist
   * @param listener receives the reasons why the old policy stays in force; an empty list means
   *     that the new policy is in force. A failure is reported once, and again every ten minutes.
   *     The watching thread calls it, and logs what it throws
   * @return what decides by the newest policy that is right
   * @throws NullPointerException if an argument is null
   * @throws InvalidCorsPolicyException if the file is wrong to begin with
   */
  public static WatchedCors watching(Path file, Consumer<? super List<PolicyProblem>> listener) {
    Map<String, String> environment = System.getenv();
    Map<String, String> system = Sources.systemProperties();
    return WatchedCors.watching(
        Sources.files(required(file), Profiles.of(environment, system)),
        look -> load(file, look::content, environment, system),
        Objects.requireNonNull(listener, "The listener is null: pass one, or leave it out"));
  }

  private static Path required(Path file) {
    return Objects.requireNonNull(file, "The file is null: pass its path");
  }

  private static Map<String, String> required(Map<String, String> properties) {
    return Objects.requireNonNull(properties, "The properties are null: pass a map");
  }

  static Cors load(
      Path file,
      Function<Path, WatchedFiles.Content> contents,
      Map<String, String> environment,
      Map<String, String> system) {
    String name = required(file).toString();
    return load(name, name, Sources.beside(file, contents), environment, system);
  }

  static Cors load(
      String base,
      String where,
      Function<String, @Nullable PropertyFile> reader,
      Map<String, String> environment,
      Map<String, String> system) {
    CorsConfiguration configuration = new CorsConfiguration();
    Profiles profiles = Profiles.of(environment, system);
    configuration.check(profiles);
    for (String absent : configuration.sources.add(base, reader, profiles)) {
      // Otherwise a typo in the name would make a policy that nobody asked for.
      configuration.problems.add(
          ProblemCode.CONFIGURATION_PROFILE_FILE.at(
              PROFILE, profiles.names().get(0), -1, null, absent));
    }
    configuration.sources.addEnvironment(environment, name -> Keys.ofVariable(name, NAMED_KEYS));
    configuration.sources.addProperties(
        Sources.sorted(system),
        key -> key.startsWith(CORS),
        "system property",
        (key, index) -> null);
    return configuration.cors(where);
  }

  private void check(Profiles profiles) {
    if (profiles.wrong() != null) {
      problems.add(
          ProblemCode.CONFIGURATION_PROFILE_NAME.at(
              PROFILE, profiles.wrong(), -1, profiles.source()));
    }
    stage = profiles.stage();
  }

  /** Takes the entries of the sources, and finds out which keys are settings. */
  private void read() {
    for (PropertyFile.Flaw flaw : sources.flaws()) {
      problems.add(
          ProblemCode.valueOf("CONFIGURATION_" + flaw.fault())
              .at(PolicyProblem.NO_SETTING, flaw.value(), -1, flaw.source(), flaw.detail()));
    }
    for (Sources.Duplicate twice : sources.duplicates()) {
      problems.add(
          ProblemCode.CONFIGURATION_DUPLICATE_KEY.at(
              twice.key(), null, -1, twice.place(), twice.earlier()));
    }
    for (Entry entry : sources.entries()) {
      String key = entry.key();
      String place = entry.where();
      if (key.equals(PROFILE)) {
        if (entry.kind() == Entry.Kind.FILE) {
          problems.add(
              ProblemCode.CONFIGURATION_PROFILE_IN_FILE.at(PROFILE, entry.value(), -1, place));
        }
        continue;
      }
      order.putIfAbsent(key, order.size());
      String name = Keys.policy(key);
      if (!isSetting(key)) {
        problems.add(unknown(entry, name));
      } else if (name != null && !Profiles.isName(name)) {
        problems.add(ProblemCode.CONFIGURATION_POLICY_NAME.at(key, name, -1, place));
      } else {
        settings.put(key, entry);
      }
    }
  }

  /** Whether there is such a setting, of a policy with any name or of none. */
  static boolean isSetting(String key) {
    String name = Keys.policy(key);
    return name == null
        ? key.startsWith(CORS) && UNNAMED_KEYS.contains(key.substring(CORS.length()))
        : NAMED_KEYS.contains(key.substring(prefix(name).length()));
  }

  private static String prefix(@Nullable String policy) {
    return policy == null ? CORS : CORS + Setting.POLICIES + policy + ".";
  }

  private PolicyProblem unknown(Entry entry, @Nullable String policy) {
    String key = entry.key();
    String source = entry.where();
    if (policy == null && key.startsWith(CORS + "policies")) {
      return ProblemCode.CONFIGURATION_POLICY_KEY.at(key, null, -1, source);
    }
    String prefix = prefix(policy);
    if (policy != null) {
      String ofAll = CORS + key.substring(prefix.length());
      if (ofAll.startsWith(CORS + GUARD) || SHARED_KEYS.contains(ofAll)) {
        return ProblemCode.CONFIGURATION_OF_ALL_POLICIES.at(key, null, -1, source, ofAll);
      }
    }
    if (Keys.isOfPrivateNetwork(key)) {
      return ProblemCode.CONFIGURATION_PRIVATE_NETWORK.at(key, null, -1, source);
    }
    Set<String> known = policy == null ? UNNAMED_KEYS : NAMED_KEYS;
    String nearest = sources.insteadOfSwitch(entry, prefix, Setting.flag(entry.value()));
    if (nearest == null) {
      nearest = Keys.nearest(key, prefix, known, entry.kind() == Entry.Kind.VARIABLE);
    }
    return nearest == null
        ? ProblemCode.CONFIGURATION_UNKNOWN_KEY.at(key, null, -1, source)
        : ProblemCode.CONFIGURATION_MISSPELLED_KEY.at(key, null, -1, source, nearest);
  }

  private Cors cors(String where) {
    read();
    List<@Nullable String> names = new ArrayList<>();
    for (String key : settings.keySet()) {
      if (!SHARED_KEYS.contains(key) && !names.contains(Keys.policy(key))) {
        names.add(Keys.policy(key));
      }
    }
    if (names.isEmpty() && !settings.isEmpty()) {
      names.add(null); // A guard needs a policy; validation says that it has no origin.
    }
    if (names.isEmpty() && problems.isEmpty()) {
      problems.add(
          ProblemCode.CONFIGURATION_MISSING.at(
              CORS + Setting.ALLOWED_ORIGINS.key(), null, -1, null, where));
    }
    Map<String, CorsPolicy> policies = new LinkedHashMap<>();
    PathValidation validation = new PathValidation();
    for (String name : names) {
      CorsPolicy policy = build(prefix(name));
      for (String path : paths(name, validation)) {
        policies.put(path, policy);
      }
    }
    boolean single = names.size() == 1 && names.get(0) == null;
    Cors all = single ? policies.values().iterator().next() : new ByPath(policies);
    Cors guarded = guarded(all);
    RefusalLog log = RefusalLog.of(written(CORS, Scope.LOG), problems);
    if (!problems.isEmpty()) {
      problems.sort(Comparator.comparing(this::place));
      throw new InvalidCorsPolicyException(problems);
    }
    return log == null ? guarded : Cors.observed(guarded, log);
  }

  /** Wraps all policies in the guard, if it is enabled. Checks its settings even if it is not. */
  private Cors guarded(Cors cors) {
    Entry first =
        settings.values().stream()
            .filter(setting -> GUARD_KEYS.contains(setting.key()))
            .findFirst()
            .orElse(null);
    if (first == null) {
      return cors;
    }
    Written written = written(CORS, Scope.GUARD);
    if (!written.isSet(Setting.GUARD_ENABLED)) {
      // The person who wrote this believes that there is a guard.
      problems.add(ProblemCode.GUARD_NOT_ENABLED.at(first.key(), null, -1, first.where()));
    }
    PolicyProblem flag = written.flagProblem(Setting.GUARD_ENABLED);
    if (flag != null) {
      problems.add(flag);
    }
    try {
      CrossOriginGuard guard = CrossOriginGuard.around(cors, written).build();
      return written.isTrue(Setting.GUARD_ENABLED) ? guard : cors;
    } catch (InvalidCorsPolicyException e) {
      problems.addAll(e.problems());
      return cors;
    }
  }

  /** Problems of files and profiles come first, missing settings come last. */
  private int place(PolicyProblem problem) {
    boolean isGeneral =
        problem.setting().equals(PolicyProblem.NO_SETTING) || problem.setting().equals(PROFILE);
    return isGeneral ? -1 : order.getOrDefault(problem.setting(), Integer.MAX_VALUE);
  }

  /** Returns the policy. If it is wrong, adds the problems and returns one that allows no one. */
  private CorsPolicy build(String prefix) {
    try {
      return CorsPolicy.of(written(prefix, Scope.POLICY));
    } catch (InvalidCorsPolicyException e) {
      problems.addAll(e.problems());
      return CorsPolicy.none();
    }
  }

  private Written written(String prefix, Scope scope) {
    Written written = new Written(prefix, stage);
    for (Setting setting : Setting.of(scope)) {
      Entry configured = settings.get(prefix + setting.key());
      if (configured != null) {
        boolean isList = setting.kind() == SettingKind.LIST;
        written.set(
            setting,
            isList ? configured.members() : List.of(configured.value()),
            index -> configured.place().apply(index));
      }
    }
    return written;
  }

  private List<String> paths(@Nullable String policy, PathValidation validation) {
    if (policy == null) {
      return validation.ofUnnamed("/");
    }
    String key = prefix(policy) + Setting.PATHS.key();
    Entry setting = settings.get(key);
    if (setting == null) {
      problems.add(ProblemCode.PATH_MISSING.at(key, null, -1, null));
      return List.of();
    }
    return validation.ofPolicy(policy, setting, problems::add);
  }
}
