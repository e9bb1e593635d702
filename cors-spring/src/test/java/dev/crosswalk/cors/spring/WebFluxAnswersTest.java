package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Tag("webflux")
class WebFluxAnswersTest extends AnswersTest {

  WebFluxAnswersTest() {
    super(More.class);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  @EnableReactiveMethodSecurity
  @RestController
  static class More {

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
      return http.csrf(csrf -> csrf.disable())
          .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
          .httpBasic(Customizer.withDefaults())
          .build();
    }

    @Bean
    RouterFunction<ServerResponse> routed() {
      return RouterFunctions.route()
          .GET("/routed", request -> ServerResponse.ok().bodyValue("Hello"))
          .GET("/routed-failure", request -> Mono.error(new SoldOutException()))
          .build();
    }

    @GetMapping("/managers")
    @PreAuthorize("hasRole('MANAGER')")
    Mono<String> managers() {
      return Mono.just("Hello");
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> events() {
      return Flux.just("Hello", "again");
    }

    /** As header writers of Spring Security do, and filters of applications. */
    @GetMapping("/own-headers-on-commit")
    Mono<String> onCommit(ServerHttpResponse response) {
      response.beforeCommit(
          () -> {
            response.getHeaders().set("Access-Control-Allow-Origin", "*");
            response.getHeaders().set("Vary", "Accept");
            return Mono.empty();
          });
      return Mono.just("Hello");
    }

    @GetMapping("/mono-failure")
    Mono<String> failure() {
      return Mono.error(new IllegalStateException("This failure is part of the test."));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/events, 200",
    "/mono-failure, 500",
    "/routed-failure, 409",
  })
  void what_only_WebFlux_has_is_shared(String path, int status) throws Exception {
    HttpResponse<String> response = send(request("GET", path, "https://app.example.com"));
    assertEquals(status, response.statusCode(), response::body);
    assertShared(response);
  }

  @Test
  void what_is_written_on_commit_yields_to_the_policy() throws Exception {
    String path = "/own-headers-on-commit";
    HttpResponse<String> shared = send(request("GET", path, "https://app.example.com"));
    assertShared(shared);
    assertTrue(shared.headers().allValues("Vary").toString().contains("Accept"));
    assertNotShared(send(request("GET", path, "https://evil.example")));
  }
}
