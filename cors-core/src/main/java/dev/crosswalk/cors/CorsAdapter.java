package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.config.Keys;
import dev.crosswalk.cors.internal.config.Log;
import dev.crosswalk.cors.internal.syntax.Text;
import dev.crosswalk.cors.internal.syntax.Token;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What authors of adapters need besides {@link RequestReader}, {@link ResponseWriter} and {@link
 * Cors#decide}: the names of headers and settings, so that no adapter keeps a list of its own, and
 * the checks that every adapter makes at registration.
 */
public final class CorsAdapter {

  private static final List<String> REQUEST_HEADERS =
      List.of(
          "Origin",
          "Access-Control-Request-Method",
          "Access-Control-Request-Headers",
          "Host",
          "Sec-Fetch-Site",
          "Upgrade",
          "Sec-WebSocket-Key",
          "Sec-WebSocket-Version",
          "X-HTTP-Method-Override",
          "X-HTTP-Method",
          "X-Method-Override",
          "Cookie");

  /**
   * What follows {@code Cross-Origin} in the names of headers that have nothing to do with CORS.
   */
  private static final List<String> NOT_FOR_CORS =
      List.of("opener", "embedder", "isolat", "resourcepolicy");

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

  private CorsAdapter() {}

  /**
   * Checks the policy that an adapter is given. Call this at registration, and there call {@link
   * Cors#logWarnings()} of it once.
   *
   * @param cors what the adapter is given
   * @param adapter what to call the adapter in the message: the simple name of the class that a
   *     user registers, or the artifact if nobody registers a class
   * @return {@code cors}, never null
   * @throws NullPointerException if {@code cors} is null; the message says what to pass instead
   */
  public static Cors requirePolicy(@Nullable Cors cors, String adapter) {
    if (cors == null) {
      throw new NullPointerException(
          adapter
              + " needs a policy, but got null. Pass a policy, or CorsPolicy.none() to allow no"
              + " one.");
    }
    return cors;
  }

  /**
   * Makes the exception for a framework that an adapter does not support.
   *
   * @param adapter what to call the adapter, as in {@link #requirePolicy}
   * @param supported what it supports, such as {@code Vert.x 4.4, 4.5 and 5}
   * @param cause what shows that the version is different; null if nothing was thrown
   * @return the exception, for the caller to throw
   */
  public static IllegalStateException unsupported(
      String adapter, String supported, @Nullable Throwable cause) {
    return new IllegalStateException(
        adapter
            + " supports "
            + supported
            + ". This is a different version: use a release of the adapter that supports it.",
        cause);
  }

  /**
   * Logs a warning that no policy is configured. For an adapter that the framework registers
   * automatically. Such an adapter then touches no response.
   *
   * @param adapter what to call the adapter: its artifact, because nobody registers a class
   */
  public static void logNoPolicy(String adapter) {
    warn(
        adapter
            + " has no policy, so it does nothing. Set cors.allowed-origins, or provide a bean of"
            + " the type Cors.");
  }

  /**
   * Logs a warning if {@code cors.properties} is on the class path. For an adapter that reads the
   * configuration of its framework, where the file would be a second source of settings.
   *
   * @param adapter what to call the adapter: its artifact
   * @param isOnClassPath tells whether the application has a file
   */
  public static void logIgnoredFile(String adapter, Predicate<String> isOnClassPath) {
    if (isOnClassPath.test(CorsConfiguration.FILE)) {
      warn(
          adapter
              + " does not read "
              + CorsConfiguration.FILE
              + ", which is on the class path: move its settings to the application's"
              + " configuration, such as application.properties.");
    }
  }

  /**
   * Logs a warning if the paths of policies lack the path below which the whole application is.
   * Most frameworks leave it out where a path is written for them, so it is easily forgotten. Says
   * nothing if one of the paths has it: then the others may be those of another application.
   *
   * @param cors what decides
   * @param contextPath what the framework puts in front of all paths, such as {@code /shop}; with a
   *     slash at its end or not, and null, empty or a slash if there is nothing
   */
  public static void logMissingContextPath(Cors cors, @Nullable String contextPath) {
    String context = contextPath == null ? "" : withoutSlashAtEnd(contextPath);
    Set<String> paths = new TreeSet<>();
    addPaths(cors, paths);
    paths.remove("/");
    boolean isRelated =
        paths.stream()
            .anyMatch(
                path ->
                    (path + "/").startsWith(context + "/")
                        || (context + "/").startsWith(path + "/"));
    if (!context.isEmpty() && !paths.isEmpty() && !isRelated) {
      warn(
          "No request to the application at "
              + Text.oneLine(context)
              + " has the policy of "
              + String.join(", ", paths)
              + ", because the whole path is compared, with "
              + Text.oneLine(context)
              + " in front. Write "
              + paths.stream()
                  .map(path -> Text.oneLine(context) + path)
                  .collect(Collectors.joining(", "))
              + ".");
    }
  }

  /**
   * Warns of each filter for CORS beside an adapter's own, by its name: containers have one, and
   * applications copy one. Spring's own are not these, because Spring has other places for CORS,
   * nor are those for {@code Cross-Origin-Opener-Policy} and its like.
   *
   * @param adapter the simple name of the adapter's filter
   * @param filters the names of the classes of all filters but the adapter's
   */
  public static void logOtherFilters(String adapter, Collection<String> filters) {
    for (String filter : new TreeSet<>(filters)) {
      if (!filter.startsWith("org.springframework.") && isForCors(filter)) {
        warn(
            "The application has another filter for CORS beside "
                + adapter
                + ", "
                + filter
                + ". It may refuse origins that the policy allows. Remove it.");
      }
    }
  }

  private static boolean isForCors(String type) {
    int simple = Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1;
    String name = Token.lower(type.substring(simple)).replace("_", "");
    int from = name.indexOf("crossorigin");
    String what = from < 0 ? "" : name.substring(from + "crossorigin".length());
    return name.contains("cors") || from >= 0 && NOT_FOR_CORS.stream().noneMatch(what::startsWith);
  }

  private static String withoutSlashAtEnd(String path) {
    return path.endsWith("/") ? withoutSlashAtEnd(path.substring(0, path.length() - 1)) : path;
  }

  private static void addPaths(Cors cors, Set<String> paths) {
    if (cors instanceof Combined.ByPath byPath) {
      paths.addAll(byPath.paths());
    }
    if (cors instanceof Combined combined) {
      combined.parts().forEach(part -> addPaths(part, paths));
    }
  }

  /**
   * Logs a warning to the system logger named {@code dev.crosswalk.cors}, to which everything of
   * this library goes. A handler of the log that fails breaks nothing.
   *
   * @param sentence what is wrong, and what to do about it
   */
  public static void warn(String sentence) {
    Log.write(System.Logger.Level.WARNING, sentence, null);
  }

  /**
   * Returns whether a request opens a WebSocket over HTTP/1.1 (RFC 6455 §4.1). CORS does not apply
   * to an <a href="https://fetch.spec.whatwg.org/#websocket-opening-handshake">opening
   * handshake</a>: the response that accepts it, a 101, gets no headers. All three fields are
   * required, but anyone can send them to any resource: whatever is not a 101 needs the headers. So
   * an adapter that cannot see the status waits with such a request, and with no other.
   *
   * @param request the request
   * @param reader how to read it
   * @param <Q> the framework's type of a request
   * @return whether it is a handshake
   */
  public static <Q> boolean opensWebSocket(Q request, RequestReader<? super Q> reader) {
    return RequestSite.asksForWebSocket(request, reader, false)
        && reader.header(request, "Sec-WebSocket-Key") != null
        && reader.header(request, "Sec-WebSocket-Version") != null;
  }

  /** {@return the names of the request headers that core may read, in no particular order} */
  public static List<String> requestHeaders() {
    return REQUEST_HEADERS;
  }

  /** {@return the names of the response headers that core may write, in no particular order} */
  public static List<String> responseHeaders() {
    return PolicyHeaders.NAMES;
  }

  /**
   * Returns values that core often writes, for a framework that can encode them once.
   *
   * @return the values, in no particular order
   */
  public static List<String> frequentValues() {
    return PolicyHeaders.VARY_VALUES;
  }

  /**
   * Returns the setting that an environment variable sets, for a framework whose own configuration
   * reads every combination of dots and hyphens into a variable's name.
   *
   * @param variable the variable's name
   * @return the whole key, such as {@code cors.policies.public-api.max-age} for {@code
   *     CORS_POLICIES_PUBLIC_API_MAX_AGE}; null if it sets none
   */
  public static @Nullable String settingOf(String variable) {
    String key = Keys.ofVariable(variable, CorsConfiguration.NAMED_KEYS);
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
    return Keys.listOf(key);
  }

  /**
   * Returns what to say of a source that has a setting in two spellings, for a framework that reads
   * one of them and ignores the other. The members of one list are not two spellings.
   *
   * @param source what to call the source
   * @param key a key of the setting, as it is written there
   * @param other another key of the same setting
   * @return the beginning of a sentence, without a full stop; null if both keys are right
   */
  public static @Nullable String twice(String source, String key, String other) {
    String list = Keys.listOf(key);
    boolean areMembers =
        list.equals(Keys.listOf(other)) && !list.equals(key) && !list.equals(other);
    return areMembers ? null : source + " has the same setting twice: " + key + " and " + other;
  }

  /**
   * Warns of each environment variable that looks like a misspelled setting, and names the setting.
   * A framework's own configuration ignores it in silence. It is a warning and not an error because
   * the application may use the variable itself. One that a setting refers to, as {@code
   * ${CORS_ORIGINS}} does, is the application's own: it is left out, and so is what Kubernetes
   * sets.
   *
   * @param variables the names of the variables
   * @param written the values of all settings, with their placeholders
   */
  public static void logMisspelled(Collection<String> variables, Collection<String> written) {
    for (String variable : new TreeSet<>(variables)) {
      if (isReferredTo(variable, written)) {
        continue;
      }
      String key = Keys.ofVariable(variable, CorsConfiguration.NAMED_KEYS);
      String nearest =
          key == null || CorsConfiguration.isSetting(key)
              ? null
              : Keys.nearest(key, Setting.PREFIX, CorsConfiguration.UNNAMED_KEYS, true);
      if (nearest != null) {
        warn(
            "The environment variable "
                + variable
                + " is not a setting, so it is ignored. Did you mean "
                + nearest
                + "?");
      }
    }
  }

  /**
   * Warns that a file has the name of an environment variable, which means nothing there, and names
   * the setting. A variable that a setting refers to, as {@code ${CORS_ALLOWED_ORIGINS}} does, is
   * the application's own: then there is no warning.
   *
   * @param variable the name that is written there
   * @param setting the setting of that variable, by {@link #settingOf}
   * @param source what to call the file
   * @param written the values of all settings, with their placeholders
   */
  public static void logVariableInFile(
      String variable, String setting, String source, Collection<String> written) {
    if (!isReferredTo(variable, written)) {
      warn(
          variable
              + " is ignored in "
              + source
              + ", because it is the name of an environment variable. Write "
              + setting
              + " there.");
    }
  }

  /** Whether a value has a placeholder of a name, with a default behind a colon or without one. */
  private static boolean isReferredTo(String variable, Collection<String> written) {
    String placeholder = "${" + variable;
    return written.stream()
        .anyMatch(value -> value.contains(placeholder + "}") || value.contains(placeholder + ":"));
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

  /**
   * A setting in configuration.
   *
   * @param key the whole key, such as {@code cors.max-age}; in {@code cors.policies.*.max-age} the
   *     {@code *} is the name of a policy
   * @param kind how its value is written
   * @param description what it does, in one or two sentences
   */
  public record SettingKey(String key, SettingKind kind, String description) {

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
      return key.replace(ANY_NAME, policy);
    }
  }

  /**
   * Returns every setting there is, for binding a framework's configuration and for telling editors
   * what to complete.
   *
   * @return the settings of the policy, of named policies, of the guard and of the log, in this
   *     order
   */
  public static List<SettingKey> settings() {
    return SETTINGS;
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
