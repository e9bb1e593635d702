package dev.crosswalk.cors.cli.explain.spring;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One place in the code or the configuration that does CORS.
 *
 * @param paths that it covers; none if it covers all, or the paste does not tell
 * @param grant what it allows there, with what it allows by itself
 * @param position in the order of the filters
 */
record CorsLayer(Kind kind, List<PathPattern> paths, Grant grant, Position position) {

  /** How such a layer is written. */
  enum Kind {
    MAPPING(
        "addMapping",
        ".allowedOrigins(\"%s\")",
        ".allowedMethods(%s)",
        ".allowedHeaders(\"%s\")",
        ".allowCredentials(true)",
        ".exposedHeaders(\"%s\")"),
    ANNOTATION(
        "@CrossOrigin",
        "origins = \"%s\"",
        "methods = {%s}",
        "allowedHeaders = \"%s\"",
        "allowCredentials = \"true\"",
        "exposedHeaders = \"%s\""),
    CONFIGURATION(
        "CorsConfiguration",
        "setAllowedOrigins(List.of(\"%s\"))",
        "setAllowedMethods(List.of(%s))",
        "addAllowedHeader(\"%s\")",
        "setAllowCredentials(true)",
        "addExposedHeader(\"%s\")"),
    PROPERTIES(
        "the configuration",
        "allowedOrigins=%s",
        "allowedMethods=%s",
        "allowedHeaders=%s",
        "allowCredentials=true",
        "exposedHeaders=%s"),
    YAML(
        "the configuration",
        "allowedOrigins: \"%s\"",
        "allowedMethods: %s",
        "allowedHeaders: %s",
        "allowCredentials: true",
        "exposedHeaders: %s"),
    FILTER(
        "the filter",
        "Access-Control-Allow-Origin: %s",
        "Access-Control-Allow-Methods: %s",
        "Access-Control-Allow-Headers: %s",
        "Access-Control-Allow-Credentials: true",
        "Access-Control-Expose-Headers: %s"),
    /** Of a WebSocket or of SockJS, which is told only origins. */
    ENDPOINT("the endpoint", ".setAllowedOrigins(\"%s\")", "", "", "", "");

    private final String place;
    private final String origin;
    private final String method;
    private final String header;
    private final String credentials;
    private final String exposed;

    Kind(
        String place,
        String origin,
        String method,
        String header,
        String credentials,
        String exposed) {
      this.place = place;
      this.origin = origin;
      this.method = method;
      this.header = header;
      this.credentials = credentials;
      this.exposed = exposed;
    }

    String place() {
      return place;
    }

    String origin(String value) {
      return String.format(origin, value);
    }

    /** How it is told origins: those that it has, and one more. */
    String origins(List<String> listed, String more) {
      List<String> all = Stream.concat(listed.stream(), Stream.of(more)).distinct().toList();
      return switch (this) {
        case MAPPING, CONFIGURATION, ENDPOINT -> origin(String.join("\", \"", all));
        case ANNOTATION ->
            all.size() == 1 ? origin(more) : "origins = {\"" + String.join("\", \"", all) + "\"}";
        case PROPERTIES -> origin(String.join(",", all));
        case YAML -> origin(String.join(", ", all));
        case FILTER -> origin(more);
      };
    }

    /** How it is told methods: those that it has, and one more. */
    String methods(List<String> listed, String more) {
      String each =
          switch (this) {
            case MAPPING, CONFIGURATION -> "\"%s\"";
            case ANNOTATION -> "RequestMethod.%s";
            case PROPERTIES, YAML, FILTER, ENDPOINT -> "%s";
          };
      return String.format(
          method,
          Stream.concat(listed.stream().filter(one -> !one.equals("HEAD")), Stream.of(more))
              .distinct()
              .map(one -> String.format(each, one))
              .collect(Collectors.joining(this == PROPERTIES ? "," : ", ")));
    }

    String header(String value) {
      return String.format(header, value);
    }

    String credentials() {
      return credentials;
    }

    String exposed(String value) {
      return String.format(exposed, value);
    }
  }

  /** Where among the filters of an application a layer is asked. */
  enum Position {
    /** In front of Spring Security. */
    FIRST,
    /** Within the chain of Spring Security. */
    IN_CHAIN,
    /** As a filter behind Spring Security. */
    BEHIND,
    /** By Spring MVC, which comes last, or by http.cors() if the chain has that. */
    LAST,
    /** Made, and used by nothing in the paste. */
    NOWHERE
  }

  /** Whether it covers a path, as far as the paste tells. */
  boolean covers(String path) {
    return paths.isEmpty()
        || path.isEmpty()
        || paths.stream().anyMatch(each -> !each.isFarFrom(path));
  }

  /**
   * Whether it is known which methods and headers it allows; an annotation takes those of routes.
   */
  boolean isKnown() {
    return kind == Kind.ANNOTATION || grant.methods().whole() && grant.headers().whole();
  }

  boolean isBean() {
    return kind == Kind.CONFIGURATION;
  }

  boolean isOfMvc() {
    return kind == Kind.MAPPING || kind == Kind.ANNOTATION;
  }
}
