package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.CorsDecision.Respond;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guard refuses, and what it lets pass. Header names and values are written out. */
@DisplayName("A guard")
class CrossOriginGuardTest {

  private final CorsPolicy policy =
      CorsPolicy.builder()
          .allowOrigins("https://app.example", "https://reader.example")
          .allowMethods("PUT")
          .allowCredentials()
          .exposeResponseHeaders("X-Reason")
          .build();

  /** Not shared: each test asks a guard of its own, as each application does. */
  private final CrossOriginGuard guard =
      CrossOriginGuard.around(policy)
          .trustOrigins("https://app.example", "https://*.trusted.example")
          .exemptPaths("/webhook")
          .exemptPathsBelow("/hooks")
          .build();

  private static Message write(String method, String path) {
    return Message.request(method, path).with("Host", "api.example");
  }

  private static CorsDecision decide(Cors cors, Message request) {
    return cors.decide(request, Message.READER);
  }

  private void assertPasses(Message request) {
    assertInstanceOf(Proceed.class, decide(guard, request), request::toString);
  }

  private void assertRefuses(Outcome outcome, Message request) {
    Respond respond = assertInstanceOf(Respond.class, decide(guard, request), request::toString);
    assertEquals(outcome, respond.outcome());
    assertEquals(403, respond.status());
  }

  @ParameterizedTest(name = "{0} {1} Origin {2} passes: {3}")
  @CsvSource(
      nullValues = "-",
      value = {
        "POST, none,        -,                    true",
        "POST, same-origin, -,                    true",
        "POST, same-origin, https://evil.example, true",
        "POST, cross-site,  -,                    false",
        "POST, same-site,   -,                    false",
        "POST, cross-site,  https://api.example,  false",
        "POST, bogus,       -,                    false",
        "POST, bogus,       https://api.example,  false",
        "POST, Same-Origin, -,                    false",
        "POST, 'same-origin, cross-site', -,      false",
        "POST, '',          -,                    true",
        "POST, -,           -,                    true",
        "POST, -,           '',                   true",
        "POST, -,           https://api.example,  true",
        "POST, -,           http://api.example,   true",
        "POST, -,           https://evil.example, false",
        "POST, -,           https://api.example:8443, false",
        "POST, -,           https://api.example.evil.example, false",
        "POST, -,           https://evil.api.example, false",
        "POST, -,           https://evil@api.example, false",
        "POST, -,           https://api.example/, false",
        "POST, -,           null,                 false",
        "PUT,  cross-site,  -,                    false",
        "DELETE, cross-site, -,                   false",
        "get,  cross-site,  -,                    false",
        "CONNECT, cross-site, -,                  false",
        "GET,  cross-site,  https://evil.example, true",
        "HEAD, cross-site,  -,                    true",
        "OPTIONS, cross-site, -,                  true",
      })
  void decides_as_the_algorithm_says(
      String method, @Nullable String site, @Nullable String origin, boolean passes) {
    Message request = write(method, "/notes");
    if (site != null) {
      request.with("Sec-Fetch-Site", site);
    }
    if (origin != null) {
      request.with("Origin", origin);
    }

    assertEquals(passes, decide(guard, request) instanceof Proceed);
  }

  @ParameterizedTest(name = "Host {0}, Origin {1}: {2}")
  @CsvSource({
    "api.example:443, https://api.example, true",
    "api.example:80, http://api.example, true",
    "api.example:80, https://api.example, false",
    "API.example, https://api.example, true",
    "api.example:8443, https://api.example:8443, true",
    "api.example:8443, https://api.example, false",
    "'[::1]:8080', 'http://[::1]:8080', true",
    "api.example.evil, https://api.example, false",
    "api.exampl, https://api.example, false",
    // Hosts of the same length that differ in one character: the first, one inside, the last.
    "api.example, https://bpi.example, false",
    "api.example, https://apx.example, false",
    "api.example, https://api.exampld, false",
    "api.example:8443, https://api.example:8444, false",
    // What follows the host is as long as the default port, and is not it.
    "api.example:443, http://api.example, false",
    "api.example:444, https://api.example, false",
    "api.example:81, http://api.example, false",
    "api.example.org, https://api.example, false",
    "api.test., http://api.test., true", // A page at a host with a dot at its end says so in both.
    "api.test.:8080, http://api.test.:8080, true",
    "api.test, http://api.test., false",
    "api.test., http://api.test, false",
    "api.test.., http://api.test.., false",
    "example.com:8080:443, https://example.com:8080, false",
    "api.example, file://api.example, false",
    "api.example, ftp://api.example, false",
    "api.example, chrome-extension://api.example, false",
  })
  void compares_host_and_port_with_the_default_port_told_or_not(
      String host, String origin, boolean own) {
    Message request = Message.request("POST").with("Host", host).with("Origin", origin);

    assertEquals(own, decide(guard, request) instanceof Proceed);
  }

  @Test
  void a_request_without_host_has_no_origin_of_its_own() {
    assertRefuses(
        Outcome.WRITE_FROM_OTHER_ORIGIN,
        Message.request("POST").with("Origin", "https://api.example"));
  }

  @Test
  void each_cause_has_an_outcome_of_its_own() {
    assertRefuses(
        Outcome.WRITE_FROM_CROSS_SITE, write("POST", "/").with("Sec-Fetch-Site", "cross-site"));
    assertRefuses(
        Outcome.WRITE_FROM_SAME_SITE, write("POST", "/").with("Sec-Fetch-Site", "same-site"));
    assertRefuses(
        Outcome.WRITE_FROM_UNKNOWN_SITE, write("POST", "/").with("Sec-Fetch-Site", "near-site"));
    assertRefuses(
        Outcome.WRITE_FROM_OTHER_ORIGIN, write("POST", "/").with("Origin", "https://evil.example"));
  }

  @Test
  void trusted_origins_pass_whatever_the_browser_says() {
    assertPasses(
        write("POST", "/")
            .with("Sec-Fetch-Site", "cross-site")
            .with("Origin", "https://app.example"));
    assertPasses(write("POST", "/").with("Origin", "https://a.b.trusted.example"));
  }

  @Test
  void who_may_read_may_not_write_because_of_that() {
    assertRefuses(
        Outcome.WRITE_FROM_CROSS_SITE,
        write("POST", "/")
            .with("Sec-Fetch-Site", "cross-site")
            .with("Origin", "https://reader.example"));
  }

  @Test
  void an_allowed_page_can_read_the_refusal() {
    Message request = write("POST", "/").with("Origin", "https://reader.example");
    Message response = Message.response().with("Vary", "Accept-Encoding");

    decide(guard, request).writeTo(response, Message.WRITER);

    assertEquals(
        """
        Access-Control-Allow-Credentials: true
        Access-Control-Allow-Origin: https://reader.example
        Access-Control-Expose-Headers: X-Reason
        Vary: Accept-Encoding, Origin
        """,
        response.toString());
  }

  @Test
  void a_foreign_page_cannot() {
    Message request = write("POST", "/").with("Origin", "https://evil.example");
    Message response = Message.response().with("Access-Control-Allow-Origin", "*");

    decide(guard, request).writeTo(response, Message.WRITER);

    assertEquals("Vary: Origin\n", response.toString());
  }

  @Test
  void preflights_are_the_policys_business() {
    CorsDecision decision =
        decide(
            guard,
            Message.preflight("https://reader.example", "PUT")
                .with("Sec-Fetch-Site", "cross-site"));

    assertEquals(204, assertInstanceOf(Respond.class, decision).status());
    assertEquals(Outcome.ALLOWED, decision.outcome());
  }

  @Test
  void a_refused_write_is_a_CORS_request_if_it_has_an_origin() {
    Message write = write("POST", "/").with("Sec-Fetch-Site", "cross-site");
    assertEquals(CorsDecision.Kind.NOT_CORS, decide(guard, write).kind());
    write.with("Origin", "https://evil.example");
    assertEquals(CorsDecision.Kind.ACTUAL, decide(guard, write).kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "WebSocket", "h2c, websocket"})
  void a_cross_site_web_socket_handshake_is_refused_though_it_is_a_get(String upgrade) {
    assertRefuses(
        Outcome.WRITE_FROM_OTHER_ORIGIN,
        write("GET", "/socket").with("Upgrade", upgrade).with("Origin", "https://evil.example"));
    assertPasses(
        write("GET", "/socket").with("Upgrade", upgrade).with("Origin", "https://api.example"));
    assertPasses(
        write("GET", "/socket").with("Upgrade", upgrade).with("Origin", "https://app.example"));
  }

  @ParameterizedTest(name = "{0} is exempt: {1}")
  @CsvSource({
    "/webhook, true",
    "/webhook/, false",
    "/webhook/a, false",
    "/hooks, true",
    "/hooks/a/b, true",
    "/hooksa, false",
    "/hooks/../notes, false",
    "//hooks, false",
    "/hooks/%2e%2e/notes, false",
    "/hooks;x, false",
    "/notes, false",
  })
  void exempt_paths_are_whole_segments_of_paths_in_normal_form(String path, boolean exempt) {
    Message request = write("POST", path).with("Sec-Fetch-Site", "cross-site");

    assertEquals(exempt, decide(guard, request) instanceof Proceed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hooks/%2e%2e/webhook", "/hooks/x/%2e%2e/a", "/hooks/x/%2e%2e/b"})
  void a_path_is_exempt_where_each_of_its_readings_is(String path) {
    Cors exempt =
        CrossOriginGuard.around(policy)
            .exemptPaths("/webhook", "/hooks/a")
            .exemptPathsBelow("/hooks")
            .build();
    Message request = write("POST", path).with("Sec-Fetch-Site", "cross-site");

    assertTrue(decide(exempt, request) instanceof Proceed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void a_method_that_a_header_replaces_is_not_safe(String method) {
    for (String name :
        List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "x-http-method")) {
      Message request =
          Message.request(method).with("Sec-Fetch-Site", "same-site").with(name, "DELETE");
      assertRefuses(Outcome.WRITE_FROM_SAME_SITE, request);
    }
  }

  @Test
  void the_whole_site_can_be_exempt_aloud() {
    Cors guard = CrossOriginGuard.around(policy).exemptPathsBelow("/").build();

    CorsDecision decision = decide(guard, write("POST", "/a").with("Sec-Fetch-Site", "cross-site"));

    assertInstanceOf(Proceed.class, decision);
  }

  @Test
  void a_path_without_a_policy_is_guarded_too() {
    Cors guard = CrossOriginGuard.around(Cors.byPath(Map.of("/api", policy))).build();
    Message response = Message.response().with("Access-Control-Allow-Origin", "*");

    CorsDecision decision =
        decide(guard, write("POST", "/other").with("Sec-Fetch-Site", "cross-site"));
    decision.writeTo(response, Message.WRITER);

    assertEquals(403, assertInstanceOf(Respond.class, decision).status());
    assertEquals("Access-Control-Allow-Origin: *\n", response.toString());
  }

  @Test
  void the_explanation_names_the_origin_only_if_asked() {
    Message request = write("POST", "/").with("Origin", "https://evil.example");
    CorsDecision decision = decide(guard, request);

    assertEquals(
        "The request may change something, and its origin is neither the server's own nor trusted.",
        decision.explanation());
    assertTrue(decision.explanation(request, Message.READER).contains("\"https://evil.example\""));
  }

  /** Chromium sends no Sec-Fetch-Site with a handshake, so that Host decides alone. */
  @Test
  void the_explanation_of_a_web_socket_names_the_host_that_a_proxy_may_have_changed() {
    Message handshake =
        Message.request("GET", "/socket")
            .with("Upgrade", "websocket")
            .with("Host", "backend:8080")
            .with("Origin", "https://api.example");

    assertEquals(
        "The request may change something, and its origin \"https://api.example\" is neither the"
            + " server's own nor trusted. It was sent to the host \"backend:8080\". If"
            + " a proxy changes Host, let it keep Host, or trust the site's public origin. If its"
            + " pages are yours and should write here, trust its origin.",
        decide(guard, handshake).explanation(handshake, Message.READER));
    Message crossSite = write("POST", "/").with("Sec-Fetch-Site", "cross-site");
    assertFalse(decide(guard, crossSite).explanation(crossSite, Message.READER).contains("proxy"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:5173, localhost:8080, true",
    "https://page.example, PAGE.example:8443, true",
    "https://page.example:8443, page.example, true",
    "http://[::1]:5173, [::1]:8080, true",
    "https://app.example.com, api.example.com, false",
    "https://app.example.com:8443, api.example.com, false",
    "https://app.example.com, app.example.com, false",
    "https://app.example.com, '', false",
    "null, localhost:8080, false",
  })
  void the_explanation_of_the_same_site_tells_another_port_from_another_host(
      String origin, String host, boolean isPort) {
    Message request =
        Message.request("POST", "/")
            .with("Sec-Fetch-Site", "same-site")
            .with("Origin", origin)
            .with("Host", host);

    assertEquals(
        "A page of the same site, but of another origin, sent a request that may change something,"
            + " and its origin \""
            + origin
            + "\" is not trusted to do that."
            + (isPort ? " It has the server's host, but another port." : "")
            + " If its pages are yours and should write here, trust its origin.",
        decide(guard, request).explanation(request, Message.READER));
  }

  @Test
  void the_explanation_offers_to_trust_a_reader_and_no_stranger() {
    Message reader = write("POST", "/").with("Origin", "https://reader.example");
    Message stranger = write("POST", "/").with("Origin", "https://evil.example");

    assertTrue(
        decide(guard, reader)
            .explanation(reader, Message.READER)
            .contains(".trustOrigins(\"https://reader.example\")"));
    assertFalse(
        decide(guard, stranger).explanation(stranger, Message.READER).contains(".trustOrigins"));
  }

  @Test
  void prints_itself_as_settings() {
    assertEquals(
        policy
            + """

            cors.guard.enabled=true
            cors.guard.trusted-origins=https://app.example, https://*.trusted.example
            cors.guard.exempt-paths=/webhook
            cors.guard.exempt-paths-below=/hooks\
            """,
        guard.toString());
  }

  @Test
  void is_equal_to_one_with_the_same_policy_and_settings() {
    CrossOriginGuard.Builder same =
        CrossOriginGuard.around(policy)
            .trustOrigins("https://app.example", "https://*.trusted.example")
            .exemptPaths("/webhook")
            .exemptPathsBelow("/hooks");

    assertEquals(guard, same.build());
    assertEquals(guard.hashCode(), same.build().hashCode());
    CrossOriginGuard other = same.exemptPaths("/other").build();
    assertNotEquals(guard, other);
    assertNotEquals(guard.hashCode(), other.hashCode());
    assertNotEquals(
        CrossOriginGuard.around(policy).build(),
        CrossOriginGuard.around(CorsPolicy.none()).build());
    assertNotEquals(guard, policy);
  }

  @Test
  void the_longest_origin_can_be_trusted() {
    String host = ("a".repeat(63) + ".").repeat(3) + "b".repeat(61);
    String longest = "s".repeat(64) + "://" + host + ":65535";
    Cors trusting = CrossOriginGuard.around(policy).trustOrigins(longest).build();

    assertInstanceOf(Proceed.class, decide(trusting, write("POST", "/").with("Origin", longest)));
    assertInstanceOf(
        Respond.class, decide(trusting, write("POST", "/").with("Origin", longest + "5")));
  }
}
