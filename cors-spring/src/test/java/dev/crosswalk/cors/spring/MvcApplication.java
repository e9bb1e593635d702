package dev.crosswalk.cors.spring;

import static org.springframework.security.config.Customizer.withDefaults;

import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.TestApplication.Behavior;
import dev.crosswalk.cors.tck.TestApplication.Reply;
import dev.crosswalk.cors.tck.TestApplication.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** The kit's application on Spring MVC, with Spring Security in front of what is protected. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableWebSocket
class MvcApplication {

  /**
   * Otherwise Spring Security writes its headers when the controller has returned, while the thread
   * of a stream may be writing the response. Nothing makes that safe for both.
   */
  private static final ObjectPostProcessor<HeaderWriterFilter> EARLY =
      new ObjectPostProcessor<>() {
        @Override
        public <O extends HeaderWriterFilter> O postProcess(O filter) {
          filter.setShouldWriteHeadersEagerly(true);
          return filter;
        }
      };

  @Autowired
  void register(
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
      TestApplication application) {
    for (Route route : application.routes()) {
      if (route.behavior() != Behavior.WEB_SOCKET) {
        mapping.registerMapping(
            RequestMappingInfo.paths(route.path())
                .methods(RequestMethod.valueOf(route.method()))
                .options(mapping.getBuilderConfiguration())
                .build(),
            new Handlers(route),
            SpringTck.handler(Handlers.class, route));
      }
    }
  }

  @Bean
  WebSocketConfigurer webSockets(TestApplication application) {
    return registry ->
        application.routes().stream()
            .filter(route -> route.behavior() == Behavior.WEB_SOCKET)
            .forEach(
                route -> registry.addHandler(new Echo(route), route.path()).setAllowedOrigins("*"));
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http, TestApplication application) throws Exception {
    return http.csrf(csrf -> csrf.disable())
        .headers(headers -> headers.withObjectPostProcessor(EARLY))
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(SpringTck.protectedPaths(application))
                    .authenticated()
                    .anyRequest()
                    .permitAll())
        .httpBasic(withDefaults())
        .build();
  }

  @Bean
  PasswordEncoder passwords() {
    return new PlainPasswords();
  }

  @Bean
  UserDetailsService users() {
    return new InMemoryUserDetailsManager(
        User.withUsername(TestApplication.USER).password(TestApplication.PASSWORD).build());
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

    public CompletableFuture<ResponseEntity<String>> async() {
      return CompletableFuture.supplyAsync(route::call).thenApply(Handlers::entity);
    }

    public ResponseEntity<StreamingResponseBody> stream() {
      Reply reply = route.call();
      return head(reply)
          .body(
              stream -> {
                for (String chunk : reply.chunks()) {
                  stream.write(chunk.getBytes(StandardCharsets.UTF_8));
                  stream.flush();
                }
              });
    }

    public ResponseEntity<SseEmitter> events() throws IOException {
      Reply reply = route.call();
      SseEmitter events = new SseEmitter();
      for (String chunk : reply.chunks()) {
        events.send(chunk);
      }
      events.complete();
      return head(reply).body(events);
    }

    private static ResponseEntity<String> entity(Reply reply) {
      return reply.chunks().isEmpty() ? head(reply).build() : head(reply).body(reply.body());
    }

    static ResponseEntity.BodyBuilder head(Reply reply) {
      ResponseEntity.BodyBuilder head = ResponseEntity.status(reply.status());
      reply.headers().forEach(field -> head.header(field.name(), field.value()));
      return head;
    }
  }

  private static final class Echo extends TextWebSocketHandler {

    private final Route route;

    Echo(Route route) {
      this.route = route;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
      route.call();
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message)
        throws IOException {
      session.sendMessage(message);
    }
  }
}
