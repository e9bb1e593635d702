package dev.crosswalk.cors.cli.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Gateways and stores that have settings for CORS, and decide themselves what they mean. */
final class Gateways {

  private static final String NO_VARY =
      "Vary: Origin is not sent, so a cache in front may give one site's answer to another";

  private Gateways() {}

  private static String quoted(List<String> values) {
    return values.stream().map(value -> "\"" + value + "\"").collect(Collectors.joining(", "));
  }

  private static boolean isWild(String origin) {
    return origin.contains("*");
  }

  /** A * that stands for whole labels in front. */
  private static boolean isExactOrBelow(String origin) {
    return !isWild(origin) || origin.contains("://*.") && !origin.endsWith(":*");
  }

  private static boolean isWeb(String origin) {
    return origin.startsWith("http://") || origin.startsWith("https://");
  }

  static Snippet envoy(ExportedPolicy wanted) {
    ExportedPolicy policy =
        wanted
            .withoutWildcardsBesideCredentials()
            .knowing(NO_VARY)
            .knowing("a direct response or a redirect of Envoy itself has no headers");
    List<String> lines = new ArrayList<>();
    lines.add(
        "# typed_per_filter_config of the route or virtual host; the filter envoy.filters.http.cors in front of the router");
    lines.add("envoy.filters.http.cors:");
    lines.add("  \"@type\": type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy");
    lines.add("  allow_origin_string_match:");
    if (policy.isAny()) {
      lines.add("    - safe_regex: {regex: '.*'}");
    }
    for (String origin : policy.origins()) {
      lines.add(
          isWild(origin)
              ? "    - safe_regex: {regex: '" + ExportedPolicy.expression(origin) + "'}"
              : "    - exact: \"" + origin + "\"");
    }
    text(lines, "  allow_methods", policy.methods());
    text(lines, "  allow_headers", policy.requestHeaders());
    text(lines, "  expose_headers", policy.exposed());
    policy.maxAge().ifPresent(seconds -> lines.add("  max_age: \"" + seconds + "\""));
    lines.add("  allow_credentials: " + policy.credentials());
    lines.add("  forward_not_matching_preflights: false");
    return Snippet.ofSettings(policy, lines);
  }

  private static void text(List<String> lines, String key, List<String> values) {
    if (!values.isEmpty()) {
      lines.add(key + ": \"" + String.join(", ", values) + "\"");
    }
  }

  private static void list(List<String> lines, String key, List<String> values) {
    if (!values.isEmpty()) {
      lines.add(key + ": [" + quoted(values) + "]");
    }
  }

  static Snippet traefik(ExportedPolicy wanted) {
    ExportedPolicy policy =
        wanted
            .withoutWildcardsBesideCredentials()
            .knowing(
                "refused origins also get Access-Control-Allow-Credentials and"
                    + " Access-Control-Expose-Headers");
    List<String> lines = new ArrayList<>();
    lines.add("# dynamic configuration; name the middleware in each router");
    lines.add("http:\n  middlewares:\n    cors:\n      headers:");
    list(
        lines,
        "        accessControlAllowOriginList",
        policy.isAny() ? List.of("*") : policy.origins().stream().filter(o -> !isWild(o)).toList());
    List<String> wild = policy.origins().stream().filter(Gateways::isWild).toList();
    if (!wild.isEmpty()) {
      lines.add("        accessControlAllowOriginListRegex:");
      wild.forEach(
          origin -> lines.add("          - '^" + ExportedPolicy.expression(origin) + "$'"));
    }
    list(lines, "        accessControlAllowMethods", policy.allMethods());
    list(lines, "        accessControlAllowHeaders", policy.requestHeaders());
    list(lines, "        accessControlExposeHeaders", policy.exposed());
    lines.add("        accessControlMaxAge: " + policy.maxAge().orElse(5L));
    lines.add("        accessControlAllowCredentials: " + policy.credentials());
    lines.add("        addVaryHeader: true");
    return Snippet.ofSettings(policy, lines);
  }

  static Snippet ingressNginx(ExportedPolicy wanted) {
    ExportedPolicy policy =
        wanted
            .withoutWildcardsBesideCredentials()
            .withSomeRequestHeader()
            .onlyOrigins(
                origin -> isWeb(origin) && !isWild(origin),
                "annotations hold exact origins, and a wildcard for one label only")
            .knowing(NO_VARY)
            .knowing("CORS headers that the upstream sends to refused origins are not removed");
    String prefix = "nginx.ingress.kubernetes.io/";
    List<String> lines = new ArrayList<>();
    lines.add("# metadata of the Ingress");
    lines.add("annotations:");
    lines.add("  " + prefix + "enable-cors: \"true\"");
    List<String> origins = policy.isAny() ? List.of("*") : policy.origins();
    text(lines, "  " + prefix + "cors-allow-origin", origins);
    text(lines, "  " + prefix + "cors-allow-methods", policy.allMethods());
    List<String> headers =
        policy.requestHeaders().isEmpty() ? List.of("Accept") : policy.requestHeaders();
    text(lines, "  " + prefix + "cors-allow-headers", headers);
    text(lines, "  " + prefix + "cors-expose-headers", policy.exposed());
    lines.add("  " + prefix + "cors-allow-credentials: \"" + policy.credentials() + "\"");
    lines.add("  " + prefix + "cors-max-age: \"" + policy.maxAge().orElse(5L) + "\"");
    return Snippet.ofSettings(policy, lines);
  }

  static Snippet gatewayApi(ExportedPolicy wanted) {
    ExportedPolicy policy =
        wanted
            .withoutWildcardsBesideCredentials()
            .onlyOrigins(
                origin -> isWeb(origin) && isExactOrBelow(origin),
                "the API knows http and https, and wildcards for whole labels only")
            .knowing(
                "some implementations accept the filter and ignore it: check after deployment");
    List<String> lines = new ArrayList<>();
    lines.add("# a filter of each rule of the HTTPRoute");
    lines.add("- type: CORS\n  cors:");
    list(lines, "    allowOrigins", policy.isAny() ? List.of("*") : policy.origins());
    list(lines, "    allowMethods", policy.allMethods());
    list(lines, "    allowHeaders", policy.requestHeaders());
    list(lines, "    exposeHeaders", policy.exposed());
    lines.add("    allowCredentials: " + policy.credentials());
    policy.maxAge().ifPresent(seconds -> lines.add("    maxAge: " + seconds));
    return Snippet.ofSettings(policy, lines);
  }

  static Snippet s3(ExportedPolicy wanted) {
    Set<String> known = Set.of("PUT", "DELETE");
    ExportedPolicy policy =
        wanted
            .onlyOrigins(
                origin ->
                    isWeb(origin)
                        && (isExactOrBelow(origin)
                            || origin.endsWith(":*") && !origin.contains("://*")),
                "a * there matches any characters, dots as well, and only http and https are documented")
            .onlyMethods(known::contains, "a bucket knows only GET, PUT, POST, DELETE and HEAD")
            .knowing(
                "Vary: Origin is sent only in answers to requests with Origin, so a cache in front may mix up"
                    + " answers");
    String credentials = "there is no setting for credentials";
    policy = policy.credentials() ? policy.but(credentials) : policy.knowing(credentials);
    List<String> origins = policy.isAny() ? List.of("*") : policy.origins();
    List<String> lines = new ArrayList<>();
    lines.add("[{");
    lines.add("  \"AllowedOrigins\": [" + quoted(origins) + "],");
    lines.add("  \"AllowedMethods\": [" + quoted(policy.allMethods()) + "],");
    lines.add("  \"AllowedHeaders\": [" + quoted(policy.requestHeaders()) + "],");
    lines.add("  \"ExposeHeaders\": [" + quoted(policy.exposed()) + "],");
    lines.add("  \"MaxAgeSeconds\": " + policy.maxAge().orElse(5L));
    lines.add("}]");
    // JSON has no comments: the limits are on standard error alone.
    return new Snippet(policy.isNobody() ? List.of("[]") : lines, policy.limits(), "");
  }
}
