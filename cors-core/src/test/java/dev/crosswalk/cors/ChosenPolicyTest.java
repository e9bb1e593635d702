package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A policy that is chosen for each request")
class ChosenPolicyTest {

  private final CorsPolicy acme = only("https://acme.example");
  private final CorsPolicy emca = only("https://emca.example");

  private static CorsPolicy only(String origin) {
    return CorsPolicy.builder().allowOrigins(origin, origin + ".org").build();
  }

  private static Cors.Request get(String path) {
    return Cors.Request.of("GET", path).from("https://acme.example");
  }

  @ParameterizedTest
  @CsvSource({
    "acme.api.example, ALLOWED",
    "ACME.api.Example, ALLOWED",
    "acme.api.example:8443, ALLOWED",
    "emca.api.example, ORIGIN_NOT_ALLOWED",
    "localhost:8080, ALLOWED",
    "localhost, NO_POLICY",
    "localhost:8081, NO_POLICY",
    "[::1], ALLOWED",
    "[::1]:9000, ALLOWED",
    "acme.api.example., ALLOWED",
    "acme.api.example.:8443, ALLOWED",
    "acme.api.example.., NO_POLICY",
    "., NO_POLICY",
    "localhost.:8080, ALLOWED",
    "[::1]., ALLOWED",
    "[0:0:0:0:0:0:0:1], NO_POLICY",
    "acme.api.example:+80, NO_POLICY",
    "acme.api.example:\u0668\u0660, NO_POLICY",
    "user@acme.api.example, NO_POLICY",
    "acme.api.example/, NO_POLICY",
    "other.api.example, NO_POLICY",
    "acme.api.example.evil.example, NO_POLICY",
    "acme.api.example:, NO_POLICY",
    "acme.api.example:8080:443, NO_POLICY",
    "'acme.api.example, emca.api.example', NO_POLICY",
    "'', NO_POLICY",
  })
  void by_host_has_the_policy_of_the_host_and_of_no_other(String host, Outcome expected) {
    Cors cors =
        Cors.byHost(
            Map.of(
                "acme.api.example", acme,
                "Emca.api.example", emca,
                "localhost:8080", acme,
                "[::1]", acme));
    assertEquals(expected, cors.decide(get("/").with("Host", host)).outcome());
    Cors.Request forwarded =
        get("/")
            .with("Host", host.isEmpty() ? "x" : host)
            .with("X-Forwarded-Host", "acme.api.example");
    assertEquals(expected, cors.decide(forwarded).outcome(), "X-Forwarded-Host is not looked at");
  }

  @ParameterizedTest
  @CsvSource({
    "a.example:443, HOST_PORT_DEFAULT, write the host without the port",
    "a.example:80, HOST_PORT_DEFAULT, write the host without the port",
    "[0:0:0:0:0:0:0:1], HOST_INVALID, 'write \"[::1]\"'",
    "::1, HOST_INVALID, 'write \"[::1]\"'",
    "127.1, HOST_INVALID, 'write \"127.0.0.1\"'",
    "a.example., HOST_INVALID, 'write \"a.example\"'",
    "a.example/api, HOST_INVALID, 'write \"a.example\"'",
    "a.example:080, HOST_INVALID, ",
    "a.example:0, HOST_INVALID, ",
    "a.example:99999, HOST_INVALID, ",
    "*.example.com, HOST_WILDCARD, ",
    "a..example, HOST_INVALID, ",
    "-, HOST_INVALID, ",
    "[::1, HOST_INVALID, ",
    "'', HOST_INVALID, ",
  })
  void a_host_that_no_browser_sends_is_refused(
      String host, ProblemCode code, @Nullable String remedy) {
    InvalidCorsPolicyException e =
        assertThrows(InvalidCorsPolicyException.class, () -> Cors.byHost(Map.of(host, acme)));
    assertEquals(code, e.problems().get(0).code());
    assertTrue(remedy == null || e.problems().get(0).remedy().equals(remedy), e::getMessage);
  }

  @Test
  void without_a_host_there_is_no_policy() {
    assertEquals(
        Outcome.NO_POLICY, Cors.byHost(Map.of("a.example", acme)).decide(get("/")).outcome());
  }

  @Test
  void the_host_is_part_of_the_url_and_not_in_vary() {
    Cors cors = Cors.byHost(Map.of("a.example", acme));
    assertEquals("Origin", cors.decide(get("/").with("Host", "a.example")).headers().get("Vary"));
  }

  @Test
  void a_function_chooses_by_header_and_every_response_varies_by_it() {
    Map<String, CorsPolicy> tenants = Map.of("acme", acme, "emca", emca);
    Cors cors =
        Cors.choosing(
            facts -> {
              String tenant = facts.header("x-tenant");
              return tenant == null ? null : tenants.get(tenant);
            },
            "X-Tenant");
    CorsDecision allowed = cors.decide(get("/").with("X-Tenant", "acme"));
    assertEquals(Outcome.ALLOWED, allowed.outcome());
    assertEquals("Origin, X-Tenant", allowed.headers().get("Vary"));
    assertEquals("https://acme.example", allowed.headers().get("Access-Control-Allow-Origin"));
    CorsDecision refused = cors.decide(get("/").with("X-Tenant", "emca"));
    assertEquals(Outcome.ORIGIN_NOT_ALLOWED, refused.outcome());
    assertEquals("Origin, X-Tenant", refused.headers().get("Vary"));
    CorsDecision without = cors.decide(get("/"));
    assertEquals(Outcome.NO_POLICY, without.outcome());
    assertEquals(Map.of("Vary", "X-Tenant"), without.headers());
    CorsDecision preflight = cors.decide(get("/").preflight().with("X-Tenant", "acme"));
    assertEquals(Outcome.ALLOWED, preflight.outcome());
    assertEquals(
        "X-Tenant, Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
        preflight.headers().get("Vary"));
    assertEquals(
        preflight.outcome(),
        cors.decideAgain(get("/").preflight().with("X-Tenant", "acme"), Cors.Request.READER)
            .outcome());
  }

  @Test
  void a_guard_around_it_varies_too() {
    Cors cors = CrossOriginGuard.around(Cors.choosing(facts -> acme, "X-Tenant")).build();
    Cors.Request write =
        Cors.Request.of("POST", "/")
            .from("https://evil.example")
            .with("Sec-Fetch-Site", "cross-site");
    CorsDecision decision = cors.decide(write);
    assertEquals(Outcome.WRITE_FROM_CROSS_SITE, decision.outcome());
    assertEquals("X-Tenant, Origin", decision.headers().get("Vary"));
  }

  @Test
  void a_function_that_fails_grants_nothing_and_is_logged_once() {
    Cors cors =
        Cors.choosing(
            facts -> {
              throw new AssertionError("on purpose");
            });
    assertEquals(
        1,
        logged(
            () -> {
              for (int i = 0; i < 3; i++) {
                assertEquals(Outcome.NO_POLICY, cors.decide(get("/")).outcome());
              }
            }));
  }

  @Test
  @SuppressWarnings("unchecked") // What comes from a map may be anything.
  void whatever_a_function_does_wrong_grants_nothing() {
    Map<String, CorsPolicy> foreign = (Map<String, CorsPolicy>) (Map<?, ?>) Map.of("/", "text");
    List<Cors.Chooser> wrong =
        List.of(
            facts -> foreign.get(facts.path()),
            facts -> {
              throw new StackOverflowError();
            },
            facts -> facts.header("Origin") == null ? emca : acme,
            facts -> facts.header("Host") == null ? emca : acme);
    for (Cors.Chooser chooser : wrong) {
      Cors cors = Cors.choosing(chooser, "X-Tenant");
      assertEquals(
          1,
          logged(
              () ->
                  assertEquals(
                      Outcome.NO_POLICY,
                      cors.decide(get("/").with("Host", "a.example")).outcome())));
    }
    assertEquals(Outcome.NO_POLICY, Cors.choosing(facts -> null).decide(get("/")).outcome());
  }

  @Test
  void a_function_reads_no_header_that_vary_does_not_name() {
    Cors cors = Cors.choosing(facts -> "acme".equals(facts.header("X-Tenant")) ? acme : emca);
    assertEquals(
        1,
        logged(
            () ->
                assertEquals(
                    Outcome.NO_POLICY, cors.decide(get("/").with("X-Tenant", "acme")).outcome())));
  }

  @Test
  void a_function_does_not_learn_the_origin() {
    for (String name : List.of("Origin", "origin", "Referer", "Sec-Fetch-Site")) {
      InvalidCorsPolicyException e =
          assertThrows(InvalidCorsPolicyException.class, () -> Cors.choosing(facts -> acme, name));
      assertEquals(ProblemCode.CHOICE_BY_ORIGIN, e.problems().get(0).code());
    }
    assertThrows(InvalidCorsPolicyException.class, () -> Cors.choosing(facts -> acme, "a b"));
    assertThrows(InvalidCorsPolicyException.class, () -> Cors.choosing(facts -> acme, "*"));
  }

  @Test
  void a_function_learns_the_host_as_a_fact_and_not_as_a_header() {
    for (String name : List.of("Host", "host")) {
      InvalidCorsPolicyException e =
          assertThrows(InvalidCorsPolicyException.class, () -> Cors.choosing(facts -> acme, name));
      assertEquals(ProblemCode.CHOICE_BY_HOST_HEADER, e.problems().get(0).code());
    }
  }

  @Test
  void a_path_that_can_be_read_in_several_ways_ends_the_choice() {
    Cors cors = Cors.choosing(facts -> facts.path().startsWith("/admin") ? emca : acme);
    assertEquals(Outcome.ALLOWED, cors.decide(get("/public")).outcome());
    assertEquals(
        0,
        logged(
            () -> {
              assertEquals(Outcome.NO_POLICY, cors.decide(get("/public/%2e%2e/admin")).outcome());
            }));
    Cors byHost = Cors.choosing(facts -> "a.example".equals(facts.host()) ? acme : null);
    assertEquals(Outcome.ALLOWED, byHost.decide(get("/a%2Fb").with("Host", "a.example")).outcome());
    assertNull(byHost.decide(get("/")).headers().get("Vary"));
  }

  /** The same exception ends each such choice, so that a request costs no stack trace. */
  @Test
  void what_ends_the_choice_keeps_nothing_of_a_request() {
    List<Throwable> ends = new ArrayList<>();
    Cors cors =
        Cors.choosing(
            facts -> {
              try {
                facts.path();
              } catch (RuntimeException e) {
                e.addSuppressed(new IllegalArgumentException("what a resource says as it closes"));
                ends.add(e);
                throw e;
              }
              return acme;
            });
    for (int i = 0; i < 2; i++) {
      assertEquals(Outcome.NO_POLICY, cors.decide(get("/public/%2e%2e/admin")).outcome());
    }
    assertEquals(2, ends.size());
    assertEquals(0, ends.get(1).getSuppressed().length);
    assertEquals(0, ends.get(1).getStackTrace().length);
  }

  @ParameterizedTest
  @CsvSource({
    "acme.example, acme.example",
    "ACME.Example, acme.example",
    "acme.example., acme.example",
    "acme.example:8443, acme.example:8443",
    "Acme.example.:8443, acme.example:8443",
    "[::1]:8080, [::1]:8080",
    "acme.example:, ",
    "acme.example:x, ",
    "'', ''",
  })
  void a_function_learns_the_host_in_one_spelling(String sent, @Nullable String told) {
    List<@Nullable String> hosts = new ArrayList<>();
    Cors cors =
        Cors.choosing(
            facts -> {
              hosts.add(facts.host());
              return acme;
            });
    cors.decide(get("/").with("Host", sent));
    cors.decide(get("/").with("Host", "a".repeat(300)));
    cors.decide(get("/"));
    assertEquals(Arrays.asList(told, null, null), hosts);
  }

  private static int logged(Runnable action) {
    try (LogLines log = new LogLines()) {
      action.run();
      return log.lines().size();
    }
  }

  @Test
  void has_the_warnings_of_all_policies_by_host_and_of_no_policy_of_a_function() {
    CorsPolicy doubtful =
        CorsPolicy.builder().allowOrigins("https://acme.example").allowMethods("patch").build();
    assertEquals(1, doubtful.warnings().size());
    assertEquals(doubtful.warnings(), Cors.byHost(Map.of("a.example", doubtful)).warnings());
    assertEquals(List.of(), Cors.choosing(facts -> doubtful).warnings());
  }

  @Test
  void is_printed_as_what_it_is_and_a_policy_around_which_there_is_more_as_itself() {
    assertEquals(
        "# by host: [a.example, b.example]",
        Cors.byHost(Map.of("b.example", acme, "a.example", emca)).toString());
    assertEquals("# chosen for each request", Cors.choosing(facts -> acme).toString());
    assertEquals(acme.toString(), Cors.observed(acme, event -> {}).toString());
    assertEquals(acme.toString(), Cors.reportOnly(acme, emca, event -> {}).toString());
  }

  @Test
  void is_equal_to_another_one_with_the_same_policies_by_host_in_any_case() {
    Cors byHost = Cors.byHost(Map.of("a.example", acme, "b.example", emca));
    Cors same = Cors.byHost(Map.of("B.example", only("https://emca.example"), "A.example", acme));
    assertEquals(byHost, same);
    assertEquals(byHost.hashCode(), same.hashCode());
    assertNotEquals(byHost, Cors.byHost(Map.of("a.example", acme, "c.example", emca)));
    assertNotEquals(byHost, Cors.byHost(Map.of("a.example", acme, "b.example", acme)));
    assertNotEquals(byHost, Cors.byPath(Map.of("/", acme)));
  }

  @Test
  void hosts_that_are_null_are_wrong() {
    assertThrows(NullPointerException.class, () -> Cors.byHost(null));
    assertThrows(NullPointerException.class, () -> Cors.byPath(null));
    Map<String, CorsPolicy> hosts = new HashMap<>();
    hosts.put(null, acme);
    InvalidCorsPolicyException e =
        assertThrows(InvalidCorsPolicyException.class, () -> Cors.byHost(hosts));
    assertEquals(
        List.of(ProblemCode.HOST_INVALID), e.problems().stream().map(PolicyProblem::code).toList());
  }
}
