package dev.crosswalk.cors.cli.check;

import static dev.crosswalk.cors.cli.check.FlawedServer.APP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Servers with one mistake each, on real sockets: {@code check} finds it, and names it. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class RootCauseTest extends CausesOfServer {

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("dev.crosswalk.cors.cli.check.FlawedServers#servers")
  void a_mistake_is_found_and_named(String mistake, String cause, FlawedServer server)
      throws Exception {
    try (server) {
      JsonNode seen = check(server.start(), PROFILE);
      assertEquals(List.of(cause), causes(seen), mistake + "\n" + out);
      assertEquals(3, seen.get("causes").get(0).get("exploit").size());
      assertFalse(seen.get("causes").get(0).get("exchanges").isEmpty());
      assertEquals(
          Set.of(), // Nothing but what check may send.
          new TreeSet<>(server.methods())
              .stream()
                  .filter(method -> !Set.of("GET", "HEAD", "OPTIONS").contains(method))
                  .collect(Collectors.toSet()));
    }
  }

  @Test
  void what_is_granted_without_credentials_is_a_note() throws Exception {
    try (FlawedServer server =
        new FlawedServer(origin -> true) {
          @Override
          boolean credentials() {
            return false;
          }
        }) {
      JsonNode seen = check(server.start(), "--allowed-origin", APP, "--no-credentials");
      assertEquals(List.of("reflects any origin / note"), causes(seen));
    }
  }

  @Test
  void a_cause_that_is_no_more_than_a_defect_has_no_security_rule_beside_it() throws Exception {
    try (FlawedServer server =
        new FlawedServer() {
          @Override
          String allowHeaders(String names) {
            return "*";
          }

          @Override
          boolean permitsHeaders(String names) {
            return true;
          }
        }) {
      JsonNode seen =
          check(
              server.start(),
              "--allowed-origin",
              APP,
              "--credentials",
              "--header",
              "X-Token",
              "--refused-header",
              "X-Secret");
      assertEquals(List.of("lists * where there are credentials / defect"), causes(seen));
      assertEquals("defect", seen.get("verdict").asString());
    }
  }

  @Test
  void the_servers_own_neighbors_are_asked_for_without_a_profile() {
    DeclaredOrigins none = new DeclaredOrigins(List.of());
    List<String> asked =
        none.lookAlikes(List.of("https://api.example.com")).stream()
            .map(LookAlike::origin)
            .toList();
    assertTrue(asked.contains("https://crosswalk-checkexample.com"), asked::toString);
    assertTrue(asked.contains("http://api.example.com"), asked::toString);
    assertFalse(asked.contains("https://api.example.com"), "it is no foreign origin");
  }

  @Test
  void a_guest_asks_no_more_than_there_is_to_ask() {
    List<String> four =
        List.of(
            "https://a.app.example.com",
            "https://b.app.example.org",
            "https://c.app.example.net",
            "https://d.app.example.co");
    int most = new DeclaredOrigins(four).lookAlikes(List.of()).size();
    assertTrue(most + 60 < PoliteClient.MAX_REQUESTS, "look-alikes: " + most);
  }

  @Test
  void the_corpus_has_at_least_twenty_mistakes() {
    assertTrue(
        FlawedServers.servers().count() >= 20, "mistakes: " + FlawedServers.servers().count());
  }

  @Test
  void the_order_of_the_headers_makes_no_difference() throws Exception {
    for (String headers : new String[] {"X-Token,x-trace", "x-trace,X-Token"}) {
      try (FlawedServer server =
          new FlawedServer() {
            @Override
            boolean permitsHeaders(String names) {
              return Set.of("X-Token", "x-trace").containsAll(List.of(names.split(",")));
            }
          }) {
        JsonNode seen =
            check(server.start(), "--allowed-origin", APP, "--credentials", "--header", headers);
        assertEquals(
            List.of("treats header names as case-sensitive / defect"), causes(seen), headers);
      }
    }
  }

  // What is as it should be.

  static Stream<Arguments> policies() {
    return Stream.of(
        Arguments.of("one origin", new FlawedServer(), PROFILE),
        Arguments.of(
            "subdomains",
            new FlawedServer(o -> o.matches("https://([a-z0-9_-]+\\.)+example\\.com")),
            new String[] {
              "--allowed-origin",
              "https://*.example.com",
              "--refused-origin",
              "https://evil.example",
              "--credentials"
            }),
        Arguments.of(
            "localhost on any port",
            new FlawedServer(o -> o.matches("http://localhost(:[0-9]{1,5})?")),
            new String[] {"--allowed-origin", "http://localhost:*", "--credentials"}),
        Arguments.of(
            "public data",
            FlawedServer.ofPublicData(),
            new String[] {"--allowed-origin", "*", "--no-credentials"}),
        Arguments.of(
            "one origin for everybody",
            new FlawedServer(o -> true) {
              @Override
              String allowOrigin(String origin) {
                return APP;
              }

              @Override
              boolean withoutOrigin() {
                return true;
              }

              @Override
              String vary(String origin) {
                return "";
              }
            },
            PROFILE),
        Arguments.of(
            "null, without credentials",
            new FlawedServer(Set.of(APP, "null")::contains) {
              @Override
              boolean credentials() {
                return false;
              }
            },
            new String[] {
              "--allowed-origin",
              APP + ",null",
              "--refused-origin",
              "https://evil.example",
              "--no-credentials"
            }),
        Arguments.of(
            "a name with an underscore",
            new FlawedServer("https://my_app.example.com"::equals),
            new String[] {"--allowed-origin", "https://my_app.example.com", "--credentials"}),
        Arguments.of("nobody", new FlawedServer(o -> false), new String[0]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void a_server_without_a_mistake_has_no_finding(
      String policy, FlawedServer server, String[] profile) throws Exception {
    try (server) {
      JsonNode seen = check(server.start(), profile);
      assertEquals(List.of(), causes(seen), policy + "\n" + out);
      int most = PoliteClient.MAX_REQUESTS + 500;
      assertTrue(server.methods().size() < most, "requests: " + server.methods().size());
    }
  }
}
