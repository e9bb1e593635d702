package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Outcome;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a client sends is read up to a limit. {@link HostileRequestTest} has those of the origin,
 * the method and the names; here are those of the fields that a guard, a policy by host and an
 * adapter read.
 */
@DisplayName("Beyond its limit")
class RequestLimitTest {

  private static final String APP = "https://app.example";

  private final CorsPolicy policy =
      CorsPolicy.builder().allowOrigins(APP, "https://*.b.example").allowMethods("PUT").build();

  private final Cors byHost = Cors.byHost(Map.of("api.example", policy));

  private final Cors guard =
      CrossOriginGuard.around(Cors.byPath(Map.of("/v1", policy)))
          .trustOrigins("https://*.c.example")
          .exemptPathsBelow("/saml")
          .build();

  private static Message socket(String upgrade) {
    return Message.request("GET", "/v1")
        .with("Host", "api.example")
        .with("Origin", "https://evil.example")
        .with("Upgrade", upgrade);
  }

  @Test
  void an_Upgrade_counts_as_a_handshake_to_the_guard_and_as_none_to_an_adapter() {
    String longest = " ".repeat(256 - "websocket".length()) + "websocket";
    Message allowed = socket(longest).with("Sec-WebSocket-Key", "k");
    assertEquals(Outcome.WRITE_FROM_OTHER_ORIGIN, outcome(guard, allowed));
    assertTrue(
        CorsAdapter.opensWebSocket(allowed.with("Sec-WebSocket-Version", "13"), Message.READER));

    Message tooLong =
        socket(' ' + longest).with("Sec-WebSocket-Key", "k").with("Sec-WebSocket-Version", "13");
    assertEquals(Outcome.WRITE_FROM_OTHER_ORIGIN, outcome(guard, tooLong));
    assertFalse(CorsAdapter.opensWebSocket(tooLong, Message.READER));

    assertEquals(Outcome.ORIGIN_NOT_ALLOWED, outcome(guard, socket("h".repeat(256))));
    assertEquals(Outcome.WRITE_FROM_OTHER_ORIGIN, outcome(guard, socket("h".repeat(257))));
  }

  @Test
  void a_Host_has_no_policy() {
    String label = "a".repeat(62) + '.';
    String longest = label.repeat(4) + "a";
    assertEquals(253, longest.length());
    Cors byHost = Cors.byHost(Map.of(longest, policy));
    for (String host : new String[] {longest, longest + '.', longest + ".:65535"}) {
      assertEquals(
          Outcome.ALLOWED,
          outcome(byHost, Message.request("GET").with("Origin", APP).with("Host", host)));
    }
    assertEquals(
        Outcome.NO_POLICY,
        outcome(
            byHost, Message.request("GET").with("Origin", APP).with("Host", longest + ".:655350")));
  }

  @Test
  void an_origin_is_not_the_servers_own() {
    String own = "a.".repeat(126) + 'a';
    assertEquals(Outcome.SAME_ORIGIN, outcome(policy, from("https://" + own, own)));
    assertEquals(Outcome.SAME_ORIGIN, outcome(policy, from("https://" + own + '.', own + '.')));
    String longer = "a.".repeat(200) + 'a';
    assertEquals(Outcome.ORIGIN_MALFORMED, outcome(policy, from("https://" + longer, longer)));
  }

  private static Message from(String origin, String host) {
    return Message.request("POST").with("Origin", origin).with("Host", host);
  }

  @Test
  void a_Sec_Fetch_Site_is_a_value_that_nobody_knows() {
    Message write = Message.request("POST", "/v1").with("Host", "api.example");
    assertEquals(
        Outcome.WRITE_FROM_UNKNOWN_SITE,
        outcome(guard, write.with("Sec-Fetch-Site", "same-origin".repeat(3))));
  }

  @ParameterizedTest(name = "{0} of a million characters, {1}")
  @CsvSource({
    "Origin, a",
    "Origin, ','",
    "Origin, own",
    "Access-Control-Request-Method, A",
    "Access-Control-Request-Headers, a",
    "Access-Control-Request-Headers, ','",
    "Host, a",
    "Host, ':'",
    "Sec-Fetch-Site, a",
    "Upgrade, ','",
    "Upgrade, a",
    "path, /",
    "path, %25",
    "path, a"
  })
  void a_value_is_not_read_a_million_characters_cost_less_than_reading_them(
      String field, String unit) {
    String value = unit.equals("own") ? "https://" + "a".repeat(1_000_000) : unit.repeat(1_000_000);
    String method = field.startsWith("Access-Control") ? "OPTIONS" : "POST";
    Message request =
        Message.request(
            field.equals("Upgrade") ? "GET" : method, field.equals("path") ? '/' + value : "/v1");
    if (!field.equals("Origin")) {
      request = request.with("Origin", field.startsWith("Access-C") ? APP : "https://d.example");
    }
    if (field.equals("Access-Control-Request-Headers")) {
      request = request.with("Access-Control-Request-Method", "PUT");
    }
    if (unit.equals("own")) {
      request = request.with("Host", "a".repeat(1_000_000) + ":443");
    }
    request = field.equals("path") ? request : request.with(field, value);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 1_000 && least >= 20_000; i++) {
      long start = System.nanoTime();
      guard.decide(request, Message.READER);
      byHost.decide(request, Message.READER);
      CorsAdapter.opensWebSocket(request, Message.READER);
      least = Math.min(least, System.nanoTime() - start);
    }
    // Nobody hashes, searches or copies a million characters within 20 microseconds.
    assertTrue(least < 20_000, least + " ns");
  }
}
