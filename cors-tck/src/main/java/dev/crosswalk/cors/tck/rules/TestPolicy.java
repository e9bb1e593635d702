package dev.crosswalk.cors.tck.rules;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The policies that servers under test are configured with; one server for each. */
public enum TestPolicy {
  /** A list of origins of every form, without credentials. */
  LIST(
      lists(
          Permissions.to(
              TestPolicy.APP,
              TestPolicy.ADMIN,
              "https://app.tck.example:8443",
              "http://localhost:3000",
              "http://127.0.0.1:3000",
              "http://[::1]:3000",
              "https://xn--bcher-kva.tck.example",
              "https://my_app.tck.example",
              "capacitor://localhost",
              "chrome-extension://abcdefghijklmnopabcdefghijklmnop"))),
  /** A list of origins, with credentials. */
  CREDENTIALS(lists(Permissions.to(TestPolicy.APP, TestPolicy.ADMIN).withCredentials())),
  /** A list of origins, with credentials, any method and any request header. */
  CREDENTIALS_ANY(
      Permissions.to(TestPolicy.APP, TestPolicy.ADMIN)
          .withCredentials()
          .methods("*")
          .requestHeaders("*")
          .exposing("X-Tck-Exposed")),
  /** Any origin, and lists for all else. */
  ANY_ORIGIN(lists(Permissions.to("*")).exposing("X-Tck-Exposed")),
  /** Any of everything. */
  ANYTHING(Permissions.to("*").methods("*").requestHeaders("*").exposing("*")),
  /** Any of everything, and {@code Authorization}, which no wildcard covers. */
  ANYTHING_AND_AUTHORIZATION(
      Permissions.to("*").methods("*").requestHeaders("*", "Authorization").exposing("*")),
  /** One origin, with credentials: one answer for all, which no cache can mix up. */
  SINGLE(
      Permissions.to(TestPolicy.APP)
          .withCredentials()
          .methods("PUT")
          .requestHeaders("X-Tck")
          .exposing("X-Tck-Exposed")),
  /** Patterns: subdomains, any port, a wildcard inside a label; with credentials. */
  PATTERNS(
      Permissions.to(
              "https://*.sub.tck.example", "http://localhost:*", "https://app-*-team.tck.example")
          .withCredentials()
          .methods("PUT")
          .requestHeaders("X-Tck")),
  /** The opaque origin, beside another. */
  NULL_ORIGIN(Permissions.to(TestPolicy.APP, "null").methods("PUT").requestHeaders("X-Tck")),
  /** Origins and nothing else. */
  MINIMAL(Permissions.to(TestPolicy.APP, TestPolicy.ADMIN)),
  /** Answers to preflights that nobody is to keep. */
  NEVER_KEPT(
      Permissions.to(TestPolicy.APP, TestPolicy.ADMIN).methods("PUT").keptFor(Duration.ZERO)),
  /** A thousand origins. */
  MANY(
      Permissions.to(
              IntStream.rangeClosed(1, 1_000)
                  .mapToObj(i -> "https://tenant-" + i + ".tck.example")
                  .toArray(String[]::new))
          .methods("PUT")),
  /** A list of origins, with credentials, behind a guard. */
  GUARDED(lists(Permissions.to(TestPolicy.APP, TestPolicy.ADMIN).withCredentials())),
  /** No one. */
  NONE(Permissions.to());

  /** Allowed by most of the policies. */
  public static final String APP = "https://app.tck.example";

  /** Allowed beside it, and trusted by the guard. */
  public static final String ADMIN = "https://admin.tck.example";

  /** Trusted by the guard, and not allowed to read. */
  public static final String PARTNER = "https://partner.example";

  /** Allowed by none, except where any origin is. */
  public static final String EVIL = "https://evil.example";

  private final Permissions permissions;

  TestPolicy(Permissions permissions) {
    this.permissions = permissions;
  }

  private static Permissions lists(Permissions permissions) {
    return permissions
        .methods("PUT", "PATCH", "DELETE", "QUERY", "PROPFIND", "CHICKEN", "TacO")
        .requestHeaders(
            "Content-Type",
            "Authorization",
            "X-Tck",
            "X-Tck-Other",
            "x_tck.special!",
            "traceparent",
            "tracestate")
        .exposing("X-Tck-Exposed", "ETag", "Content-Range")
        .keptFor(Duration.ofMinutes(10));
  }

  /** What the policy says. */
  public Permissions permissions() {
    return permissions;
  }

  public Cors cors() {
    CorsPolicy policy = permissions.policy();
    return this != GUARDED
        ? policy
        : CrossOriginGuard.around(policy)
            .trustOrigins(ADMIN, PARTNER)
            .exemptPaths("/webhook")
            .exemptPathsBelow("/hooks")
            .build();
  }

  /** What a rule for any server may know of it. */
  public Profile profile() {
    boolean everybody = permissions.origins().contains("*");
    return new Profile(
        everybody,
        List.of(APP, ADMIN),
        everybody ? List.of() : List.of(EVIL),
        Optional.of(permissions.credentials()),
        List.of("PUT"),
        List.of("PURGE"),
        List.of("X-Tck"),
        List.of("X-Secret"),
        List.of("X-Tck-Exposed"),
        Optional.ofNullable(permissions.maxAge()).map(Duration::toSeconds),
        true);
  }
}
