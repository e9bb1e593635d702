package dev.crosswalk.cors.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.tck.LogLines;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What else in a web application has a say in its responses: other filters, dispatches, error
 * pages, and other threads. The rules of the protocol are the kit's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebApplicationTest {

  private static final String APP = "https://app.example";
  private static final String EVIL = "https://evil.example";

  private static final CorsPolicy POLICY =
      CorsPolicy.builder()
          .allowOrigins(APP, "https://admin.example")
          .allowCredentials()
          .exposeResponseHeaders("X-Total")
          .build();

  private final List<String> decidedAbout = new CopyOnWriteArrayList<>();
  private final Cors recorded =
      new Cors() {
        @Override
        public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
          decidedAbout.add(reader.method(request) + " " + reader.path(request));
          return POLICY.decide(request, reader);
        }
      };

  private final WireClient client = new WireClient();
  private final Map<Cors, ServerUnderTest> servers = new HashMap<>();
  private final Container container;

  WebApplicationTest() throws ReflectiveOperationException {
    container = Container.underTest();
  }

  @BeforeEach
  void forget() {
    decidedAbout.clear();
  }

  @AfterAll
  void stop() throws Exception {
    client.close();
    for (ServerUnderTest server : servers.values()) {
      server.stop().close();
    }
  }

  // What a servlet does to the response.

  @Test
  void whatever_way_a_servlet_writes_a_header_of_the_policy_it_yields() throws Exception {
    WireResponse shared = get(POLICY, "/own-cors", APP);
    assertShared(shared);
    WireResponse refused = get(POLICY, "/own-cors", EVIL);
    assertGrantsNothing(refused);
    assertEquals(List.of("Origin, Accept"), refused.headers().lines("Vary"));
  }

  @Test
  void where_no_policy_covers_the_path_the_servlets_headers_are_its_own() throws Exception {
    WireResponse response = get(Cors.byPath(Map.of("/api", POLICY)), "/own-cors", APP);
    assertTrue(response.headers().has("Access-Control-Allow-Credentials"), response::toString);
  }

  @Test
  void the_headers_are_there_again_after_a_reset() throws Exception {
    WireResponse response = get(POLICY, "/reset", APP);
    assertEquals(202, response.status());
    assertShared(response);
    assertEquals(List.of("Origin"), response.headers().lines("Vary"));
  }

  @Test
  void a_large_body_that_is_committed_early_has_the_headers() throws Exception {
    WireResponse response = get(POLICY, "/large", APP);
    assertEquals(320 * 1024, response.body().length);
    assertShared(response);
    assertEquals(List.of("Accept, Origin"), response.headers().lines("Vary"));
  }

  @Test
  void a_redirect_is_shared() throws Exception {
    WireResponse response = get(POLICY, "/redirect", APP);
    assertEquals(302, response.status());
    assertShared(response);
  }

  // What an earlier filter does to the request.

  /** As Spring's ForwardedHeaderFilter does, with a header that every client can send. */
  @Test
  void the_path_is_the_one_of_the_client_whatever_an_earlier_filter_makes_of_it() throws Exception {
    Filter prefixing =
        (request, response, chain) ->
            chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                  @Override
                  public String getRequestURI() {
                    return "/open" + super.getRequestURI();
                  }
                },
                response);
    ServerUnderTest server =
        container.start(
            (classes, context) -> {
              context
                  .addFilter("prefixing", prefixing)
                  .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
              context.addServlet("servlet", new HttpServlet() {}).addMapping("/*");
              CorsPolicyFilter.register(
                  context, Cors.byPath(Map.of("/", POLICY, "/open", CorsPolicy.none())));
            },
            Map.of());
    try {
      String url = server.base() + "/closed";
      assertShared(client.send(new WireRequest("OPTIONS", url, Headers.of("Origin", APP))));
    } finally {
      server.stop().close();
    }
  }

  // Dispatches.

  @Test
  void what_a_servlet_includes_or_forwards_to_is_shared_and_decided_once() throws Exception {
    for (String path : List.of("/include", "/forward")) {
      WireResponse response = get(recorded, path, APP);
      assertTrue(response.text().contains("hello"), response::text);
      assertShared(response);
      assertEquals(List.of("Origin"), response.headers().lines("Vary"), path);
      assertEquals(List.of("GET " + path), decidedAbout);
      forget();
    }
  }

  @Test
  void an_asynchronous_dispatch_keeps_the_decision_and_the_headers() throws Exception {
    WireResponse response = get(recorded, "/async-dispatch", APP);
    assertEquals("hello", response.text());
    assertShared(response);
    assertEquals(List.of("Origin"), response.headers().lines("Vary"));
    assertEquals(List.of("GET /async-dispatch"), decidedAbout);
  }

  /** Servlet 5.0 §9.7.2: without arguments, both are those of the request that the client sent. */
  @Test
  void an_asynchronous_dispatch_out_of_a_forward_goes_where_it_goes_without_the_filter()
      throws Exception {
    WireResponse response = get(POLICY, "/async-forward", APP);
    String path = container.changesRequestOfForward() ? "/async-again" : "/async-forward";
    assertEquals("ASYNC " + path, response.text());
    assertShared(response);
  }

  @Test
  void what_another_thread_writes_yields_to_the_policy() throws Exception {
    WireResponse response = get(POLICY, "/async", APP);
    assertEquals("hello", response.text());
    assertShared(response);
    assertEquals(List.of("Origin, Accept"), response.headers().lines("Vary"));
    assertGrantsNothing(get(POLICY, "/async", EVIL));
  }

  // Errors.

  @Test
  void an_error_without_a_page_is_shared() throws Exception {
    WireResponse response = get(POLICY, "/send-error", APP);
    assertEquals(409, response.status());
    assertShared(response);
    List<String> vary = container.removesVaryFromErrors() ? List.of() : List.of("Origin");
    assertEquals(vary, response.headers().lines("Vary"));
  }

  @Test
  void an_error_page_is_shared_and_decided_once() throws Exception {
    Map<String, Integer> statuses = Map.of("/gone", 410, "/throw", 500);
    for (String path : statuses.keySet()) {
      WireResponse response = get(recorded, path, APP);
      assertEquals(statuses.get(path), response.status());
      assertEquals("page", response.text());
      assertShared(response);
      assertEquals(1, response.headers().lines("Vary").size(), response::toString);
      assertEquals(
          Set.of("Origin", "Accept"), Set.copyOf(response.headers().split("Vary").orElseThrow()));
      assertEquals(List.of("GET " + path), decidedAbout);
      forget();
    }
  }

  @Test
  void a_path_without_a_servlet_is_shared() throws Exception {
    WireResponse response = get(POLICY, "/missing", APP);
    assertEquals(404, response.status());
    assertShared(response);
    assertEquals(204, preflight(POLICY, "/missing").status());
  }

  // Other filters.

  @Test
  void a_filter_that_is_registered_later_comes_after_the_policy() throws Exception {
    WireResponse refused = get(POLICY, "/protected", APP);
    assertEquals(401, refused.status());
    assertShared(refused);
    assertEquals(204, preflight(POLICY, "/protected").status());
  }

  @Test
  void what_an_earlier_filter_has_written_grants_nothing() throws Exception {
    assertShared(get(POLICY, "/behind", APP));
    WireResponse refused = get(POLICY, "/behind", EVIL);
    for (String name : List.of("Allow-Origin", "Allow-Credentials")) {
      // Tomcat 10.1 removes no header: there an empty one is left.
      assertEquals("", String.join("", refused.headers().lines("Access-Control-" + name)));
    }
  }

  @Test
  void a_preflight_that_is_refused_earlier_stays_refused_and_is_told_of_once() throws Exception {
    List<WireResponse> refused = new ArrayList<>();
    List<String> told =
        warnings(
            () -> {
              refused.add(preflight(recorded, "/refused"));
              refused.add(preflight(recorded, "/refused"));
            });
    for (WireResponse response : refused) {
      assertEquals(401, response.status());
      assertFalse(response.headers().has("Access-Control-Allow-Methods"), response::toString);
    }
    if (container.hasErrorPagesForOptions()) {
      assertEquals("page", refused.get(0).text());
      assertEquals(List.of("OPTIONS /refused", "OPTIONS /refused"), decidedAbout);
      assertEquals(1, told.size(), told::toString);
      assertTrue(
          told.get(0).startsWith("A preflight was answered with 401 before it reached"),
          told::toString);
    } else {
      assertEquals(List.of(), decidedAbout);
      assertEquals(List.of(), told);
    }
  }

  /** As in Spring Boot, whose servlet can have a path, and which has no servlet for files. */
  @Test
  void a_preflight_of_a_path_without_a_servlet_is_told_of_where_the_container_answers_it()
      throws Exception {
    ServerUnderTest server =
        container.start(
            (classes, context) -> {
              context.addServlet("page", new ErrorPage()).addMapping("/page");
              CorsPolicyFilter.register(context, POLICY);
            },
            Map.of(404, "/page"));
    try {
      int[] status = {0};
      List<String> told =
          warnings(
              () ->
                  status[0] =
                      client
                          .send(
                              new WireRequest(
                                  "OPTIONS",
                                  server.base() + "/none",
                                  Headers.of(
                                      "Origin", APP, "Access-Control-Request-Method", "PUT")))
                          .status());
      if (status[0] == 204) {
        assertEquals(List.of(), told);
      } else {
        assertEquals(404, status[0]);
        assertTrue(told.get(0).contains("about a path that has no servlet"), told::toString);
      }
    } finally {
      server.stop().close();
    }
  }

  @Test
  void what_is_refused_earlier_is_decided_about_by_its_own_path() throws Exception {
    WireResponse refused = get(recorded, "/refused", APP);
    assertEquals(401, refused.status());
    assertShared(refused);
    assertEquals(List.of("GET /refused"), decidedAbout);
  }

  /** A policy that has said nothing yet, on a server of its own. */
  private static CorsPolicy unheard(int number) {
    return POLICY.toBuilder().maxAge(Duration.ofSeconds(number)).build();
  }

  @Test
  void of_what_an_earlier_filter_wrote_the_filter_tells_and_not_the_policy() throws Exception {
    CorsPolicy policy = unheard(2);
    List<String> told =
        warnings(
            () -> {
              get(policy, "/behind", EVIL);
              assertShared(get(policy, "/behind", APP));
            });
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).startsWith("Something before CorsPolicyFilter"), told::toString);
  }

  @Test
  void of_two_filters_the_first_writes_and_a_sentence_says_so() throws Exception {
    CorsPolicy twice = unheard(1);
    List<String> told =
        warnings(
            () -> {
              for (int i = 0; i < 2; i++) {
                WireResponse response = get(twice, "/twice", APP);
                assertShared(response);
                assertEquals(List.of("Origin"), response.headers().lines("Vary"));
              }
              assertEquals(
                  403,
                  send(twice, "POST", "/twice", "Origin", APP, "Sec-Fetch-Site", "cross-site")
                      .status());
            });
    assertEquals(1, told.size(), told::toString);
    assertTrue(
        told.get(0).startsWith("A request went through CorsPolicyFilter twice. "), told::toString);
  }

  /** Says nothing, and leaves the status as it is. */
  private static final class ErrorPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {}
  }

  // The application.

  private interface Answer {
    void to(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  private static final Map<String, Answer> SERVLETS = new TreeMap<>();

  static {
    Answer hello = (request, response) -> response.getWriter().write("hello");
    SERVLETS.put("/ok", hello);
    SERVLETS.put("/protected", hello);
    SERVLETS.put("/behind", hello);
    SERVLETS.put("/refused", hello);
    SERVLETS.put("/twice", hello);
    SERVLETS.put("/own-cors", (request, response) -> writeOwnCors(response));
    SERVLETS.put(
        "/reset",
        (request, response) -> {
          response.setHeader("Vary", "Accept");
          response.reset();
          response.setStatus(202);
        });
    SERVLETS.put(
        "/large",
        (request, response) -> {
          response.setHeader("Vary", "Accept");
          for (int i = 0; i < 320; i++) {
            response.getOutputStream().write(new byte[1024]);
          }
        });
    SERVLETS.put("/redirect", (request, response) -> response.sendRedirect("/ok"));
    SERVLETS.put(
        "/include",
        (request, response) -> {
          request.getRequestDispatcher("/own-cors").include(request, response);
          response.getWriter().write("hello");
        });
    SERVLETS.put(
        "/forward",
        (request, response) -> request.getRequestDispatcher("/ok").forward(request, response));
    SERVLETS.put(
        "/async",
        (request, response) -> {
          AsyncContext context = request.startAsync();
          context.start(
              () -> {
                HttpServletResponse later = (HttpServletResponse) context.getResponse();
                writeOwnCors(later);
                try {
                  later.getWriter().write("hello");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                } finally {
                  context.complete();
                }
              });
        });
    SERVLETS.put("/async-dispatch", (request, response) -> request.startAsync().dispatch("/ok"));
    SERVLETS.put(
        "/async-forward",
        (request, response) -> {
          if (request.getDispatcherType() == DispatcherType.ASYNC) {
            response.getWriter().write("ASYNC " + request.getRequestURI());
          } else {
            request.getRequestDispatcher("/async-again").forward(request, response);
          }
        });
    SERVLETS.put(
        "/async-again",
        (request, response) -> {
          if (request.getDispatcherType() == DispatcherType.ASYNC) {
            response.getWriter().write("ASYNC " + request.getRequestURI());
          } else {
            request.startAsync().dispatch();
          }
        });
    SERVLETS.put("/send-error", (request, response) -> response.sendError(409));
    SERVLETS.put("/gone", (request, response) -> response.sendError(410));
    SERVLETS.put(
        "/throw",
        (request, response) -> {
          throw new ServletException("This failure is part of the test.");
        });
    SERVLETS.put(
        "/page",
        (request, response) -> {
          response.addHeader("Vary", "Accept");
          response.addHeader("Access-Control-Allow-Origin", "*");
          response.getWriter().write("page");
        });
    SERVLETS.put("/", (request, response) -> response.sendError(404));
  }

  private static void writeOwnCors(HttpServletResponse response) {
    response.addHeader("access-control-allow-origin", "*");
    response.addHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Allow-Credentials", "true");
    response.addHeader("Access-Control-Allow-Credentials", "true");
    response.setIntHeader("Access-Control-Expose-Headers", 1);
    response.addIntHeader("Access-Control-Expose-Headers", 1);
    response.setDateHeader("Access-Control-Expose-Headers", 0);
    response.addDateHeader("Access-Control-Expose-Headers", 0);
    response.setHeader("Access-Control-Allow-Origin", null);
    response.addHeader("Vary", "Origin");
    response.addHeader("vary", "ORIGIN, Accept");
    response.addHeader("Vary", "Accept");
  }

  private static final class AnsweringServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient Answer answer;

    AnsweringServlet(Answer answer) {
      this.answer = answer;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      answer.to(request, response);
    }
  }

  private static void configure(ServletContext context, Cors cors) {
    SERVLETS.forEach(
        (path, answer) -> {
          ServletRegistration.Dynamic servlet =
              context.addServlet(path, new AnsweringServlet(answer));
          servlet.setAsyncSupported(true);
          servlet.addMapping(path);
        });
    add(
        context,
        "/behind",
        (request, response, chain) -> {
          ((HttpServletResponse) response).addHeader("Access-Control-Allow-Origin", "*");
          ((HttpServletResponse) response).addHeader("Access-Control-Allow-Credentials", "true");
          chain.doFilter(request, response);
        });
    add(
        context,
        "/refused",
        (request, response, chain) -> ((HttpServletResponse) response).sendError(401));
    CorsPolicyFilter.register(context, cors);
    add(
        context,
        "/protected",
        (request, response, chain) -> ((HttpServletResponse) response).setStatus(401));
    add(
        context,
        "/twice",
        new CorsPolicyFilter(
            CrossOriginGuard.around(CorsPolicy.builder().allowOrigins(EVIL).build()).build()));
  }

  private static void add(ServletContext context, String path, Filter filter) {
    FilterRegistration.Dynamic registration =
        context.addFilter(path + context.getFilterRegistrations().size(), filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, path);
  }

  private ServerUnderTest server(Cors cors) throws Exception {
    ServerUnderTest server = servers.get(cors);
    if (server == null) {
      server =
          container.start(
              (classes, context) -> configure(context, cors),
              Map.of(401, "/page", 410, "/page", 500, "/page"));
      servers.put(cors, server);
    }
    return server;
  }

  private WireResponse get(Cors cors, String path, String origin) throws Exception {
    return send(cors, "GET", path, "Origin", origin);
  }

  private WireResponse preflight(Cors cors, String path) throws Exception {
    return send(cors, "OPTIONS", path, "Origin", APP, "Access-Control-Request-Method", "GET");
  }

  private WireResponse send(Cors cors, String method, String path, String... fields)
      throws Exception {
    return client.send(new WireRequest(method, server(cors).base() + path, Headers.of(fields)));
  }

  private interface Requests {
    void send() throws Exception;
  }

  /** What is logged meanwhile. */
  private static List<String> warnings(Requests requests) throws Exception {
    try (LogLines log = new LogLines()) {
      requests.send();
      return log.lines();
    }
  }

  private static void assertShared(WireResponse response) {
    Headers headers = response.headers();
    assertEquals(List.of(APP), headers.lines("Access-Control-Allow-Origin"), response::toString);
    assertEquals(List.of("true"), headers.lines("Access-Control-Allow-Credentials"));
    assertEquals(List.of("X-Total"), headers.lines("Access-Control-Expose-Headers"));
  }

  private static void assertGrantsNothing(WireResponse response) {
    for (String name : List.of("Allow-Origin", "Allow-Credentials", "Expose-Headers")) {
      assertFalse(response.headers().has("Access-Control-" + name), response::toString);
    }
  }
}
