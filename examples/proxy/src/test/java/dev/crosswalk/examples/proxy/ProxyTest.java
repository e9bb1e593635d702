package dev.crosswalk.examples.proxy;

import static dev.crosswalk.examples.proxy.ScriptedUpstream.wire;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.examples.proxy.Client.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What pages get from an API through the proxy, and what the API gets from them. */
class ProxyTest extends ProxySetup {

  // What pages get

  @Test
  void a_preflight_is_answered_here_and_never_reaches_the_upstream() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(upstream))) {
      Answer answer =
          Client.send(
              proxy.port(), "OPTIONS /weather/today", ORIGIN, "Access-Control-Request-Method: PUT");
      assertEquals(204, answer.status());
      assertEquals(List.of(PAGE), answer.field("Access-Control-Allow-Origin"));
      assertEquals(List.of("PUT"), answer.field("Access-Control-Allow-Methods"));
      assertEquals(0, upstream.heads.size());

      Client.send(proxy.port(), "OPTIONS /weather/today", ORIGIN);
      assertTrue(upstream.heads.take().startsWith("OPTIONS /v1/today "), "this is not a preflight");
    }
  }

  @Test
  void what_the_upstream_says_of_CORS_gives_way_to_the_policy() throws Exception {
    String answered =
        "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\naccess-control-allow-credentials: true\n"
            + "Access-Control-Expose-Headers: *\nAccess-Control-Max-Age: 5\n"
            + "Vary: Accept\nVary: Origin\nETag: \"1\"\nContent-Length: 0\n\n";
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(answered);
        Proxy proxy = start(upstream(upstream))) {
      Answer allowed = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertEquals(List.of(PAGE), allowed.field("Access-Control-Allow-Origin"));
      assertEquals(1, count(allowed.head(), "access-control-"), allowed::head);
      assertEquals(1, count(allowed.field("Vary").toString(), "origin"), allowed::head);
      assertEquals(1, count(allowed.field("Vary").toString(), "accept"), allowed::head);
      assertEquals(List.of("\"1\""), allowed.field("ETag"));

      Answer refused = Client.send(proxy.port(), "GET /weather", "Origin: https://evil.example");
      assertEquals(0, count(refused.head(), "access-control-"), refused::head);
      assertEquals(1, count(refused.field("Vary").toString(), "origin"), refused::head);
    }
  }

  @Test
  void what_is_of_the_connection_or_of_the_whole_origin_ends_here() throws Exception {
    String answered =
        "HTTP/1.1 200 OK\nConnection: close, X-Hop\nX-Hop: 1\nKeep-Alive: timeout=5\nUpgrade: h2c\n"
            + "Proxy-Authenticate: Basic\nSet-Cookie: a=b\nClear-Site-Data: \"*\"\n"
            + "Strict-Transport-Security: max-age=1\nAlt-Svc: h3=\":443\"\n"
            + "Cache-Control: public, max-age=99999999999\nX-Weather: fine\n"
            + "Content-Length: 5\n\nsunny";
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(answered);
        Proxy proxy = start(upstream(upstream))) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertEquals("sunny", answer.body());
      assertEquals(List.of("fine"), answer.field("X-Weather"));
      assertEquals(List.of("public, max-age=99999999999"), answer.field("Cache-Control"));
      assertEquals(List.of("close"), answer.field("Connection"), "the proxy's own");
      for (String dropped :
          List.of(
              "X-Hop",
              "Keep-Alive",
              "Upgrade",
              "Proxy-Authenticate",
              "Set-Cookie",
              "Clear-Site-Data",
              "Strict-Transport-Security",
              "Alt-Svc")) {
        assertEquals(List.of(), answer.field(dropped), dropped);
      }
    }
  }

  @Test
  void a_redirect_below_the_base_is_the_proxys_and_none_is_followed() throws Exception {
    try (ScriptedUpstream other = ScriptedUpstream.answering(OK)) {
      String base = "http://127.0.0.1:PORT/v1";
      Map<String, String> expected =
          Map.ofEntries(
              Map.entry(base + "/new?a=b#c", "/weather/new?a=b#c"),
              Map.entry(base, "/weather"),
              Map.entry("/v1/new", "/weather/new"),
              Map.entry("new", "/weather/new"),
              Map.entry("?page=2", "/weather/old?page=2"),
              Map.entry("/login", "http://127.0.0.1:PORT/login"),
              Map.entry("/v10/new", "http://127.0.0.1:PORT/v10/new"),
              Map.entry("../x", "http://127.0.0.1:PORT/x"),
              Map.entry("/v1/%2e%2e/x", "http://127.0.0.1:PORT/v1/%2e%2e/x"),
              Map.entry("https://127.0.0.1:PORT/v1/new", "https://127.0.0.1:PORT/v1/new"),
              Map.entry("//login.example/v1", "http://login.example/v1"),
              Map.entry(other.url() + "/v1/new", other.url() + "/v1/new"));
      for (Map.Entry<String, String> redirect : expected.entrySet()) {
        AtomicInteger port = new AtomicInteger();
        ScriptedUpstream.Script script =
            (in, out) ->
                out.write(
                    wire("HTTP/1.1 302 Found\nContent-Length: 0\nLocation: "
                            + redirect.getKey().replace("PORT", "" + port)
                            + "\n\n")
                        .getBytes(ISO_8859_1));
        try (ScriptedUpstream upstream = new ScriptedUpstream(script);
            Proxy proxy = start(upstream(upstream), "--secret-header=/weather=X-Key:KEY")) {
          port.set(upstream.port());
          Answer answer = Client.send(proxy.port(), "GET /weather/old?page=1", ORIGIN);
          assertEquals(302, answer.status());
          assertEquals(
              List.of(redirect.getValue().replace("PORT", "" + port)),
              answer.field("Location"),
              redirect.getKey());
          assertEquals(1, upstream.heads.size());
        }
      }
      assertEquals(0, other.heads.size());
    }
  }

  // What the upstream gets

  @Test
  void what_tells_of_the_page_and_its_reader_is_not_handed_on() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(upstream))) {
      Client.send(
          proxy.port(),
          "GET /weather/today?city=K%C3%B6ln&day=1;2",
          ORIGIN,
          "Referer: https://app.example/secret",
          "Cookie: session=1",
          "Sec-Fetch-Site: cross-site",
          "Sec-Fetch-Mode: cors",
          "X-Forwarded-For: 10.0.0.1",
          "X-Forwarded-Host: evil.example",
          "Forwarded: for=10.0.0.1",
          "Keep-Alive: 5",
          "TE: trailers",
          "Proxy-Authorization: Basic eA==",
          "Connection: X-Hop",
          "X-Hop: 1",
          "Accept: text/plain",
          "Authorization: Bearer page",
          "X-Own: 1",
          "X-Own: 2");
      List<String> lines = upstream.heads.take().lines().toList();
      assertEquals("GET /v1/today?city=K%C3%B6ln&day=1;2 HTTP/1.1", lines.get(0));
      List<String> rest = new ArrayList<>(lines.subList(1, lines.size()));
      assertTrue(rest.removeIf(line -> line.matches("Via: 1\\.1 crosswalk-\\w+")), lines::toString);
      assertTrue(rest.remove("host: 127.0.0.1:" + upstream.port()), lines::toString);
      assertEquals(
          List.of("Accept: text/plain", "Authorization: Bearer page", "X-Own: 1", "X-Own: 2", ""),
          rest);
    }
  }

  @Test
  void cookies_pass_either_way_if_told() throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.answering("HTTP/1.1 204 No Content\nSet-Cookie: a=b\n\n");
        Proxy proxy = start(upstream(upstream), "--forward-cookies")) {
      Answer answer = Client.send(proxy.port(), "GET /weather", "Cookie: session=1");
      assertEquals(List.of("a=b"), answer.field("Set-Cookie"));
      assertTrue(upstream.heads.take().contains("Cookie: session=1"));
    }
  }

  @Test
  void a_secret_reaches_its_upstream_and_nobody_else() throws Exception {
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler log =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            logged.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(log);
    String echo =
        "HTTP/1.1 302 Found\nX-Key: s3cret\nX-Echo: got s3cret\nX-Kept: 1\n"
            + "Location: https://other.example/?key=s3cret\nContent-Length: 9\n\nbroken";
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(echo);
        ScriptedUpstream other = ScriptedUpstream.answering(OK);
        Proxy proxy =
            start(
                upstream(upstream),
                "--upstream=/other=" + other.url(),
                "--secret-header=/weather=X-Key:KEY")) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN, "X-Key: mine");
      String head = upstream.heads.take();
      assertTrue(head.contains("\r\nX-Key: s3cret\r\n"), head);
      assertFalse(head.contains("mine"), head);
      assertEquals(List.of("1"), answer.field("X-Kept"));
      assertFalse(answer.text().contains("s3cret"), answer::text);

      Client.send(proxy.port(), "GET /other", ORIGIN);
      assertFalse(other.heads.take().contains("s3cret"));
      // A server answers TRACE with the request as it came: RFC 9110 §9.3.8.
      assertEquals(501, Client.send(proxy.port(), "TRACE /weather").status());
      assertEquals(0, upstream.heads.size());
    } finally {
      root.removeHandler(log);
    }
    assertFalse(logged.isEmpty(), "that the answer broke off is logged");
    assertFalse(logged.toString().contains("s3cret"), logged::toString);
  }
}
