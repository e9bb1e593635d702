package dev.crosswalk.cors.tck.browser;

import static dev.crosswalk.cors.tck.browser.VectorRequests.ELSEWHERE;
import static dev.crosswalk.cors.tck.browser.VectorRequests.enumValue;
import static dev.crosswalk.cors.tck.browser.VectorRequests.permissive;
import static dev.crosswalk.cors.tck.browser.VectorRequests.request;
import static dev.crosswalk.cors.tck.browser.VectorRequests.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.Vectors.Vector;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which requests need a preflight, and what its answer allows, as the vectors say. */
class PreflightVectorsTest {

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
          vector.expected("chromiumError").asString(), ChromiumError.of((NotShared) verdict));
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
    JsonNode node =
        vector.object(
            vector.input(which), "requestOrigin", "method", "url", "credentialsMode", "headers");
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
}
