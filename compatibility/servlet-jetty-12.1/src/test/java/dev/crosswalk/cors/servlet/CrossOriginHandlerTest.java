package dev.crosswalk.cors.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.LogLines;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.junit.jupiter.api.Test;

/** Jetty's own handler, around the web application that has the policy. */
class CrossOriginHandlerTest {

  private static final String APP = "https://app.example";
  private static final String OLD = "https://old.example";

  /** A limit: a filter cannot see what a handler around the web application answers. */
  @Test
  void the_handler_answers_preflights_and_is_named_by_an_actual_request() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler application = new ServletContextHandler("/");
    application.addServlet(new ServletHolder(new Hello()), "/hello");
    CorsPolicy policy = CorsPolicy.builder().allowOrigins(APP, "https://b.example").build();
    application.addServletContainerInitializer(
        (classes, context) -> CorsPolicyFilter.register(context, policy));
    CrossOriginHandler handler = new CrossOriginHandler();
    handler.setAllowedOriginPatterns(Set.of(OLD));
    handler.setHandler(application);
    server.setHandler(handler);
    LogLines log = new LogLines();
    server.start();
    try (WireClient client = new WireClient()) {
      String url = "http://127.0.0.1:" + connector.getLocalPort() + "/hello";
      WireResponse preflight =
          client.send(
              new WireRequest(
                  "OPTIONS",
                  url,
                  Headers.of("Origin", APP, "Access-Control-Request-Method", "PUT")));
      assertEquals(List.of(), allowed(preflight), "the policy allows it");
      assertEquals(
          List.of(APP),
          allowed(client.send(new WireRequest("GET", url, Headers.of("Origin", APP)))));
      assertEquals(List.of(), log.lines());

      assertEquals(
          List.of(), allowed(client.send(new WireRequest("GET", url, Headers.of("Origin", OLD)))));
      List<String> logged = log.lines();
      assertEquals(1, logged.size(), logged::toString);
      assertTrue(logged.get(0).contains("Look for a second CORS layer"), logged::toString);
    } finally {
      log.close();
      server.stop();
    }
  }

  private static List<String> allowed(WireResponse response) {
    return response.headers().lines("Access-Control-Allow-Origin");
  }

  private static final class Hello extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
  }
}
