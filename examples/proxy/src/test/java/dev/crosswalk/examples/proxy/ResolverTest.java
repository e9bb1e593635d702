package dev.crosswalk.examples.proxy;

import static dev.crosswalk.examples.proxy.ScriptedUpstream.wire;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.examples.proxy.Client.Answer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that lead into the private network. */
class ResolverTest extends ProxySetup {

  @Test
  void a_name_that_leads_to_a_private_address_is_refused_before_anybody_connects()
      throws Exception {
    try (ScriptedUpstream inside = ScriptedUpstream.answering(OK)) {
      InetAddress[] leadsInside = {InetAddress.getByName("127.0.0.1")};
      Resolver resolver = new Resolver(name -> leadsInside, Resolver::isPublic);
      String url = "http://api.example:" + inside.port();
      try (Proxy proxy = start(new Proxy(Map.of(), resolver), "--upstream=/weather=" + url)) {
        Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
        assertEquals(502, answer.status());
        assertEquals(List.of(PAGE), answer.field("Access-Control-Allow-Origin"));
        assertFalse(answer.body().contains("127.0.0.1"), answer::body);
        assertFalse(answer.body().contains("api.example"), answer::body);
        assertEquals(0, inside.heads.size());
        assertEquals(0, inside.connections.size());
      }
    }
  }

  @Test
  void what_was_checked_is_what_is_connected_to() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    InetAddress checked = InetAddress.getByName("127.0.0.2");
    InetAddress rebound = InetAddress.getByName("127.0.0.1");
    Resolver resolver =
        new Resolver(
            name -> new InetAddress[] {lookups.getAndIncrement() == 0 ? checked : rebound},
            checked::equals);
    try (ScriptedUpstream allowed =
            new ScriptedUpstream("127.0.0.2", 0, (in, out) -> out.write(wire(OK).getBytes()));
        ScriptedUpstream forbidden =
            new ScriptedUpstream("127.0.0.1", allowed.port(), (in, out) -> {});
        Proxy proxy =
            start(
                new Proxy(Map.of(), resolver),
                "--upstream=/weather=http://rebinding.invalid:" + allowed.port())) {
      assertEquals("sunny", Client.send(proxy.port(), "GET /weather").body());
      String head = allowed.heads.take();
      assertTrue(head.contains("host: rebinding.invalid:" + allowed.port()), head);
      assertEquals(1, lookups.get());
      assertEquals(502, Client.send(proxy.port(), "GET /weather").status());
      assertEquals(2, lookups.get());
      assertEquals(0, forbidden.heads.size());
    }
  }

  @Test
  void localhost_is_as_good_as_its_address() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        Proxy proxy = start("--upstream=/weather=http://localhost:" + upstream.port())) {
      assertEquals("sunny", Client.send(proxy.port(), "GET /weather").body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.9.9.9",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:0:a00:1::",
        "2001:db8::1"
      })
  void these_addresses_are_not_public(String address) throws UnknownHostException {
    assertFalse(Resolver.isPublic(InetAddress.getByName(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450::1"
      })
  void these_are(String address) throws UnknownHostException {
    assertTrue(Resolver.isPublic(InetAddress.getByName(address)));
  }
}
