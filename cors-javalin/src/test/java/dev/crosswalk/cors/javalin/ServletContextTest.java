package dev.crosswalk.cors.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import io.javalin.Javalin;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Servlets and filters beside Javalin's. A request that one of them dispatches to another path
 * comes back with the response of the container, and its decision is still the one about the path
 * that the client asked for.
 */
class ServletContextTest {

  private static final CorsPolicy POLICY =
      CorsPolicy.builder()
          .allowOrigins("https://app.example", "https://admin.example")
          .allowCredentials()
          .build();

  private final WireClient client = new WireClient();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final Cors recorder =
      new Cors() {
        @Override
        public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
          paths.add(reader.path(request));
          return POLICY.decide(request, reader);
        }
      };
  private Javalin javalin;

  @BeforeEach
  void start() {
    javalin =
        Javalin.create(
            config -> {
              config.jetty.modifyServletContextHandler(
                  context -> {
                    context.addServlet(new ServletHolder(new Dispatching()), "/dispatch");
                    context.addServlet(new ServletHolder(new Failing()), "/fail");
                    context.addFilter(
                        new FilterHolder(ServletContextTest::refuse),
                        "/protected",
                        EnumSet.of(DispatcherType.REQUEST));
                    ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
                    pages.addErrorPage(409, "/target");
                    context.setErrorHandler(pages);
                  });
              config.routes.get(
                  "/target", context -> context.header("Vary", "Accept").result("target"));
              config.registerPlugin(new CorsPolicyPlugin(recorder));
            });
    javalin.start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    client.close();
    javalin.stop();
  }

  @Test
  void an_asynchronous_dispatch_keeps_the_decision_and_the_headers() throws Exception {
    WireResponse response = get("/dispatch");
    assertEquals(200, response.status());
    assertShared(response);
    assertEquals(List.of("/dispatch"), paths);
  }

  @Test
  void a_dispatch_to_an_error_page_keeps_the_decision_and_the_headers() throws Exception {
    WireResponse response = get("/fail");
    assertEquals(409, response.status());
    assertShared(response);
    assertEquals(List.of("/fail"), paths);
  }

  @Test
  void a_filter_that_stands_there_already_comes_after_the_policy() throws Exception {
    WireResponse actual = get("/protected");
    assertEquals(401, actual.status());
    assertEquals(
        List.of("https://app.example"), actual.headers().lines("Access-Control-Allow-Origin"));
    WireResponse preflight = send("OPTIONS", "/protected", "Access-Control-Request-Method", "GET");
    assertEquals(204, preflight.status());
  }

  private static void refuse(ServletRequest request, ServletResponse response, FilterChain chain) {
    ((HttpServletResponse) response).setStatus(401);
  }

  private WireResponse get(String path) throws Exception {
    return send("GET", path);
  }

  /** Sends a request of the allowed origin, with more fields: each a name and a value. */
  private WireResponse send(String method, String path, String... fields) throws Exception {
    List<String> all = new ArrayList<>(List.of("Origin", "https://app.example"));
    all.addAll(List.of(fields));
    return client.send(
        new WireRequest(
            method,
            "http://127.0.0.1:" + javalin.port() + path,
            Headers.of(all.toArray(String[]::new))));
  }

  private static void assertShared(WireResponse response) {
    assertEquals("target", response.text());
    assertEquals(
        List.of("https://app.example"), response.headers().lines("Access-Control-Allow-Origin"));
    assertEquals(List.of("true"), response.headers().lines("Access-Control-Allow-Credentials"));
    assertEquals(List.of("Accept, Origin"), response.headers().lines("Vary"));
  }

  private static final class Dispatching extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      request.startAsync().dispatch("/target");
    }
  }

  private static final class Failing extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.sendError(409);
    }
  }
}
