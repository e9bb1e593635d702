package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import jakarta.servlet.Servlet;
import java.util.List;
import java.util.Map;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.Test;

/** Several applications in one container. */
class ApplicationsTest {

  @Test
  void each_application_has_its_own_policy() throws Exception {
    JaxRsServer server =
        TomcatServer.start(
            "/shop",
            Map.of(
                "/one", application("https://one.example", "https://both.example"),
                "/two", application("https://two.example", "https://both.example"),
                "/none", new ServletContainer(new ResourceConfig(Library.class))));
    Map<String, List<String>> readers =
        Map.of(
            "https://one.example", List.of("/one"),
            "https://two.example", List.of("/two"),
            "https://both.example", List.of("/one", "/two"));
    try (WireClient client = new WireClient()) {
      for (String origin : readers.keySet()) {
        for (String application : List.of("/one", "/two", "/none")) {
          List<String> expected =
              readers.get(origin).contains(application) ? List.of(origin) : List.of();
          for (String method : List.of("GET", "OPTIONS")) {
            Headers answer =
                client
                    .send(
                        new WireRequest(
                            method,
                            "http://127.0.0.1:"
                                + server.port()
                                + "/shop"
                                + application
                                + "/library",
                            Headers.of("Origin", origin, "Access-Control-Request-Method", "GET")))
                    .headers();
            assertEquals(expected, answer.lines("Access-Control-Allow-Origin"), application);
          }
        }
      }
    } finally {
      server.stop().close();
    }
  }

  private static Servlet application(String... origins) {
    CorsPolicy policy = CorsPolicy.builder().allowOrigins(origins).build();
    return new ServletContainer(
        new ResourceConfig(Library.class).register(new CorsPolicyFilter(policy)));
  }
}
