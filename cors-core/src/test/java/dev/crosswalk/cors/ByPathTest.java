package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Kind;
import dev.crosswalk.cors.CorsDecision.Outcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Policies by path")
class ByPathTest {

  private final Cors byPath =
      Cors.byPath(
          Map.of(
              "/", only("https://root.example"),
              "/api", only("https://api.example"),
              "/api/v2/users", only("https://users.example"),
              "/api/v2", only("https://v2.example")));

  private static CorsPolicy only(String origin) {
    return CorsPolicy.builder().allowOrigins(origin, "https://everywhere.example").build();
  }

  private static CorsDecision get(Cors cors, String path, String origin) {
    return cors.decide(Message.request("GET", path).with("Origin", origin), Message.READER);
  }

  private static CorsDecision preflight(Cors cors, String path, String origin) {
    Message request =
        Message.request("OPTIONS", path)
            .with("Origin", origin)
            .with("Access-Control-Request-Method", "DELETE");
    return cors.decide(request, Message.READER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api", "/api/v1", "/", "/other", "/api/../other", "*"})
  void who_asks_again_gets_the_same_answer(String path) {
    Cors cors = Cors.byPath(Map.of("/api", only("https://api.example")));
    for (Message request :
        List.of(
            Message.request("POST", path),
            Message.request("POST", path).with("Origin", "https://api.example"),
            Message.request("OPTIONS", path)
                .with("Origin", "https://evil.example")
                .with("Access-Control-Request-Method", "PUT"))) {
      CorsDecision first = cors.decide(request, Message.READER);
      assertSame(first, cors.decideAgain(request, Message.READER));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, root",
    "/index.html, root",
    "/apiary, root",
    "/api, api",
    "/api/, api",
    "/api/v1, api",
    "/api/v20, api",
    "/api/v2, v2",
    "/api/v2/user, v2",
    "/api/v2/users, users",
    "/api/v2/users/7, users",
    "/api/v2/users/caf%C3%A9, users",
    "/api/v2/users/a%20b, users",
    "/api/v2/users/..., users",
    "/api/v2/users/.well-known, users",
  })
  void the_longest_path_that_covers_a_request_decides(String path, String policy) {
    assertEquals(
        Outcome.ALLOWED, get(byPath, path, "https://" + policy + ".example").outcome(), path);
    for (String other : List.of("root", "api", "v2", "users")) {
      if (!other.equals(policy)) {
        Outcome outcome = get(byPath, path, "https://" + other + ".example").outcome();
        assertEquals(Outcome.ORIGIN_NOT_ALLOWED, outcome, other + " at " + path);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x", "/api", "/api/v2", "/api/v2/users/1", "/api/../x", "/a;b"})
  void a_request_and_its_preflight_have_the_same_policy(String path) {
    for (String origin : List.of("root", "api", "v2", "users")) {
      CorsDecision actual = get(byPath, path, "https://" + origin + ".example");
      CorsDecision preflight = preflight(byPath, path, "https://" + origin + ".example");
      assertEquals(Kind.ACTUAL, actual.kind());
      assertEquals(Kind.PREFLIGHT, preflight.kind());
      boolean refused = actual.outcome() == Outcome.ORIGIN_NOT_ALLOWED;
      assertEquals(refused, preflight.outcome() == Outcome.ORIGIN_NOT_ALLOWED, origin);
      boolean without = actual.outcome() == Outcome.NO_POLICY;
      assertEquals(without, preflight.outcome() == Outcome.NO_POLICY, origin);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "api",
        "http://server.example/api",
        "/api/..",
        "/api/../x",
        "/../api",
        "/./api",
        "//api",
        "/api//v2",
        "/api;v=1",
        "/api/;/v2",
        "/api\\v2",
        "/api%2Fv2",
        "/api%2fv2",
        "/api%5cv2",
        "/api/%2e%2e/x",
        "/%61pi",
        "/api/v%32",
        "/api%00",
        "/api%0a",
        "/api%7f",
        "/api/%c0%af",
        "/api%",
        "/api%2",
        "/api%zz",
        "/api%\uff12f",
        "/api v2",
        "/api\tv2",
        "/caf\u00e9",
        "/api?x",
        "/api#x",
      })
  void a_path_that_can_be_read_as_another_has_no_policy(String path) {
    for (String origin : List.of("https://everywhere.example", "https://root.example")) {
      assertEquals(Outcome.NO_POLICY, get(byPath, path, origin).outcome());
      assertEquals(Outcome.NO_POLICY, preflight(byPath, path, origin).outcome());
    }
  }

  /** To a framework that ignores case it may be the longer path, and never has a wider policy. */
  @ParameterizedTest
  @ValueSource(strings = {"/API", "/Api/v1", "/api/V2", "/api/v2/Users", "/API/v2/users"})
  void a_path_in_another_case_than_one_that_would_cover_it_has_no_policy(String path) {
    for (String origin : List.of("https://everywhere.example", "https://root.example")) {
      assertEquals(Outcome.NO_POLICY, get(byPath, path, origin).outcome());
      assertEquals(Outcome.NO_POLICY, preflight(byPath, path, origin).outcome());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/.",
        "/api//",
        "/api/%2E",
        "/api/a%2Fb",
        "/api/%41",
        "/api/%7Euser",
        "/api/x;a=b",
        "/api//b",
        "/api/a/../b"
      })
  void a_path_whose_readings_all_have_one_policy_has_it(String path) {
    assertEquals(Outcome.ALLOWED, get(byPath, path, "https://api.example").outcome());
    assertEquals(Outcome.ORIGIN_NOT_ALLOWED, get(byPath, path, "https://root.example").outcome());
    CorsDecision preflight = preflight(byPath, path, "https://api.example");
    assertEquals(Outcome.METHOD_NOT_ALLOWED, preflight.outcome());
  }

  /** Neither would ever have a policy, because who ignores case takes the one for the other. */
  @Test
  void paths_that_differ_in_case_alone_are_refused() {
    Map<String, Cors> policies = new LinkedHashMap<>();
    policies.put("/api", CorsPolicy.none());
    policies.put("/API/v2", CorsPolicy.none());
    policies.put("/api/v2", CorsPolicy.none());
    InvalidCorsPolicyException e =
        assertThrows(InvalidCorsPolicyException.class, () -> Cors.byPath(policies));
    assertEquals(
        """
        The CORS policy has 2 problems:
          - paths "/API/v2": it differs from "/api" only in upper and lower case, and some \
        servers ignore case; use one of the two.
          - paths "/api/v2": it differs from "/API/v2" only in upper and lower case, and some \
        servers ignore case; use one of the two.\
        """,
        e.getMessage());
  }

  @Test
  void without_a_policy_nothing_is_touched() {
    Cors cors = Cors.byPath(Map.of("/api", only("https://api.example")));
    Message response =
        Message.response()
            .with("Access-Control-Allow-Origin", "https://by-the-application.example")
            .with("Vary", "Accept");
    String before = response.toString();
    for (CorsDecision decision :
        List.of(
            get(cors, "/other", "https://api.example"),
            preflight(cors, "/other", "https://api.example"))) {
      assertEquals(Outcome.NO_POLICY, decision.outcome());
      assertFalse(decision.outcome().isRefusal());
      assertTrue(decision instanceof CorsDecision.Proceed);
      assertTrue(decision.explanation().contains("No policy covers"));
      decision.writeTo(response, Message.WRITER);
      assertEquals(before, response.toString());
    }
    CorsDecision plain = cors.decide(Message.request("GET", "/other"), Message.READER);
    assertEquals(Outcome.NO_POLICY, plain.outcome());
    assertEquals(Kind.NOT_CORS, plain.kind());
  }

  @Test
  void the_policy_of_a_path_writes_the_headers() {
    Map<String, String> response = get(byPath, "/api/x", "https://api.example").headers();
    assertEquals("https://api.example", response.get("access-control-allow-origin"));
    response = get(byPath, "/x", "https://api.example").headers();
    assertNull(response.get("Access-Control-Allow-Origin"));
    assertEquals("Origin", response.get("Vary"));
  }

  @Test
  void what_is_handed_over_is_copied() {
    Map<String, CorsPolicy> policies = new HashMap<>();
    policies.put("/api", only("https://api.example"));
    Cors cors = Cors.byPath(policies);
    policies.clear();
    assertEquals(Outcome.ALLOWED, get(cors, "/api", "https://api.example").outcome());
  }

  @Test
  void policies_by_path_can_be_nested() {
    Cors inner = Cors.byPath(Map.of("/api/private", CorsPolicy.none()));
    Cors outer = Cors.byPath(Map.of("/api", inner, "/", only("https://root.example")));
    assertEquals(
        Outcome.ORIGIN_NOT_ALLOWED, get(outer, "/api/private/x", "https://root.example").outcome());
    assertEquals(Outcome.NO_POLICY, get(outer, "/api/public", "https://root.example").outcome());
  }

  @Test
  void warnings_are_those_of_all_policies_once() {
    CorsPolicy doubtful =
        CorsPolicy.builder().allowOrigins("https://a.example").allowMethods("patch").build();
    Cors cors = Cors.byPath(Map.of("/a", doubtful, "/b", doubtful, "/c", CorsPolicy.none()));
    assertEquals(doubtful.warnings(), cors.warnings());
    assertEquals(1, cors.warnings().size());
  }

  @Test
  void policies_by_path_are_read_back() {
    Map<String, Cors> policies = new LinkedHashMap<>();
    policies.put("/", CorsPolicy.none());
    policies.put("/api/v2", only("https://v2.example"));
    Cors cors = Cors.byPath(policies);
    assertEquals(
        """
        cors.policies.api-v2.paths=/api/v2
        cors.policies.api-v2.allowed-origins=https://v2.example, https://everywhere.example
        cors.policies.root.paths=/
        cors.policies.root.allowed-origins=none\
        """,
        cors.toString());
    Cors same = Cors.byPath(new TreeMap<>(policies).descendingMap());
    assertEquals(cors, same);
    assertEquals(cors.hashCode(), same.hashCode());
    assertNotEquals(cors, Cors.byPath(Map.of("/", CorsPolicy.none())));
    assertNotEquals(Cors.byPath(Map.of("/", CorsPolicy.none())), CorsPolicy.none());
  }

  @ParameterizedTest(name = "OPTIONS with the method {0} is {1}")
  @CsvSource(
      nullValues = "-",
      value = {"PUT, PREFLIGHT", "'', ACTUAL", "-, ACTUAL"})
  void a_preflight_without_a_policy_names_a_method(@Nullable String method, Kind kind) {
    Message request = Message.request("OPTIONS", "/other").with("Origin", "https://a.example");
    if (method != null) {
      request.with("Access-Control-Request-Method", method);
    }
    CorsDecision decision =
        Cors.byPath(Map.of("/api", CorsPolicy.none())).decide(request, Message.READER);
    assertEquals(Outcome.NO_POLICY, decision.outcome());
    assertEquals(kind, decision.kind());
  }

  @Test
  void all_paths_that_are_wrong_are_named_at_once() {
    Map<String, Cors> policies = new LinkedHashMap<>();
    policies.put("/ok", CorsPolicy.none());
    policies.put("api/", CorsPolicy.none());
    policies.put("/api/**", CorsPolicy.none());
    policies.put("/nothing", null);
    InvalidCorsPolicyException e =
        assertThrows(InvalidCorsPolicyException.class, () -> Cors.byPath(policies));
    assertEquals(
        """
        The CORS policy has 3 problems:
          - paths "api/": it does not start with a slash; write "/api".
          - paths "/api/**": a path cannot contain a wildcard, and already covers everything \
        below it; write "/api".
          - paths "/nothing": the policy is null; pass a policy, or CorsPolicy.none().\
        """,
        e.getMessage());
  }

  @Test
  void paths_that_are_spelled_alike_have_names_of_their_own() {
    String printed =
        Cors.byPath(Map.of("/a.b", only("https://a.example"), "/a-b", only("https://b.example")))
            .toString();
    assertTrue(printed.contains("cors.policies.a-b.paths="), printed);
    assertTrue(printed.contains("cors.policies.a-b-2.paths="), printed);
  }
}
