package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.reactive.AutoConfigureWebTestClient;
import org.springframework.boot.test.autoconfigure.web.reactive.WebFluxTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The policy is in the tests that Spring Boot's users write. */
@Tag("webflux")
class WebFluxSliceTest {

  private static final String APP = "https://app.example.com";

  @Nested
  @WebFluxTest(
      controllers = ApplicationTest.Annotated.class,
      properties = "cors.allowed-origins=" + APP)
  class Slice {

    @Autowired private WebTestClient client;

    @Test
    void has_the_policy() {
      checks(client);
    }
  }

  @Nested
  @SpringBootTest(
      classes = {SliceApplication.class, ApplicationTest.Annotated.class},
      properties = "cors.allowed-origins=" + APP)
  @AutoConfigureWebTestClient
  class Whole {

    @Autowired private WebTestClient client;

    @Test
    void has_the_policy() {
      checks(client);
    }
  }

  @Test
  void a_client_that_is_built_by_hand_is_given_the_filter() {
    checks(
        WebTestClient.bindToController(new ApplicationTest.Annotated())
            .webFilter(new CorsPolicyWebFilter(CorsPolicy.builder().allowOrigins(APP).build()))
            .build());
  }

  /** That of the target {@code http://api.example}, for example. */
  @Test
  void an_empty_path_has_the_policy_of_the_root() {
    MockServerWebExchange exchange =
        MockServerWebExchange.from(
            MockServerHttpRequest.get("http://api.example").header("Origin", APP));
    CorsPolicy policy = CorsPolicy.builder().allowOrigins(APP).build();
    new CorsPolicyWebFilter(Cors.byPath(Map.of("/", policy)))
        .filter(exchange, next -> next.getResponse().setComplete())
        .block();
    assertEquals(APP, exchange.getResponse().getHeaders().getFirst("Access-Control-Allow-Origin"));
  }

  static void checks(WebTestClient client) {
    client
        .method(HttpMethod.OPTIONS)
        .uri("/annotated")
        .header("Origin", APP)
        .header("Access-Control-Request-Method", "GET")
        .exchange()
        .expectStatus()
        .isNoContent()
        .expectHeader()
        .valueEquals("Access-Control-Allow-Origin", APP);
    client
        .get()
        .uri("/annotated")
        .header("Origin", APP)
        .exchange()
        .expectHeader()
        .valueEquals("Access-Control-Allow-Origin", APP);
  }
}
