package dev.crosswalk.cors.tck;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The policies that servers under test are configured with; one server for each. */
enum TestPolicy {
  /** A list of origins of every form, without credentials. */
  LIST(
      policy ->
          policy
              .allowOrigins(
                  TestPolicy.APP,
                  TestPolicy.ADMIN,
                  "https://app.tck.example:8443",
                  "http://localhost:3000",
                  "http://127.0.0.1:3000",
                  "http://[::1]:3000",
                  "https://xn--bcher-kva.tck.example",
                  "https://my_app.tck.example",
                  "capacitor://localhost",
                  "chrome-extension://abcdefghijklmnopabcdefghijklmnop")
              .allowMethods(methods())
              .allowRequestHeaders(requestHeaders())
              .exposeResponseHeaders("X-Tck-Exposed", "ETag", "Content-Range")
              .maxAge(Duration.ofMinutes(10))),
  /** A list of origins, with credentials. */
  CREDENTIALS(
      policy ->
          policy
              .allowOrigins(TestPolicy.APP, TestPolicy.ADMIN)
              .allowCredentials()
              .allowMethods(methods())
              .allowRequestHeaders(requestHeaders())
              .exposeResponseHeaders("X-Tck-Exposed", "ETag", "Content-Range")
              .maxAge(Duration.ofMinutes(10))),
  /** A list of origins, with credentials, any method and any request header. */
  CREDENTIALS_ANY(
      policy ->
          policy
              .allowOrigins(TestPolicy.APP, TestPolicy.ADMIN)
              .allowCredentials()
              .allowAnyMethod()
              .allowAnyRequestHeader()
              .exposeResponseHeaders("X-Tck-Exposed")),
  /** Any origin, and lists for all else. */
  ANY_ORIGIN(
      policy ->
          policy
              .allowAnyOrigin()
              .allowMethods(methods())
              .allowRequestHeaders(requestHeaders())
              .exposeResponseHeaders("X-Tck-Exposed")
              .maxAge(Duration.ofMinutes(10))),
  /** Any of everything. */
  ANYTHING(
      policy ->
          policy
              .allowAnyOrigin()
              .allowAnyMethod()
              .allowAnyRequestHeader()
              .exposeAnyResponseHeader()),
  /** Any of everything, and {@code Authorization}, which no wildcard covers. */
  ANYTHING_AND_AUTHORIZATION(
      policy ->
          policy
              .allowAnyOrigin()
              .allowAnyMethod()
              .allowRequestHeaders("*", "Authorization")
              .exposeAnyResponseHeader()),
  /** One origin, with credentials: one answer for all, which no cache can mix up. */
  SINGLE(
      policy ->
          policy
              .allowOrigins(TestPolicy.APP)
              .allowCredentials()
              .allowMethods("PUT")
              .allowRequestHeaders("X-Tck")
              .exposeResponseHeaders("X-Tck-Exposed")),
  /** Patterns: subdomains, any port, a wildcard inside a label; with credentials. */
  PATTERNS(
      policy ->
          policy
              .allowOrigins(
                  "https://*.sub.tck.example",
                  "http://localhost:*",
                  "https://app-*-team.tck.example")
              .allowCredentials()
              .allowMethods("PUT")
              .allowRequestHeaders("X-Tck")),
  /** The opaque origin, beside another. */
  NULL_ORIGIN(
      policy ->
          policy
              .allowOrigins(TestPolicy.APP)
              .dangerouslyAllowNullOrigin()
              .allowMethods("PUT")
              .allowRequestHeaders("X-Tck")),
  /** Origins and nothing else. */
  MINIMAL(policy -> policy.allowOrigins(TestPolicy.APP, TestPolicy.ADMIN)),
  /** Answers to preflights that nobody is to keep. */
  NEVER_KEPT(
      policy ->
          policy
              .allowOrigins(TestPolicy.APP, TestPolicy.ADMIN)
              .allowMethods("PUT")
              .maxAge(Duration.ZERO)),
  /** A thousand origins. */
  MANY(
      policy -> {
        for (int i = 1; i <= 1_000; i++) {
          policy.allowOrigins("https://tenant-" + i + ".tck.example");
        }
        return policy.allowMethods("PUT");
      }),
  /** No one. */
  NONE(policy -> policy);

  /** Allowed by most of the policies. */
  static final String APP = "https://app.tck.example";

  /** Allowed beside it. */
  static final String ADMIN = "https://admin.tck.example";

  /** Allowed by none, except where any origin is. */
  static final String EVIL = "https://evil.example";

  private static String[] methods() {
    return new String[] {"PUT", "PATCH", "DELETE", "QUERY", "PROPFIND", "CHICKEN", "TacO"};
  }

  private static String[] requestHeaders() {
    return new String[] {
      "Content-Type",
      "Authorization",
      "X-Tck",
      "X-Tck-Other",
      "x_tck.special!",
      "traceparent",
      "tracestate"
    };
  }

  private final UnaryOperator<CorsPolicy.Builder> settings;

  TestPolicy(UnaryOperator<CorsPolicy.Builder> settings) {
    this.settings = settings;
  }

  Cors cors() {
    return this == NONE ? CorsPolicy.none() : settings.apply(CorsPolicy.builder()).build();
  }

  /** What a rule for any server may know of it. */
  Profile profile() {
    boolean any = this == ANY_ORIGIN || this == ANYTHING || this == ANYTHING_AND_AUTHORIZATION;
    boolean credentials =
        this == CREDENTIALS || this == CREDENTIALS_ANY || this == SINGLE || this == PATTERNS;
    boolean tenMinutes = this == LIST || this == CREDENTIALS || this == ANY_ORIGIN;
    return new Profile(
        List.of(APP, ADMIN),
        any ? List.of() : List.of(EVIL),
        Optional.of(credentials),
        List.of("PUT"),
        List.of("PURGE"),
        List.of("X-Tck"),
        List.of("X-Secret"),
        List.of("X-Tck-Exposed"),
        tenMinutes ? Optional.of(600L) : Optional.empty());
  }
}
