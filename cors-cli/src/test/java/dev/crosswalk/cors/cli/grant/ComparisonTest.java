package dev.crosswalk.cors.cli.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.cli.grant.Difference.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two policies decide differently, by cases that a person can judge, and by chance. */
class ComparisonTest {

  private static List<Difference> compare(String old, String now) {
    return Comparison.of(policies(old), policies(now));
  }

  private static Policies policies(String lines) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String line : lines.split(";", -1)) {
      int equals = line.indexOf('=');
      settings.put("cors." + line.substring(0, equals).strip(), line.substring(equals + 1));
    }
    return Policies.of(CorsConfiguration.of(settings));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          allowed-origins=https://*.example.org | allowed-origins=https://a.example.org,https://b.example.org | NARROWER
          allowed-origins=https://a.example.org | allowed-origins=https://*.example.org | WIDER
          allowed-origins=https://*.example.org | allowed-origins=https://*.a.example.org | NARROWER
          allowed-origins=https://x-*.example.org | allowed-origins=https://x-*-y.example.org | NARROWER
          allowed-origins=http://localhost:* | allowed-origins=http://localhost:3000,http://localhost | NARROWER
          allowed-origins=https://a.example.org | allowed-origins=* | WIDER
          allowed-origins=none | allowed-origins=https://a.example.org | WIDER
          allowed-origins=https://a.example.org | allowed-origins=https://a.example.org;allow-credentials=true | WIDER
          allowed-origins=https://a.example.org;allowed-methods=PUT | allowed-origins=https://a.example.org;allowed-methods=* | WIDER
          allowed-origins=https://a.example.org;allowed-methods=PUT,PATCH | allowed-origins=https://a.example.org;allowed-methods=PATCH | NARROWER
          allowed-origins=*;allowed-request-headers=* | allowed-origins=*;allowed-request-headers=*,Authorization | WIDER
          allowed-origins=*;exposed-response-headers=* | allowed-origins=*;exposed-response-headers=ETag | NARROWER
          allowed-origins=*;max-age=1h | allowed-origins=*;max-age=2h | WIDER
          allowed-origins=*;max-age=5s | allowed-origins=*;max-age=0 | NARROWER
          allowed-origins=*;expose-timing=true | allowed-origins=* | NARROWER
          allowed-origins=none | allowed-origins=none;allow-embedding=true | WIDER
          allowed-origins=* | allowed-origins=*;guard.enabled=true | NARROWER
          allowed-origins=*;guard.enabled=true | allowed-origins=*;guard.enabled=true;guard.exempt-paths=/hook | WIDER
          allowed-origins=*;guard.enabled=true;guard.exempt-paths-below=/a | allowed-origins=*;guard.enabled=true;guard.exempt-paths=/a | NARROWER
          allowed-origins=https://a.example.org;allow-credentials=true;guard.enabled=true | allowed-origins=https://a.example.org;allow-credentials=true;guard.enabled=true;guard.trust-origins-allowed-with-credentials=true | WIDER
          allowed-origins=* | policies.x.paths=/;policies.x.allowed-origins=*;policies.y.paths=/admin;policies.y.allowed-origins=none | NARROWER
          """)
  void is_wider_or_narrower(String old, String now, Kind kind) {
    List<Difference> differences = compare(old, now);
    Set<Kind> kinds = new LinkedHashSet<>();
    differences.stream().map(Difference::kind).filter(k -> k != Kind.OTHERWISE).forEach(kinds::add);
    assertEquals(Set.of(kind), kinds, differences::toString);
    Set<Kind> back = new LinkedHashSet<>();
    compare(now, old).stream()
        .map(Difference::kind)
        .filter(k -> k != Kind.OTHERWISE)
        .forEach(back::add);
    assertEquals(Set.of(kind == Kind.WIDER ? Kind.NARROWER : Kind.WIDER), back);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          allowed-origins=https://a.example.org,https://*.example.org | allowed-origins=https://*.example.org
          allowed-origins=https://a.example.org,https://b.example.org | allowed-origins=https://b.example.org,https://a.example.org
          allowed-origins=https://a.example.org;allowed-methods=GET,PUT | allowed-origins=https://a.example.org;allowed-methods=PUT
          allowed-origins=https://a.example.org;allowed-request-headers=X-A | allowed-origins=https://a.example.org;allowed-request-headers=x-a
          allowed-origins=*;exposed-response-headers=Content-Type,ETag | allowed-origins=*;exposed-response-headers=etag
          allowed-origins=*;max-age=60m | allowed-origins=*;max-age=1h
          allowed-origins=* | allowed-origins=*;log-refusals=explained
          policies.x.paths=/api;policies.x.allowed-origins=* | policies.x.paths=/api;policies.x.allowed-origins=*;log-refusals=true
          allowed-origins=https://a.example.org;guard.enabled=true | allowed-origins=https://a.example.org;guard.enabled=true;guard.trust-origins-allowed-with-credentials=true
          allowed-origins=https://a.example.org;allow-credentials=true;guard.enabled=true;guard.trusted-origins=https://a.example.org | allowed-origins=https://a.example.org;allow-credentials=true;guard.enabled=true;guard.trust-origins-allowed-with-credentials=true
          allowed-origins=*;max-age=5 | allowed-origins=*
          allowed-origins=* | policies.x.paths=/,/api;policies.x.allowed-origins=*
          allowed-origins=*;guard.enabled=true;guard.exempt-paths-below=/a | allowed-origins=*;guard.enabled=true;guard.exempt-paths-below=/a;guard.exempt-paths=/a/b
          """)
  void is_the_same(String old, String now) {
    assertEquals(List.of(), compare(old, now));
    assertEquals(List.of(), compare(now, old));
  }

  @Test
  void
      regions_that_are_the_same_leave_paths_with_several_readings_without_a_policy_if_they_are_not_equal() {
    String old = "allowed-origins=https://a.example.org,https://b.example.org";
    String now =
        "policies.x.paths=/;policies.x.allowed-origins=https://a.example.org,https://b.example.org;"
            + "policies.y.paths=/api;policies.y.allowed-origins=https://b.example.org,https://a.example.org";
    List<Difference> differences = compare(old, now);
    assertTrue(
        differences.stream().anyMatch(one -> one.kind() == Kind.NARROWER), differences::toString);
    assertTrue(
        differences.stream().allMatch(one -> one.where().contains("%2e")), differences::toString);
  }

  // ------------------------------------------------------------------------------------ by chance

  private static final int PAIRS = Integer.getInteger("pairs", 5_000);
  private static final long SEED = Long.getLong("seed", 21);
  private static final int POLICIES = 600;
  private static final int REQUESTS = 1;

  private static final List<String> PATTERNS =
      List.of(
          "https://a.example.org",
          "https://b.example.org",
          "https://x-1.example.org",
          "https://x-1-y.example.org",
          "https://a.b.example.org",
          "https://a.example.org:8443",
          "https://*.example.org",
          "https://*.b.example.org",
          "https://*.example.org:*",
          "https://x-*.example.org",
          "https://x-1-*.example.org",
          "https://*-y.example.org",
          "https://x-*-y.example.org",
          "https://a.example.org:*",
          "http://localhost:*",
          "http://localhost:3000",
          "http://localhost",
          "http://[::1]:*",
          "capacitor://localhost",
          "chrome-extension://*",
          "chrome-extension://abc",
          "null");

  private static final List<String> ORIGINS =
      List.of(
          "https://a.example.org",
          "https://b.example.org",
          "https://c.example.org",
          "https://x-1.example.org",
          "https://x-2.example.org",
          "https://x-1-y.example.org",
          "https://x-2-y.example.org",
          "https://x--y.example.org",
          "https://1-y.example.org",
          "https://a.b.example.org",
          "https://c.b.example.org",
          "https://x-1.b.example.org",
          "https://example.org",
          "https://a.example.org:8443",
          "https://a.example.org:1",
          "https://c.example.org:1",
          "http://a.example.org",
          "http://localhost",
          "http://localhost:3000",
          "http://localhost:3001",
          "http://[::1]:1",
          "capacitor://localhost",
          "chrome-extension://abc",
          "chrome-extension://abd",
          "https://other.example",
          "null");

  private static final List<String> METHODS = List.of("GET", "PUT", "DELETE", "PATCH", "POST");
  private static final List<String> REQUEST_HEADERS =
      List.of("X-A", "X-B", "Content-Type", "Authorization");
  private static final List<String> RESPONSE_HEADERS = List.of("ETag", "X-Total", "Content-Type");
  private static final List<String> PATHS = List.of("/", "/api", "/api/v1", "/public", "/b");
  private static final List<String> TARGETS =
      List.of(
          "/",
          "/api",
          "/api/",
          "/api/x",
          "/API/x",
          "/api/v1",
          "/api/v1/x",
          "/api/v2",
          "/public",
          "/public/x",
          "/b/x",
          "/c",
          "/api/%2e%2e/public",
          "/public/%2e%2e/x",
          "/api%2fv1",
          "/api/v1/%2e%2e/x",
          "/x/%2e%2e/b",
          "/b/%2e%2e/api/v1");

  /** An oracle of its own: what a request is given, by the words of the response. */
  private static Map<String, Long> given(
      Cors cors, String path, String origin, String method, String header) {
    Map<String, Long> given = new TreeMap<>();
    Cors.Request get = Cors.Request.of("GET", path).from(origin);
    CorsDecision decision = cors.decide(get);
    Map<String, String> fields = decision.headers();
    boolean shared = decision.outcome() == Outcome.ALLOWED;
    given.put("read", shared ? 1L : 0);
    given.put(
        "credentials", fields.containsKey("Access-Control-Allow-Credentials") && shared ? 1L : 0);
    String exposed = "," + fields.getOrDefault("Access-Control-Expose-Headers", "") + ",";
    for (String name : List.of("etag", "x-total", "x-never")) {
      boolean isExposed =
          exposed.contains("*")
              || exposed.replace(" ", "").toLowerCase(Locale.ROOT).contains("," + name + ",");
      given.put("exposed " + name, shared && isExposed ? 1L : 0);
    }
    given.put("timing", shared && fields.containsKey("Timing-Allow-Origin") ? 1L : 0);
    given.put("embedding", fields.containsKey("Cross-Origin-Resource-Policy") ? 1L : 0);
    given.put("~", decision.outcome() == Outcome.NO_POLICY ? 1L : 0);
    Cors.Request asked = Cors.Request.of(method, path).from(origin).preflight();
    CorsDecision preflight = cors.decide(asked);
    Map<String, String> ofMethod = preflight.headers();
    boolean mayUse = preflight.outcome() == Outcome.ALLOWED;
    given.put("method", mayUse ? 1L : 0);
    given.put(
        "max-age",
        mayUse ? Long.parseLong(ofMethod.getOrDefault("Access-Control-Max-Age", "5")) : -1);
    Cors.Request with = Cors.Request.of("GET", path).from(origin).with(header, "1").preflight();
    given.put("header", cors.decide(with).outcome() == Outcome.ALLOWED ? 1L : 0);
    Cors.Request post =
        Cors.Request.of("POST", path).from(origin).with("Sec-Fetch-Site", "cross-site");
    given.put("write", cors.decide(post) instanceof CorsDecision.Respond ? 0L : 1);
    return given;
  }

  @Test
  void no_difference_means_no_request_and_every_witness_differs() {
    Random random = new Random(SEED);
    List<Policies> all = new ArrayList<>();
    while (all.size() < POLICIES) {
      any(random).ifPresent(all::add);
    }
    int same = 0;
    int wider = 0;
    for (int i = 0; i < PAIRS; i++) {
      Policies old = all.get(random.nextInt(POLICIES));
      Policies now = random.nextInt(20) == 0 ? old : all.get(random.nextInt(POLICIES));
      List<Difference> differences = Comparison.of(old, now);
      Set<Kind> kinds = new LinkedHashSet<>();
      for (Difference difference : differences) {
        kinds.add(difference.kind());
      }
      same += differences.isEmpty() ? 1 : 0;
      wider += kinds.contains(Kind.WIDER) ? 1 : 0;
      for (int j = 0; j < REQUESTS; j++) {
        String path = any(TARGETS, random);
        String origin = any(ORIGINS, random);
        String method = any(METHODS, random);
        String header = any(REQUEST_HEADERS, random);
        Map<String, Long> before = given(old.cors(), path, origin, method, header);
        Map<String, Long> after = given(now.cors(), path, origin, method, header);
        String pair =
            "%s%n---%n%s%n%s %s %s %s"
                .formatted(old.cors(), now.cors(), method, path, origin, header);
        before.forEach(
            (what, level) -> {
              long other = after.get(what);
              if (other != level) {
                Kind kind =
                    what.equals("~") ? Kind.OTHERWISE : other > level ? Kind.WIDER : Kind.NARROWER;
                assertTrue(kinds.contains(kind), () -> what + " of\n" + pair);
              }
            });
      }
      if (i % 16 == 0) {
        differences.forEach(one -> really(one, old.cors(), now.cors()));
      }
    }
    int pairs = PAIRS;
    int unlike = wider;
    assertTrue(same > pairs / 50, () -> "hardly any pair is the same of " + pairs);
    assertTrue(unlike > pairs / 3 && unlike < pairs, () -> unlike + " are wider of " + pairs);
  }

  private static void really(Difference difference, Cors old, Cors now) {
    Difference.Witness witness = difference.witness();
    String subject = witness.subject().isEmpty() ? "X-A" : witness.subject();
    boolean isMethod = witness.right() == Right.METHOD;
    String method = isMethod ? subject : "GET";
    String header = isMethod || witness.right() == Right.RESPONSE_HEADER ? "X-A" : subject;
    String origin = witness.origin().isEmpty() ? "https://a.example.org" : witness.origin();
    Map<String, Long> before = given(old, witness.path(), origin, method, header);
    Map<String, Long> after = given(now, witness.path(), origin, method, header);
    boolean isOther = subject.equals(Names.OTHER) && witness.right() == Right.RESPONSE_HEADER;
    assertNotEquals(before, after, () -> difference + (isOther ? " (another header)" : ""));
  }

  /** Some settings are no policy together: then there is none. */
  private static Optional<Policies> any(Random random) {
    try {
      return Optional.of(Policies.of(CorsConfiguration.of(settings(random))));
    } catch (InvalidCorsPolicyException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> settings(Random random) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (random.nextInt(3) > 0) {
      policy("cors.", settings, random);
    } else {
      List<String> paths = new ArrayList<>(some(PATHS, 3, random));
      for (int i = 0; i < paths.size(); i++) {
        settings.put("cors.policies.p" + i + ".paths", paths.get(i));
        policy("cors.policies.p" + i + ".", settings, random);
      }
    }
    if (random.nextInt(3) == 0) {
      settings.put("cors.guard.enabled", "true");
      List<String> trusted =
          some(PATTERNS, 2, random).stream()
              .filter(pattern -> !pattern.equals("null") && !pattern.endsWith("://*"))
              .toList();
      put(settings, "cors.guard.trusted-origins", trusted);
      put(
          settings,
          "cors.guard.exempt-paths",
          random.nextBoolean() ? List.of() : some(PATHS, 2, random));
      put(
          settings,
          "cors.guard.exempt-paths-below",
          random.nextBoolean() ? List.of() : some(PATHS, 2, random));
    }
    return settings;
  }

  private static void policy(String prefix, Map<String, String> settings, Random random) {
    List<String> origins = new ArrayList<>(some(PATTERNS, 4, random));
    boolean hasNull = origins.remove("null");
    int kind = random.nextInt(12);
    settings.put(
        prefix + "allowed-origins",
        kind == 0 || origins.isEmpty() ? "*" : kind == 1 ? "none" : String.join(",", origins));
    if (hasNull && kind > 1 && !origins.isEmpty()) {
      settings.put(prefix + "dangerously-allowed-origins", "null");
    }
    if (random.nextInt(3) == 0) {
      settings.put(prefix + "allow-credentials", "true");
    }
    put(settings, prefix + "allowed-methods", orAny(METHODS, random));
    put(settings, prefix + "allowed-request-headers", orAny(REQUEST_HEADERS, random));
    put(settings, prefix + "exposed-response-headers", orAny(RESPONSE_HEADERS, random));
    if (random.nextInt(3) == 0) {
      settings.put(prefix + "max-age", any(List.of("0", "5s", "1m", "1h"), random));
    }
    if (random.nextInt(6) == 0) {
      settings.put(prefix + "expose-timing", "true");
    }
    if (random.nextInt(6) == 0) {
      settings.put(prefix + "allow-embedding", "true");
    }
  }

  private static List<String> orAny(List<String> names, Random random) {
    int kind = random.nextInt(6);
    return kind == 0 ? List.of("*") : kind < 3 ? List.of() : some(names, 2, random);
  }

  private static void put(Map<String, String> settings, String key, List<String> members) {
    if (!members.isEmpty()) {
      settings.put(key, String.join(",", members));
    }
  }

  private static List<String> some(List<String> of, int most, Random random) {
    Set<String> some = new LinkedHashSet<>();
    int size = 1 + random.nextInt(most);
    for (int i = 0; i < size; i++) {
      some.add(any(of, random));
    }
    return List.copyOf(some);
  }

  private static String any(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
