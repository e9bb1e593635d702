package dev.crosswalk.examples.browser;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.examples.browser.Adapter.Server;
import dev.crosswalk.examples.browser.Application.Reply;
import java.io.IOException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import reactor.core.publisher.Flux;

/** The application on Spring Boot: on MVC with Tomcat, and on WebFlux with Netty. */
final class SpringServer {

  private SpringServer() {}

  static Server start(WebApplicationType type, Cors cors) {
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(type == WebApplicationType.SERVLET ? Mvc.class : WebFlux.class)
            .web(type)
            .properties(
                "server.port=0",
                "server.address=localhost",
                "spring.main.banner-mode=off",
                "logging.level.root=off",
                // The examples' settings are in the same class path, and so is MVC's server.
                "spring.config.name=none",
                "spring.autoconfigure.exclude=org.springframework.boot.tomcat.autoconfigure"
                    + ".reactive.TomcatReactiveWebServerAutoConfiguration")
            .initializers(
                (GenericApplicationContext empty) -> empty.registerBean(Cors.class, () -> cors))
            .run();
    return new Server("http://localhost:" + port(context.getEnvironment()), context::close);
  }

  private static String port(Environment environment) {
    return environment.getRequiredProperty("local.server.port");
  }

  private static Reply reply(
      Environment environment, String policy, String route, String scenario) {
    return Application.answer("http://127.0.0.1:" + port(environment), policy, route, scenario);
  }

  private static ResponseEntity.BodyBuilder head(Reply reply) {
    ResponseEntity.BodyBuilder head = ResponseEntity.status(reply.status());
    reply.headers().forEach(field -> head.header(field.name(), field.value()));
    return head.contentType(MediaType.parseMediaType(reply.contentType()));
  }

  /** On MVC. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @RestController
  static class Mvc {

    private final Environment environment;

    Mvc(Environment environment) {
      this.environment = environment;
    }

    @RequestMapping(Application.PATH)
    ResponseEntity<byte[]> answer(
        @PathVariable("policy") String policy,
        @PathVariable("route") String route,
        @PathVariable("scenario") String scenario) {
      Reply reply = reply(environment, policy, route, scenario);
      return head(reply).body(reply.chunks().get(0));
    }

    @GetMapping("/{policy}/stream/{scenario}")
    ResponseEntity<StreamingResponseBody> stream() {
      Reply reply = reply(environment, "", "stream", "");
      return head(reply)
          .body(
              out -> {
                for (byte[] chunk : reply.chunks()) {
                  out.write(chunk);
                  out.flush();
                }
              });
    }

    @GetMapping("/{policy}/events/{scenario}")
    SseEmitter events() throws IOException {
      SseEmitter events = new SseEmitter();
      events.send("one");
      events.send("two");
      events.complete();
      return events;
    }
  }

  /** On WebFlux. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @RestController
  static class WebFlux {

    private final Environment environment;

    WebFlux(Environment environment) {
      this.environment = environment;
    }

    @RequestMapping(Application.PATH)
    ResponseEntity<byte[]> answer(
        @PathVariable("policy") String policy,
        @PathVariable("route") String route,
        @PathVariable("scenario") String scenario) {
      Reply reply = reply(environment, policy, route, scenario);
      return head(reply).body(reply.chunks().get(0));
    }

    @GetMapping("/{policy}/stream/{scenario}")
    ResponseEntity<Flux<byte[]>> stream() {
      Reply reply = reply(environment, "", "stream", "");
      return head(reply).body(Flux.fromIterable(reply.chunks()));
    }

    @GetMapping("/{policy}/events/{scenario}")
    Flux<ServerSentEvent<String>> events() {
      return Flux.just("one", "two").map(text -> ServerSentEvent.builder(text).build());
    }
  }
}
