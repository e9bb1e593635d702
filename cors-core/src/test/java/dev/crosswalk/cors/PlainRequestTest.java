package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.crosswalk.cors.Cors.Request;
import dev.crosswalk.cors.CorsDecision.Kind;
import dev.crosswalk.cors.CorsDecision.Outcome;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A request of plain values")
class PlainRequestTest {

  private final CorsPolicy policy =
      CorsPolicy.builder()
          .allowOrigins("https://app.example.com")
          .allowMethods("PUT")
          .allowRequestHeaders("Content-Type")
          .build();

  private final Request put =
      Request.of("PUT", "/orders/7")
          .with("Content-Type", "application/json")
          .from("https://app.example.com");

  @Test
  void asks_a_policy_in_one_line() {
    assertEquals(Outcome.ALLOWED, policy.decide(put).outcome());
    assertEquals(Outcome.ALLOWED, policy.decide(put.preflight()).outcome());
    assertEquals(
        Outcome.ORIGIN_NOT_ALLOWED,
        policy.decide(put.from("https://app.example.com.evil.net")).outcome());
    assertEquals(
        Outcome.METHOD_NOT_ALLOWED,
        policy
            .decide(Request.of("PATCH", "/").from("https://app.example.com").preflight())
            .outcome());
    assertEquals(Outcome.NOT_CORS, policy.decide(Request.of("GET", "/")).outcome());
  }

  @Test
  void has_a_preflight_as_a_browser_sends_it() {
    Request preflight = put.with("X-B", "1").with("X-a", "2").preflight();
    assertEquals(
        new Request(
            "OPTIONS",
            "/orders/7",
            Map.of(
                "Origin", "https://app.example.com",
                "Access-Control-Request-Method", "PUT",
                "Access-Control-Request-Headers", "content-type,x-a,x-b")),
        preflight);
    assertEquals(Kind.PREFLIGHT, policy.decide(preflight).kind());
    assertNull(Request.of("GET", "/").preflight().headers().get("Access-Control-Request-Headers"));
  }

  @Test
  void has_a_preflight_to_the_same_host() {
    Cors byHost = Cors.byHost(Map.of("acme.example", policy));
    Request request = put.with("host", "acme.example");
    assertEquals(Outcome.ALLOWED, byHost.decide(request).outcome());
    assertEquals(Outcome.ALLOWED, byHost.decide(request.preflight()).outcome());
  }

  @Test
  void has_a_preflight_that_asks_for_no_header_that_only_the_browser_sets() {
    Request request =
        put.with("Host", "acme.example")
            .with("Sec-Fetch-Site", "same-site")
            .with("Cookie", "session=secret")
            .with("Content-Length", "2")
            .with("Referer", "https://app.example.com/")
            .with("Access-Control-Request-Method", "PATCH");
    assertEquals(
        Map.of(
            "Origin", "https://app.example.com",
            "Host", "acme.example",
            "Sec-Fetch-Site", "same-site",
            "Access-Control-Request-Method", "PUT",
            "Access-Control-Request-Headers", "content-type"),
        request.preflight().headers());
    assertEquals(Outcome.ALLOWED, policy.decide(request.preflight()).outcome());
  }

  @Test
  void has_headers_in_any_case() {
    Request request = Request.of("GET", "/").with("ORIGIN", "https://a.example");
    assertEquals("https://a.example", Request.READER.header(request, "Origin"));
    assertEquals(1, request.from("https://b.example").headers().size());
  }

  @Test
  void may_have_no_origin_and_no_host() {
    Request preflight = Request.of("PUT", "/").preflight();
    assertEquals(
        Request.of("OPTIONS", "/").with("Access-Control-Request-Method", "PUT").toString(),
        preflight.toString());
    assertNull(Request.READER.header(preflight, "Origin"));
    assertNull(Message.READER.authority(Message.request("GET")));
  }
}
