package dev.crosswalk.cors.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsDecision.Respond;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A request that may change something: a method, a path, a {@code Host}, an {@code Origin}, a
 * {@code Sec-Fetch-Site}, an {@code Upgrade} and an {@code X-HTTP-Method-Override}, each on its
 * line; an empty line is a header that is absent.
 */
class GuardFuzzTest {

  private static final List<String> TRUSTED =
      List.of("https://admin.example.com", "https://*.partner.example");
  private static final List<String> READERS =
      List.of("https://app.example.com", "https://*.app.example");

  private static final CorsPolicy POLICY =
      CorsPolicy.builder().allowOrigins(READERS).allowCredentials().build();
  private static final Cors STRICT =
      CrossOriginGuard.around(POLICY)
          .trustOrigins(TRUSTED.toArray(String[]::new))
          .exemptPaths("/hook")
          .exemptPathsBelow("/saml")
          .build();
  private static final Cors TRUSTING =
      CrossOriginGuard.around(POLICY).trustOriginsAllowedWithCredentials().build();

  private static final String[] HEADERS = {
    "Host", "Origin", "Sec-Fetch-Site", "Upgrade", "X-HTTP-Method-Override"
  };

  @FuzzTest
  void guard(byte[] data) throws Exception {
    List<String> lines = Hostile.lines(data, 7);
    Cors.Request asked = Cors.Request.of(lines.get(0), lines.get(1));
    for (int i = 0; i < HEADERS.length; i++) {
      String value = lines.get(i + 2);
      asked = value.isEmpty() ? asked : asked.with(HEADERS[i], value);
    }
    Cors.Request request = asked;
    CorsDecision strict = Hostile.inTime(() -> STRICT.decide(request));
    CorsDecision trusting = Hostile.inTime(() -> TRUSTING.decide(request));
    boolean exempt = request.path().contains("hook") || request.path().contains("saml");
    if (!isRefused(strict)) {
      assertTrue(exempt || mayWrite(request, TRUSTED), () -> "passed: " + request);
    } else {
      assertRefused(request, strict);
    }
    if (!isRefused(trusting)) {
      assertTrue(mayWrite(request, READERS), () -> "passed: " + request);
    } else {
      assertRefused(request, trusting);
    }
    assertEquals(
        strict.outcome(), STRICT.decideAgain(request, Cors.Request.READER).outcome(), "again");
  }

  private static boolean isRefused(CorsDecision decision) {
    return decision.outcome().name().startsWith("WRITE_");
  }

  private static void assertRefused(Cors.Request request, CorsDecision decision) {
    assertEquals(403, ((Respond) decision).status());
    Hostile.assertOneLine(decision.explanation(request, Cors.Request.READER), 4_000);
    String site = request.headers().get("Sec-Fetch-Site");
    assertTrue(!Set.of("same-origin", "none").contains(String.valueOf(site)), "the server's own");
    boolean plain =
        Set.of("GET", "HEAD", "OPTIONS").contains(request.method())
            && !request.headers().containsKey("Upgrade")
            && !request.headers().containsKey("X-HTTP-Method-Override");
    assertTrue(!plain, "it changes nothing");
  }

  /** By what the guard's documentation says, in its order; where in doubt it may. */
  private static boolean mayWrite(Cors.Request request, List<String> trusted) {
    String upgrade = request.headers().getOrDefault("Upgrade", "").toLowerCase(Locale.ROOT);
    boolean webSocket = List.of(upgrade.split("[ \t]*,[ \t]*", -1)).contains("websocket");
    if (Set.of("GET", "HEAD", "OPTIONS").contains(request.method())
        && !webSocket
        && !request.headers().containsKey("X-HTTP-Method-Override")) {
      return true;
    }
    String origin = request.headers().get("Origin");
    if (origin != null && Granted.origin(trusted, origin)) {
      return true;
    }
    String site = request.headers().get("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    String host = request.headers().get("Host");
    return origin == null || host != null && authority(origin).equals(authority("x://" + host));
  }

  /** A host and its port, of http or of https, which of the two is not compared. */
  private static String authority(String origin) {
    int end = origin.indexOf("://");
    String authority = end < 0 ? origin : origin.substring(end + 3).toLowerCase(Locale.ROOT);
    return authority.replaceFirst(":(80|443)?$", "");
  }
}
