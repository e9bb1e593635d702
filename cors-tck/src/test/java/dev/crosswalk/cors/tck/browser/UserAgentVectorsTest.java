package dev.crosswalk.cors.tck.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.browser.Vectors.Vector;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.ListValues;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The user agent decides as the vectors say, kind by kind, in the order of a fetch. */
class UserAgentVectorsTest {

  private static final String ELSEWHERE = "https://elsewhere.example/";
  private static final Set<String> SUFFIXES = UserAgent.SOME_PUBLIC_SUFFIXES;

  // Every kind is run; none is excluded.

  @Test
  void every_kind_of_vector_has_a_test_and_no_vector_is_left_out() {
    Map<String, Integer> tested = new TreeMap<>();
    for (var method : UserAgentVectorsTest.class.getDeclaredMethods()) {
      Vectors vectors = method.getAnnotation(Vectors.class);
      if (vectors != null) {
        assertEquals(null, tested.put(vectors.kind(), vectors.count()), vectors.kind());
      }
    }
    Map<String, Integer> present = new TreeMap<>();
    Vectors.Source.byKind().forEach((kind, vectors) -> present.put(kind, vectors.size()));
    if (Vectors.Source.isOurFile()) {
      assertEquals(present, tested);
      assertEquals(35, tested.size());
      assertEquals(816, tested.values().stream().mapToInt(Integer::intValue).sum());
      assertEquals(tested.keySet(), Vectors.Source.ours().keySet());
    } else {
      assertEquals(Set.of(), minus(present.keySet(), tested.keySet()), "kinds without a test");
    }
  }

  private static Set<String> minus(Set<String> all, Set<String> some) {
    return Set.copyOf(all.stream().filter(one -> !some.contains(one)).toList());
  }

  // Header primitives

  @Vectors(kind = "header-value-normalize", count = 6)
  void a_value_that_a_script_sets_is_normalized(Vector vector) {
    String normalized = Headers.normalize(vector.text("value"));
    assertEquals(vector.isExpected("valid"), Headers.isValue(normalized));
    JsonNode expected = vector.expected("normalized");
    if (!expected.isNull()) {
      assertEquals(expected.asString(), normalized);
    }
  }

  @Vectors(kind = "get-decode-split", count = 7)
  void a_combined_value_is_split_outside_quotes(Vector vector) {
    Headers headers = lines("X-Test", Vector.strings(vector.input("values")));
    JsonNode items = vector.expected("items");
    assertEquals(
        items.isNull() ? Optional.empty() : Optional.of(Vector.strings(items)),
        headers.split("x-test"));
  }

  @Vectors(kind = "extract-header-list-values", count = 10)
  void list_values_are_absent_malformed_or_extracted(Vector vector) {
    String name = vector.text("name");
    ListValues actual = lines(name, Vector.strings(vector.input("values"))).extractListValues(name);
    JsonNode result = vector.expected("result");
    if (result.isNull()) {
      assertEquals(new ListValues.Absent(), actual);
    } else if (result.isString() && result.asString().equals("failure")) {
      assertTrue(actual instanceof ListValues.Malformed, actual.toString());
    } else {
      List<String> values = result.isArray() ? Vector.strings(result) : List.of(result.asString());
      assertEquals(new ListValues.Values(values), actual);
    }
  }

  private static Headers lines(String name, List<String> values) {
    return Headers.of(values.stream().map(value -> new Headers.Field(name, value)).toList());
  }

  // Methods

  @Vectors(kind = "method-normalize", count = 7)
  void a_method_is_normalized(Vector vector) {
    assertEquals(
        vector.expected("normalized").asString(), Methods.normalize(vector.text("method")));
  }

  @Vectors(kind = "forbidden-method", count = 7)
  void a_method_is_forbidden(Vector vector) {
    assertEquals(vector.isExpected("forbidden"), Methods.isForbidden(vector.text("method")));
  }

  // Request headers

  @Vectors(kind = "safelisted-request-header", count = 127)
  void a_request_header_is_safelisted(Vector vector) {
    // A proposal to safelist Last-Event-ID, which is neither in the standard nor in an engine.
    vector.expected("tentativeSafelisted");
    Headers.Field field = new Headers.Field(vector.text("name"), vector.text("value"));
    assertEquals(
        vector.isExpected("safelisted"),
        RequestHeaders.isSafelisted(field.name(), field.value(), Engine.STANDARD));
  }

  @Vectors(kind = "parse-single-range", count = 9)
  void a_single_range_is_parsed(Vector vector) {
    Optional<ByteRange> range = ByteRange.parse(vector.text("value"), vector.is("allowWhitespace"));
    JsonNode result = vector.expected("result");
    assertEquals(
        result.isString()
            ? Optional.empty()
            : Optional.of(new ByteRange(number(result.get(0)), number(result.get(1)))),
        range);
  }

  private static Optional<BigInteger> number(JsonNode node) {
    return node.isNull() ? Optional.empty() : Optional.of(node.bigIntegerValue());
  }

  @Vectors(kind = "unsafe-request-header-names", count = 5)
  void the_unsafe_names_are_found(Vector vector) {
    assertEquals(
        Vector.strings(vector.expected("names")),
        List.copyOf(RequestHeaders.unsafeNames(vector.headers("headers"), Engine.STANDARD)));
  }

  @Vectors(kind = "forbidden-request-header", count = 55)
  void a_request_header_is_forbidden(Vector vector) {
    assertEquals(
        vector.isExpected("forbidden"),
        RequestHeaders.isForbidden(vector.text("name"), vector.text("value")));
  }

  @Vectors(kind = "no-cors-guard", count = 7)
  void a_request_header_is_kept_without_cors(Vector vector) {
    String name = vector.text("name");
    Request request =
        Request.from("null", "GET", ELSEWHERE)
            .mode(Mode.NO_CORS)
            .header(name, vector.text("value"));
    assertEquals(vector.isExpected("kept"), request.headers().has(name));
  }

  // Origins

  @Vectors(kind = "origin-of-url", count = 12)
  void a_url_has_an_origin(Vector vector) {
    assertEquals(
        vector.expected("origin").asString(), Url.of(vector.text("url")).origin().serialize());
  }

  @Vectors(kind = "serialized-origin", count = 33)
  void a_value_is_an_origin_or_null(Vector vector) {
    assertEquals(vector.isExpected("valid"), Origin.isOriginOrNull(vector.text("value")));
  }

  @Vectors(kind = "redirect-taint", count = 6)
  void redirects_taint_the_origin(Vector vector) {
    Origin origin = Origin.of(vector.text("requestOrigin"));
    List<Url> urls = urls(vector);
    assertEquals(
        vector.expected("taint").asString(),
        enumText(RequestOrigin.Taint.of(origin, urls, SUFFIXES)));
    assertEquals(
        vector.expected("serializedOrigin").asString(), RequestOrigin.serialize(origin, urls));
  }

  @Vectors(kind = "origin-request-header", count = 36)
  void a_request_says_its_origin(Vector vector) {
    Request request =
        request(vector)
            .mode(enumValue(Mode.class, vector.text("mode")))
            .referrerPolicy(referrerPolicy(vector.textOr("referrerPolicy", "")));
    Outcome outcome = new UserAgent().fetch(request, permissive(request.origin()));
    assertEquals(text(vector.expected("origin")), originSent(last(outcome.actuals())));
  }

  /** The empty string is the default policy. */
  private static ReferrerPolicy referrerPolicy(String token) {
    return token.isEmpty()
        ? ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN
        : enumValue(ReferrerPolicy.class, token);
  }

  // Preflight

  @Vectors(kind = "needs-preflight", count = 17)
  void a_request_needs_a_preflight(Vector vector) {
    Request request = request(vector, "https://app.example", ELSEWHERE);
    if (vector.is("uploadListenersRegisteredBeforeSend")) {
      request = request.withUploadListeners();
    }
    if (vector.is("bodyIsReadableStream")) {
      request = request.streamedBody(new byte[] {1});
    }
    assertEquals(vector.isExpected("preflight"), new UserAgent().needsPreflight(request));
  }

  @Vectors(kind = "preflight-request", count = 8)
  void a_preflight_asks_for_what_is_wanted(Vector vector) {
    Request request =
        request(vector, "https://app.example", ELSEWHERE)
            .credentials(Credentials.INCLUDE)
            .cookie("session=1");
    WireRequest preflight = new UserAgent().preflight(request);
    Outcome outcome = new UserAgent().fetch(request, permissive("https://app.example"));
    assertEquals(vector.expected("method").asString(), preflight.method());
    for (var expected :
        Map.of(
                "accept", "Accept",
                "accessControlRequestMethod", "Access-Control-Request-Method",
                "accessControlRequestHeaders", "Access-Control-Request-Headers",
                "cookie", "Cookie")
            .entrySet()) {
      assertEquals(
          text(vector.expected(expected.getKey())), preflight.headers().get(expected.getValue()));
    }
    if (!outcome.preflights().isEmpty()) {
      assertEquals(preflight.headers(), outcome.preflights().get(0).request().headers());
    }
  }

  @Vectors(kind = "preflight-response", count = 116)
  void an_answer_to_a_preflight_allows_the_request_or_not(Vector vector) {
    Request request = request(vector, vector.text("requestOrigin"), ELSEWHERE);
    if (vector.is("useCorsPreflightFlag")) {
      request = request.withUploadListeners();
    }
    WireResponse response =
        new WireResponse(vector.input("status").asInt(), vector.headers("responseHeaders"));
    Verdict verdict = new UserAgent().judgePreflight(request, response);
    assertEquals(vector.isExpected("pass"), verdict.isShared(), verdict.toString());
    if (vector.expected("chromiumError").isString()) {
      assertEquals(
          vector.expected("chromiumError").asString(), Messages.chromiumError((NotShared) verdict));
    }
    if (vector.expected("maxAge").isNumber()) {
      assertEquals(vector.expected("maxAge").asLong(), new UserAgent().maxAge(request, response));
    }
  }

  @Vectors(kind = "max-age", count = 9)
  void each_engine_keeps_an_answer_for_its_own_time(Vector vector) {
    JsonNode value = vector.input("value");
    List<String> lines =
        value.isNull()
            ? List.of()
            : Headers.of("Access-Control-Max-Age", value.asString())
                .lines("Access-Control-Max-Age");
    assertEquals(vector.expected("spec").asLong(), Engine.STANDARD.maxAge(lines), "standard");
    assertEquals(vector.expected("chromium").asLong(), Engine.CHROMIUM.maxAge(lines), "chromium");
    assertEquals(vector.expected("firefox").asLong(), Engine.FIREFOX.maxAge(lines), "firefox");
    assertEquals(vector.expected("webkit").asLong(), Engine.WEBKIT.maxAge(lines), "webkit");
  }

  @Vectors(kind = "preflight-cache", count = 15)
  void a_cached_answer_saves_the_next_preflight(Vector vector) {
    List<Engine> engines =
        vector.is("engineSpecific")
            ? List.of(Engine.CHROMIUM, Engine.FIREFOX, Engine.WEBKIT)
            : List.of(Engine.STANDARD);
    for (Engine engine : engines) {
      Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
      UserAgent agent = new UserAgent(engine, () -> now[0], Set.of());
      Outcome first = cached(agent, vector, "first");
      assertEquals(1, first.preflights().size(), "the first request was to be preflighted");
      now[0] = now[0].plusSeconds(vector.input("waitSeconds").asLong());
      Outcome second = cached(agent, vector, "second");
      assertEquals(
          vector.isExpected("secondPreflight"), !second.preflights().isEmpty(), engine.name());
    }
  }

  private static Outcome cached(UserAgent agent, Vector vector, String which) {
    JsonNode node = vector.input(which);
    Request request =
        Request.from(
                node.required("requestOrigin").asString(),
                node.required("method").asString(),
                node.required("url").asString())
            .credentials(enumValue(Credentials.class, node.required("credentialsMode").asString()));
    for (Headers.Field field : Vector.pairs(node.required("headers"))) {
      request = request.header(field.name(), field.value());
    }
    Headers answer =
        Headers.of(
            "Access-Control-Allow-Origin",
            request.origin(),
            "Access-Control-Allow-Credentials",
            "true");
    for (var header :
        Map.of(
                "allowMethods", "Access-Control-Allow-Methods",
                "allowHeaders", "Access-Control-Allow-Headers",
                "preflightMaxAge", "Access-Control-Max-Age")
            .entrySet()) {
      Optional<String> value = text(vector.input(header.getKey()));
      answer = value.isPresent() ? answer.with(header.getValue(), value.get()) : answer;
    }
    Headers whole = answer;
    return agent.fetch(request, sent -> new WireResponse(200, whole));
  }

  // The actual request and its response

  @Vectors(kind = "cors-check", count = 76)
  void a_response_is_shared_with_an_origin_or_not(Vector vector) {
    Request request = Request.from(vector.text("requestOrigin"), "GET", ELSEWHERE);
    Verdict verdict =
        new UserAgent()
            .corsCheck(
                request.credentials(enumValue(Credentials.class, vector.text("credentialsMode"))),
                new WireResponse(200, vector.headers("responseHeaders")));
    assertEquals(vector.isExpected("pass"), verdict.isShared(), verdict.toString());
  }

  @Vectors(kind = "chromium-cors-error", count = 8)
  void chromium_names_the_cause(Vector vector) {
    Request request =
        Request.from(vector.text("requestOrigin"), "GET", ELSEWHERE)
            .credentials(enumValue(Credentials.class, vector.text("credentialsMode")));
    Verdict verdict =
        new UserAgent(Engine.CHROMIUM)
            .corsCheck(request, new WireResponse(200, vector.headers("responseHeaders")));
    Optional<NotShared> refusal =
        verdict instanceof NotShared notShared ? Optional.of(notShared) : Optional.empty();
    assertEquals(text(vector.expected("error")), refusal.map(Messages::chromiumError));
    assertEquals(text(vector.expected("message")), refusal.map(Messages::chromiumMessage));
  }

  @Vectors(kind = "cors-fetch", count = 17)
  void a_fetch_shares_the_response_or_not(Vector vector) {
    Request request = request(vector).mode(enumValue(Mode.class, vector.textOr("mode", "cors")));
    WireResponse response = new WireResponse(200, vector.headers("responseHeaders"));
    Outcome outcome = new UserAgent().fetch(request, sent -> response);
    assertEquals(vector.isExpected("pass"), outcome.type() != Outcome.Type.ERROR);
    if (vector.expected("type").isString()) {
      assertEquals(vector.expected("type").asString(), enumText(outcome.type()));
    }
    if (vector.expected("visibleStatus").isNumber()) {
      assertEquals(vector.expected("visibleStatus").asInt(), outcome.status());
    }
    JsonNode origin = vector.expected("originHeader");
    if (!origin.isMissingNode()) {
      assertEquals(text(origin), originSent(last(outcome.actuals())));
    }
  }

  @Vectors(kind = "actual-status", count = 21)
  void a_script_sees_any_status_that_is_shared(Vector vector) {
    JsonNode preflightStatus = vector.input("preflightStatus");
    Request request = Request.from("https://app.example", vector.text("method"), ELSEWHERE);
    if (preflightStatus.isNumber()) {
      request = request.header("X-Test", "1");
    }
    Headers headers =
        vector.is("corsAllowed")
            ? Headers.of(
                "Access-Control-Allow-Origin", "*",
                "Access-Control-Allow-Methods", request.method(),
                "Access-Control-Allow-Headers", "x-test")
            : Headers.none();
    int status = vector.input("responseStatus").asInt();
    // None is named where the method alone may need a preflight: one that passes.
    int statusOfPreflight = preflightStatus.isNumber() ? preflightStatus.asInt() : 204;
    Outcome outcome =
        new UserAgent()
            .fetch(
                request,
                sent -> new WireResponse(isPreflight(sent) ? statusOfPreflight : status, headers));
    assertEquals(vector.expected("visibleStatus").asInt(), outcome.status());
    assertEquals(vector.isExpected("networkError"), outcome.type() == Outcome.Type.ERROR);
    assertTrue(!preflightStatus.isNumber() || !outcome.preflights().isEmpty(), "no preflight");
  }

  @Vectors(kind = "expose-headers", count = 42)
  void a_script_reads_what_is_exposed(Vector vector) {
    Request request =
        Request.from("https://app.example", "GET", ELSEWHERE)
            .credentials(enumValue(Credentials.class, vector.text("credentialsMode")));
    WireResponse response = new WireResponse(200, vector.headers("responseHeaders"));
    Optional<String> read = new UserAgent().readable(request, response).get(vector.text("name"));
    assertEquals(vector.isExpected("exposed"), read.isPresent());
    if (vector.expected("value").isString()) {
      assertEquals(text(vector.expected("value")), read);
    }
  }

  @Vectors(kind = "revalidation-304", count = 4)
  void a_304_freshens_the_headers_before_the_check(Vector vector) {
    Headers response =
        stored(vector.input("storedResponse"))
            .updatedBy(stored(vector.input("notModifiedHeaders")));
    Request request = Request.from(vector.text("requestOrigin"), "GET", ELSEWHERE);
    WireResponse freshened = new WireResponse(200, response.with("x-a", "1").with("x-b", "2"));
    assertEquals(
        vector.isExpected("pass"), new UserAgent().corsCheck(request, freshened).isShared());
    JsonNode exposed = vector.expected("exposed");
    if (exposed.isArray()) {
      Headers readable = new UserAgent().readable(request, freshened);
      assertEquals(Vector.strings(exposed), Stream.of("x-a", "x-b").filter(readable::has).toList());
    }
  }

  private static Headers stored(JsonNode node) {
    Headers headers = Headers.none();
    for (var property : node.properties()) {
      String name =
          switch (property.getKey()) {
            case "acao" -> "Access-Control-Allow-Origin";
            case "acac" -> "Access-Control-Allow-Credentials";
            case "aceh" -> "Access-Control-Expose-Headers";
            default -> throw new AssertionError("unknown " + property.getKey());
          };
      headers = headers.with(name, property.getValue().asString());
    }
    return headers;
  }

  @Vectors(kind = "credentials-included", count = 7)
  void cookies_go_where_credentials_are_included(Vector vector) {
    Request request =
        Request.from(vector.text("requestOrigin"), "GET", vector.text("url"))
            .mode(enumValue(Mode.class, vector.text("mode")))
            .credentials(enumValue(Credentials.class, vector.text("credentialsMode")))
            .cookie("session=1");
    boolean preflight = vector.is("preflight");
    if (preflight) {
      request = request.header("X-Test", "1");
    }
    boolean refused = vector.textOr("corsCheck", "").equals("fail");
    Outcome outcome =
        new UserAgent()
            .fetch(
                request,
                refused
                    ? sent -> new WireResponse(200, Headers.none())
                    : permissive(request.origin()));
    Exchange exchange = preflight ? outcome.preflights().get(0) : last(outcome.actuals());
    assertEquals(vector.isExpected("cookieHeaderSent"), exchange.request().headers().has("Cookie"));
    assertEquals(vector.isExpected("setCookieStored"), exchange.credentials());
  }

  // Redirects

  @Vectors(kind = "redirect-chain", count = 81)
  void a_chain_of_redirects_is_shared_or_not(Vector vector) {
    Request request =
        request(
                vector,
                vector.text("requestOrigin"),
                vector.input("hops").get(0).required("url").asString())
            .mode(enumValue(Mode.class, vector.textOr("mode", "cors")));
    int[] hop = {0};
    Outcome outcome =
        new UserAgent()
            .fetch(
                request,
                sent -> {
                  JsonNode node = vector.input("hops").get(hop[0]);
                  assertEquals(onTheWire(node.required("url").asString()), sent.url());
                  if (isPreflight(sent)) {
                    return response(node.required("preflight"));
                  }
                  hop[0]++;
                  return response(node);
                });
    assertEquals(
        vector.isExpected("pass"), outcome.verdict().isShared(), outcome.verdict().toString());
    JsonNode origin = vector.expected("originHeaderAtFinalHop");
    if (!origin.isMissingNode()) {
      assertEquals(vector.input("hops").size(), outcome.actuals().size());
      assertEquals(text(origin), originSent(last(outcome.actuals())));
    }
  }

  /** A user name, a password and a fragment stay in the browser. */
  private static String onTheWire(String url) {
    Url parsed = Url.of(url);
    return new Url(
            parsed.scheme(),
            "",
            "",
            parsed.host(),
            parsed.port(),
            parsed.path(),
            parsed.query(),
            null)
        .toString();
  }

  private static WireResponse response(JsonNode node) {
    return new WireResponse(
        node.required("status").asInt(), Vector.pairs(node.required("headers")));
  }

  @Vectors(kind = "redirect-method", count = 6)
  void a_redirect_turns_some_methods_into_get(Vector vector) {
    Request request =
        Request.from("https://app.example", vector.text("method"), "https://app.example/1")
            .header("Content-Type", "text/plain")
            .header("Content-Language", "en");
    // A browser has no body to send with GET and HEAD; of them the headers alone can tell.
    boolean hasBody = !List.of("GET", "HEAD").contains(request.method());
    request = hasBody ? request.body("body") : request;
    int status = vector.input("status").asInt();
    WireRequest redirected = redirected(request, status, "/2");
    assertEquals(vector.expected("method").asString(), redirected.method());
    boolean kept = vector.isExpected("bodyAndRequestBodyHeadersKept");
    assertEquals(kept && hasBody ? 4 : 0, redirected.body().length);
    assertEquals(kept, redirected.headers().has("Content-Type"));
    assertEquals(kept, redirected.headers().has("Content-Language"));
  }

  @Vectors(kind = "redirect-authorization", count = 5)
  void a_redirect_to_another_origin_drops_authorization(Vector vector) {
    Request request =
        Request.from(vector.text("requestOrigin"), "GET", vector.text("fromUrl"))
            .header("Authorization", "Bearer x");
    WireRequest redirected = redirected(request, 302, vector.text("toUrl"));
    assertEquals(vector.isExpected("authorizationKept"), redirected.headers().has("Authorization"));
  }

  /** The request that follows a redirect which shares everything. */
  private static WireRequest redirected(Request request, int status, String location) {
    List<WireRequest> actuals = new ArrayList<>();
    new UserAgent()
        .fetch(
            request,
            sent -> {
              WireResponse response =
                  permissive(sent.headers().get("Origin").orElse("*")).send(sent);
              if (isPreflight(sent)) {
                return response;
              }
              actuals.add(sent);
              return actuals.size() == 1
                  ? new WireResponse(status, response.headers().with("Location", location))
                  : response;
            });
    assertEquals(2, actuals.size(), "the redirect was to be followed once");
    return actuals.get(1);
  }

  // What goes with a fetch

  @Vectors(kind = "tao-check", count = 6)
  void a_response_may_be_timed(Vector vector) {
    assertEquals(
        vector.isExpected("pass"),
        TimingAllowOrigin.check(
            vector.headers("headers"),
            Origin.of(vector.text("requestOrigin")),
            List.of(Url.of(vector.text("url"))),
            enumValue(Mode.class, vector.textOr("mode", "cors")),
            vector.text("responseTainting").equals("basic"),
            vector.is("timingAllowFailed")));
  }

  @Vectors(kind = "corp-check", count = 13)
  void a_resource_policy_blocks_other_origins(Vector vector) {
    assertEquals(
        vector.isExpected("blocked"),
        ResourcePolicy.blocks(
            vector.headers("headers"),
            Origin.of(vector.text("requestOrigin")),
            Url.of(vector.text("responseUrl")),
            enumValue(Mode.class, vector.text("mode")),
            SUFFIXES));
  }

  @Vectors(kind = "sec-fetch-site", count = 8)
  void a_request_tells_how_far_it_comes(Vector vector) {
    assertEquals(
        vector.expected("secFetchSite").asString(),
        FetchMetadata.site(Origin.of(vector.text("initiatorOrigin")), urls(vector), SUFFIXES));
  }

  @Vectors(kind = "sec-fetch-headers", count = 2)
  void a_request_tells_what_it_is_for(Vector vector) {
    Mode mode = enumValue(Mode.class, vector.text("mode"));
    Request request = Request.from("https://app.example", "GET", "https://app.example/").mode(mode);
    if (vector.text("request").contains("user")) {
      request = request.byUser();
    }
    Outcome outcome = new UserAgent().fetch(request, permissive("*"));
    Headers sent = last(outcome.actuals()).request().headers();
    for (String name : List.of("sec-fetch-dest", "sec-fetch-mode", "sec-fetch-user")) {
      assertEquals(text(vector.expected(name)), sent.get(name), name);
    }
  }

  // Cross-site request forgery

  @Vectors(kind = "trusted-origin-config", count = 7)
  void an_origin_can_be_trusted_or_not(Vector vector) {
    assertEquals(
        vector.isExpected("accepted"), CrossOriginProtection.isTrustable(vector.text("value")));
  }

  @Vectors(kind = "cross-origin-protection", count = 21)
  void a_forged_request_is_refused(Vector vector) {
    Headers headers = Headers.none();
    JsonNode site = vector.input("secFetchSite");
    if (site.isString()) {
      headers = headers.with("Sec-Fetch-Site", site.asString());
    }
    JsonNode origin = vector.input("origin");
    if (origin.isString()) {
      headers = headers.with("Origin", origin.asString());
    }
    CrossOriginProtection protection =
        new CrossOriginProtection(
            Vector.strings(vector.input("trustedOrigins")),
            Vector.strings(vector.input("bypassPatterns")));
    boolean allowed =
        protection.allows(
            vector.text("method"), vector.text("host"), vector.textOr("path", "/"), headers);
    assertEquals(vector.isExpected("allowed"), allowed);
    assertEquals(vector.expected("status").asInt(), allowed ? 200 : 403);
  }

  // Shared by the tests above

  private static Request request(Vector vector) {
    return request(vector, vector.text("requestOrigin"), vector.text("url"));
  }

  /** A request with the method, headers and credentials mode of a vector, if it has them. */
  private static Request request(Vector vector, String origin, String url) {
    Request request = Request.from(origin, vector.text("method"), url);
    for (Headers.Field field : vector.headers("headers")) {
      request = request.header(field.name(), field.value());
    }
    return request.credentials(
        enumValue(Credentials.class, vector.textOr("credentialsMode", "same-origin")));
  }

  private static List<Url> urls(Vector vector) {
    List<Url> urls = Vector.strings(vector.input("urls")).stream().map(Url::of).toList();
    assertTrue(!urls.isEmpty(), "no URL");
    return urls;
  }

  /** A server that shares everything with one origin. */
  private static Transport permissive(String origin) {
    return sent ->
        new WireResponse(
            200,
            Headers.of(
                "Access-Control-Allow-Origin",
                origin,
                "Access-Control-Allow-Credentials",
                "true",
                "Access-Control-Allow-Methods",
                sent.headers().get("Access-Control-Request-Method").orElse(""),
                "Access-Control-Allow-Headers",
                sent.headers().get("Access-Control-Request-Headers").orElse("")));
  }

  private static boolean isPreflight(WireRequest sent) {
    return sent.method().equals("OPTIONS") && sent.headers().has("Access-Control-Request-Method");
  }

  private static Optional<String> originSent(Exchange exchange) {
    return exchange.request().headers().get("Origin");
  }

  private static Exchange last(List<Exchange> exchanges) {
    assertTrue(!exchanges.isEmpty(), "nothing was sent");
    return exchanges.get(exchanges.size() - 1);
  }

  private static Optional<String> text(JsonNode node) {
    return node.isNull() ? Optional.empty() : Optional.of(node.asString());
  }

  private static <E extends Enum<E>> E enumValue(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> enumText(constant).equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + ": " + text));
  }

  private static String enumText(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
