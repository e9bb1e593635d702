package dev.crosswalk.cors.bench.server;

import dev.crosswalk.cors.Cors;
import jakarta.servlet.Filter;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** The server on Spring Boot: MVC on Tomcat with {@code CorsFilter}, or WebFlux on Netty. */
final class SpringServer {

  private SpringServer() {}

  static int start(WebApplicationType type, Mode mode) {
    Map<String, Object> properties = new TreeMap<>();
    properties.put("server.port", "0");
    properties.put("server.address", "127.0.0.1");
    properties.put("server.tomcat.max-keep-alive-requests", "-1");
    properties.put("server.http2.enabled", Server.isSoaked());
    properties.put("spring.mvc.async.request-timeout", Server.patience() + "ms");
    properties.put("spring.main.banner-mode", "off");
    properties.put("logging.level.root", "warn");
    properties.put("bench.mode", mode.name());
    // Tomcat is there for MVC.
    properties.put(
        "spring.autoconfigure.exclude",
        "org.springframework.boot.tomcat.autoconfigure.reactive"
            + ".TomcatReactiveWebServerAutoConfiguration");
    return new SpringApplicationBuilder(
            Text.class, type == WebApplicationType.SERVLET ? Mvc.class : WebFlux.class)
        .web(type)
        .properties(properties)
        .run()
        .getEnvironment()
        .getRequiredProperty("local.server.port", Integer.class);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @RestController
  static class Text {

    @GetMapping(value = Server.PATH, produces = MediaType.TEXT_PLAIN_VALUE)
    String get() {
      return Server.TEXT;
    }

    @PutMapping(value = Server.PATH, produces = MediaType.TEXT_PLAIN_VALUE)
    String put() {
      return Server.TEXT;
    }

    @GetMapping(Server.ENDLESS)
    Mono<String> endless() {
      return Mono.never();
    }

    @Bean
    @ConditionalOnProperty(name = "bench.mode", havingValue = "CROSSWALK")
    Cors policy() {
      return Server.cors();
    }
  }

  private static CorsConfiguration own() {
    CorsConfiguration own = new CorsConfiguration();
    own.setAllowedOrigins(Server.ORIGINS);
    own.setAllowedMethods(Server.METHODS);
    own.setAllowedHeaders(Server.REQUEST_HEADERS);
    own.setMaxAge(Server.MAX_AGE_SECONDS);
    return own;
  }

  @Configuration(proxyBeanMethods = false)
  static class Mvc {

    @Bean
    TomcatConnectorCustomizer lettingGo() {
      return TomcatServer::letGo;
    }

    @Bean
    @ConditionalOnProperty(name = "bench.mode", havingValue = "BY_HAND")
    Filter byHand() {
      return new TextServlet.ByHand();
    }

    @Bean
    @ConditionalOnProperty(name = "bench.mode", havingValue = "OWN")
    CorsFilter itsOwn() {
      UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
      source.registerCorsConfiguration("/**", own());
      return new CorsFilter(source);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class WebFlux {

    @Bean
    @ConditionalOnProperty(name = "bench.mode", havingValue = "BY_HAND")
    WebFilter byHand() {
      return (exchange, chain) -> {
        boolean isComplete =
            Server.writeByHand(
                exchange.getRequest().getMethod().name(),
                exchange.getRequest().getHeaders()::getFirst,
                exchange.getResponse().getHeaders()::set);
        if (!isComplete) {
          return chain.filter(exchange);
        }
        exchange.getResponse().setRawStatusCode(204);
        return Mono.empty();
      };
    }

    @Bean
    @ConditionalOnProperty(name = "bench.mode", havingValue = "OWN")
    CorsWebFilter itsOwn() {
      org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource source =
          new org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource();
      source.registerCorsConfiguration("/**", own());
      return new CorsWebFilter(source);
    }
  }
}
