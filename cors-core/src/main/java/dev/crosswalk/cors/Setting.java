package dev.crosswalk.cors;

import dev.crosswalk.cors.FrameworkSettings.SettingKind;
import dev.crosswalk.cors.internal.config.Keys;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a policy, of its guard and of the log, one row each, in the order in which they
 * are printed. Validation, configuration, printing, documentation and the completion of editors
 * come from the row.
 */
enum Setting {
  ALLOWED_ORIGINS(
      "allowed-origins",
      "allowOrigins",
      SettingKind.LIST,
      Scope.POLICY,
      "Origins whose pages may read responses, such as https://app.example.com or"
          + " https://*.example.com. A single * allows every origin, none allows no one."),
  ALLOW_CREDENTIALS(
      "allow-credentials",
      "allowCredentials",
      SettingKind.FLAG,
      Scope.POLICY,
      "Whether scripts may send cookies and read what the server shows to the signed-in user."),
  ALLOWED_METHODS(
      "allowed-methods",
      "allowMethods",
      SettingKind.LIST,
      Scope.POLICY,
      "Methods that scripts may use in addition to GET, HEAD and POST. A single * allows all."),
  ALLOWED_REQUEST_HEADERS(
      "allowed-request-headers",
      "allowRequestHeaders",
      SettingKind.LIST,
      Scope.POLICY,
      "Request headers that scripts may set, such as Authorization or Content-Type. A single *"
          + " allows all."),
  EXPOSED_RESPONSE_HEADERS(
      "exposed-response-headers",
      "exposeResponseHeaders",
      SettingKind.LIST,
      Scope.POLICY,
      "Response headers that scripts may read in addition to the usual few. A single * exposes"
          + " all."),
  MAX_AGE(
      "max-age",
      "maxAge",
      SettingKind.DURATION,
      Scope.POLICY,
      "How long browsers may keep the answer to a preflight, such as 1h. Browsers use 5 seconds"
          + " without it."),
  EXPOSE_TIMING(
      "expose-timing",
      "exposeTiming",
      SettingKind.FLAG,
      Scope.POLICY,
      "Whether scripts that may read a response also see in detail how long it took."),
  ALLOW_EMBEDDING(
      "allow-embedding",
      "allowEmbedding",
      SettingKind.FLAG,
      Scope.POLICY,
      "Whether pages of every origin may embed responses as images, scripts, styles and media."),
  DANGEROUSLY_ALLOWED_ORIGINS(
      "dangerously-allowed-origins",
      "dangerouslyAllowOrigins",
      SettingKind.LIST,
      Scope.POLICY,
      "Origins that are allowed although anyone can be one: without TLS, below a name that"
          + " anyone can get, or null."),
  PATHS(
      "paths",
      "Cors.byPath",
      SettingKind.LIST,
      Scope.NAMED_POLICY,
      "Paths that this policy covers, with everything below them, such as /api."),
  GUARD_ENABLED(
      "guard.enabled",
      "CrossOriginGuard.around",
      SettingKind.FLAG,
      Scope.GUARD,
      "Whether requests from pages of other origins that may change something are refused."),
  GUARD_TRUSTED_ORIGINS(
      "guard.trusted-origins",
      "trustOrigins",
      SettingKind.LIST,
      Scope.GUARD,
      "Other origins whose pages may change something, such as https://admin.example.com."),
  GUARD_TRUST_ORIGINS_ALLOWED_WITH_CREDENTIALS(
      "guard.trust-origins-allowed-with-credentials",
      "trustOriginsAllowedWithCredentials",
      SettingKind.FLAG,
      Scope.GUARD,
      "Whether pages that may read with credentials may also change something, unless their origin"
          + " is dangerously allowed."),
  GUARD_EXEMPT_PATHS(
      "guard.exempt-paths",
      "exemptPaths",
      SettingKind.LIST,
      Scope.GUARD,
      "Paths that are not guarded, exactly these, such as /login/callback."),
  GUARD_EXEMPT_PATHS_BELOW(
      "guard.exempt-paths-below",
      "exemptPathsBelow",
      SettingKind.LIST,
      Scope.GUARD,
      "Paths that are not guarded, with everything below them, such as /saml."),
  LOG_REFUSALS(
      "log-refusals",
      "Cors.observed",
      SettingKind.CHOICE,
      Scope.LOG,
      "Whether refusals are logged: true logs nothing from the request, explained also logs the"
          + " request and how to allow it, false logs nothing.");

  /** A single member that means every origin, method or header. */
  static final String ANY = "*";

  /** The origin of documents that have none of their own. */
  static final String NULL = "null";

  /** A single origin that means no one. */
  static final String NOBODY = "none";

  /** What every key begins with. */
  static final String PREFIX = Keys.CORS;

  /** What the key of a policy with a name has next, before the name. */
  static final String POLICIES = Keys.POLICIES;

  /** Where a setting can be written. */
  enum Scope {
    /** Of a policy, whether it has a name or not. */
    POLICY,
    /** Of a policy that has a name: {@code cors.policies.<name>.paths}. */
    NAMED_POLICY,
    /** Of the guard around all policies. */
    GUARD,
    /** Of the log of all decisions. */
    LOG
  }

  private static final List<String> TRUE = List.of("true", "yes", "on", "1");
  private static final List<String> FALSE = List.of("false", "no", "off", "0");

  private final String key;
  private final String method;
  private final SettingKind kind;
  private final Scope scope;
  private final String description;

  Setting(String key, String method, SettingKind kind, Scope scope, String description) {
    this.key = key;
    this.method = method;
    this.kind = kind;
    this.scope = scope;
    this.description = description;
  }

  /** Returns the name in configuration, without {@link #PREFIX} and without a policy's name. */
  String key() {
    return key;
  }

  SettingKind kind() {
    return kind;
  }

  Scope scope() {
    return scope;
  }

  /** Returns what the setting does, in one or two sentences for documentation and editors. */
  String description() {
    return description;
  }

  static List<Setting> of(Scope... scopes) {
    return Arrays.stream(values()).filter(s -> List.of(scopes).contains(s.scope)).toList();
  }

  /** Returns the keys of settings, each behind a prefix, in their order. */
  static Set<String> keys(String prefix, Scope... scopes) {
    return of(scopes).stream()
        .map(setting -> prefix + setting.key)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Returns the keys of all settings, for a person. */
  static String names() {
    return Arrays.stream(values())
        .map(s -> PREFIX + (s.scope == Scope.NAMED_POLICY ? POLICIES + "<name>." : "") + s.key)
        .collect(Collectors.joining(", "));
  }

  /** Returns the method that sets it in code. */
  String method() {
    return method;
  }

  /** Returns what a text means as a flag; null if it is neither true nor false in any spelling. */
  static @Nullable Boolean flag(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    return TRUE.contains(lower) ? Boolean.TRUE : FALSE.contains(lower) ? Boolean.FALSE : null;
  }

  /** Returns the duration that a text denotes, or null if it denotes none. */
  static @Nullable Duration duration(String text) {
    int digits = text.startsWith("-") ? 1 : 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    try {
      if (digits == 0) {
        return Duration.parse(text);
      }
      long number = Long.parseLong(text.substring(0, digits));
      return switch (text.substring(digits)) {
        case "", "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        case "d" -> Duration.ofDays(number);
        default -> null;
      };
    } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
      return null;
    }
  }

  /**
   * Returns what the setting is called where a policy's keys begin with a prefix: in configuration,
   * or in code, where the prefix is empty.
   */
  String nameBehind(String prefix) {
    return (prefix.isEmpty() || scope == Scope.POLICY ? prefix : PREFIX) + key;
  }

  /** Adds what to write for a list or a single value, if there is anything. */
  void write(List<String> members, Map<Setting, List<String>> written) {
    if (!members.isEmpty()) {
      written.put(this, members);
    }
  }

  /** Adds what to write for a flag, if it is true. */
  void write(boolean flag, Map<Setting, List<String>> written) {
    write(flag ? List.of("true") : List.of(), written);
  }

  /** Returns what is written, a setting in a line, as a configuration file has it. */
  static String lines(Map<Setting, List<String>> written) {
    return written.entrySet().stream()
        .map(entry -> PREFIX + entry.getKey().key + "=" + String.join(", ", entry.getValue()))
        .collect(Collectors.joining("\n"));
  }
}
