package dev.crosswalk.cors.tck.browser;

import static dev.crosswalk.cors.tck.browser.VectorRequests.ELSEWHERE;
import static dev.crosswalk.cors.tck.browser.VectorRequests.SUFFIXES;
import static dev.crosswalk.cors.tck.browser.VectorRequests.enumText;
import static dev.crosswalk.cors.tck.browser.VectorRequests.enumValue;
import static dev.crosswalk.cors.tck.browser.VectorRequests.isPreflight;
import static dev.crosswalk.cors.tck.browser.VectorRequests.last;
import static dev.crosswalk.cors.tck.browser.VectorRequests.originSent;
import static dev.crosswalk.cors.tck.browser.VectorRequests.permissive;
import static dev.crosswalk.cors.tck.browser.VectorRequests.request;
import static dev.crosswalk.cors.tck.browser.VectorRequests.text;
import static dev.crosswalk.cors.tck.browser.VectorRequests.urls;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.browser.Request.Redirect;
import dev.crosswalk.cors.tck.browser.Vectors.Vector;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Which responses a script may read, through redirects, as the vectors say. */
class ResponseVectorsTest {

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
    assertEquals(text(vector.expected("error")), refusal.map(ChromiumError::of));
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
    Headers response = stored(vector.input("storedResponse"));
    // RFC 9111, section 3.2: each name of the update replaces what was stored under it.
    for (Headers.Field field : stored(vector.input("notModifiedHeaders"))) {
      response = response.without(field.name()).with(field.name(), field.value());
    }
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
            .mode(enumValue(Mode.class, vector.textOr("mode", "cors")))
            .redirect(enumValue(Redirect.class, vector.textOr("redirect", "follow")));
    int[] hop = {0};
    Outcome outcome =
        new UserAgent()
            .fetch(
                request,
                sent -> {
                  JsonNode node =
                      vector.object(
                          vector.input("hops").get(hop[0]),
                          "url",
                          "status",
                          "headers",
                          "preflight");
                  assertEquals(onTheWire(node.required("url").asString()), sent.url());
                  if (isPreflight(sent)) {
                    return response(vector.object(node.required("preflight"), "status", "headers"));
                  }
                  hop[0]++;
                  return response(node);
                });
    assertEquals(
        vector.isExpected("pass"), outcome.verdict().isShared(), outcome.verdict().toString());
    if (vector.expected("type").isString()) {
      assertEquals(vector.expected("type").asString(), enumText(outcome.type()));
    }
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
}
