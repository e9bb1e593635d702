package dev.crosswalk.cors.spring;

import static org.springframework.security.config.Customizer.withDefaults;

import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.TestApplication.Behavior;
import dev.crosswalk.cors.tck.TestApplication.Reply;
import dev.crosswalk.cors.tck.TestApplication.Route;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The kit's application on WebFlux, with Spring Security in front of what is protected. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WebFluxApplication {

  @Autowired
  void register(
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
      TestApplication application) {
    for (Route route : application.routes()) {
      if (route.behavior() != Behavior.WEB_SOCKET) {
        mapping.registerMapping(
            RequestMappingInfo.paths(route.path())
                .methods(RequestMethod.valueOf(route.method()))
                .build(),
            new Handlers(route),
            SpringTck.handler(Handlers.class, route));
      }
    }
  }

  @Bean
  SimpleUrlHandlerMapping webSockets(TestApplication application) {
    Map<String, WebSocketHandler> handlers = new HashMap<>();
    for (Route route : application.routes()) {
      if (route.behavior() == Behavior.WEB_SOCKET) {
        handlers.put(
            route.path(),
            session -> {
              route.call();
              return session.send(session.receive().doOnNext(message -> message.retain()));
            });
      }
    }
    return new SimpleUrlHandlerMapping(handlers, Ordered.HIGHEST_PRECEDENCE);
  }

  @Bean
  SecurityWebFilterChain security(ServerHttpSecurity http, TestApplication application) {
    return http.csrf(csrf -> csrf.disable())
        .authorizeExchange(
            exchanges ->
                exchanges
                    .pathMatchers(SpringTck.protectedPaths(application))
                    .authenticated()
                    .anyExchange()
                    .permitAll())
        .httpBasic(withDefaults())
        .build();
  }

  @Bean
  PasswordEncoder passwords() {
    return new PlainPasswords();
  }

  @Bean
  MapReactiveUserDetailsService users() {
    return new MapReactiveUserDetailsService(
        User.withUsername(TestApplication.USER).password(TestApplication.PASSWORD).build());
  }

  /** Of its own, or the first application that is closed takes those of the others along. */
  @Configuration(proxyBeanMethods = false)
  static class Resources {
    @Bean
    ReactorResourceFactory resources() {
      ReactorResourceFactory resources = new ReactorResourceFactory();
      resources.setUseGlobalResources(false);
      resources.setShutdownQuietPeriod(Duration.ZERO);
      return resources;
    }
  }

  /** Answers as controllers do. */
  public record Handlers(Route route) {

    /** As a {@code static final ResponseEntity} is. */
    private static final Map<Reply, ResponseEntity<String>> CONSTANTS = new ConcurrentHashMap<>();

    public ResponseEntity<String> reply() {
      return entity(route.call());
    }

    public ResponseEntity<String> shared() {
      return CONSTANTS.computeIfAbsent(route.call(), Handlers::entity);
    }

    public Mono<ResponseEntity<String>> async() {
      return Mono.fromSupplier(route::call)
          .subscribeOn(Schedulers.boundedElastic())
          .map(Handlers::entity);
    }

    public Mono<Void> stream(ServerWebExchange exchange) {
      Reply reply = route.call();
      ServerHttpResponse response = exchange.getResponse();
      reply.headers().forEach(field -> response.getHeaders().add(field.name(), field.value()));
      return response.writeAndFlushWith(
          Flux.fromIterable(reply.chunks()).map(chunk -> Mono.just(buffer(chunk))));
    }

    public ResponseEntity<Flux<ServerSentEvent<String>>> events() {
      Reply reply = route.call();
      return head(reply)
          .body(Flux.fromIterable(reply.chunks()).map(c -> ServerSentEvent.builder(c).build()));
    }

    private static DataBuffer buffer(String chunk) {
      return DefaultDataBufferFactory.sharedInstance.wrap(chunk.getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseEntity<String> entity(Reply reply) {
      return reply.chunks().isEmpty() ? head(reply).build() : head(reply).body(reply.body());
    }

    private static ResponseEntity.BodyBuilder head(Reply reply) {
      ResponseEntity.BodyBuilder head = ResponseEntity.status(reply.status());
      reply.headers().forEach(field -> head.header(field.name(), field.value()));
      return head;
    }
  }
}
