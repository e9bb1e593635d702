package dev.crosswalk.cors;

import static dev.crosswalk.cors.GuardValidationTest.codes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.CorsDecision.Respond;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A guard that trusts who may read with credentials. */
@DisplayName("With a guard that trusts readers,")
class TrustedReaderTest {

  private final CorsPolicy readers =
      CorsPolicy.builder()
          .allowOrigins("https://app.example", "https://*.apps.example")
          .dangerouslyAllowOrigins(
              "http://old.example", "https://*.vercel.app", "https://*.example")
          .allowCredentials()
          .build();

  private static CorsDecision decide(Cors cors, Message request) {
    return cors.decide(request, Message.READER);
  }

  private static Message crossSite(String origin) {
    return crossSite("/", origin);
  }

  private static Message crossSite(String path, String origin) {
    return Message.request("POST", path)
        .with("Host", "api.example")
        .with("Sec-Fetch-Site", "cross-site")
        .with("Origin", origin);
  }

  @ParameterizedTest(name = "{0} is trusted: {1}")
  @CsvSource({
    "https://app.example, true",
    "https://a.apps.example, true",
    "http://old.example, false", // Only a gate lets these in.
    "https://x.vercel.app, false",
    "https://other.example, false",
    "https://app.example:8443, false",
    "https://evil.test, false",
    "null, false",
  })
  void who_may_read_with_credentials_may_write_if_that_is_said_aloud(
      String origin, boolean trusted) {
    Cors guard = CrossOriginGuard.around(readers).trustOriginsAllowedWithCredentials().build();

    assertEquals(trusted, decide(guard, crossSite(origin)) instanceof Proceed);
    assertInstanceOf(
        Respond.class,
        decide(CrossOriginGuard.around(readers).build(), crossSite(origin)),
        "the default stays: reading is not writing");
  }

  @Test
  void without_credentials_nobody_is_trusted_for_reading() {
    for (CorsPolicy policy :
        List.of(
            CorsPolicy.builder().allowAnyOrigin().build(),
            CorsPolicy.builder().allowOrigins("https://app.example", "https://b.example").build(),
            CorsPolicy.builder().dangerouslyAllowOrigins("null").build())) {
      CrossOriginGuard guard =
          CrossOriginGuard.around(policy).trustOriginsAllowedWithCredentials().build();
      for (String origin : List.of("https://app.example", "https://evil.test", "null")) {
        assertInstanceOf(Respond.class, decide(guard, crossSite(origin)), policy + origin);
      }
      assertEquals(List.of(ProblemCode.GUARD_TRUSTS_NOBODY), codes(guard));
    }
  }

  @Test
  void the_policy_of_the_path_is_the_one_that_trusts() {
    Cors byPath =
        Cors.byPath(Map.of("/app", readers, "/", CorsPolicy.builder().allowAnyOrigin().build()));
    CrossOriginGuard guard =
        CrossOriginGuard.around(byPath).trustOriginsAllowedWithCredentials().build();

    String origin = "https://app.example";
    assertInstanceOf(Proceed.class, decide(guard, crossSite("/app", origin)));
    assertInstanceOf(Respond.class, decide(guard, crossSite("/other", origin)));
    assertFalse(codes(guard).contains(ProblemCode.GUARD_TRUSTS_NOBODY));
  }

  @Test
  void the_trust_follows_a_policy_that_is_replaced() {
    ReloadableCors reloadable = new ReloadableCors(CorsPolicy.none());
    Cors guard = CrossOriginGuard.around(reloadable).trustOriginsAllowedWithCredentials().build();
    assertInstanceOf(Respond.class, decide(guard, crossSite("https://app.example")));

    reloadable.reload(readers);
    assertInstanceOf(Proceed.class, decide(guard, crossSite("https://app.example")));

    reloadable.reload(CorsPolicy.none());
    assertInstanceOf(Respond.class, decide(guard, crossSite("https://app.example")));
  }
}
