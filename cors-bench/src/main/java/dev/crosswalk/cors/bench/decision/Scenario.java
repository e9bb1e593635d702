package dev.crosswalk.cors.bench.decision;

import dev.crosswalk.cors.CorsPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A policy and requests. The scenarios are those of the benchmark by which Go's CORS libraries are
 * compared, and some more: how many origins, how long, actual or preflight, allowed or not.
 */
public enum Scenario {
  ONE_NOT_CORS(Origins.ONE, Kind.NOT_CORS),
  ONE_ACTUAL_ALLOWED(Origins.ONE, Kind.ACTUAL, "https://example.com"),
  ONE_ACTUAL_REFUSED(Origins.ONE, Kind.ACTUAL, "https://example.org"),
  ONE_PREFLIGHT_ALLOWED(Origins.ONE, Kind.PREFLIGHT, "https://example.com"),
  ONE_PREFLIGHT_REFUSED(Origins.ONE, Kind.PREFLIGHT, "https://example.org"),
  PAIR_ACTUAL_ALLOWED(Origins.PAIR, Kind.ACTUAL, "https://example.com"),
  PAIR_ACTUAL_REFUSED(Origins.PAIR, Kind.ACTUAL, "https://example.org"),
  PAIR_PREFLIGHT_ALLOWED(Origins.PAIR, Kind.PREFLIGHT, "https://example.com"),
  LONG_PAIR_NOT_CORS(Origins.LONG_PAIR, Kind.NOT_CORS),
  LONG_PAIR_ACTUAL_ALLOWED(Origins.LONG_PAIR, Kind.ACTUAL, "https://a" + Origins.LONG_HOST),
  LONG_PAIR_ACTUAL_REFUSED(Origins.LONG_PAIR, Kind.ACTUAL, "https://c" + Origins.LONG_HOST),
  LONG_PAIR_PREFLIGHT_ALLOWED(Origins.LONG_PAIR, Kind.PREFLIGHT, "https://a" + Origins.LONG_HOST),
  LONG_PAIR_PREFLIGHT_REFUSED(Origins.LONG_PAIR, Kind.PREFLIGHT, "https://c" + Origins.LONG_HOST),
  NINE_ACTUAL_EXACT(Origins.NINE, Kind.ACTUAL, "https://example3.com"),
  NINE_ACTUAL_PATTERN(Origins.NINE, Kind.ACTUAL, "https://app.example.com"),
  NINE_ACTUAL_LONG_PATTERN(
      Origins.NINE, Kind.ACTUAL, "https://aa" + ("a".repeat(59) + ".").repeat(4) + "example.com"),
  NINE_ACTUAL_REFUSED(Origins.NINE, Kind.ACTUAL, "https://example.org"),
  /** Exact, by pattern and refused, in turn: no branch can be foretold. */
  NINE_ACTUAL_MIXED(
      Origins.NINE,
      Kind.ACTUAL,
      "https://example3.com",
      "https://app.example.com",
      "https://example.org",
      "https://example5.com",
      "https://www.example.com",
      "https://example.net",
      "https://example1.com"),
  NINE_PREFLIGHT_PATTERN(Origins.NINE, Kind.PREFLIGHT, "https://app.example.com"),
  NINE_PREFLIGHT_REFUSED(Origins.NINE, Kind.PREFLIGHT, "https://example.org"),
  THOUSAND_ACTUAL_ALLOWED(Origins.THOUSAND, Kind.ACTUAL, "https://example500.com"),
  THOUSAND_ACTUAL_REFUSED(Origins.THOUSAND, Kind.ACTUAL, "https://example.org"),
  THOUSAND_PREFLIGHT_ALLOWED(Origins.THOUSAND, Kind.PREFLIGHT, "https://example500.com"),
  THOUSAND_PREFLIGHT_REFUSED(Origins.THOUSAND, Kind.PREFLIGHT, "https://example.org"),
  HUNDRED_THOUSAND_ACTUAL_ALLOWED(
      Origins.HUNDRED_THOUSAND, Kind.ACTUAL, "https://example50000.com"),
  HUNDRED_THOUSAND_ACTUAL_REFUSED(Origins.HUNDRED_THOUSAND, Kind.ACTUAL, "https://example.org"),
  ANY_NOT_CORS(Origins.ANY, Kind.NOT_CORS),
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
    /** The shortest list whose answers depend on the origin. */
    PAIR,
    /** The same, with hosts of 253 characters. */
    LONG_PAIR,
    NINE,
    THOUSAND,
    HUNDRED_THOUSAND,
    ANY;

    /** Of two origins that differ in their first character, the 252 in which they agree. */
    static final String LONG_HOST = ("a".repeat(60) + ".").repeat(4) + "examples";

    /** The only pattern among {@link #NINE}. */
    static final String PATTERN = "https://*.example.com";

    List<String> exact() {
      return switch (this) {
        case ONE -> List.of("https://example.com");
        case PAIR -> List.of("https://example.com", "https://example.net");
        case LONG_PAIR -> List.of("https://a" + LONG_HOST, "https://b" + LONG_HOST);
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

  /** The requests, which take turns. */
  final List<PlainRequest> requests;

  Scenario(Origins origins, Kind kind, @Nullable String... asking) {
    this.origins = origins;
    this.kind = kind;
    requests =
        kind == Kind.NOT_CORS
            ? List.of(new PlainRequest("GET", null, null, null))
            : Stream.of(asking).map(origin -> request(kind, origin)).toList();
  }

  private static PlainRequest request(Kind kind, @Nullable String origin) {
    return switch (kind) {
      case NOT_CORS, ACTUAL -> new PlainRequest("GET", origin, null, null);
      case PREFLIGHT -> preflight(origin, "authorization,content-type");
      case HOSTILE_COMMAS -> preflight(origin, ",".repeat(1_024));
      case HOSTILE_NAMES ->
          preflight(
              origin,
              IntStream.range(0, 8_192)
                  .mapToObj(i -> "x-" + (10_000 + i))
                  .collect(Collectors.joining(",")));
    };
  }

  private static PlainRequest preflight(@Nullable String origin, String names) {
    return new PlainRequest("OPTIONS", origin, "PUT", names);
  }

  /** Returns how many requests at a time a processor's cache holds. */
  int batch() {
    if (kind == Kind.HOSTILE_COMMAS || kind == Kind.HOSTILE_NAMES) {
      return 4;
    }
    return origins == Origins.LONG_PAIR ? 16 : 64;
  }

  /** Whether the policy allows an origin. */
  boolean allows(String origin) {
    return origins == Origins.ANY
        || origins.exact().contains(origin)
        || origins.hasPattern() && origin.endsWith(".example.com");
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
}
