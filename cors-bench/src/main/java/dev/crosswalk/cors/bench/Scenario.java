package dev.crosswalk.cors.bench;

import dev.crosswalk.cors.CorsPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A policy and a request. The scenarios are those of the benchmark by which Go's CORS libraries are
 * compared, and some more: how many origins, actual or preflight, allowed or not.
 */
public enum Scenario {
  NOT_CORS(Origins.ONE, Kind.NOT_CORS, ""),
  ONE_ACTUAL_ALLOWED(Origins.ONE, Kind.ACTUAL, "https://example.com"),
  ONE_ACTUAL_REFUSED(Origins.ONE, Kind.ACTUAL, "https://example.org"),
  ONE_PREFLIGHT_ALLOWED(Origins.ONE, Kind.PREFLIGHT, "https://example.com"),
  ONE_PREFLIGHT_REFUSED(Origins.ONE, Kind.PREFLIGHT, "https://example.org"),
  PAIR_ACTUAL_ALLOWED(Origins.PAIR, Kind.ACTUAL, "https://example.com"),
  TWO_NOT_CORS(Origins.TWO, Kind.NOT_CORS, ""),
  TWO_ACTUAL_ALLOWED(Origins.TWO, Kind.ACTUAL, "https://a" + Origins.LONG_HOST),
  TWO_ACTUAL_REFUSED(Origins.TWO, Kind.ACTUAL, "https://c" + Origins.LONG_HOST),
  TWO_PREFLIGHT_ALLOWED(Origins.TWO, Kind.PREFLIGHT, "https://a" + Origins.LONG_HOST),
  TWO_PREFLIGHT_REFUSED(Origins.TWO, Kind.PREFLIGHT, "https://c" + Origins.LONG_HOST),
  NINE_ACTUAL_EXACT(Origins.NINE, Kind.ACTUAL, "https://example3.com"),
  NINE_ACTUAL_PATTERN(Origins.NINE, Kind.ACTUAL, "https://app.example.com"),
  NINE_ACTUAL_REFUSED(Origins.NINE, Kind.ACTUAL, "https://example.org"),
  NINE_PREFLIGHT_PATTERN(Origins.NINE, Kind.PREFLIGHT, "https://app.example.com"),
  NINE_PREFLIGHT_REFUSED(Origins.NINE, Kind.PREFLIGHT, "https://example.org"),
  THOUSAND_ACTUAL_ALLOWED(Origins.THOUSAND, Kind.ACTUAL, "https://example500.com"),
  THOUSAND_ACTUAL_REFUSED(Origins.THOUSAND, Kind.ACTUAL, "https://example.org"),
  THOUSAND_PREFLIGHT_ALLOWED(Origins.THOUSAND, Kind.PREFLIGHT, "https://example500.com"),
  THOUSAND_PREFLIGHT_REFUSED(Origins.THOUSAND, Kind.PREFLIGHT, "https://example.org"),
  HUNDRED_THOUSAND_ACTUAL_ALLOWED(
      Origins.HUNDRED_THOUSAND, Kind.ACTUAL, "https://example50000.com"),
  HUNDRED_THOUSAND_ACTUAL_REFUSED(Origins.HUNDRED_THOUSAND, Kind.ACTUAL, "https://example.org"),
  ANY_ACTUAL(Origins.ANY, Kind.ACTUAL, "https://example.com"),
  ANY_PREFLIGHT(Origins.ANY, Kind.PREFLIGHT, "https://example.com"),
  HOSTILE_COMMAS(Origins.NINE, Kind.HOSTILE_COMMAS, "https://example3.com"),
  HOSTILE_NAMES(Origins.NINE, Kind.HOSTILE_NAMES, "https://example3.com");

  enum Kind {
    NOT_CORS,
    ACTUAL,
    PREFLIGHT,
    /** 1 024 empty members. */
    HOSTILE_COMMAS,
    /** 64 KiB of names. */
    HOSTILE_NAMES
  }

  enum Origins {
    ONE,
    /** The least list whose answers depend on the origin. */
    PAIR,
    TWO,
    NINE,
    THOUSAND,
    HUNDRED_THOUSAND,
    ANY;

    /** Two origins that differ in their first character and agree in 250 more. */
    static final String LONG_HOST = ("a".repeat(60) + ".").repeat(4) + "example";

    /** The only pattern among {@link #NINE}. */
    static final String PATTERN = "https://*.example.com";

    List<String> exact() {
      return switch (this) {
        case ONE -> List.of("https://example.com");
        case PAIR -> List.of("https://example.com", "https://example.net");
        case TWO -> List.of("https://a" + LONG_HOST, "https://b" + LONG_HOST);
        case NINE -> numbered(8);
        case THOUSAND -> numbered(1_000);
        case HUNDRED_THOUSAND -> numbered(100_000);
        case ANY -> List.of();
      };
    }

    boolean hasPattern() {
      return this == NINE;
    }

    private static List<String> numbered(int count) {
      return IntStream.range(0, count).mapToObj(i -> "https://example" + i + ".com").toList();
    }
  }

  static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
  static final List<String> REQUEST_HEADERS = List.of("authorization", "content-type");
  static final List<String> RESPONSE_HEADERS = List.of("x-request-id");
  static final Duration MAX_AGE = Duration.ofSeconds(30);

  final Origins origins;
  final Kind kind;
  final String origin;

  Scenario(Origins origins, Kind kind, String origin) {
    this.origins = origins;
    this.kind = kind;
    this.origin = new String(origin); // What comes from a client is never the policy's own string.
  }

  CorsPolicy policy() {
    CorsPolicy.Builder builder =
        CorsPolicy.builder()
            .allowMethods(METHODS.toArray(String[]::new))
            .allowRequestHeaders(REQUEST_HEADERS.toArray(String[]::new))
            .exposeResponseHeaders(RESPONSE_HEADERS.toArray(String[]::new))
            .maxAge(MAX_AGE);
    if (origins == Origins.ANY) {
      return builder.allowAnyOrigin().build();
    }
    List<String> patterns = new ArrayList<>(origins.exact());
    if (origins.hasPattern()) {
      patterns.add(Origins.PATTERN);
    }
    return builder.allowOrigins(patterns).build();
  }

  PlainRequest request() {
    return switch (kind) {
      case NOT_CORS -> new PlainRequest("GET", Map.of("Host", "api.example"));
      case ACTUAL -> new PlainRequest("GET", Map.of("Host", "api.example", "Origin", origin));
      case PREFLIGHT -> preflight("authorization,content-type");
      case HOSTILE_COMMAS -> preflight(",".repeat(1_024));
      case HOSTILE_NAMES ->
          preflight(
              IntStream.range(0, 8_192)
                  .mapToObj(i -> "x-" + (10_000 + i))
                  .collect(Collectors.joining(",")));
    };
  }

  private PlainRequest preflight(String names) {
    return new PlainRequest(
        "OPTIONS",
        Map.of(
            "Host",
            "api.example",
            "Origin",
            origin,
            "Access-Control-Request-Method",
            "PUT",
            "Access-Control-Request-Headers",
            names));
  }
}
