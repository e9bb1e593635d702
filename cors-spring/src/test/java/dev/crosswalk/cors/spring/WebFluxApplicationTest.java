package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;
import org.springframework.web.reactive.config.CorsRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.WebFilter;

@Tag("webflux")
class WebFluxApplicationTest extends ApplicationTest {

  @Configuration(proxyBeanMethods = false)
  static class Forbidding {
    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
      return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
          .httpBasic(Customizer.withDefaults())
          .build();
    }
  }

  @Override
  Class<?> forbidding() {
    return Forbidding.class;
  }

  @Override
  List<Class<?>> besideOthers() {
    return List.of(WebFluxApplication.Resources.class);
  }

  @Override
  List<SetUp> springsOwn() {
    return List.of(
        new SetUp(
            Registry.class,
            List.of("addCorsMappings(CorsRegistry) from " + Registry.class.getName())),
        new SetUp(
            HttpCors.class,
            List.of(
                "http.cors() from the bean security",
                "the bean source of the type " + CorsConfigurationSource.class.getName())),
        new SetUp(
            Filters.class,
            List.of(
                "the bean filter of the type org.springframework.web.cors.reactive.CorsWebFilter")));
  }

  @Configuration(proxyBeanMethods = false)
  static class Registry implements WebFluxConfigurer {
    @Override
    public void addCorsMappings(CorsRegistry registry) {
      registry.addMapping("/**");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class HttpCors {
    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
      return http.cors(Customizer.withDefaults()).build();
    }

    @Bean
    CorsConfigurationSource source() {
      UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
      source.setCorsConfigurations(
          Map.of("/**", new CorsConfiguration().applyPermitDefaultValues()));
      return source;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Security {
    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
      return http.cors(Customizer.withDefaults()).build();
    }
  }

  /** As Spring Boot's own, for the WebSocket of GraphQL. */
  @Configuration("org.springframework.boot.Example")
  static class SourceOfSpringBoot {
    @Bean
    CorsConfigurationSource webSocket() {
      return exchange -> new CorsConfiguration();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Filters {
    @Bean
    CorsWebFilter filter() {
      return new CorsWebFilter(new UrlBasedCorsConfigurationSource());
    }
  }

  /** Before the policy, it would answer preflights, also those of any other page. */
  @Configuration(proxyBeanMethods = false)
  static class FirstFilter {
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter first() {
      return (exchange, chain) -> {
        exchange.getResponse().getHeaders().set("Access-Control-Allow-Origin", "*");
        return exchange.getRequest().getMethod() == HttpMethod.OPTIONS
            ? exchange.getResponse().setComplete()
            : chain.filter(exchange);
      };
    }
  }

  @Test
  void what_spring_security_takes_from_spring_boot_is_named_with_what_helps(CapturedOutput output) {
    start(
        List.of(Security.class, SourceOfSpringBoot.class),
        "cors.allowed-origins=https://app.example.com");
    assertNamed(
        output,
        "Spring Security's CORS from the bean security, by http.cors(cors -> cors.disable())."
            + " Otherwise it takes the bean webSocket for the CORS of every path");
  }

  @Test
  void a_filter_of_the_same_order_comes_after_the_policy() throws Exception {
    start(List.of(FirstFilter.class), "cors.allowed-origins=https://app.example.com");
    assertEquals(204, preflight("/hello", "https://app.example.com").statusCode());
    assertEquals(403, preflight("/hello", "https://evil.example").statusCode());
    assertEquals("https://app.example.com", allowed(get("/hello", "https://app.example.com")));
  }
}
