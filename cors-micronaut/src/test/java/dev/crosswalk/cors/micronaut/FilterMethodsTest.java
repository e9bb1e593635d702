package dev.crosswalk.cors.micronaut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;
import dev.crosswalk.cors.tck.LogLines;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.HttpServerConfiguration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the filter does with the objects of Micronaut, one after the other. */
class FilterMethodsTest {

  private static final String APP = "https://app.example.com";
  private static final String WWW = "https://www.example.com";
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private static final CorsPolicy POLICY = CorsPolicy.builder().allowOrigins(APP, WWW).build();

  private final CorsPolicyFilter filter = new CorsPolicyFilter(POLICY);

  private static HttpRequest<?> from(String origin) {
    return HttpRequest.GET("/books").header("Origin", origin);
  }

  @Test
  void a_response_that_is_kept_is_copied_for_each_further_request() {
    MutableHttpResponse<String> kept =
        HttpResponse.<String>status(299, "Shelved")
            .header("Vary", "Accept")
            .header("X-Shelf", "7")
            .attribute("mine", "kept")
            .body("a book");
    HttpRequest<?> first = from(APP);
    assertSame(kept, filter.write(first, kept));
    assertSame(kept, filter.write(first, kept), "the same request");
    for (int i = 0; i < 2; i++) {
      MutableHttpResponse<?> copy = filter.write(from(WWW), kept);
      assertNotSame(kept, copy);
      assertEquals(List.of(WWW), copy.getHeaders().getAll(ALLOW_ORIGIN));
      assertEquals(List.of("Accept, Origin"), copy.getHeaders().getAll("Vary"));
      assertEquals(List.of("7"), copy.getHeaders().getAll("X-Shelf"));
      assertEquals("kept", copy.getAttribute("mine").orElseThrow());
      assertEquals("a book", copy.body());
      assertEquals("299 Shelved", copy.code() + " " + copy.reason());
    }
    assertEquals(List.of(APP), kept.getHeaders().getAll(ALLOW_ORIGIN));
  }

  @Test
  void a_copy_belongs_to_the_request_that_it_was_made_for() {
    MutableHttpResponse<String> kept = HttpResponse.ok("a book");
    filter.write(from(APP), kept);
    HttpRequest<?> second = from(WWW);
    MutableHttpResponse<?> copy = filter.write(second, kept);
    assertSame(copy, filter.write(second, copy));
  }

  @ParameterizedTest
  @CsvSource({
    "websocket, Upgrade, true",
    "WebSocket, 'keep-alive, upgrade', true",
    "h2c, Upgrade, false",
    "websocket, close, false",
    "websocket, , false",
    ", Upgrade, false",
  })
  void a_handshake_names_what_it_upgrades_to(String upgrade, String connection, boolean isOne) {
    CorsPolicyFilter guarding = new CorsPolicyFilter(CrossOriginGuard.around(POLICY).build());
    MutableHttpRequest<?> request =
        HttpRequest.GET("/socket").header("Origin", "https://evil.example").header("Host", "api");
    if (upgrade != null) {
      request.header("Upgrade", upgrade);
    }
    if (connection != null) {
      request.header("Connection", connection);
    }
    HttpResponse<?> refusal = guarding.respondToHandshake(request);
    if (isOne) {
      assertNotNull(refusal);
      assertEquals(403, refusal.code());
    } else {
      assertNull(refusal);
    }
  }

  @Test
  void the_CORS_of_Micronaut_is_named_if_it_is_enabled() {
    try (LogLines log = new LogLines()) {
      HttpServerConfiguration.CorsConfiguration replaced =
          new HttpServerConfiguration.CorsConfiguration();
      filter.warnOf(replaced);
      assertEquals(List.of(), log.lines());
      replaced.setEnabled(true);
      filter.warnOf(replaced);
      assertEquals(1, log.lines().size(), log.lines()::toString);
      assertTrue(
          log.lines().get(0).startsWith("micronaut.server.cors is enabled"), log.lines()::toString);
    }
  }
}
