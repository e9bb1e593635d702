package dev.crosswalk.cors;

import java.time.Duration;

/**
 * Policies to ask, made anew for each test, and the origins that ask them. One "in full" has
 * credentials, the methods GET and PUT, two request headers, a response header and a max-age, as
 * far as it may.
 */
abstract class ExamplePolicies {

  static final String A = "https://a.example";
  static final String B = "https://b.example";
  static final String EVIL = "https://evil.example";

  /** One exact origin and no other setting: its answer is the same for everyone. */
  final CorsPolicy single = CorsPolicy.builder().allowOrigins(A).build();

  final CorsPolicy singleInFull = inFull(CorsPolicy.builder().allowOrigins(A));

  final CorsPolicy list = CorsPolicy.builder().allowOrigins(A, B).build();

  final CorsPolicy listInFull = inFull(CorsPolicy.builder().allowOrigins(A, B));

  final CorsPolicy pattern =
      CorsPolicy.builder()
          .allowOrigins("https://*.a.example")
          .allowMethods("PUT")
          .allowCredentials()
          .build();

  final CorsPolicy any = CorsPolicy.builder().allowAnyOrigin().build();

  final CorsPolicy anyInFull =
      CorsPolicy.builder()
          .allowAnyOrigin()
          .allowMethods("GET", "PUT")
          .allowRequestHeaders("Content-Type", "X-Foo")
          .exposeResponseHeaders("X-Res")
          .maxAge(Duration.ofMinutes(10))
          .build();

  final CorsPolicy nullOrigin =
      CorsPolicy.builder().dangerouslyAllowOrigins("null").allowMethods("PUT").build();

  /** Any method and any name, without credentials. */
  final CorsPolicy wide =
      CorsPolicy.builder()
          .allowOrigins(A, B)
          .allowAnyMethod()
          .allowAnyRequestHeader()
          .exposeAnyResponseHeader()
          .build();

  /** Any method and any name, with credentials, where no * is a wildcard. */
  final CorsPolicy wideWithCredentials =
      CorsPolicy.builder()
          .allowOrigins(A, B)
          .allowCredentials()
          .allowAnyMethod()
          .allowAnyRequestHeader()
          .build();

  static CorsPolicy only(String origin) {
    return CorsPolicy.builder().allowOrigins(origin).build();
  }

  private static CorsPolicy inFull(CorsPolicy.Builder builder) {
    return builder
        .allowCredentials()
        .allowMethods("GET", "PUT")
        .allowRequestHeaders("Content-Type", "X-Foo")
        .exposeResponseHeaders("X-Res")
        .maxAge(Duration.ofMinutes(10))
        .build();
  }
}
