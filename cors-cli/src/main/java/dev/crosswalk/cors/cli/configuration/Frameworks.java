package dev.crosswalk.cors.cli.configuration;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Frameworks of the JVM and their own CORS, for services that have no adapter of Crosswalk. */
final class Frameworks {

  private Frameworks() {}

  private static String quoted(List<String> values) {
    return values.stream().map(value -> "\"" + value + "\"").collect(Collectors.joining(", "));
  }

  private static void list(List<String> lines, String key, List<String> values) {
    if (!values.isEmpty()) {
      lines.add(key + ": [" + quoted(values) + "]");
    }
  }

  /** Spring Cloud Gateway; names as Spring MVC's CorsRegistration has them. */
  static Snippet springCloudGateway(ExportedPolicy wanted) {
    ExportedPolicy policy =
        wanted
            .onlyOrigins(
                origin ->
                    !origin.contains("*")
                        || origin.contains("://*.")
                        || origin.endsWith(":*") && origin.indexOf('*') == origin.length() - 1,
                "a * of Spring's crosses dots")
            .knowing(
                "CORS headers of the upstream are not removed from answers to requests that have no Origin");
    List<String> exact = policy.origins().stream().filter(o -> !o.contains("*")).toList();
    List<String> wild =
        policy.origins().stream()
            .filter(o -> o.contains("*"))
            .map(o -> o.endsWith(":*") ? o.substring(0, o.length() - 2) + ":[*]" : o)
            .toList();
    List<String> lines = new ArrayList<>();
    lines.add("# application.yml of Spring Cloud Gateway");
    lines.add("spring.cloud.gateway.server.webflux:");
    lines.add("  default-filters:");
    List<String> kept = new ArrayList<>(List.of(GrantHeaders.ALLOW_ORIGIN));
    if (policy.credentials()) {
      kept.add(GrantHeaders.ALLOW_CREDENTIALS);
    }
    if (!policy.exposed().isEmpty()) {
      kept.add(GrantHeaders.EXPOSE_HEADERS);
    }
    // Of two, the gateway's is the first; what it does not send is only the upstream's.
    lines.add("    - DedupeResponseHeader=" + String.join(" ", kept) + ", RETAIN_FIRST");
    GrantHeaders.ALL.stream()
        .filter(name -> !kept.contains(name))
        .forEach(name -> lines.add("    - RemoveResponseHeader=" + name));
    lines.add("  globalcors:");
    lines.add("    add-to-simple-url-handler-mapping: true");
    lines.add("    cors-configurations:");
    lines.add("      '[/**]':");
    list(lines, "        allowedOrigins", policy.isAny() ? List.of("*") : exact);
    list(lines, "        allowedOriginPatterns", wild);
    list(lines, "        allowedMethods", policy.allMethods());
    list(lines, "        allowedHeaders", policy.requestHeaders());
    list(lines, "        exposedHeaders", policy.exposed());
    lines.add("        allowCredentials: " + policy.credentials());
    lines.add("        maxAge: " + policy.maxAge().orElse(5L));
    return Snippet.ofSettings(policy, lines);
  }

  static Snippet quarkus(ExportedPolicy wanted) {
    ExportedPolicy policy =
        wanted
            .withoutWildcardsBesideCredentials()
            .withSomeRequestHeader()
            .onlyOrigins(
                origin -> !origin.contains("*") || !origin.contains("["),
                "an expression for it needs backslashes, and Quarkus drops those of a list")
            .knowing(
                "Vary: Origin is not sent by Quarkus 3.33, so a cache in front may give one site's"
                    + " answer to another")
            .knowing(
                "refused origins also get Access-Control-Expose-Headers and Access-Control-Max-Age");
    List<String> origins = new ArrayList<>();
    for (String origin : policy.origins()) {
      String expression = ExportedPolicy.expression(origin).replace("\\.", "[.]");
      origins.add(origin.contains("*") ? "/" + expression + "/" : origin);
    }
    List<String> lines = new ArrayList<>();
    lines.add("# application.properties");
    lines.add("quarkus.http.cors.enabled=true");
    lines.add("quarkus.http.cors.origins=" + (policy.isAny() ? "*" : String.join(",", origins)));
    lines.add("quarkus.http.cors.methods=" + String.join(",", policy.allMethods()));
    List<String> headers =
        policy.requestHeaders().isEmpty() ? List.of("Accept") : policy.requestHeaders();
    lines.add("quarkus.http.cors.headers=" + String.join(",", headers));
    if (!policy.exposed().isEmpty()) {
      lines.add("quarkus.http.cors.exposed-headers=" + String.join(",", policy.exposed()));
    }
    lines.add("quarkus.http.cors.access-control-max-age=" + policy.maxAge().orElse(5L) + "S");
    lines.add("quarkus.http.cors.access-control-allow-credentials=" + policy.credentials());
    return Snippet.ofSettings(policy, lines);
  }

  static Snippet micronaut(ExportedPolicy wanted) {
    ExportedPolicy policy =
        wanted
            .withoutWildcardsBesideCredentials()
            .withSomeRequestHeader()
            .but(
                "a preflight that requests no request header is refused, such as that of a PUT"
                    + " without one")
            .knowing("Vary: Origin is sent only to those who are allowed")
            .knowing("those who are refused get a 403 instead of a response that they cannot read");
    List<String> exact = policy.origins().stream().filter(o -> !o.contains("*")).toList();
    List<String> wild = policy.origins().stream().filter(o -> o.contains("*")).toList();
    List<String> lines = new ArrayList<>();
    lines.add("# application.yml");
    lines.add("micronaut.server.cors:\n  enabled: true\n  configurations:\n    all:");
    list(lines, "      allowed-origins", exact);
    if (policy.isAny()) {
      lines.add("      allowed-origins-regex: '.*'");
    } else if (!wild.isEmpty()) {
      String all = wild.stream().map(ExportedPolicy::expression).collect(Collectors.joining("|"));
      lines.add("      allowed-origins-regex: '^(?:" + all + ")$'");
    }
    list(lines, "      allowed-methods", policy.allMethods());
    List<String> headers =
        policy.requestHeaders().isEmpty() ? List.of("Accept") : policy.requestHeaders();
    list(lines, "      allowed-headers", headers);
    list(lines, "      exposed-headers", policy.exposed());
    lines.add("      allow-credentials: " + policy.credentials());
    lines.add("      max-age: " + policy.maxAge().orElse(5L));
    return Snippet.ofSettings(policy, lines);
  }
}
