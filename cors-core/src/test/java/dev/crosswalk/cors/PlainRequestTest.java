package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.crosswalk.cors.Cors.Request;
import dev.crosswalk.cors.CorsDecision.Kind;
import dev.crosswalk.cors.CorsDecision.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertNull(asked(Request.of("GET", "/")));
  }

  /** What the preflight asks for. */
  private static @Nullable String asked(Request request) {
    return Request.READER.header(request.preflight(), "Access-Control-Request-Headers");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "Accept           | application/json                    | -",
        "Accept           | text/html;q=\"1\"                   | accept",
        "Accept-Language  | de, en;q=0.5                        | -",
        "Accept-Language  | de/en                               | accept-language",
        "Content-Language | de-CH                               | -",
        "Content-Type     | text/plain                          | -",
        "Content-Type     | Text/Plain ; charset=utf-8          | -",
        "Content-Type     | multipart/form-data; boundary=x     | -",
        "Content-Type     | application/x-www-form-urlencoded   | -",
        "Content-Type     | application/json                    | content-type",
        "Content-Type     | text/plain, application/json        | content-type",
        "Content-Type     | text/plain; charset=\"utf-8\"        | content-type",
        "Content-Type     | ``                                  | content-type",
        "Range            | bytes=0-99                          | -",
        "Range            | bytes=100-                          | -",
        "Range            | bytes=-100                          | range",
        "Range            | bytes=9-1                           | range",
        "Range            | bytes=0-1,4-5                       | range",
        "Authorization    | Bearer x                            | authorization",
        "X-Tenant         | acme                                | x-tenant"
      })
  void has_a_preflight_that_asks_for_what_needs_a_permission(
      String name, String value, @Nullable String asked) {
    assertEquals(asked, asked(Request.of("GET", "/").with(name, value)));
  }

  @Test
  void has_a_preflight_that_asks_for_safe_headers_that_are_too_long() {
    assertNull(asked(Request.of("GET", "/").with("Accept", "a".repeat(128))));
    assertEquals("accept", asked(Request.of("GET", "/").with("Accept", "a".repeat(129))));
  }

  @Test
  void is_equal_to_one_with_the_same_headers_in_another_case() {
    Request other =
        Request.of("PUT", "/orders/7")
            .with("ORIGIN", "https://app.example.com")
            .with("content-type", "application/json");
    assertEquals(put, other);
    assertEquals(put.hashCode(), other.hashCode());
    assertEquals(List.of("content-type", "origin"), List.copyOf(put.headers().keySet()));
    assertEquals("https://app.example.com", put.headers().get("Origin"));
  }

  @Test
  void has_each_header_once_and_nothing_that_is_null() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Request("GET", "/", Map.of("Origin", "https://a.example", "origin", "null")));
    assertThrows(NullPointerException.class, () -> Request.of(null, "/"));
    assertThrows(NullPointerException.class, () -> Request.of("GET", null));
    assertThrows(NullPointerException.class, () -> Request.of("GET", "/").from(null));
    assertThrows(NullPointerException.class, () -> Request.of("GET", "/").with(null, "1"));
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
            "origin", "https://app.example.com",
            "host", "acme.example",
            "sec-fetch-site", "same-site",
            "access-control-request-method", "PUT",
            "access-control-request-headers", "content-type"),
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
