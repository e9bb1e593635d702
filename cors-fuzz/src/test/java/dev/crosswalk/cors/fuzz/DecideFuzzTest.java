package dev.crosswalk.cors.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Respond;
import dev.crosswalk.cors.CorsPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A request, decided by policies of each kind: a method, an {@code Origin}, an {@code
 * Access-Control-Request-Method}, an {@code Access-Control-Request-Headers} and a {@code Host},
 * each on its line; an empty line is a header that is absent.
 */
class DecideFuzzTest {

  /** A policy, and what it was made of, for an oracle that must not ask the policy. */
  record Subject(
      CorsPolicy policy,
      List<String> origins,
      List<String> methods,
      List<String> names,
      boolean credentials) {}

  static final List<Subject> SUBJECTS =
      List.of(
          subject(List.of("https://app.example.com"), List.of("PUT"), List.of("X-Token"), true),
          subject(
              List.of(
                  "https://app.example.com",
                  "https://*.example.org",
                  "https://app-*-team.example.net",
                  "http://localhost:*",
                  "https://*.example.edu:*",
                  "http://127.0.0.1:8080",
                  "http://[::1]:3000",
                  "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
                  "capacitor://localhost"),
              List.of("PUT", "DELETE", "patch"),
              List.of("Authorization", "Content-Type"),
              true),
          subject(
              List.of("https://app.example.com", "https://b.example.com:8443"),
              List.of("*"),
              List.of("*"),
              true),
          subject(
              List.of("https://*.example.com", "https://b.test", "moz-extension://*"),
              List.of("*"),
              List.of("*", "Authorization"),
              false),
          subject(List.of("*"), List.of("*"), List.of("*"), false),
          subject(List.of("*"), List.of("PUT"), List.of("X-Token"), false));

  private static Subject subject(
      List<String> origins, List<String> methods, List<String> names, boolean credentials) {
    CorsPolicy.Builder builder =
        CorsPolicy.builder()
            .allowOrigins(origins)
            .allowMethods(methods.toArray(String[]::new))
            .allowRequestHeaders(names.toArray(String[]::new))
            .exposeResponseHeaders("X-Total")
            .maxAge(Duration.ofMinutes(5));
    CorsPolicy policy = (credentials ? builder.allowCredentials() : builder).build();
    return new Subject(policy, origins, methods, names, credentials);
  }

  static Cors.Request request(List<String> lines) {
    Cors.Request request = Cors.Request.of(lines.get(0), "/");
    String[] names = {
      "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers", "Host"
    };
    for (int i = 0; i < names.length; i++) {
      String value = lines.get(i + 1);
      request = value.isEmpty() ? request : request.with(names[i], value);
    }
    return request;
  }

  @FuzzTest
  void decide(byte[] data) throws Exception {
    Cors.Request request = request(Hostile.lines(data, 5));
    for (Subject subject : SUBJECTS) {
      CorsDecision decision = Hostile.inTime(() -> subject.policy.decide(request));
      assertGrantsNoMore(subject, request, decision);
      if (subject == one(data)) {
        CorsDecision fresh = subject.policy.toBuilder().build().decide(request);
        assertEquals(fresh.outcome(), decision.outcome(), "fresh equals used");
        assertEquals(headers(fresh), headers(decision), "fresh equals used");
      }
      assertEquals(decision.outcome(), subject.policy.decide(request).outcome(), "asked twice");
      assertEquals(headers(decision), headers(subject.policy.decide(request)), "asked twice");
      assertEquals(
          decision.outcome(),
          subject.policy.decideAgain(request, Cors.Request.READER).outcome(),
          "decided again");
    }
  }

  /** Building a policy takes longer than everything else, so an input has one built anew. */
  static Subject one(byte[] data) {
    return SUBJECTS.get(data.length % SUBJECTS.size());
  }

  private static void assertGrantsNoMore(
      Subject subject, Cors.Request request, CorsDecision decision) {
    String origin = request.headers().get("Origin");
    String method = request.headers().get("Access-Control-Request-Method");
    boolean preflight = request.method().equals("OPTIONS") && origin != null && method != null;
    assertSame(preflight, decision instanceof Respond);
    boolean any = subject.origins.contains("*");
    boolean mayRead = origin != null && (any || Granted.origin(subject.origins, origin));
    if (decision.outcome() == Outcome.ALLOWED) {
      assertTrue(mayRead, () -> "allowed: " + origin);
      if (preflight) {
        assertTrue(Granted.method(subject.methods, method), () -> "allowed: " + method);
        String names = request.headers().get("Access-Control-Request-Headers");
        assertTrue(Granted.names(subject.names, names), () -> "allowed: " + names);
      }
    }
    // A pattern in the list is not an origin that somebody sends.
    boolean isListed = origin != null && subject.origins.contains(origin) && !origin.contains("*");
    if (isListed && !preflight) {
      assertEquals(Outcome.ALLOWED, decision.outcome(), "a listed origin");
    }
    Map<String, String> headers = headers(decision);
    String shared = headers.get("Access-Control-Allow-Origin");
    if (any) {
      assertEquals("*", shared);
    } else if (subject.origins.size() == 1) {
      assertEquals(subject.origins.get(0), shared);
    } else if (shared != null) {
      assertEquals(origin, shared);
      assertTrue(mayRead, () -> "shared with " + origin);
    }
    if (shared == null || !subject.credentials) {
      assertNull(headers.get("Access-Control-Allow-Credentials"));
    }
    boolean constant = any || subject.origins.size() == 1;
    String vary = headers.getOrDefault("Vary", "");
    assertTrue(constant || vary.startsWith("Origin"), () -> "Vary: " + vary);
    assertGrantsNoMore(subject, method, headers);
  }

  private static void assertGrantsNoMore(
      Subject subject, String method, Map<String, String> headers) {
    String methods = headers.get("Access-Control-Allow-Methods");
    if (methods != null) {
      for (String each : methods.split(", ?")) {
        boolean echoed = subject.methods.contains("*") && each.equals(method);
        assertTrue(
            echoed
                || Granted.method(subject.methods, each)
                    && !(subject.credentials && each.equals("*")),
            () -> "Access-Control-Allow-Methods: " + methods);
      }
    }
    String names = headers.get("Access-Control-Allow-Headers");
    if (names != null) {
      assertTrue(
          Granted.names(subject.names, names), () -> "Access-Control-Allow-Headers: " + names);
      assertTrue(names.length() <= 4_096, "a long list is not repeated");
    }
  }

  static Map<String, String> headers(CorsDecision decision) {
    Map<String, String> headers = decision.headers();
    headers.values().forEach(Hostile::assertFieldValue);
    return headers;
  }
}
