package dev.crosswalk.cors.cli.grant;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.CorsPolicy;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that a configuration says: a policy for each path, and the guard around them.
 *
 * @param cors what decides
 * @param policies what each grants, by path, the shortest first
 * @param guard who may change something, if that is guarded
 */
public record Policies(Cors cors, SortedMap<String, Rights> policies, Optional<Guard> guard) {

  private static final String NAMED = "cors.policies.";
  private static final String GUARD = "cors.guard.";
  static final String LOG = "cors.log-refusals";
  private static final String TRUST_READERS = "trust-origins-allowed-with-credentials";

  /**
   * Who may change something.
   *
   * @param trusted other origins that may
   * @param exempt paths that are not guarded, exactly these
   * @param exemptBelow paths that are not guarded, with everything below them
   */
  public record Guard(OriginSet trusted, List<String> exempt, List<String> exemptBelow) {}

  /** Reads what decides, as it prints itself. */
  public static Policies of(Cors cors) {
    Map<String, Map<String, String>> byName = new LinkedHashMap<>();
    Map<String, List<String>> paths = new LinkedHashMap<>();
    Map<String, List<String>> guard = new LinkedHashMap<>();
    PrintedPolicy.of(cors.toString())
        .forEach(
            (key, members) -> {
              if (key.equals(LOG)) {
                return; // It grants nothing.
              }
              if (key.startsWith(GUARD)) {
                guard.put(key.substring(GUARD.length()), members);
                return;
              }
              boolean isNamed = key.startsWith(NAMED);
              int dot = isNamed ? key.indexOf('.', NAMED.length()) : "cors".length();
              String name = isNamed ? key.substring(NAMED.length(), dot) : "";
              if (key.endsWith(".paths")) {
                paths.put(name, members);
              } else {
                byName
                    .computeIfAbsent(name, unnamed -> new LinkedHashMap<>())
                    .put("cors" + key.substring(dot), String.join(", ", members));
              }
            });
    SortedMap<String, Rights> policies =
        new TreeMap<>(
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    byName.forEach(
        (name, settings) -> {
          Rights rights = Rights.of(policy(settings));
          paths.getOrDefault(name, List.of("/")).forEach(path -> policies.put(path, rights));
        });
    if (PrintedPolicy.isTrue(guard, TRUST_READERS)) {
      guard.merge("trusted-origins", readers(byName.values()), Policies::joined);
    }
    return new Policies(
        cors, policies, guard.isEmpty() ? Optional.empty() : Optional.of(of(guard)));
  }

  private static CorsPolicy policy(Map<String, String> settings) {
    if (CorsConfiguration.of(settings) instanceof CorsPolicy policy) {
      return policy;
    }
    throw new IllegalStateException("the settings of one policy are more than a policy");
  }

  /** Returns what the policies with credentials allow, but not what they allow dangerously. */
  private static List<String> readers(Collection<Map<String, String>> policies) {
    return policies.stream()
        .filter(policy -> "true".equals(policy.get("cors.allow-credentials")))
        .flatMap(policy -> Stream.of(policy.getOrDefault("cors.allowed-origins", "").split(", ")))
        .filter(origin -> !origin.isEmpty())
        .toList();
  }

  private static List<String> joined(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).distinct().toList();
  }

  private static Guard of(Map<String, List<String>> guard) {
    return new Guard(
        OriginSet.of(guard.getOrDefault("trusted-origins", List.of())),
        guard.getOrDefault("exempt-paths", List.of()),
        guard.getOrDefault("exempt-paths-below", List.of()));
  }

  /** Returns what is granted on a path that has one reading; empty if no policy covers it. */
  Optional<Rights> at(String path) {
    String covering = null;
    for (String candidate : policies.keySet()) {
      if (covers(candidate, path)) {
        covering = candidate;
      }
    }
    return Optional.ofNullable(covering).map(policies::get);
  }

  /** Returns the settings of a path's policy, by their keys in configuration. */
  public Optional<Map<String, List<String>>> settings(String path) {
    return at(path).map(Rights::settings);
  }

  /** Whether a path is another one, or above it. */
  static boolean covers(String path, String other) {
    return path.equals("/")
        || other.startsWith(path)
            && (other.length() == path.length() || other.charAt(path.length()) == '/');
  }
}
