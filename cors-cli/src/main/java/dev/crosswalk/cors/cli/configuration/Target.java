package dev.crosswalk.cors.cli.configuration;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.cli.grant.Policies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Whose configuration is written. */
public enum Target {
  NGINX(Proxies::nginx),
  APACHE(Proxies::apache),
  HAPROXY(Proxies::haproxy),
  CADDY(Proxies::caddy),
  ENVOY(Gateways::envoy),
  TRAEFIK(Gateways::traefik),
  INGRESS_NGINX(Gateways::ingressNginx),
  GATEWAY_API(Gateways::gatewayApi),
  S3(Gateways::s3),
  SPRING_CLOUD_GATEWAY(Frameworks::springCloudGateway),
  QUARKUS(Frameworks::quarkus),
  MICRONAUT(Frameworks::micronaut);

  /** What no configuration file takes for its own. */
  private static final String PLAIN = "[A-Za-z0-9_.!#&*+^|~-]+";

  private final Function<ExportedPolicy, Snippet> writer;

  Target(Function<ExportedPolicy, Snippet> writer) {
    this.writer = writer;
  }

  /** Returns the name on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the target of a name; empty if there is none. */
  public static Optional<Target> of(String word) {
    return Arrays.stream(values()).filter(target -> target.word().equals(word)).findFirst();
  }

  /** Returns the paths that have a policy, the shortest first. */
  public static List<String> paths(Policies policies) {
    return List.copyOf(policies.policies().keySet());
  }

  /**
   * Writes the policy of a path. It grants what the policy grants, or less, and says so.
   *
   * @throws IllegalArgumentException if no policy covers the path
   */
  public Snippet write(Policies policies, String path) {
    Map<String, List<String>> settings =
        policies
            .settings(path)
            .orElseThrow(() -> new IllegalArgumentException("No policy covers " + path + "."));
    ExportedPolicy policy = exported(settings);
    if (policies.guard().isPresent()) {
      policy = policy.but("the guard: a server in front does not refuse writes of other origins");
    }
    return writer.apply(policy);
  }

  /** Writes a policy. */
  public Snippet write(CorsPolicy policy) {
    return write(Policies.of(policy), "/");
  }

  private static ExportedPolicy exported(Map<String, List<String>> settings) {
    List<Limit> limits = new ArrayList<>();
    List<String> origins =
        new ArrayList<>(settings.getOrDefault("cors.allowed-origins", List.of()));
    origins.addAll(settings.getOrDefault("cors.dangerously-allowed-origins", List.of()));
    boolean isAny = origins.contains("*");
    origins.removeAll(List.of("*", "none"));
    for (String key : List.of("cors.expose-timing", "cors.allow-embedding")) {
      if (settings.containsKey(key)) {
        limits.add(new Limit(true, key + ": it is not part of CORS; write its header yourself"));
      }
    }
    return new ExportedPolicy(
        origins,
        isAny,
        settings.containsKey("cors.allow-credentials"),
        names(settings, "cors.allowed-methods", limits).stream()
            .filter(method -> !List.of("GET", "HEAD", "POST").contains(method))
            .toList(),
        names(settings, "cors.allowed-request-headers", limits),
        names(settings, "cors.exposed-response-headers", limits),
        settings.getOrDefault("cors.max-age", List.of()).stream()
            .findFirst()
            .map(text -> Duration.parse(text).toSeconds()),
        limits);
  }

  private static List<String> names(
      Map<String, List<String>> settings, String key, List<Limit> limits) {
    List<String> names = new ArrayList<>();
    for (String name : settings.getOrDefault(key, List.of())) {
      if (name.matches(PLAIN)) {
        names.add(name);
      } else {
        limits.add(
            new Limit(
                true,
                "the name "
                    + name
                    + " is left out: it has characters that mean something else there"));
      }
    }
    return names;
  }
}
