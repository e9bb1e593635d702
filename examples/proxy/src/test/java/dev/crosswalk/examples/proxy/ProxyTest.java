package dev.crosswalk.examples.proxy;

import static dev.crosswalk.examples.proxy.ScriptedUpstream.wire;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.examples.proxy.Client.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages get from an API through the proxy, and what the API gets from them. */
@Timeout(60)
class ProxyTest {

  private static final String PAGE = "https://app.example";
  private static final String ORIGIN = "Origin: " + PAGE;
  private static final String OK = "HTTP/1.1 200 OK\nConnection: close\nContent-Length: 5\n\nsunny";

  @TempDir private Path directory;
  private Path policy;

  @BeforeAll
  static void keepQuiet() {
    LogManager.getLogManager().reset();
  }

  @BeforeEach
  void writeThePolicy() throws IOException {
    policy = directory.resolve("cors.properties");
    Files.writeString(
        policy,
        "cors.allowed-origins=" + PAGE + ", https://other.example\ncors.allowed-methods=PUT\n");
  }

  private Proxy start(String... options) {
    return start(new Proxy(Map.of("KEY", "s3cret")), options);
  }

  private Proxy start(Proxy proxy, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--port", "0", "--cors", policy.toString()));
    arguments.addAll(List.of(options));
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    int code = proxy.command().setOut(nowhere).execute(arguments.toArray(new String[0]));
    assertEquals(0, code);
    return proxy;
  }

  private static String upstream(ScriptedUpstream upstream) {
    return "--upstream=/weather=" + upstream.url() + "/v1";
  }

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

  private static int count(String text, String part) {
    return text.toLowerCase(Locale.ROOT).split(part, -1).length - 1;
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

  // Which upstream

  @ParameterizedTest
  @CsvSource({
    "GET http://127.0.0.1:PORT/weather, 400",
    "GET http://127.0.0.1:PORT/, 400",
    "GET //127.0.0.1:PORT/weather, 400",
    "GET /weather//127.0.0.1:PORT, 400",
    "GET /weather/../other, 400",
    "GET /weather/./x, 400",
    "GET /weather/%2e%2e/other, 400",
    "GET /weather/%2E./other, 400",
    "GET /weather/..%2fother, 400",
    "GET /weather%2fx, 400",
    "GET /weather/..\\other, 400",
    "GET /weather/%5c, 400",
    "GET /weather;@127.0.0.1:PORT/, 400",
    "GET /weather/;x, 400",
    "GET /%77eather, 400",
    "GET /weather/%00, 400",
    "GET /weather/%zz, 400",
    "GET /weather/%, 400",
    "GET /weather/%252e%252e/other, 400",
    "GET /weather/%3Bx, 400",
    "GET /weather/%7e, 400",
    "GET /weather?a#b, 400",
    "GET /weather@127.0.0.1:PORT/, 404",
    "GET /weather:PORT, 404",
    "GET /weatherx, 404",
    "GET /Weather, 404",
    "GET /, 404",
    "GET /http://127.0.0.1:PORT/, 400",
    "GET *, 404",
    "OPTIONS *, 404",
    "CONNECT 127.0.0.1:PORT, 404",
    "CONNECT /weather, 501",
  })
  void nothing_in_a_request_leads_elsewhere(String requestLine, int status) throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        ScriptedUpstream elsewhere = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(upstream))) {
      String line = requestLine.replace("PORT", Integer.toString(elsewhere.port()));
      Answer answer =
          Client.send(
              proxy.port(),
              line,
              ORIGIN,
              "Host: 127.0.0.1:" + elsewhere.port(),
              "X-Forwarded-Host: 127.0.0.1:" + elsewhere.port());
      assertEquals(status, answer.status(), answer::text);
      assertEquals(0, elsewhere.heads.size() + upstream.heads.size());
    }
  }

  @Test
  void a_path_goes_by_whole_segments_to_the_longest_that_covers_it() throws Exception {
    try (ScriptedUpstream weather = ScriptedUpstream.answering(OK);
        ScriptedUpstream maps = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(weather), "--upstream=/weather/maps=" + maps.url() + "/")) {
      for (String path : List.of("/weather", "/weather/", "/weather/mapsx", "/weather/a@b:c")) {
        assertEquals(200, Client.send(proxy.port(), "GET " + path).status());
      }
      for (String path : List.of("/weather/maps", "/weather/maps/1%20x?y")) {
        assertEquals(200, Client.send(proxy.port(), "GET " + path).status());
      }
      assertEquals(List.of("/v1", "/v1/", "/v1/mapsx", "/v1/a@b:c"), targets(weather));
      assertEquals(List.of("/", "/1%20x?y"), targets(maps));
    }
  }

  private static List<String> targets(ScriptedUpstream upstream) {
    return upstream.heads.stream().map(head -> head.split(" ")[1]).toList();
  }

  @Test
  void a_name_that_is_not_the_proxys_own_is_refused_lest_a_page_take_on_its_origin()
      throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(upstream), "--name=proxy.example")) {
      for (String own : List.of("localhost:1", "127.0.0.1:1", "[::1]:1", "Proxy.Example")) {
        assertEquals(200, Client.send(proxy.port(), "GET /weather", "Host: " + own).status(), own);
      }
      for (String other : List.of("evil.example", "127.0.0.1.evil.example", "localhost.evil")) {
        Answer answer = Client.send(proxy.port(), "GET /weather", "Host: " + other);
        assertEquals(421, answer.status(), other);
      }
      assertEquals(4, upstream.heads.size());
    }
  }

  @Test
  void two_requests_in_disguise_of_one_do_not_pass() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(upstream))) {
      try (Client client = new Client(proxy.port())) {
        client.write(
            wire(
                "POST /weather HTTP/1.1\nHost: 127.0.0.1\nConnection: close\nContent-Length: 40\n"
                    + "Transfer-Encoding: chunked\n\n0\n\nGET /v1/hidden HTTP/1.1\nHost: a\n\n"));
        client.readAll();
      }
      assertTrue(targets(upstream).stream().noneMatch("/v1/hidden"::equals));
      assertTrue(upstream.heads.stream().noneMatch(h -> count(h, "content-length") > 1));
    }
  }

  @Test
  void a_proxy_that_leads_to_itself_says_so() throws Exception {
    AtomicInteger port = new AtomicInteger();
    BlockingQueue<String> via = new LinkedBlockingQueue<>();
    ScriptedUpstream.Script back =
        (in, out) -> {
          try (Client client = new Client(port.get())) {
            String again = Client.request("GET /weather", via.take());
            out.write(client.write(again).readAll().text().getBytes(ISO_8859_1));
          }
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(back);
        Proxy proxy = start("--upstream=/weather=" + upstream.url() + "/weather")) {
      port.set(proxy.port());
      try (Client client = new Client(proxy.port())) {
        client.write(Client.request("GET /weather", ORIGIN));
        String head = upstream.heads.take();
        via.add(head.lines().filter(line -> line.startsWith("Via:")).findFirst().get());
        assertEquals(508, client.readAll().status());
      }
      assertEquals(0, upstream.heads.size());
    }
  }

  // Names that lead into the private network

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

  // Upstreams that are dead, slow or broken

  private static void assertSaysWhy(Answer answer, int status, String reason) {
    assertEquals(status, answer.status(), answer::text);
    assertEquals(List.of(PAGE), answer.field("Access-Control-Allow-Origin"), answer::text);
    assertEquals(
        "{\"status\":" + status + ",\"upstream\":\"/weather\",\"error\":\"" + reason + "\"}",
        answer.body());
  }

  @Test
  void a_dead_upstream_is_a_502_that_the_page_can_read() throws Exception {
    // Its port is somebody's, on another address, so that nobody takes it.
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Proxy proxy = start("--upstream=/weather=http://127.0.0.3:" + other.getLocalPort())) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertSaysWhy(answer, 502, "It does not accept connections.");
    }
  }

  @Test
  void a_name_without_an_address_is_a_502() throws Exception {
    Resolver resolver =
        new Resolver(
            name -> {
              throw new UnknownHostException(name);
            },
            Resolver::isPublic);
    try (Proxy proxy =
        start(new Proxy(Map.of(), resolver), "--upstream=/weather=http://api.example")) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertSaysWhy(answer, 502, "Its name has no address.");
    }
  }

  @Test
  void a_name_that_takes_too_long_is_a_504() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Resolver resolver =
        new Resolver(
            name -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new UnknownHostException(name);
              }
              return new InetAddress[0];
            },
            Resolver::isPublic);
    try (Proxy proxy =
        start(
            new Proxy(Map.of(), resolver),
            "--upstream=/weather=http://api.example",
            "--connect-timeout=1")) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertSaysWhy(answer, 504, "It has not accepted a connection within 1 seconds.");
      never.countDown();
    }
  }

  @Test
  void a_silent_upstream_is_a_504_and_is_let_go() throws Exception {
    try (ScriptedUpstream upstream = new ScriptedUpstream((in, out) -> in.read());
        Proxy proxy = start(upstream(upstream), "--head-timeout=1")) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertSaysWhy(answer, 504, "It has not answered within 1 seconds.");
      awaitNone(upstream);
    }
  }

  private static void awaitNone(ScriptedUpstream upstream) {
    long deadline = System.nanoTime() + SECONDS.toNanos(10);
    while (!upstream.connections.isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertEquals(0, upstream.connections.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage\n\n",
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK\nContent-Length: x\n\n",
        "HTTP/1.1 200 OK\nX:\u0001\n\n"
      })
  void what_is_not_HTTP_is_a_502(String answered) throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(answered);
        Proxy proxy = start(upstream(upstream))) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertSaysWhy(answer, 502, "It has broken off, or what it answers is not HTTP.");
    }
  }

  @Test
  void a_protocol_nobody_asked_for_is_a_502() throws Exception {
    String switching = "HTTP/1.1 101 Switching Protocols\nUpgrade: x\nConnection: Upgrade\n\n";
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(switching);
        Proxy proxy = start(upstream(upstream))) {
      assertEquals(502, Client.send(proxy.port(), "GET /weather", ORIGIN).status());
    }
  }

  @Test
  void an_upstream_that_nobody_vouches_for_is_a_502_and_learns_nothing() throws Exception {
    Path keys = directory.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command = new ArrayList<>(List.of(keytool, "-keystore", keys.toString()));
    command.addAll(List.of("-genkeypair -keyalg EC -dname CN=a -ext san=ip:127.0.0.1".split(" ")));
    command.addAll(List.of("-storepass", "changeit"));
    assertEquals(0, new ProcessBuilder(command).start().waitFor());
    Vertx vertx = Vertx.vertx();
    AtomicInteger requests = new AtomicInteger();
    int port =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PfxOptions().setPath(keys.toString()).setPassword("changeit")))
            .requestHandler(request -> requests.incrementAndGet())
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
    // A handshake on a machine that does much else takes longer than a proxy usually waits.
    try (Proxy proxy =
        start(
            "--upstream=/weather=https://127.0.0.1:" + port,
            "--connect-timeout=60",
            "--idle-timeout=200")) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertSaysWhy(answer, 502, "It does not prove by TLS who it is.");
      assertEquals(0, requests.get());
    } finally {
      vertx.close().await();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\nContent-Length: 9\n\nhalf",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n4\nhalf\n"
      })
  void what_breaks_off_in_the_middle_does_not_look_whole(String answered) throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(answered);
        Proxy proxy = start(upstream(upstream))) {
      Answer answer = Client.send(proxy.port(), "GET /weather", ORIGIN);
      assertEquals(200, answer.status());
      assertFalse(answer.body().contains("0\r\n\r\n"), answer::body);
      HttpRequest request = request(proxy, "/weather").build();
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        assertThrows(
            IOException.class,
            () -> client.send(request, HttpResponse.BodyHandlers.ofString()),
            version.toString());
      }
    }
  }

  private static HttpRequest.Builder request(Proxy proxy, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + path));
  }

  // Streams and limits

  @Test
  void a_response_arrives_piece_by_piece() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    ScriptedUpstream.Script script =
        (in, out) -> {
          out.write(wire("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\none\n").getBytes());
          seen.await();
          out.write(wire("3\ntwo\n0\n\n").getBytes());
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream));
        Client client = new Client(proxy.port())) {
      client.write(Client.request("GET /weather", ORIGIN)).readUntil("one\r\n");
      seen.countDown();
      assertTrue(client.readUntil("0\r\n\r\n").contains("two"));
    }
  }

  @Test
  void so_does_a_request_and_so_does_a_response_to_HTTP_1_0() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    ScriptedUpstream.Script script =
        (in, out) -> {
          assertEquals("one", new String(in.readNBytes(3), ISO_8859_1));
          out.write(wire("HTTP/1.1 200 OK\n\ngot one").getBytes());
          seen.await();
          assertEquals("two", new String(in.readNBytes(3), ISO_8859_1));
          out.write(" and two".getBytes());
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream));
        Client client = new Client(proxy.port())) {
      client
          .write(wire("POST /weather HTTP/1.0\nHost: 127.0.0.1\nContent-Length: 6\n\none"))
          .readUntil("got one");
      seen.countDown();
      assertTrue(client.write("two").readAll().text().endsWith(" and two"));
    }
  }

  @Test
  void a_client_that_does_not_read_stops_the_upstream() throws Exception {
    long total = 256L * 1_024 * 1_024;
    AtomicLong written = new AtomicLong();
    ScriptedUpstream.Script script =
        (in, out) -> {
          out.write(wire("HTTP/1.1 200 OK\nContent-Length: " + total + "\n\n").getBytes());
          byte[] piece = new byte[64 * 1_024];
          while (written.get() < total) {
            out.write(piece);
            written.addAndGet(piece.length);
          }
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream));
        Client client = new Client(proxy.port())) {
      client.write(Client.request("GET /weather", ORIGIN)).readUntil("\r\n\r\n");
      assertTrue(whenItStops(written) < total / 4, () -> "written: " + written);
      assertEquals(total, client.in().transferTo(OutputStream.nullOutputStream()));
    }
  }

  @Test
  void an_upstream_that_does_not_read_stops_the_client() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    int total = 128 * 1_024 * 1_024;
    ScriptedUpstream.Script script =
        (in, out) -> {
          read.await();
          in.skipNBytes(total);
          out.write(wire(OK).getBytes());
        };
    AtomicLong written = new AtomicLong();
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream), "--max-body=" + total);
        Client client = new Client(proxy.port())) {
      client.write(Client.request("POST /weather", ORIGIN, "Content-Length: " + total));
      Thread writer =
          new Thread(
              () -> {
                byte[] piece = new byte[64 * 1_024];
                try {
                  while (written.get() < total) {
                    client.write(piece);
                    written.addAndGet(piece.length);
                  }
                } catch (IOException e) {
                  written.set(Long.MAX_VALUE);
                }
              });
      writer.start();
      assertTrue(whenItStops(written) < total / 2, () -> "written: " + written);
      read.countDown();
      assertEquals("sunny", client.readAll().body());
      writer.join();
    }
  }

  /** Waits until a number has not grown for a while: nobody tells that he is stopped. */
  private static long whenItStops(AtomicLong number) throws InterruptedException {
    long before = -1;
    while (number.get() == 0 || number.get() != before) {
      before = number.get();
      Thread.sleep(500);
    }
    return before;
  }

  @Test
  void who_says_nothing_for_too_long_is_let_go_on_either_side() throws Exception {
    ScriptedUpstream.Script script =
        (in, out) -> {
          out.write(wire("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\none\n").getBytes());
          in.read();
        };
    String[] timeouts = {"--connect-timeout=1", "--head-timeout=1", "--idle-timeout=3"};
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream), timeouts[0], timeouts[1], timeouts[2]);
        Client reader = new Client(proxy.port());
        Client silent = new Client(proxy.port())) {
      silent.write("GET /wea");
      reader.write(Client.request("GET /weather", ORIGIN)).readUntil("one\r\n");
      assertEquals("", new String(reader.in().readAllBytes(), ISO_8859_1), "no end of the chunks");
      assertEquals(-1, silent.in().read());
      awaitNone(upstream);
    }
  }

  @Test
  void a_client_that_goes_takes_its_request_with_it() throws Exception {
    ScriptedUpstream.Script script =
        (in, out) -> {
          out.write(wire("HTTP/1.1 200 OK\n\nfirst").getBytes());
          in.read();
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream))) {
      try (Client client = new Client(proxy.port())) {
        client.write(Client.request("GET /weather")).readUntil("first\r\n");
        assertEquals(1, upstream.connections.size());
      }
      awaitNone(upstream);
    }
  }

  @Test
  void a_body_that_says_that_it_is_too_large_is_a_413_at_once() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(upstream), "--max-body=1000")) {
      try (Client client = new Client(proxy.port())) {
        byte[] body = new byte[5_000_000];
        client.write(Client.request("PUT /weather", ORIGIN, "Content-Length: " + body.length));
        Answer answer = client.write(body).readAll();
        assertSaysWhy(answer, 413, "The body is larger than 1000 bytes.");
      }
      assertEquals(0, upstream.heads.size());
    }
  }

  @Test
  void so_is_one_that_turns_out_to_be_and_the_upstream_does_not_take_it_for_whole()
      throws Exception {
    CountDownLatch broken = new CountDownLatch(1);
    ScriptedUpstream.Script script =
        (in, out) -> {
          String body = new String(in.readAllBytes(), ISO_8859_1);
          if (!body.contains("\r\n0\r\n")) {
            broken.countDown();
          }
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream), "--max-body=1000");
        Client client = new Client(proxy.port())) {
      client.write(Client.request("PUT /weather", ORIGIN, "Transfer-Encoding: chunked"));
      client.write("3e8\r\n" + "x".repeat(1_000) + "\r\n");
      client.write("1\r\nx\r\n0\r\n\r\n");
      assertSaysWhy(client.readAll(), 413, "The body is larger than 1000 bytes.");
      assertTrue(broken.await(10, SECONDS));
    }
  }

  @Test
  void a_body_of_the_very_size_passes_over_HTTP_1_and_2() throws Exception {
    ScriptedUpstream.Script echo =
        (in, out) -> {
          byte[] body = in.readNBytes(1_000);
          out.write(wire("HTTP/1.1 200 OK\nContent-Length: 1000\n\n").getBytes());
          out.write(body);
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(echo);
        Proxy proxy = start(upstream(upstream), "--max-body=1000")) {
      String body = "x".repeat(1_000);
      HttpRequest request =
          request(proxy, "/weather").POST(HttpRequest.BodyPublishers.ofString(body)).build();
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(body, response.body());
        assertEquals(version, response.version());
        assertTrue(upstream.heads.take().contains("ontent-"));
      }
    }
  }

  @Test
  void a_POST_without_a_body_says_so() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(upstream))) {
      Client.send(proxy.port(), "POST /weather");
      assertTrue(upstream.heads.take().contains("Content-Length: 0"));
      Client.send(proxy.port(), "GET /weather");
      assertEquals(0, count(upstream.heads.take(), "content-length|transfer-encoding"));
    }
  }

  @Test
  void who_asks_whether_to_go_on_is_told() throws Exception {
    ScriptedUpstream.Script script =
        (in, out) -> {
          in.readNBytes(5);
          out.write(wire(OK).getBytes());
        };
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream));
        Client client = new Client(proxy.port())) {
      client
          .write(
              Client.request("POST /weather", "Content-Length: 5", "Expect: 100-continue", ORIGIN))
          .readUntil("HTTP/1.1 100 Continue\r\n\r\n");
      assertEquals("sunny", client.write("rainy").readAll().body());
      assertFalse(upstream.heads.take().contains("xpect"));
    }
  }

  @Test
  void too_many_header_bytes_end_at_the_proxy() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        Proxy proxy = start(upstream(upstream))) {
      Answer answer = Client.send(proxy.port(), "GET /weather", "X-Long: " + "x".repeat(17_000));
      assertEquals(431, answer.status());
      assertEquals(0, upstream.heads.size());
    }
    String large = "HTTP/1.1 200 OK\nX-Long: " + "x".repeat(17_000) + "\n\n";
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(large);
        Proxy proxy = start(upstream(upstream))) {
      assertEquals(502, Client.send(proxy.port(), "GET /weather", ORIGIN).status());
    }
  }

  @Test
  void two_hundred_streams_at_a_time_leave_nothing_behind() throws Exception {
    AtomicInteger streaming = new AtomicInteger();
    ScriptedUpstream.Script script =
        (in, out) -> {
          byte[] piece = new byte[16 * 1_024];
          out.write(wire("HTTP/1.1 200 OK\n\n").getBytes());
          streaming.incrementAndGet();
          out.write(piece);
          in.read(); // Until the client has gone.
        };
    List<Long> used = new ArrayList<>();
    try (ScriptedUpstream upstream = new ScriptedUpstream(script);
        Proxy proxy = start(upstream(upstream))) {
      for (int round = 0; round < 8; round++) {
        streaming.set(0);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          clients.add(new Client(proxy.port()).write(Client.request("GET /weather", ORIGIN)));
        }
        for (Client client : clients) {
          client.readUntil("\r\n\r\n");
          client.in().skipNBytes(16 * 1_024);
        }
        assertEquals(200, streaming.get());
        assertEquals(200, upstream.connections.size());
        for (Client client : clients) {
          client.close();
        }
        awaitNone(upstream);
        upstream.heads.clear();
        System.gc();
        used.add(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
      }
    }
    // The first rounds load classes and fill pools. A leak of a stream's buffers would be 3 MB
    // each.
    long growth = used.get(7) - used.get(3);
    assertTrue(growth < 4_000_000, () -> "used after each round: " + used);
  }

  // What is told

  @Test
  void a_secret_that_everybody_can_use_is_warned_of() throws Exception {
    Files.writeString(policy, "cors.allowed-origins=*\n");
    assertTrue(
        told("--upstream=/weather=http://127.0.0.1:9", "--secret-header=/weather=X-Key:KEY")
            .contains("any page can use your key"));
    assertEquals("", told("--upstream=/weather=http://127.0.0.1:9"));
    Files.writeString(policy, "cors.allowed-origins=" + PAGE + "\n");
    assertEquals(
        "", told("--upstream=/weather=http://127.0.0.1:9", "--secret-header=/weather=X-Key:KEY"));
  }

  private String told(String... options) {
    StringWriter err = new StringWriter();
    Proxy proxy = new Proxy(Map.of("KEY", "s3cret", "EMPTY", "", "LINES", "s3cret\nX: y"));
    List<String> arguments = new ArrayList<>(List.of(options));
    if (arguments.stream().noneMatch(option -> option.startsWith("--port"))) {
      arguments.add("--port=0");
    }
    if (arguments.stream().noneMatch(option -> option.startsWith("--cors"))) {
      arguments.add("--cors=" + policy);
    }
    int code =
        proxy
            .command()
            .setOut(new PrintWriter(Writer.nullWriter()))
            .setErr(new PrintWriter(err, true))
            .execute(arguments.toArray(new String[0]));
    proxy.close();
    String text = err.toString();
    boolean isError = text.startsWith("cors-proxy: ");
    assertEquals(isError ? 2 : 0, code, text);
    assertEquals(isError, proxy.port() == 0, "nothing was started");
    assertFalse(text.contains("s3cret"), text);
    return text;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--upstream=/a=api.example/v1 | has no scheme",
        "--upstream=/a=ftp://api.example | has no scheme",
        "--upstream=https://api.example | does not begin with a path",
        "--upstream=/=https://api.example | does not begin with a path",
        "--upstream=/a/../b=https://api.example | does not begin with a path",
        "--upstream=/a=https://api example | is not a URL",
        "--upstream=/a=https:///v1 | no host",
        "--upstream=/a=https://b\u00fccher.example | no host",
        "--upstream=/a=https://user:s3cret@api.example | has a user",
        "--upstream=/a=https://api.example?key=1 | has a query",
        "--upstream=/a=https://api.example/v1;x | not in normal form",
        "--upstream=/a=https://api.example:99999 | impossible port",
        "--upstream=/b=http://c.example | Two --upstream options have the same path",
        "--secret-header=/b=X-Key:MISSING | MISSING is not set",
        "--secret-header=/b=X-Key:EMPTY | EMPTY has a value that a header cannot have",
        "--secret-header=/b=X-Key:LINES | LINES has a value that a header cannot have",
        "--secret-header=/c=X-Key:KEY | no --upstream has this path",
        "--secret-header=/b=X-Key: s3cret | must be /path=Name:VARIABLE",
        "--cors=/nowhere/cors.properties | The CORS policy has 1 problem",
        "--port=70000 | --port is from 0 to 65535",
        "--head-timeout=0 | at least one second",
        "--idle-timeout=30 | must be longer",
        "--max-body=-1 | is negative",
        "--frob | Unknown option"
      })
  void a_mistake_is_told_in_a_sentence_and_nothing_starts(String option, String expected) {
    String text = told("--upstream=/b=https://api.example", option);
    assertTrue(text.contains(expected), text);
    assertFalse(text.contains("\tat "), text);
  }

  @Test
  void a_second_secret_for_an_upstream_is_not_dropped_in_silence() {
    String text =
        told(
            "--upstream=/b=https://api.example",
            "--secret-header=/b=X-Key:KEY",
            "--secret-header=/b=X-Other:KEY");
    assertTrue(text.contains("--secret-header is given twice for /b"), text);
  }

  @Test
  void all_problems_of_a_policy_are_told() throws Exception {
    Files.writeString(policy, "cors.allowed-origins=https://a.example/\ncors.max-age=never\n");
    String text = told("--upstream=/b=https://api.example");
    assertTrue(text.contains("The CORS policy has 2 problems"), text);
    assertTrue(text.contains("https://a.example/"), text);
  }

  @Test
  void a_port_in_use_is_told() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String text = told("--upstream=/b=https://api.example", "--port=" + taken.getLocalPort());
      assertTrue(text.contains("Address already in use"), text);
    }
  }

  @Test
  void without_a_policy_or_an_upstream_it_says_what_is_missing() {
    StringWriter err = new StringWriter();
    int code = new Proxy(Map.of()).command().setErr(new PrintWriter(err, true)).execute();
    assertEquals(2, code);
    assertTrue(err.toString().contains("--upstream"), err::toString);
  }
}
