package dev.crosswalk.cors.spring;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * As on Spring Boot 3, where the annotations are in other packages, and what the checks call has
 * other signatures.
 */
class SpringBoot4WebFluxSliceTest {

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

  private static void checks(WebTestClient client) {
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
